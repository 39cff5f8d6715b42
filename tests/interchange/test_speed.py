"""Sanity, not a benchmark: fifty thousand rows, and hostile bytes, in seconds."""

import csv
import io
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from web.interchange.readers.reading import Upload, read
from web.interchange.tables import write_xlsx

ROWS = [
    [f"Organisation {n % 900}", f"Sector {n % 40}", "BG", f"Area {n % 200}", "2025-01-01", str(n)]
    for n in range(50_000)
]
TAGS = ["#org", "#sector", "#country+code", "#adm1", "#date+reported", "#meta+id"]


def timed(upload: Upload) -> float:
    start = time.perf_counter()
    reading = read([upload])
    assert (reading.rows, len(reading.services), len(reading.organisations)) == (50_000, 50_000, 900)
    return time.perf_counter() - start


def test_fifty_thousand_rows_of_csv():
    out = io.StringIO()
    csv.writer(out).writerows([TAGS, *ROWS])
    assert timed(Upload("big.csv", out.getvalue().encode())) < 15


def test_fifty_thousand_rows_of_xlsx():
    assert timed(Upload("big.xlsx", write_xlsx([("S", TAGS, ROWS)]))) < 20


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_door(data):
    for name in ("nodes.csv", "x.xlsx", "x.json"):
        read([Upload(name, data)])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=8),
    st.sampled_from(["#org,#sector,#adm1", "organisation,service,date", "source,target,weight", "id,name,kind"]),
)
def test_no_cells_break_the_door(rows, header):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    reading = read([Upload("edges.csv", header.encode() + b"\n" + out.getvalue().encode("utf-8", "replace"))])
    assert reading.files == 1
