"""Progress that can be read: a bar on a terminal, a few lines in a log."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

LINES = 4  # so many lines where there is no terminal


@contextmanager
def show_progress(what: str, total: int, say: Callable[[str], None]) -> Generator[Callable[[], None]]:
    """Gives the function to call after each of `total` steps."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines(what, total, say)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(what, total=total)
        yield lambda: progress.advance(task)


def _lines(what: str, total: int, say: Callable[[str], None]) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done * LINES // total > (done - 1) * LINES // total:
            say(f"{what}: {done} of {total} files.")

    return tick
