"""Cypher of the plain kinds, built from the catalogue and never from a request.

With `schema.py` and `interchange.py` this is the only place where labels, ties and property names become text;
all go through `quoted`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import LiteralString, cast

from graphdb.catalogue import KINDS, Class, Field, Kind, Link, kind_of
from graphdb.catalogue.naming import LANGUAGES


def quoted(name: str) -> LiteralString:
    """A label, tie or property name of the catalogue as Cypher. Raises ValueError for anything else."""
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise ValueError(name)
    return cast("LiteralString", f"`{name}`")


# `$viewer_people` are those known by their programme, pair or organisation (graphdb/sessions.py). A leader's name is
# known to nobody else.
SEES_NAME: LiteralString = """(
    $viewer_everything OR {n}.id IN $viewer_people
    OR (coalesce({n}.role_class, '') <> 'leader'
        AND ($viewer_contacts = 'all'
            OR ($viewer_contacts = 'consent' AND {n}.consent = true)
            OR ($viewer_contacts = 'focal' AND {n}.consent = true
                AND EXISTS {{ MATCH ({n})<-[:HOLDER]-(seen_post:Employment) WHERE seen_post.focal_point = true }}))))"""

SEES_PLACE: LiteralString = """(
    coalesce({n}.protected, false) = false OR $viewer_everything OR $viewer_protected
    OR {n}.id IN $viewer_organisations)"""


@cache
def sees(kind: Kind, n: LiteralString) -> LiteralString:
    """Predicate: may this viewer see the protected fields of `n`?"""
    if kind.label == "Person":
        return SEES_NAME.format(n=n)
    if kind.field_names() & {"protected"}:
        return SEES_PLACE.format(n=n)
    return "true"


PLACE_NAMES = {"name", *(f"name_{language}" for language in LANGUAGES), "aliases", "code"}
LEADER_OPEN = {"alias", "role_class", "languages", "community"}
"""All that others than those who know a leader learn of one: pseudonym, languages, community (rights.md)."""
MASKED = {"Organisation": {"address", "phone", "email"}, "Place": {"latitude", "longitude", *PLACE_NAMES}}


def shown_if(kind: Kind, name: str, n: str = "n", sees: str = "sees") -> str:
    """Predicate: may this viewer read a field or follow a link of `n`? `sees` says whether `sees` let the viewer through."""
    if kind.label == "Person":
        contact = name in kind.field_names() and kind.field(name).cls == Class.CONTACT
        return sees if contact else "true" if name in LEADER_OPEN else f"({sees} OR {is_no_leader(n)})"
    return sees if name in MASKED.get(kind.label, set()) else "true"


def is_no_leader(n: str) -> str:
    """Predicate: is this person something else than a community leader?"""
    return f"coalesce({n}.role_class, '') <> 'leader'"


def found(kind: Kind) -> LiteralString:
    """Predicate: do the words typed find `n`? A protected place is not found by its name by who may not know it."""
    public = "sees AND n.fold" if kind.label == "Place" else "n.fold"
    words = f"$search = '' OR ({public} CONTAINS $search) OR (sees AND n.fold_private CONTAINS $search)"
    return cast("LiteralString", f"({words}) AND {known(kind, 'n')}" if kind.label in OWN_ONLY else words)


OWN_ONLY = {"MeetingSeries": "$viewer_meetings", "Meeting": "$viewer_meetings", "SharingRule": "$viewer_rules"}
"""Kinds whose records only their parties know, but for viewers whom the parameter lets through."""
MEMBERS_ONLY = frozenset({"person", "gap", "consultation", "discussion"})
"""Nouns whose records are no matter of somebody who is only an administrator."""


@cache
def known(kind: Kind, n: str) -> str:
    """Predicate: may this viewer know that `n` is there? Meetings, their series and sharing rules: their parties; what
    is `MEMBERS_ONLY`: whoever is more than an administrator. For kinds that everybody may read it is true."""
    if kind.label in OWN_ONLY:
        parties = "".join(
            f" OR EXISTS {{ MATCH {arrow(kind.link(name), n, 'known_by')} WHERE known_by.id IN $viewer_organisations }}"
            for name in kind.parties
        )
        return f"($viewer_everything OR {OWN_ONLY[kind.label]}{parties})"
    return "($viewer_everything OR $viewer_member)" if kind.noun in MEMBERS_ONLY else "true"


@cache
def title(kind: Kind, n: LiteralString) -> LiteralString:
    """What a record is called, in the reader's language and as far as this viewer may know: `display_name`, `display_place`."""
    if kind.label == "Person":
        return f"CASE WHEN {sees(kind, n)} THEN {n}.name ELSE coalesce({n}.alias, {n}.ref) END"
    own = _named(kind, n)
    if kind.label == "Place":
        above = f"head(COLLECT {{ MATCH ({n})-[:PART_OF]->(above:Place) RETURN coalesce(above['name_' + $lang], above.name) }})"
        return f"CASE WHEN {sees(kind, n)} THEN {own} ELSE coalesce({above}, {n}.ref) END"
    return own


