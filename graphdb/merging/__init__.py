"""Two records of one organisation made one, and two organisations that look alike told apart.

`(dropped)-[:MERGED_INTO]->(kept)`; `(:Merge)-[:MOVED {how, tie, outgoing, was, before, left}]->(other)` remembers each
relationship that the merge touched, so that it can be taken back exactly. `(Organisation)-[:DISTINCT_FROM {by, at}]->(Organisation)`.
"""

from graphdb.merging.apart import dismiss, propose_again
from graphdb.merging.facts import MERGED_INTO, RESOLVE, Candidate, Held, Kept, Merged, Tied, both, candidates, past
from graphdb.merging.plan import Difference, Plan, Side, planned
from graphdb.merging.undoing import ChangedSinceError, undo
from graphdb.merging.writing import merge

__all__ = [
    "MERGED_INTO", "RESOLVE", "Candidate", "ChangedSinceError", "Difference", "Held", "Kept", "Merged", "Plan", "Side", "Tied", "both",
    "candidates", "dismiss", "merge", "past", "planned", "propose_again", "undo",
]  # fmt: skip
