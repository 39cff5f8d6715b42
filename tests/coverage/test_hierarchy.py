"""Trees as closed sets, with several broader terms, unknown ids and cycles; keys that nobody shares."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.hierarchy import Hierarchy
from analytics.keys import gap_key, pair_key

terms = st.sampled_from("abcdef")
steps = st.lists(st.tuples(terms, st.none() | terms), max_size=12)


def test_a_term_is_inside_itself_and_all_above():
    tree = Hierarchy.of([("school", "education"), ("education", None), ("school", "child care"), ("loop", "loop")])
    assert tree.ancestors("school") == {"school", "education", "child care"}
    assert tree.descendants("education") == {"education", "school"}
    assert tree.ancestors("unknown") == {"unknown"}
    assert tree.within("school", "education")
    assert not tree.within("education", "school")


@given(steps)
def test_sets_are_closed_and_mirror_each_other_even_in_a_cycle(pairs):
    tree = Hierarchy.of(pairs)
    for term in "abcdef":
        above = tree.ancestors(term)
        assert term in above
        assert {broad for narrow, broad in pairs if narrow in above and broad} <= above
        assert above == {other for other in "abcdef" if term in tree.descendants(other)}


parts = st.text("ab:*%", max_size=4)


@given(st.lists(st.none() | parts, min_size=3, max_size=3), st.lists(st.none() | parts, min_size=3, max_size=3))
def test_different_cells_have_different_keys(one, other):
    assert (gap_key("coverage", *one) == gap_key("coverage", *other)) == (one == other)


@given(parts, parts)
def test_a_pair_has_one_key(one, other):
    assert pair_key("C2", one, other) == pair_key("C2", other, one)
