"""All that knows Cypher and the driver; one file per feature."""
