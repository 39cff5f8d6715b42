"""The blueprint of referrals, and what their templates word things with."""

from __future__ import annotations

from flask import Blueprint

from web.referrals.words import DONE, LOOKS, TO_DO, VIA

bp = Blueprint("referrals", __name__, url_prefix="/referrals", template_folder="templates")


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates of referrals word things with."""
    return {"looks": LOOKS, "step_words": TO_DO, "done_words": DONE, "via_words": VIA}
