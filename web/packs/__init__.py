"""The papers of a meeting: the printed pack and the calendar file."""
