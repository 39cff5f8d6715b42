"""Agreements: their list, their page, versions, renewal, reminders."""
