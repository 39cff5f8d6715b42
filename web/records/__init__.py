"""Plain kinds of record: list, show, new, edit, archive, undo, history, files. Everything comes from the catalogue."""
