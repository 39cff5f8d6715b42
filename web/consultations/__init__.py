"""Drafts that organisations comment on, and public discussions."""
