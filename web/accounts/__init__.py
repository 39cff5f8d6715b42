"""Signing in and out, the one-time links that make accounts, one's own profile."""
