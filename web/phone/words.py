"""Words the phone's page carries with it, so that it can speak without a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.language import lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "not_yours": lazy("This pair is no longer yours, or this phone does not know it. Nothing was kept."),
    "ended": lazy("This pair has ended meanwhile. Nothing was kept."),
    "after_end": lazy("This pair had ended before that day. Nothing was kept; another day may be right."),
    "alike": lazy("A contact on that day in the same way is kept already. Nothing was written over; is this another one?"),
    "arrived": lazy("This entry had arrived as it was before you changed it. That one is kept; this change is not."),
    "value": lazy("Something in this entry cannot be kept as it is. Change it, or drop it."),
}  # fmt: skip
SAID: Mapping[str, str] = {
    "line": lazy("Connected."),
    "no_line": lazy("No connection. What you save waits on this phone and is sent once when the line is back."),
    "waiting": lazy("waits for the line"),
    "asks": lazy("needs you"),
    "kept": lazy("Sent and kept."),
    "saved": lazy("Saved on this phone; it is sent as soon as there is a line."),
    "forgotten": lazy(
        "This phone is no longer remembered. Your entries stay here: sign in and set the phone up again to send them."
    ),
    "change": lazy("Change"),
    "insist": lazy("Send it all the same"),
    "drop": lazy("Drop"),
    "choose": lazy("Choose with whom and how."),
    "lose": lazy("Entries that were not sent are on this phone; they would be lost. Go on all the same?"),
}
