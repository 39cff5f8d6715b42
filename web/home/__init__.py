"""The first page, the search over all records, and what the words mean."""