def _named(kind: Kind, n: LiteralString) -> LiteralString:
    property_ = f"{n}.{quoted(kind.title)}"
    if kind.title == "name" and "name_en" in kind.field_names():
        return f"coalesce({n}['name_' + $lang], {property_})"
    if kind.title == "position":
        return f"coalesce({property_}, {n}.ref)"
    return f"toString(coalesce({property_}, {n}.ref))"


def arrow(link: Link, n: str, other: str) -> str:
    """The pattern of a link from record `n` to `other`."""
    target = f"({other}:{quoted(link.target)})"
    tie = f"[:{quoted(link.tie)}]"
    return f"({n})-{tie}->{target}" if link.outgoing else f"({n})<-{tie}-{target}"


def _cells(kind: Kind, fields: list[Field]) -> str:
    shown: list[str] = []
    for field in fields:
        for name in (field.name, f"{field.name}_v") if field.sealed else (field.name,):
            value = f"n.{quoted(name)}"
            if (let := shown_if(kind, field.name)) != "true":
                value = f"CASE WHEN {let} THEN {value} END"
            shown.append(f"{quoted(name)}: {value}")
    return "{" + ", ".join(shown) + "}"


NEAR = 200
"""Most neighbours of one kind that are named beside a record."""


def _near(of: Kind, ways: list[tuple[Link, Kind, bool]]) -> str:
    """What lies around `n`, in one subquery, for a subquery by link would be planned by link: {tie, out, label, ...}.

    `ways` are links with the kind at the other end and whether the arrow leaves `n`.
    """
    if not ways:
        return "[]"
    ties = "|".join(sorted({quoted(link.tie) for link, _, _ in ways}))
    ends = sorted({(link.tie, out, kind.label) for link, kind, out in ways})
    kinds = {kind.label: kind for _, kind, _ in ways}
    wanted = "[" + ", ".join(f"['{tie}', {str(out).lower()}, '{label}']" for tie, out, label in ends) + "]"
    hidden = {label: known(kind, "to") for label, kind in kinds.items() if known(kind, "to") != "true"}
    seen = "".join(f" AND (NOT to:{quoted(label)} OR {predicate})" for label, predicate in hidden.items())
    seen += _of_leaders(of, "Person" in kinds)
    titles = " ".join(f"WHEN to:{quoted(label)} THEN {title(kind, 'to')}" for label, kind in kinds.items())
    return f"""COLLECT {{
    MATCH (n)-[r:{ties}]-(to:Record)
    WITH DISTINCT type(r) AS tie, startNode(r) = n AS out, [l IN labels(to) WHERE l <> 'Record'][0] AS label, to
    WHERE [tie, out, label] IN {wanted}{seen}
    WITH tie, out, label, to ORDER BY to.archived_at IS NOT NULL, to.ref, to.id
    WITH tie, out, label, collect(to)[..{NEAR}] AS some
    UNWIND some AS to
    RETURN {{tie: tie, out: out, id: to.id, ref: to.ref, title: CASE {titles} END, label: label,
            archived: to.archived_at IS NOT NULL}} }}"""


def _of_leaders(of: Kind, people: bool) -> str:
    """What stands around a leader, or a leader around something else, is for those who know the leader, but for the community."""
    person, community = kind_of("Person"), kind_of("Person").link("community").tie
    hidden = [f"(sees OR {is_no_leader('n')})"] if of == person else []
    hidden += [f"(NOT to:Person OR {is_no_leader('to')} OR {sees(person, 'to')})"] if people else []
    return f" AND (tie = '{community}' OR {' AND '.join(hidden)})" if hidden else ""


def forward(links: list[Link]) -> list[tuple[Link, Kind, bool]]:
    """Where these links of a kind lead."""
    return [(link, kind_of(link.target), link.outgoing) for link in links]


