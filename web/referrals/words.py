"""Words of referrals: steps to take, steps that were taken, how a state looks."""

from __future__ import annotations

from web.language import lazy

TO_DO = {
    "send": lazy("Send"),
    "acknowledge": lazy("We have it"),
    "accept": lazy("Accept"),
    "redirect": lazy("Pass on to another partner"),
    "decline": lazy("Decline"),
    "begin": lazy("The service has begun"),
    "close_helped": lazy("Close: helped"),
    "close_not_helped": lazy("Close: not helped"),
    "see": lazy("We have seen what came of it"),
    "correct": lazy("Correct something"),
    "reopen": lazy("Reopen"),
    "withdraw": lazy("Withdraw"),
    "revoke": lazy("The person no longer agrees: stop"),
}
DONE = {
    "send": lazy("sent"),
    "acknowledge": lazy("acknowledged"),
    "accept": lazy("accepted"),
    "redirect": lazy("passed on"),
    "decline": lazy("declined"),
    "begin": lazy("the service began"),
    "close_helped": lazy("closed: helped"),
    "close_not_helped": lazy("closed: not helped"),
    "see": lazy("the sender saw what came of it"),
    "correct": lazy("corrected"),
    "reopen": lazy("reopened"),
    "withdraw": lazy("withdrawn"),
    "revoke": lazy("the person no longer agrees"),
    "expire": lazy("lapsed without an answer"),
}
VIA = {
    "link": lazy("by a one-time link"), "told": lazy("entered by the sender, as told"), "list": lazy("from an imported list"),
}  # fmt: skip
"""How a step was told, where the party itself did not enter it."""
LOOKS = {
    "draft": "not_assessed", "sent": "fragile", "acknowledged": "fragile", "accepted": "covered", "in_service": "covered",
    "closed_successful": "covered", "closed_unsuccessful": "unverified", "rejected": "absent", "withdrawn": "not_assessed",
    "redirected": "unverified", "expired": "absent", "reopened": "fragile", "revoked": "not_assessed",
}  # fmt: skip
