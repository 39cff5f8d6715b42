"""Mentoring programmes: places in them, trainings, whom to bring together, what a pair has agreed on."""
