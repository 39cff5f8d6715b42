"""Pure functions over an edge table and coverage cells: no Flask, no database, no clock."""
