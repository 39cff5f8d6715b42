"""Case conferences: convened by one, open to the people named and to nobody by office; the texts are sealed.

Taking part makes no tie and no count: that a conference was is itself protected.
"""

from graphdb.conferences.reading import (
    ConferenceView,
    Line,
    Nameable,
    Named,
    Step,
    mine,
    of_case,
    people,
    show,
)
from graphdb.conferences.writing import (
    ClosedError,
    NewConference,
    NotAgreedError,
    add_step,
    convene,
    end,
    end_step,
    erase,
    name_people,
    note_outcome,
)

__all__ = [
    "ClosedError", "ConferenceView", "Line", "Nameable", "Named", "NewConference", "NotAgreedError", "Step", "add_step", "convene",
    "end", "end_step", "erase", "mine", "name_people", "note_outcome", "of_case", "people", "show",
]  # fmt: skip
