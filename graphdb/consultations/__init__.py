"""Drafts under discussion with their table of comments, and public discussions with headcounts and questions.

Drafts, comments, discussions and questions are records of the kit. Beside them `(Consultation)-[:HAS_VERSION]->(DocVersion)`
are the versions of a draft, append only, and `(PublicDiscussion)-[:COUNTED]->(Headcount)` the people counted, by part.
"""
