"""The catalogue in a relational database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, update

from referral.catalog.areas import Coverage
from referral.catalog.districts import Boundary, District
from referral.catalog.model import Service, Source
from referral.catalog.ports import CatalogWriter, Fate, Origin, TerritoryFates
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart
from referral.catalog.vocabulary import Vocabulary
from referral.storage.engine import reading, writing
from referral.storage.mapping.words import vocabulary_from
from referral.storage.reading import (
    read_boundaries,
    read_catalog,
    read_districts,
    read_note,
    read_vocabulary,
)
from referral.storage.rows import MetaRow
from referral.storage.schema import require_current, still_current
from referral.storage.writing import REVISION, SqlCatalogWriter

_W = TypeVar("_W", bound=SqlCatalogWriter)


class SqlCatalogStore:
    """Implements ``referral.catalog.ports.CatalogStore`` over SQLite or PostgreSQL.

    It holds the engine and whether its tables were seen, so threads may share it. Every method
    raises StorageError when the database does not answer, has not been initialised or was made by
    a newer program.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen_current = False

    def load(self) -> Catalog:
        """Return everything as one consistent state, with one query for each table."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_catalog(connection)

    def vocabulary(self) -> Vocabulary:
        """Return the words alone."""
        with reading(self._engine) as connection:
            require_current(connection)
            return vocabulary_from(read_vocabulary(connection))

    def boundaries(self) -> tuple[Boundary, ...]:
        """Return all borders, in the order of their keys."""
        with reading(self._engine) as connection:
            require_current(connection)
            stored = read_boundaries(connection)
        return tuple(stored[key].record for key in sorted(stored))

    def districts(self) -> tuple[District, ...]:
        """Return all administrative districts, in the order of their keys."""
        with reading(self._engine) as connection:
            require_current(connection)
            stored = read_districts(connection)
        return tuple(stored[key].record for key in sorted(stored))

    @contextmanager
    def transaction(self) -> Iterator[CatalogWriter]:
        """Give a writer whose saves all happen, or none when the block is left by an exception.

        Writers come one after another: the second waits until the first has finished.
        """
        with self.writing_with(SqlCatalogWriter) as writer:
            yield writer

    @contextmanager
    def writing_with(self, kind: Callable[[Connection], _W]) -> Iterator[_W]:
        """Give a writer of a kind, as ``transaction`` does."""
        with reading(self._engine) as connection:
            require_current(connection)
        with writing(self._engine) as connection:
            counter = update(MetaRow).where(MetaRow.key == REVISION)
            # Locks the row first of all: what is compared below can change no more.
            connection.execute(counter.values(value=MetaRow.value))
            writer = kind(connection)
            yield writer
            if writer.changed:
                reached = int(read_note(connection, REVISION) or 0)
                connection.execute(counter.values(value=str(reached + 1)))

    def save_sources(
        self, sources: Iterable[Source], *, origin: Origin = Origin.OWN
    ) -> Mapping[str, Fate]:
        """Add or replace sources by id."""
        with self.transaction() as writer:
            return writer.save_sources(sources, origin=origin)

    def save_services(
        self, services: Iterable[Service], *, origin: Origin = Origin.OWN
    ) -> Mapping[str, Fate]:
        """Add or replace services by id; the words and sources they name must be saved before."""
        with self.transaction() as writer:
            return writer.save_services(services, origin=origin)

    def save_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Replace the vocabulary."""
        with self.transaction() as writer:
            writer.save_vocabulary(vocabulary)

    def save_territory(
        self,
        municipalities: Iterable[Municipality],
        parts: Iterable[MunicipalityPart],
        *,
        origin: Origin = Origin.OWN,
    ) -> TerritoryFates:
        """Add or replace municipalities and parts by code."""
        with self.transaction() as writer:
            return writer.save_territory(municipalities, parts, origin=origin)

    def save_districts(self, districts: Iterable[District]) -> Mapping[str, Fate]:
        """Add or replace administrative districts by tier and code."""
        with self.transaction() as writer:
            return writer.save_districts(districts)

    def save_boundaries(self, boundaries: Iterable[Boundary]) -> Mapping[str, Fate]:
        """Add or replace borders by what they go around."""
        with self.transaction() as writer:
            return writer.save_boundaries(boundaries)

    def save_coverages(self, coverages: Mapping[str, Coverage]) -> Mapping[str, Fate]:
        """Replace the coverages of stored services; who wrote a service stays so."""
        with self.transaction() as writer:
            return writer.save_coverages(coverages)

    def remember(self, key: str, value: str) -> None:
        """Keep a note about the catalogue itself."""
        with self.transaction() as writer:
            writer.remember(key, value)

    def recall(self, key: str) -> str | None:
        """Return the note remembered under the key, None when there is none."""
        with reading(self._engine) as connection:
            require_current(connection)
            return read_note(connection, key)

    def revision(self) -> int:
        """Return a number that grows with every change of the catalogue.

        Every request asks for it, so once the tables are known it takes one query, which also tells
        when another program has changed them since.
        """
        with reading(self._engine) as connection:
            if not self._seen_current:
                require_current(connection)
                self._seen_current = True
            found = still_current(connection, REVISION)
            if found is None:
                self._seen_current = False
                require_current(connection)
        return int(found or 0)
