"""Agreements: their life, the versions of their text, what follows them, and whom to remind before they lapse.

An agreement is a record of the kit; `(Agreement)-[:HAS_VERSION]->(DocVersion)` are the versions of its text, append only,
`(Agreement)-[:FOLLOWS]->(Agreement)` the one it renews, `(Reminder)-[:REMINDS_OF]->(Agreement)` letters sent before its end.
"""
