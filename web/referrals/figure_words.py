"""What the figures of referrals are called."""

from __future__ import annotations

from web.language import lazy

FIGURE_WORDS = {
    "sender": lazy("From"),
    "receiver": lazy("To"),
    "pair": lazy("by pair"),
    "service": lazy("by service"),
    "place": lazy("by place"),
    "sent": lazy("sent"),
    "due": lazy("due for an answer"),
    "not_yet_due": lazy("not yet due, no answer"),
    "taken_back": lazy("taken back in time, no answer"),
    "acknowledged": lazy("answered"),
    "no_feedback": lazy("past the limit, no answer"),
    "in_time": lazy("answered in time"),
    "decided": lazy("accepted or declined"),
    "accepted": lazy("accepted"),
    "rejected": lazy("declined"),
    "closed": lazy("closed"),
    "closed_successful": lazy("closed: helped"),
    "verified": lazy("closed: helped, and the service began"),
    "closed_not_verified": lazy("closed without proof of a service"),
    "loop_closed": lazy("the sender has seen the end"),
    "redirected": lazy("handed on"),
    "ping_pong": lazy("handed back to the sender within 30 days"),
    "first_sent": lazy("not handed on by others"),
    "acknowledged_rate": lazy("answered, of those due"),
    "within_limit": lazy("answered in time, of those due"),
    "no_feedback_rate": lazy("no answer, of those due"),
    "acceptance_decided": lazy("accepted, of those decided"),
    "acceptance_of_all": lazy("accepted, of all sent"),
    "loop_closed_rate": lazy("end seen by the sender, of those accepted"),
    "verified_success": lazy("helped with proof, of those closed"),
    "closed_without_proof": lazy("closed without proof, of those closed"),
    "median_response_days": lazy("days until half have an answer"),
    "mean_redirect_depth": lazy("times handed on, on average"),
}
