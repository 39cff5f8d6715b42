"""How commands are told a day and a window."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click


class Day(click.ParamType[date]):
    """A date as 2026-03-31."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date. Fails with a sentence."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is not a date; write it as 2026-03-31.", param, ctx)


def today() -> date:
    """The calendar day of this command."""
    return datetime.now(UTC).date()


as_of_option = click.option("--as-of", type=Day(), help="The day to speak of, such as 2026-03-31; today by default.")
window_option = click.option(
    "--window",
    type=click.IntRange(1, 36_500),
    metavar="DAYS",
    help="Only what was seen in so many days up to that day.",
)
