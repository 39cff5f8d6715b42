"""Marks English source text for translation without translating it: the web room puts it into the reader's language."""


def N_(text: str) -> str:  # noqa: N802  (the name Babel looks for)
    """Return the text unchanged; Babel finds the call and puts the text into the catalogue."""
    return text
