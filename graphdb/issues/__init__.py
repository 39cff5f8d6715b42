"""Community issues, campaigns and mediations: what leaders and mentors take up with a community, step by step.

All three are of one shape: `states` beside `state` holds the history with days, texts are sealed with the key of the
leader (of the mentor where no leader is named), and a step is a record of its own that says which institutions it touched.
"""

from graphdb.issues.beginning import Beginning, beginning
from graphdb.issues.lists import Figures, Here, Line, Page, figures, listed
from graphdb.issues.reading import MatterView, Step, show
from graphdb.issues.writing import (
    NewMatter,
    NewStep,
    NotYoursError,
    add_step,
    move,
    put_on_agenda,
    raise_matter,
    reword,
    take_back_step,
)

__all__ = [
    "Beginning", "Figures", "Here", "Line", "MatterView", "NewMatter", "NewStep", "NotYoursError", "Page", "Step", "add_step", "beginning",
    "figures", "listed", "move", "put_on_agenda", "raise_matter", "reword", "show", "take_back_step",
]  # fmt: skip
