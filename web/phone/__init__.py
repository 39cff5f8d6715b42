"""Logging a contact from a remembered phone, with and without a connection (docs/decisions/0014)."""
