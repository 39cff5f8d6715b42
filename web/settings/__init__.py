"""Settings: who has an account and which roles, one-time links, the network's name and time zone."""
