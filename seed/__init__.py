"""Starting data: vocabularies, the demonstration network, a generator for speed runs."""
