"""Whether the app and its database are up."""
