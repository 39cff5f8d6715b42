"""Words of referrals: steps to take, steps that were taken, how a state looks."""

from __future__ import annotations

from web.language import lazy

TO_DO = {
    "send": lazy("Send"),
    "acknowledge": lazy("We have it"),
    "accept": lazy("Accept"),
    "decline": lazy("Decline"),
    "begin": lazy("The service has begun"),
    "close_helped": lazy("Close: helped"),
    "close_not_helped": lazy("Close: not helped"),
    "withdraw": lazy("Withdraw"),
}
DONE = {
    "send": lazy("sent"),
    "acknowledge": lazy("acknowledged"),
    "accept": lazy("accepted"),
    "decline": lazy("declined"),
    "begin": lazy("the service began"),
    "close_helped": lazy("closed: helped"),
    "close_not_helped": lazy("closed: not helped"),
    "withdraw": lazy("withdrawn"),
}
LOOKS = {
    "draft": "not_assessed", "sent": "fragile", "acknowledged": "fragile", "accepted": "covered", "in_service": "covered",
    "closed_successful": "covered", "closed_unsuccessful": "unverified", "rejected": "absent", "withdrawn": "not_assessed",
    "redirected": "unverified", "expired": "absent",
}  # fmt: skip
