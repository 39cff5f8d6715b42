"""Meetings: planned from what is open, held, written down, printed."""
