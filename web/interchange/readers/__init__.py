"""One file a format: bytes in, rows with their file, sheet, row and column out; no framework, no database."""
