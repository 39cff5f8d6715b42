"""Message catalogues, one folder a language, and the words for keeping them true to the code."""
