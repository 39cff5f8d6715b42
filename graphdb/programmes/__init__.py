"""Mentoring programmes: who has a place in them, their trainings, and whom to bring together.

A place (`Participation`) is the one record of who belongs to a programme. That the person is tied to it (`IN_PROGRAMME`, what
rights rest on) and whether the person is active, away or gone follow from it, in the same transaction
(docs/decisions/0015-places-in-a-programme.md).
"""
