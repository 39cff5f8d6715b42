"""Small generated networks of five organisations over two years."""

from datetime import date, timedelta

from hypothesis import strategies as st

from analytics.collaboration import (
    Action,
    Agreement,
    CollaborationFacts,
    Meeting,
    Member,
    MentoringPair,
    ObservedTie,
    Person,
    Referral,
    SeriesMember,
)

AS_OF = date(2026, 1, 1)
ORGANISATIONS = ("a", "b", "c", "d", "e")

organisations = st.sampled_from(ORGANISATIONS)
several = st.lists(organisations, max_size=4).map(tuple)
days = st.integers(-500, 60).map(lambda n: AS_OF + timedelta(days=n)) | st.sampled_from(
    [AS_OF - timedelta(days=n) for n in (-1, 0, 59, 60, 61, 179, 180, 181)]
)
maybe_days = st.none() | days


@st.composite
def numbered(draw, most, build):
    """A list of records with ids of their own."""
    count = draw(st.integers(0, most))
    return tuple(build(draw, f"r{number:02}") for number in range(count))


def _referral(draw, name):
    return Referral(name, draw(organisations), draw(organisations), draw(maybe_days), draw(st.booleans()))


def _busy(draw, name):
    """Many referrals of one pair in few days, so that the numbers of C3 and C6 are reached."""
    return [
        Referral(f"{name}-{n}", "a", draw(st.sampled_from(["b", "c"])), AS_OF - timedelta(days=177 + n % 5))
        for n in range(draw(st.sampled_from([0, 9, 10, 11, 14])))
    ]


@st.composite
def networks(draw):
    busy = draw(numbered(1, _busy))
    return CollaborationFacts(
        members=tuple(Member(name, draw(maybe_days), draw(st.none() | days)) for name in ORGANISATIONS),
        agreements=draw(
            numbered(4, lambda draw, name: Agreement(name, draw(several), draw(maybe_days), draw(maybe_days)))
        ),
        referrals=(*draw(numbered(6, _referral)), *(each for part in busy for each in part)),
        meetings=draw(
            numbered(
                6,
                lambda draw, name: Meeting(
                    name, draw(maybe_days), draw(several), draw(st.sampled_from([None, "x", "y"])), draw(several)
                ),
            )
        ),
        series_members=tuple(
            draw(
                st.lists(
                    st.builds(SeriesMember, st.sampled_from(["x", "y"]), organisations, maybe_days, maybe_days),
                    max_size=4,
                )
            )
        ),
        actions=draw(numbered(4, _action)),
        other_ties=tuple(
            draw(
                st.lists(
                    st.builds(ObservedTie, st.just("funding"), organisations, organisations, maybe_days), max_size=3
                )
            )
        ),
        leaders=tuple(Person(name, draw(maybe_days), draw(maybe_days)) for name in ("l1", "l2")),
        mentors=tuple(Person(name, draw(maybe_days), draw(maybe_days)) for name in ("m1", "m2")),
        pairs=draw(numbered(4, _pair)),
    )


def _action(draw, name):
    opened, closed = draw(maybe_days), draw(maybe_days)
    if opened and closed and closed < opened:
        opened, closed = closed, opened
    aims = draw(st.lists(st.sampled_from(["g1", "g2"]), max_size=2))
    return Action(name, draw(several), tuple(aims), opened, closed)


def _pair(draw, name):
    states = st.lists(st.tuples(maybe_days, st.sampled_from(["active", "paused", "completed"])), max_size=2)
    return MentoringPair(
        name,
        draw(st.sampled_from(["l1", "l2"])),
        draw(st.sampled_from(["m1", "m2"])),
        tuple(draw(states)),
        tuple(draw(st.lists(maybe_days, max_size=3))),
    )
