import json
from dataclasses import fields, is_dataclass
from datetime import UTC

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.packs.example import Bulgarian, example
from web.packs import content
from web.packs.content import Pack
from web.packs.render import render_pdf
from web.packs.snapshot import SnapshotError, from_json, to_json

RECORDS = [kind for kind in vars(content).values() if isinstance(kind, type) and is_dataclass(kind)]


PLACE = st.floats(allow_nan=False, allow_infinity=False)
MOMENT = st.datetimes(timezones=st.just(UTC))
CHOSEN = {
    "MapNode": {"x": PLACE, "y": PLACE},
    "Meeting": {"start": MOMENT, "end": st.none() | MOMENT},
    "Pack": {"generated": MOMENT},
}
for record in RECORDS:
    every_field = {field.name: ... for field in fields(record)}
    st.register_type_strategy(record, st.builds(record, **(every_field | CHOSEN.get(record.__name__, {}))))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_type(Pack))
def test_a_pack_survives_json(pack):
    text = to_json(pack)
    assert from_json(text) == pack
    assert to_json(from_json(text)) == text


def test_the_example_fills_every_field_that_a_pack_has():
    """Else the round trip below would prove little."""
    written = to_json(example("bg"))
    missing = {field.name for kind in RECORDS for field in fields(kind) if f'"{field.name}"' not in written}
    assert missing == set()


def test_a_stored_pack_prints_the_same_bytes():
    pack, words = example("bg"), Bulgarian()
    assert render_pdf(from_json(to_json(pack)), words) == render_pdf(pack, words)


def test_a_pack_stored_before_a_field_existed_still_reads():
    record = json.loads(to_json(example()))
    del record["notes"]
    assert from_json(json.dumps(record)).notes == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("network"),
        lambda record: record.pop("format"),
        lambda record: record.update(format=99),
        lambda record: record.update(surprise=1),
        lambda record: record.update(network=7),
        lambda record: record.update(as_of="yesterday"),
        lambda record: record.update(agenda=7),
        lambda record: record["meeting"].update(start=None),
        lambda record: record["agenda"][0].update(minutes="ten"),
    ],
)
def test_a_damaged_pack_is_refused(change):
    record = json.loads(to_json(example()))
    change(record)
    with pytest.raises(SnapshotError):
        from_json(json.dumps(record))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '"x"'])
def test_no_pack_at_all_is_refused(text):
    with pytest.raises(SnapshotError):
        from_json(text)
