"""Who could take a case: every reason follows from its fact, points are their sum, and the page says both."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from analytics.receivers import ENOUGH, POINTS, Need, Offer, suggested
from tests.referrals.cases import filled, make, stored
from web.pages import today

ON = date(2026, 11, 22)

offers = st.builds(
    Offer,
    service=st.sampled_from("stuv"),
    organisation=st.sampled_from("ABCDE"),
    languages=st.lists(st.sampled_from(["ar", "fa", "bg"]), unique=True).map(tuple),
    interpretation=st.booleans(),
    room=st.none() | st.integers(0, 5),
    assured_on=st.none() | st.dates(ON - timedelta(400), ON),
    groups=st.lists(st.sampled_from(["children", "women"]), unique=True).map(tuple),
    answers=st.lists(st.none() | st.integers(0, 40), max_size=6).map(tuple),
)
needs = st.builds(
    Need,
    on=st.just(ON),
    language=st.sampled_from(["", "ar"]),
    groups=st.sampled_from([(), ("children",)]),
    priority=st.sampled_from(["emergency", "urgent", "normal"]),
)


@given(st.lists(offers, max_size=12), needs)
def test_reasons_follow_from_facts_and_points_are_their_sum(those, need):
    found = suggested(those, need)
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert len({one.offer.organisation for one in found}) == len(found)
    fitting = [one for one in those if not (need.groups and one.groups and not set(need.groups) & set(one.groups))]
    assert {one.offer.organisation for one in found} == {one.organisation for one in fitting}
    for one in found:
        codes = {reason.code for reason in one.reasons}
        assert one.points == sum(POINTS[code] for code in codes)
        assert codes == expected(one.offer, need)


def expected(offer, need):
    """The codes once more, each by its own sentence."""
    codes = set()
    if need.language:
        speaks = need.language in offer.languages
        codes.add("speaks" if speaks else "interprets" if offer.interpretation else "no_language")
    fresh = offer.assured_on is not None and offer.assured_on >= need.on - timedelta(days=180)
    codes.add("checked" if fresh else "unchecked")
    if offer.room is not None:
        codes.add("room" if offer.room else "full")
    if need.groups and offer.groups:
        codes.add("for_group")
    if len(offer.answers) >= ENOUGH:
        usual = median(10**6 if one is None else one for one in offer.answers)
        limit = {"emergency": 1, "urgent": 3, "normal": 14}[need.priority]
        codes.add("answers_fast" if usual <= limit / 2 else "answers_in_time" if usual <= limit else "answers_late")
    return codes


def offering(graph, net, name, **values):
    organisation = make(graph, "Organisation", {"name": name, "kind": "ngo"})
    links = {"provider": [organisation], "type": [net.legal], **values.pop("links", {})}
    make(graph, "Service", {"name": f"Law at {name}", "status": "active", **values}, links)
    return organisation


def test_the_page_names_who_offers_it_now_with_reasons(net, graph):
    region = make(graph, "Place", {"name": "Region", "level": "region"})
    town = make(graph, "Place", {"name": "Town", "level": "municipality"}, {"parent": [region]})
    far = make(graph, "Place", {"name": "Far", "level": "municipality"})
    offering(graph, net, "Speaking", languages="ar", assured_on=today().isoformat(), links={"areas": [region]})
    offering(graph, net, "Silent", capacity_available="0", links={"areas": [town]})
    offering(graph, net, "Elsewhere", links={"areas": [far]})
    offering(graph, net, "Shut", links={"areas": [town]}, status="temporarily_closed")
    page = net.people["sender"].get(f"/referrals/who?service={net.legal}&place={town}&language=ar").text
    shown = page.split("need-form")[1]
    assert shown.index("Speaking") < shown.index("Silent")
    assert "works in Arabic" in shown
    assert "no place free now" in shown
    assert "Elsewhere" not in shown
    assert "Shut" not in shown
    for role in ("manager", "leader", "administrator"):
        assert net.people[role].get("/referrals/who").status_code == 404


def test_how_soon_somebody_answers_is_seen_in_enough_referrals(net, graph):
    office = offering(graph, net, "Quick")
    for n in range(4):
        sent = today() - timedelta(days=30 + n)
        make(
            graph, "Referral",
            {"case_ref": f"Q-{n}", "state": "accepted", "sent_on": sent.isoformat(),
             "answered_on": (sent + timedelta(days=1)).isoformat()},
            {"sender": [net.clinic], "receiver": [office], "service": [net.legal]},
        )  # fmt: skip
    text = net.people["sender"].get(f"/referrals/who?service={net.legal}").text
    assert "usually answers within 1 day (seen in 4 referrals of a year)" in text


def test_a_crisis_is_sent_without_a_text(net, graph):
    url = f"/referrals/new?crisis=1&priority=emergency&service={net.legal}&receiver={net.ngo}"
    page = net.people["sender"].get(url).text
    assert 'name="note"' not in page
    asked = filled(net, agreed="vital", priority="emergency", note="she is ill")
    assert net.people["sender"].post(url, asked).status_code == 303
    row = stored(graph)[0]
    assert row["state"] == "sent"
    assert row["note"] is None
