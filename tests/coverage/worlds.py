"""Small generated worlds and a naive reading of definitions.md 2.4, written apart from the product: the oracle."""

from datetime import date, timedelta

from hypothesis import strategies as st

from analytics.coverage import Assessment, CoverageFacts, Place, Requirement, Service, ServiceColumns

EPOCH = date(2025, 1, 1)
AS_OF = date(2026, 1, 1)
PLACES = (
    Place("bg", "country"),
    Place("bg/n", "adm1", "bg"),
    Place("bg/s", "adm1", "bg"),
    Place("bg/n/1", "adm2", "bg/n"),
    Place("bg/n/2", "adm2", "bg/n"),
    Place("bg/s/1", "adm2", "bg/s"),
)
TYPES = (("education", None), ("school", "education"), ("health", None))
GROUPS = (("refugees", None), ("children", "refugees"), ("others", None))

place_ids = st.sampled_from([place.id for place in PLACES])
type_ids = st.sampled_from([name for name, _ in TYPES])
group_ids = st.sampled_from([name for name, _ in GROUPS])
days = st.integers(0, 720).map(lambda n: EPOCH + timedelta(days=n)) | st.sampled_from(
    [AS_OF + timedelta(days=n) for n in (-181, -180, -179, -1, 0, 1, 89, 90, 91)]
)
maybe_days = st.none() | days


@st.composite
def services(draw, number, organisations=("o1", "o2", "o3")):
    return Service(
        id=f"s{number:02}",
        providers=tuple(draw(st.lists(st.sampled_from(organisations), max_size=2, unique=True))) or (organisations[0],),
        type=draw(type_ids),
        areas=tuple(draw(st.lists(place_ids, min_size=1, max_size=2, unique=True))),
        groups=tuple(draw(st.lists(group_ids, max_size=2, unique=True))),
        valid_from=draw(maybe_days),
        valid_to=draw(maybe_days),
        assured=tuple(draw(st.lists(days, max_size=3))),
        status=tuple(
            draw(st.lists(st.tuples(maybe_days, st.sampled_from(["active", "inactive", "draft"])), max_size=2))
        ),
        projects=tuple(draw(st.lists(st.tuples(st.just("p1"), maybe_days), max_size=1))),
        people=tuple(draw(st.lists(st.sampled_from(["n1", "n2"]), max_size=2, unique=True))),
    )


@st.composite
def worlds(draw, most=7):
    count = draw(st.integers(0, most))
    rows = [draw(services(number)) for number in range(count)]
    asked = draw(
        st.lists(
            st.builds(
                Assessment,
                place=place_ids,
                service=type_ids,
                on=days,
                group=st.none() | group_ids,
                result=st.sampled_from(["none", "none", "some"]),
            ),
            max_size=4,
        )
    )
    required = draw(
        st.lists(
            st.builds(
                Requirement,
                place=place_ids,
                service=type_ids,
                group=st.none() | group_ids,
                wanted=st.integers(1, 2),
                weight=st.integers(1, 50).map(float),
                valid_from=maybe_days,
                valid_to=maybe_days,
            ),
            max_size=4,
        )
    )
    left = draw(st.dictionaries(st.sampled_from(["o1", "o2"]), days, max_size=1))
    return rows, asked, required, left


def facts(rows, asked=(), required=(), left=None, places=PLACES, types=TYPES, groups=GROUPS):
    return CoverageFacts.of(
        ServiceColumns.of(rows),
        places,
        types=types,
        groups=groups,
        requirements=required,
        assessments=asked,
        left_on=left,
    )


def up(tree, term):
    """The term and all broader, by plain recursion over (narrower, broader) pairs."""
    parents = [broad for narrow, broad in tree if narrow == term and broad]
    return {term}.union(*(up(tree, parent) for parent in parents))


PLACE_TREE = tuple((place.id, place.parent) for place in PLACES)


def naive_class(rows, asked, left, key, t, fresh_days=180, project_days=90):
    """One cell by a double loop. Returns class, providers, confirmed, partial."""
    place, service, group = key
    fresh_rows, listed, confirmed, whole = [], set(), set(), set()
    for row in rows:
        served = [place in up(PLACE_TREE, area) or area in up(PLACE_TREE, place) for area in row.areas]
        if service not in up(TYPES, row.type) or not any(served):
            continue
        if group is not None and row.groups and not set(row.groups) & up(GROUPS, group):
            continue
        past = [(on or date.min, n, name) for n, (on, name) in enumerate(row.status) if on is None or on <= t]
        status = "active" if not row.status else (max(past)[2] if past else "unknown")
        started = row.valid_from is None or row.valid_from <= t
        ended = row.valid_to is not None and row.valid_to <= t
        staying = {name for name in row.providers if name not in left or t < left[name]}
        if status != "active" or not started or ended or not staying:
            continue
        listed |= staying
        if any(area in up(PLACE_TREE, place) for area in row.areas):
            whole |= staying
        if any(on <= t and (t - on).days <= fresh_days for on in row.assured):
            confirmed |= staying
            fresh_rows.append(row)
    partial = bool(listed - whole)
    if not listed:
        answers = sorted(
            (a.on, a.result != "none")
            for a in asked
            if a.on <= t
            and a.place in up(PLACE_TREE, place)
            and a.service in up(TYPES, service)
            and (a.group is None or (group is not None and a.group in up(GROUPS, group)))
        )
        proved = answers and not answers[-1][1] and (t - answers[-1][0]).days <= fresh_days
        return ("absent" if proved else "not_assessed"), listed, confirmed, partial
    if not confirmed:
        return "unverified", listed, confirmed, partial
    ending = {
        row.projects[0][0]
        if row.projects and row.projects[0][1] and 0 < (row.projects[0][1] - t).days <= project_days
        else None
        for row in fresh_rows
    }
    alone = {row.people[0] if len(row.people) == 1 else None for row in fresh_rows}
    single = [each for each in (ending, alone) if len(each) == 1 and None not in each]
    return ("fragile" if len(confirmed) == 1 or single else "covered"), listed, confirmed, partial
