"""The gaps that were planted in the story, all of them: found again on its day, and a year later when nobody has
written anything more. By the codes of the story; a test finds exactly these, no more and no fewer."""

from __future__ import annotations

# place, service type, group
Cell = tuple[str, str, str]

NOT_ASSESSED: tuple[Cell, ...] = (
    ("km", "crisis_intervention", "women_at_risk"),
    ("km", "job_counselling", "protection"),  # asked, too long ago
    ("km", "legal_aid", "unaccompanied"),
    ("km", "mental_health", "unaccompanied"),  # asked, nobody could say
    ("km", "violence_support", "women_at_risk"),
)
ABSENT: tuple[Cell, ...] = (
    ("gm", "crisis_intervention", "women_at_risk"),
    ("gm", "housing_search", "protection"),
    ("gm", "mental_health", "unaccompanied"),
    ("km", "housing_search", "protection"),
    ("km", "interpretation", "unaccompanied"),
    ("km", "legal_aid", "protection"),  # the legal desk was closed
    ("km", "legal_aid", "women_at_risk"),
    ("km", "mental_health", "protection"),
)
UNVERIFIED: tuple[Cell, ...] = (
    ("gm", "legal_aid", "women_at_risk"),
    ("gm", "mental_health", "protection"),
    ("km", "community_activities", "protection"),
    ("km", "school_enrolment", "unaccompanied"),
    ("km", "social_counselling", "protection"),  # two providers, both long unchecked
)
ENDS_WITHIN_A_YEAR: Cell = ("km", "interpretation", "protection")
FRAGILE: tuple[Cell, ...] = (
    ("gm", "job_counselling", "protection"),  # two listed, one confirmed
    ("gm", "legal_aid", "protection"),
    ("gm", "violence_support", "women_at_risk"),  # and hangs on one person
    ("km", "language_training", "protection"),  # two, paid by one project that ends
    ("lipite", "community_activities", "protection"),
    ENDS_WITHIN_A_YEAR,
)
COVERED: tuple[Cell, ...] = (
    ("dr", "crisis_intervention", "women_at_risk"),
    ("dr", "housing_search", "protection"),
    ("dr", "interpretation", "protection"),
    ("dr", "interpretation", "unaccompanied"),
    ("dr", "job_counselling", "protection"),
    ("dr", "language_training", "protection"),
    ("dr", "legal_aid", "protection"),
    ("dr", "legal_aid", "unaccompanied"),
    ("dr", "legal_aid", "women_at_risk"),
    ("dr", "mental_health", "protection"),
    ("dr", "mental_health", "unaccompanied"),
    ("dr", "primary_care", "protection"),
    ("dr", "school_enrolment", "unaccompanied"),
    ("dr", "social_counselling", "protection"),
    ("dr", "violence_support", "women_at_risk"),
    ("gm", "interpretation", "protection"),
    ("gm", "interpretation", "unaccompanied"),
    ("gm", "language_training", "protection"),
    ("gm", "legal_aid", "unaccompanied"),
    ("gm", "primary_care", "protection"),
    ("gm", "school_enrolment", "unaccompanied"),
    ("gm", "social_counselling", "protection"),
    ("km", "primary_care", "protection"),
    ("si", "interpretation", "protection"),
    ("si", "primary_care", "protection"),
)
REQUIRED_LATER: Cell = ("si", "mental_health", "protection")

CELLS: dict[str, frozenset[Cell]] = {
    "not_assessed": frozenset(NOT_ASSESSED),
    "absent": frozenset(ABSENT),
    "unverified": frozenset(UNVERIFIED),
    "fragile": frozenset(FRAGILE),
    "covered": frozenset(COVERED),
}
"""On the day of the story."""

CELLS_A_YEAR_LATER: dict[str, frozenset[Cell]] = {
    # no answer is believed for so long, and one service has come to its end
    "not_assessed": frozenset({*NOT_ASSESSED, *ABSENT, ENDS_WITHIN_A_YEAR}),
    # no confirmation either; and one more cell is required by then
    "unverified": frozenset({*COVERED, *UNVERIFIED, *FRAGILE, REQUIRED_LATER}) - {ENDS_WITHIN_A_YEAR},
}

# the members of each gap: organisations; in the two classes of mentoring the leader, or the leader and the mentor
Members = tuple[str, ...]

BETWEEN: dict[str, frozenset[Members]] = {
    "C2": frozenset({("court", "ngo_law"), ("mun_gm", "univ"), ("ngo_women", "police")}),
    "C3": frozenset({("recc", "hosp"), ("school1", "psych"), ("swc_dr", "ngo_psy")}),
    "C6": frozenset({("clinic", "com_dari"), ("court", "ngo_law"), ("ngo_women", "police"), ("psych", "school1")}),
    "C12": frozenset({("court",), ("news",)}),
    "leader_without_mentor": frozenset({("L18",), ("L19",), ("L20",), ("N01",), ("N02",), ("N03",), ("N04",)}),
    "pair_quiet": frozenset({("L06", "M06"), ("L11", "M11"), ("L15", "M02")}),
}
"""On the day of the story. C2 and C6 have no direction: their members are in the order of the alphabet."""

BETWEEN_A_YEAR_LATER: dict[str, frozenset[Members]] = {
    # every agreement still in force is only paper, when nobody has met or sent anybody for a year
    "C2": frozenset({
        ("agency", "recc"), ("agency", "redx"), ("court", "ngo_law"), ("donor", "ngo_lang"), ("hosp", "mun_dr"),
        ("hosp", "ngo_law"), ("hosp", "swc_dr"), ("labour", "ngo_lang"), ("mun_dr", "ngo_integr"),
        ("mun_dr", "ngo_law"), ("mun_dr", "swc_dr"), ("mun_gm", "univ"), ("ngo_integr", "un"), ("ngo_law", "recc"),
        ("ngo_law", "swc_dr"), ("ngo_women", "police"), ("recc", "redx"), ("school1", "youth_dr"),
    }),
    "C3": frozenset(),
    # the last three meetings are still the same; the donor has been at none
    "C6": frozenset({("court", "ngo_law"), ("donor", "ngo_lang"), ("ngo_women", "police")}),
    "C12": frozenset({
        ("agency",), ("clinic",), ("com_arab",), ("com_dari",), ("com_ukr",), ("court",), ("donor",), ("hosp",),
        ("kinder",), ("labour",), ("mun_dr",), ("mun_gm",), ("mun_km",), ("news",), ("ngo_child",), ("ngo_integr",),
        ("ngo_lang",), ("ngo_law",), ("ngo_psy",), ("ngo_women",), ("obl",), ("police",), ("psych",), ("radio",),
        ("rayon",), ("recc",), ("redx",), ("school1",), ("school2",), ("swc_dr",), ("swc_gm",), ("swc_km",), ("un",),
        ("univ",), ("youth_dr",), ("youth_km",),
    }),
    # a mentor's contract has ended meanwhile
    "leader_without_mentor": frozenset({("L04",), ("L17",), ("L18",), ("L19",), ("L20",), ("N01",), ("N02",), ("N03",), ("N04",)}),
    "pair_quiet": frozenset({
        ("L01", "M01"), ("L02", "M02"), ("L03", "M03"), ("L05", "M05"), ("L06", "M06"), ("L07", "M07"),
        ("L08", "M08"), ("L09", "M09"), ("L10", "M10"), ("L11", "M11"), ("L12", "M12"), ("L13", "M14"),
        ("L14", "M01"), ("L15", "M02"), ("L16", "M03"),
    }),
}  # fmt: skip
