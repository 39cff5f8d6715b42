import random
import time

import pytest

from web.interchange.duplicates import WHY, Party, propose


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("GIZ", "GiZ", "same_but_case"),
        ("Save The Children", "Save the Children", "same_but_case"),
        ("Дом на жената", "Dom na zhenata", "same_other_alphabet"),
        ("Opština Vranje", "Општина Врање", "same_other_alphabet"),
        ("ShelterBox", "Shelter Box", "same_but_marks"),
        ("MSF-CH", "MSF - CH", "same_but_marks"),
        ("Rīgas dienests", "Rigas dienests", "same_but_marks"),
        ("Бежански център Варна", "Варна, Бежански център", "same_word_order"),
        ("Сдружение „Нова искра“", "Нова искра", "same_legal_form"),
        ("Фондация Нова искра", "Nova iskra", "same_legal_form"),
        ("World Vision", "Word Vision", "near_spelling"),
        ("Дом на жената", "Дом на женота", "near_spelling"),
    ],
)
def test_likely_duplicates_are_proposed_with_a_reason(one, other, why):
    assert [(each.a, each.b, each.why) for each in propose({"1": one}, {"2": other})] == [("1", "2", why)]
    assert [each.why for each in propose({"1": one, "2": other}, {})] == [why]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("СУ № 12 София", "СУ № 15 София"), ("MoH Jordan", "MoE Jordan"), ("CARE International", "PLAN International"), ("IRC", "IFRC"),
        ("Община Харманли", "Община Хасково"), ("Фондация", "Сдружение"), ("LRC", "LRRRC"), ("KRG- DMC/ DoE", "KRG- DMC/ DoH"),
    ],
)  # fmt: skip
def test_others_are_not(one, other):
    assert propose({"1": one, "2": other}, {}) == []


def test_equal_register_numbers_are_certain_whatever_the_names():
    one = Party("1", ("Bulgarian Red Cross",), frozenset({("BG-EIK", "000000000")}))
    other = Party("2", ("БЧК",), frozenset({("BG-EIK", "000000000")}))
    assert [(each.score, each.why) for each in propose([one], [other])] == [(100, "identifier")]


def test_aliases_count_and_existing_pairs_are_not_our_matter():
    known = [Party("2", ("БЧК", "Български Червен кръст")), Party("3", ("БЧК",))]
    found = propose([Party("1", ("Balgarski Cherven krast",))], known)
    assert [(each.a, each.b, each.why) for each in found] == [("1", "2", "same_other_alphabet")]


def test_every_reason_has_words():
    pairs = propose({str(n): name for n, name in enumerate(["A b", "a B", "А b", "Б в г", "в г Б"])}, {})
    assert pairs
    assert {each.why for each in pairs} <= set(WHY)


def test_one_typo_copies_are_found_in_two_thousand_names_fast():
    dice = random.Random(3)
    syllables = ["ba", "ko", "ri", "mo", "sta", "ne", "vi", "lu", "gra", "pe", "do", "zha", "ti", "sho"]
    word = lambda: "".join(dice.choices(syllables, k=dice.randint(3, 4)))  # noqa: E731
    names = {f"n{n}": f"{word()} {word()} {word()}" for n in range(2_000)}
    copies = {}
    for n in range(200):
        name = names[f"n{n}"]
        at = dice.randrange(len(name))
        copies[f"c{n}"] = name[:at] + dice.choice(["", "k", "f" + name[at]]) + name[at + 1 :]
    start = time.perf_counter()
    found = {(each.a, each.b) for each in propose(copies, names)}
    assert time.perf_counter() - start < 5
    assert sum((f"c{n}", f"n{n}") in found for n in range(200)) >= 198
    assert len(found) <= 230
