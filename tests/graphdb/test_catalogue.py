"""What one entry of the catalogue reaches: constraint, form, import, legend, dictionary, policy."""

from __future__ import annotations

import pytest

from graphdb import schema
from graphdb.catalogue import KINDS, TIES, VOCABULARIES, Class, kind_of
from graphdb.records import text
from web.access import TABLE

FIELDS = [(kind, field) for kind in KINDS for field in kind.fields]
LINKS = [(kind, link) for kind in KINDS for link in kind.links]
PLAIN = [kind for kind in KINDS if kind.plain]


def name_of(part):
    return getattr(part, "label", None) or getattr(part, "name", None)


def test_labels_slugs_and_prefixes_are_one_of_a_kind():
    for values in ([k.label for k in KINDS], [k.slug for k in KINDS], [k.prefix for k in KINDS if k.prefix]):
        assert len(values) == len(set(values))


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_a_kind_has_its_keys_and_its_search_index(kind, migrated):
    existing = {
        (row["labelsOrTypes"][0], row["properties"][0])
        for row in migrated.define(
            "SHOW INDEXES YIELD labelsOrTypes, properties, type WHERE type <> 'LOOKUP' RETURN labelsOrTypes, properties"
        )
    }
    wanted = {(kind.label, "id"), (kind.label, "fold")} | ({(kind.label, "ref")} if kind.prefix else set())
    wanted |= {(kind.label, field.name) for field in kind.fields if field.unique}
    assert wanted <= existing
    assert schema.statements()


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=name_of)
def test_a_field_is_whole(kind, field):
    assert field.word
    assert field.cls in Class
    if field.type in {"choice", "choices"}:
        assert field.vocabulary in VOCABULARIES
    if field.sealed:
        assert field.cls in {Class.CONTACT, Class.PARTIES}
        assert not field.listed, "a sealed text is on no list"
        assert field.name not in {"name", kind.title}, "a sealed text is not searched"
    text.quoted(field.name)


@pytest.mark.parametrize(("kind", "link"), LINKS, ids=name_of)
def test_a_link_ends_at_a_kind(kind, link):
    assert kind_of(link.target)
    text.quoted(link.tie)


@pytest.mark.parametrize("kind", PLAIN, ids=name_of)
def test_a_plain_kind_has_its_rows_in_the_table_of_rights(kind):
    for action in ("read", "create", "edit", "archive"):
        assert TABLE[kind.noun, action]


@pytest.mark.parametrize("kind", PLAIN, ids=name_of)
def test_every_field_and_link_of_a_plain_kind_is_in_its_form(kind, sign_in):
    page = sign_in("coordinator").get(f"/records/{kind.slug}/new").text
    for part in (*kind.fields, *kind.links):
        assert f'name="{part.name}"' in page


def test_every_kind_field_tie_and_word_is_in_the_dictionary(sign_in):
    page = sign_in("partner").get("/dictionary").text
    for kind in KINDS:
        assert f'id="{kind.slug}"' in page
    for kind, field in FIELDS:
        assert escaped(field.word) in page, (kind.label, field.name)
        if field.vocabulary:
            assert all(escaped(term.word) in page for term in VOCABULARIES[field.vocabulary])
    for tie in TIES:
        assert escaped(tie.sentence) in page


def escaped(word):
    return word.replace("&", "&amp;").replace("'", "&#39;")


def test_ties_are_one_of_a_kind():
    assert (
        len({tie.code for tie in TIES})
        == len({tie.relationship for tie in TIES})
        == len({tie.colour for tie in TIES})
        == len(TIES)
    )
    for tie in TIES:
        assert tie.evidence in {"declared", "confirmed", "observed"}
        assert {tie.source, tie.target} <= {kind.label for kind in KINDS}
