"""Three partners of a network, and a case sent from one to another."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.referrals.cases import filled, make


@pytest.fixture
def net(graph, sign_in):
    clinic, ngo, third = (
        make(graph, "Organisation", {"name": name, "kind": "ngo"}) for name in ("Clinic", "Helpers", "Third")
    )
    legal = make(graph, "ServiceType", {"name": "Legal aid", "code": "legal"})
    partner = {
        name: sign_in("partner", organisation=one)
        for name, one in (("sender", clinic), ("receiver", ngo), ("third", third))
    }
    others = {
        role: sign_in(role) for role in ("leader", "mentor", "supervisor", "manager", "coordinator", "administrator")
    }
    return SimpleNamespace(clinic=clinic, ngo=ngo, third=third, legal=legal, people={**partner, **others})


@pytest.fixture
def sent(net):
    answer = net.people["sender"].post("/referrals/new", filled(net))
    assert answer.status_code == 303, answer.text
    return answer.location
