"""Who acts and who reads: plain arguments, so that this room knows no session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """Who made a change: an account's id, or the name of a command or job."""

    id: str
    via: Literal["web", "command", "job", "link", "import", "phone"] = "web"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whose eyes a query has: what `rights.md` needs to know, as parameters of statements.

    `programmes` are those it works in, whose leaders' names it knows; `overseen` those it coordinates or supervises,
    `supervised` those whose mentors it supervises (only these carry notes). `people` are those whose names it knows by
    programme, pair or organisation.
    `contacts` says whose contact details it may see, `protected` whether it sees protected places.
    `everything` is the command line of the machine's owner; no web request has it.
    """

    account: str = ""
    person: str = ""
    roles: frozenset[str] = frozenset()
    organisations: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    overseen: tuple[str, ...] = ()
    supervised: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    contacts: Literal["all", "consent", "focal", "none"] = "none"
    protected: bool = False
    everything: bool = False

    def params(self) -> dict[str, Any]:
        """The parameters every need-to-know filter uses."""
        return {
            "viewer_account": self.account,
            "viewer_person": self.person,
            "viewer_organisations": list(self.organisations),
            "viewer_programmes": list(self.programmes),
            "viewer_overseen": list(self.overseen),
            "viewer_supervised": list(self.supervised),
            "viewer_people": list(self.people),
            "viewer_contacts": self.contacts,
            "viewer_protected": self.protected,
            "viewer_everything": self.everything,
            "viewer_member": self.roles != frozenset({"administrator"}),
            "viewer_rules": not self.roles or "coordinator" in self.roles,
            "viewer_meetings": not self.roles or bool(self.roles & {"manager", "coordinator"}),
        }


OWNER = Viewer(account="owner", everything=True)
