"""Shared parts of pages: the frame, macros by family, the theme; static files of installed packages."""
