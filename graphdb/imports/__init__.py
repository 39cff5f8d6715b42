"""Lists of others on their way into the graph: what is known already, what is written, how it is taken back."""
