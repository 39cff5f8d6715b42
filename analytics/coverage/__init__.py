"""Coverage gaps: which services exist for whom and where, with unknown kept apart (definitions.md 2.4)."""

from analytics.coverage.cells import Cell, cell, cells
from analytics.coverage.classes import GAPS, ORDER, UNSERVED, CellClass
from analytics.coverage.columns import STATUSES, Lists, Service, ServiceColumns
from analytics.coverage.facts import NONE_FOUND, Assessment, CellKey, CoverageFacts, Place, Requirement
from analytics.coverage.grid import Grid, GridKind, Scope
from analytics.coverage.nearby import Neighbour, nearby
from analytics.coverage.report import Coverage, assess, assess_cells
from analytics.coverage.since import Since, since
from analytics.coverage.take import take

__all__ = [
    "GAPS",
    "NONE_FOUND",
    "ORDER",
    "STATUSES",
    "UNSERVED",
    "Assessment",
    "Cell",
    "CellClass",
    "CellKey",
    "Coverage",
    "CoverageFacts",
    "Grid",
    "GridKind",
    "Lists",
    "Neighbour",
    "Place",
    "Requirement",
    "Scope",
    "Service",
    "ServiceColumns",
    "Since",
    "assess",
    "assess_cells",
    "cell",
    "cells",
    "nearby",
    "since",
    "take",
]
