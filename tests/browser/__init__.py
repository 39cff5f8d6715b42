"""The whole site, seen in a browser."""