AS_OF = """
  AND ($as_of IS NULL OR ((n.valid_from IS NULL OR n.valid_from <= $as_of) AND (n.valid_to IS NULL OR n.valid_to > $as_of)))"""


@cache
def listing(kind: Kind, sort: str, descending: bool, filters: frozenset[str]) -> LiteralString:
    """One page of a list. `sort` is `title` or a listed field; `filters` name choice fields and links."""
    key = _sort_key(kind, sort)
    compare, order = ("<", "DESC") if descending else (">", "ASC")
    where = "".join(_filter(kind, name) for name in sorted(filters))
    fields = [field for field in kind.fields if field.listed and field.name != kind.title]
    links = [link for link in kind.links if link.listed]
    return cast(
        "LiteralString",
        f"""
MATCH (n:{quoted(kind.label)})
WHERE ($archived OR n.archived_at IS NULL){AS_OF if kind.dated else ""}{where}
WITH n, {sees(kind, "n")} AS sees
WHERE {found(kind)}
WITH n, sees, {key} AS sort
WHERE $after_id = '' OR sort {compare} $after OR (sort = $after AND n.id > $after_id)
WITH n, sees, sort ORDER BY sort {order}, n.id LIMIT $limit
RETURN n.id AS id, n.ref AS ref, {title(kind, "n")} AS title, sort, n.archived_at IS NOT NULL AS archived,
       {_cells(kind, fields)} AS cells, {_near(kind, forward(links))} AS near
ORDER BY sort {order}, id
""",
    )


@cache
def counting(kind: Kind, filters: frozenset[str]) -> LiteralString:
    """How many records a list holds, under the same filter."""
    where = "".join(_filter(kind, name) for name in sorted(filters))
    return cast(
        "LiteralString",
        f"""
MATCH (n:{quoted(kind.label)})
WHERE ($archived OR n.archived_at IS NULL){AS_OF if kind.dated else ""}{where}
WITH n, {sees(kind, "n")} AS sees
WHERE {found(kind)}
RETURN count(n) AS n
""",
    )


def _sort_key(kind: Kind, sort: str) -> str:
    if sort == "title":
        return f"toLower({title(kind, 'n')})"
    field = kind.field(sort)
    text = f"toLower(toString(coalesce(n.{quoted(sort)}, '')))"
    if field.type in {"integer", "number"}:
        text = f"coalesce(toString(1000000000000 + toInteger(n.{quoted(sort)})), '')"
    let = shown_if(kind, sort)
    return text if let == "true" else f"CASE WHEN {let} THEN {text} ELSE '' END"


def _filter(kind: Kind, name: str) -> str:
    let = shown_if(kind, name, sees=sees(kind, "n"))
    return f"\n  AND {_wanted(kind, name)}" + (f" AND {let}" if let != "true" else "")


def _wanted(kind: Kind, name: str) -> str:
    if name in kind.field_names():
        field = kind.field(name)
        if field.type in {"choices", "languages"}:
            return f"${'f_' + name} IN n.{quoted(name)}"
        return f"n.{quoted(name)} = ${'f_' + name}"
    link = kind.link(name)
    return f"EXISTS {{ MATCH {arrow(link, 'n', 'wanted')} WHERE wanted.id = ${'f_' + name} }}"


@cache
def showing(kind: Kind) -> LiteralString:
    """Everything one page needs of one record, in one row."""
    return cast(
        "LiteralString",
        f"""
MATCH (n:{quoted(kind.label)} {{id: $id}})
WITH n, {sees(kind, "n")} AS sees
RETURN n.id AS id, n.ref AS ref, {title(kind, "n")} AS title, n.version AS version, n.archived_at AS archived_at,
       n.created_at AS created_at, n.changed_at AS changed_at, sees, n.subject AS subject, {_cells(kind, list(kind.fields))} AS fields,
       {_near(kind, forward(list(kind.links)) + [(link, other, not link.outgoing) for other, link in backs_of(kind)])} AS near
ORDER BY id
""",
    )


def backs_of(kind: Kind) -> list[tuple[Kind, Link]]:
    """Links of plain kinds that point at this kind: what its page lists under `back_word`."""
    return [
        (other, link)
        for other in KINDS
        for link in other.links
        if other.plain and link.back_word and link.target == kind.label
    ]


@cache
def creating(kind: Kind) -> LiteralString:
    """Create one record; `$props` holds checked values only."""
    return f"CREATE (n:Record:{quoted(kind.label)}) SET n = $props RETURN n.id AS id"


