"""The catalogue in memory: one consistent state, read again when the database has moved on."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from referral.bootstrap.storing import State, Storing

if TYPE_CHECKING:
    from referral.catalog.districts import Boundary
    from referral.catalog.places import PlaceIndex
    from referral.catalog.snapshot import Catalog
    from referral.catalog.vocabulary import Vocabulary
    from referral.matching.policy import Policy


class Stating(Storing):
    """Holds the catalogue as one snapshot, with the weights by which it is searched."""

    @cached_property
    def policy(self) -> "Policy":
        """The weights and limits of matching."""
        from referral.ingest.policy_file import read_policy  # noqa: PLC0415 - hearing needs weighs nobody

        return read_policy(self._data / "matching" / "policy.toml")

    def boundaries(self) -> "tuple[Boundary, ...]":
        """Return the borders that have been imported, read again after every change."""
        with self._lock:
            revision = self._current()[0]
            if self._borders is None or self._borders[0] != revision:
                self._borders = (revision, self.store.boundaries())
            return self._borders[1]

    def catalog(self) -> "Catalog":
        """Return the catalogue as one consistent state.

        Raises:
            StorageError: the database does not answer or has not been initialised.
        """
        return self._current()[1]

    def vocabulary(self) -> "Vocabulary":
        """Return the catalogue's words, without reading the catalogue where it is not in memory.

        Raises:
            StorageError: the database does not answer or has not been initialised.
        """
        with self._lock:
            known = self._snapshot is not None
        if known:
            return self.catalog().vocabulary
        from referral.storage.glance import words_at_a_glance  # noqa: PLC0415 - as in _engine()

        return words_at_a_glance(self.settings.database_url) or self.store.vocabulary()

    def places(self) -> "PlaceIndex":
        """Return the index of the catalogue's place names."""
        return self._current()[2]

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Answer everything within the block from one state of the catalogue, asked for once."""
        token = self._held.set([])
        try:
            yield
        finally:
            self._held.reset(token)

    def _current(self) -> "State":
        held = self._held.get()
        if held:
            return held[0]
        state = self._newest()
        if held is not None:
            held.append(state)
        return state

    def _newest(self) -> "State":
        from referral.catalog.places import PlaceIndex  # noqa: PLC0415 - hearing needs looks up no place

        with self._lock:
            revision = self.store.revision()
            if self._snapshot is None or self._snapshot[0] != revision:
                catalog = self.store.load()
                self._snapshot = (revision, catalog, PlaceIndex.of(catalog.territory))
                self._reports.clear()
            return self._snapshot
