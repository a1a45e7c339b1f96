"""Count how often cards are opened, so that it is known which ones to verify first.

Counted is the card alone: not who opened it, from where, when in the month, or what they had looked
for. Counts are gathered in memory and written many at once, so that even the database cannot tell
when a card was opened; what a process has not written when it ends is lost.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from http import HTTPStatus
from threading import Lock, Thread
from typing import Final

from flask import Flask, Response, request

from referral.accounts.model import Role
from referral.catalog.edit_store import EditStore
from referral.storage.errors import StorageError
from referral.web.access import who
from referral.web.program import Site

TOGETHER: Final = 20
"""So many openings are written at once."""


def _in_background(work: Callable[[], None]) -> None:
    Thread(target=work, daemon=True).start()


class Openings:
    """Gathers openings of cards and writes them once there are enough."""

    def __init__(
        self,
        write: Callable[[Mapping[str, int]], None],
        *,
        run: Callable[[Callable[[], None]], None] = _in_background,
    ) -> None:
        self._write = write
        self._run = run
        self._lock = Lock()
        self._counts: Counter[str] = Counter()

    def add(self, service_id: str) -> None:
        """Count one opening."""
        with self._lock:
            self._counts[service_id] += 1
            if self._counts.total() < TOGETHER:
                return
            ready, self._counts = self._counts, Counter()
        self._run(lambda: self._put(ready))

    def _put(self, ready: Counter[str]) -> None:
        try:
            self._write(ready)
        except StorageError:
            # An import may hold the database; the next twenty take these along.
            with self._lock:
                self._counts += ready


def set_up_openings(app: Flask, site: Site) -> None:
    """Count cards that are opened by anybody but those who verify them."""

    def write(counts: Mapping[str, int]) -> None:
        store: EditStore = site.program.edits
        store.count_openings(counts, on=site.today())

    openings = Openings(write)
    app.extensions["openings"] = openings

    @app.after_request
    def count(response: Response) -> Response:
        if request.endpoint == "directory.card" and response.status_code == HTTPStatus.OK:
            account = who()
            if account is None or not account.may({Role.EDITOR}):
                openings.add(str((request.view_args or {}).get("service_id", "")))
        return response
