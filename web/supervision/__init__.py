"""Supervision of mentors, and concerns about safety that one named person reads."""