@cache
def creating_many(kind: Kind) -> LiteralString:
    """Create many records; `$rows` holds checked values only."""
    return f"UNWIND $rows AS row CREATE (n:Record:{quoted(kind.label)}) SET n = row"


@cache
def linking_many(kind: Kind, link: Link) -> LiteralString:
    """Tie many records to targets; counts those tied."""
    target = f"(to:{quoted(link.target)} {{id: pair.target}})"
    made = f"(n)-[r:{quoted(link.tie)}]->(to)" if link.outgoing else f"(n)<-[r:{quoted(link.tie)}]-(to)"
    return (
        f"UNWIND $pairs AS pair MATCH (n:{quoted(kind.label)} {{id: pair.id}}) MATCH {target}"
        f" MERGE {made} RETURN count(r) AS n"
    )


@cache
def updating(kind: Kind) -> LiteralString:
    """Set checked values on a record that `Change.take` has locked."""
    return f"MATCH (n:{quoted(kind.label)} {{id: $id}}) SET n += $props, n.version = n.version + 1 RETURN n.id AS id"


@cache
def linking(kind: Kind, link: Link) -> LiteralString:
    """Tie a record to targets that exist; returns those found."""
    target = f"(to:{quoted(link.target)})"
    made = f"(n)-[r:{quoted(link.tie)}]->(to)" if link.outgoing else f"(n)<-[r:{quoted(link.tie)}]-(to)"
    return (
        f"MATCH (n:{quoted(kind.label)} {{id: $id}}) UNWIND $targets AS target MATCH {target} WHERE to.id = target"
        f" MERGE {made} RETURN to.id AS id"
    )


@cache
def unlinking(kind: Kind, link: Link) -> LiteralString:
    """Take away a record's ties of one link, but for those kept."""
    pattern = (
        f"(n)-[r:{quoted(link.tie)}]->(to:{quoted(link.target)})"
        if link.outgoing
        else f"(n)<-[r:{quoted(link.tie)}]-(to:{quoted(link.target)})"
    )
    return f"MATCH (n:{quoted(kind.label)} {{id: $id}}) MATCH {pattern} WHERE NOT to.id IN $targets DELETE r"


@cache
def stored(kind: Kind) -> LiteralString:
    """A record as stored, unmasked: for edits, revisions and archives."""
    names = [
        name for field in kind.fields for name in ((field.name, f"{field.name}_v") if field.sealed else (field.name,))
    ]
    fields = ", ".join(f"{quoted(name)}: n.{quoted(name)}" for name in names)
    links = ", ".join(
        f"{quoted(link.name)}: COLLECT {{ MATCH {arrow(link, 'n', 'to')} RETURN DISTINCT to.id ORDER BY to.id }}"
        for link in kind.links
    )
    return cast(
        "LiteralString",
        f"MATCH (n:{quoted(kind.label)} {{id: $id}}) RETURN n.id AS id, n.version AS version,"
        f" n.archived_at IS NOT NULL AS archived, n.subject AS subject, {{{fields}}} AS fields, {{{links}}} AS links ORDER BY id",
    )


@cache
def choosing(kind: Kind) -> LiteralString:
    """Records to pick from in a form: by words typed, at most `$limit`."""
    return f"""
MATCH (n:{quoted(kind.label)}) WHERE n.archived_at IS NULL
WITH n, {sees(kind, "n")} AS sees
WHERE {found(kind)}
WITH n, {title(kind, "n")} AS title ORDER BY toLower(title), n.id LIMIT $limit
RETURN n.id AS id, n.ref AS ref, title
ORDER BY toLower(title), id
"""


def name_properties() -> tuple[str, ...]:
    """The properties that hold names in the product's languages."""
    return tuple(f"name_{language}" for language in LANGUAGES)


@cache
def titling(labels: tuple[str, ...]) -> LiteralString:
    """What records of these kinds are called, one row of a list a kind: (id, ref, title, id in an imported file).

    `$ids` null: all of them, archived ones too, since what was decided about them still names them.
    """
    return cast("LiteralString", "\nUNION ALL\n".join(_titled(kind_of(label)) for label in labels))


def _titled(kind: Kind) -> str:
    imported = (
        "head(COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import'"
        " RETURN i.value ORDER BY i.value })"
    )
    return f"""
MATCH (n:{quoted(kind.label)}) WHERE $ids IS NULL OR n.id IN $ids
WITH n ORDER BY n.id
RETURN '{kind.label}' AS label, collect([n.id, n.ref, {title(kind, "n")}, {imported}]) AS rows"""
