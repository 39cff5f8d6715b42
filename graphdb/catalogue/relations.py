"""Kinds of tie between organisations, as measures, the map and the gaps see them.

Each is derived from dated records (`graphdb/ties.py`), never edited; this is the only list: the legend, the filters, the
dictionary and the measures read it.
"""

from __future__ import annotations

from graphdb.catalogue.shapes import Tie
from graphdb.words import N_

TIES: tuple[Tie, ...] = (
    Tie(
        "referral",
        "REFERS_TO",
        N_("referral"),
        N_("sent referrals to"),
        "Organisation",
        "Organisation",
        directed=True,
        evidence="observed",
        cooperation=True,
        colour="#14586b",
    ),
    Tie(
        "meeting",
        "MET_WITH",
        N_("met"),
        N_("sat in a meeting with"),
        "Organisation",
        "Organisation",
        directed=False,
        evidence="observed",
        cooperation=True,
        colour="#8a5a00",
    ),
    Tie(
        "action",
        "ACTED_WITH",
        N_("joint action"),
        N_("acted on the same matter as"),
        "Organisation",
        "Organisation",
        directed=False,
        evidence="observed",
        cooperation=True,
        colour="#6b3f7a",
    ),
    Tie(
        "bridge",
        "BRIDGES",
        N_("mentoring bridge"),
        N_("reached, through a leader or a mentor,"),
        "Organisation",
        "Organisation",
        directed=True,
        evidence="observed",
        cooperation=True,
        colour="#1d6a4c",
    ),
    Tie(
        "agreement",
        "PARTNERS_WITH",
        N_("agreement"),
        N_("has an agreement with"),
        "Organisation",
        "Organisation",
        directed=False,
        evidence="confirmed",
        cooperation=True,
        colour="#4b5a7a",
    ),
    Tie(
        "project",
        "SHARES_PROJECT",
        N_("joint project"),
        N_("takes part in a project with"),
        "Organisation",
        "Organisation",
        directed=False,
        evidence="confirmed",
        cooperation=True,
        colour="#7a4b4b",
    ),
    Tie(
        "declared",
        "DECLARES",
        N_("declared"),
        N_("says it works with"),
        "Organisation",
        "Organisation",
        directed=True,
        evidence="declared",
        cooperation=True,
        colour="#5b6570",
    ),
)


def tie(code: str) -> Tie:
    """The tie of that code. Raises KeyError."""
    return {entry.code: entry for entry in TIES}[code]
