"""A progress bar with rate and time left on a terminal, and nothing at all in a pipe."""

import sys
from collections.abc import Iterator
from time import monotonic
from types import TracebackType
from typing import Any, Self

import click

from referral.ingest.progress import Progress

_LONGEST = 28


class Bar(Progress):
    """Shows each stage of the work as a bar of its own on the standard error output."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._since = monotonic()
        self._done = 0

    def begin(self, total: int, /) -> None:
        """End the bar of the stage before and begin one of so many steps, 0: nobody knows."""
        self._end()
        self._since, self._done = monotonic(), 0
        self._bar = click.progressbar(
            # Something without a length makes the bar move to and fro.
            **({"length": total} if total else {"iterable": _of_unknown_length()}),
            file=sys.stderr,
            show_percent=total > 0,
            show_eta=total > 0,
            item_show_func=self._told,
            width=24,
        )
        self._bar.__enter__()

    def advance(self, what: str, count: int, /) -> None:
        """Move the bar on."""
        if self._bar is not None:
            self._done += count
            self._bar.update(count, what)

    def __enter__(self) -> Self:
        """Wait for the first stage."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the line of the bar."""
        self._end()

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None

    def _told(self, what: str | None) -> str | None:
        """Name what has just been done and the rate, in steps for each second."""
        if what is None:
            return None
        rate = self._done / max(monotonic() - self._since, 0.001)
        return f"{what[:_LONGEST]}  {rate:,.0f}/s".replace(",", "\N{NO-BREAK SPACE}")


def _of_unknown_length() -> Iterator[None]:
    yield from ()


class _Silent(Progress):
    """Shows nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def progress_for_person() -> "Bar | _Silent":
    """Return a bar when a person watches, silence when the output goes into a pipe."""
    return Bar() if sys.stderr.isatty() else _Silent()
