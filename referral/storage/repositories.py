"""The catalogue in a relational database."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Engine, update

from referral.catalog.model import Service, Source
from referral.catalog.ports import CatalogWriter, Fate, Origin, TerritoryFates
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.catalog.vocabulary import Vocabulary
from referral.storage.engine import reading, writing
from referral.storage.mapping.words import vocabulary_from
from referral.storage.reading import (
    read_municipalities,
    read_note,
    read_parts,
    read_services,
    read_sources,
    read_vocabulary,
)
from referral.storage.rows import MetaRow
from referral.storage.schema import require_current
from referral.storage.writing import REVISION, SqlCatalogWriter


class SqlCatalogStore:
    """Implements ``referral.catalog.ports.CatalogStore`` over SQLite or PostgreSQL.

    It holds nothing but the engine, so threads may share it. Every method raises StorageError when
    the database does not answer, has not been initialised or was made by a newer program.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self) -> Catalog:
        """Return everything as one consistent state, with one query for each table."""
        with reading(self._engine) as connection:
            require_current(connection)
            words = read_vocabulary(connection)
            municipalities = read_municipalities(connection)
            parts = read_parts(connection)
            sources = read_sources(connection)
            services = read_services(connection)
        return Catalog.of(
            vocabulary=vocabulary_from(words),
            territory=Territory.of(
                (stored.record for stored in municipalities.values()),
                parts=(stored.record for stored in parts.values()),
            ),
            services=(stored.record for stored in services.values()),
            sources=(sources[name].record for name in sorted(sources)),
        )

    @contextmanager
    def transaction(self) -> Iterator[CatalogWriter]:
        """Give a writer whose saves all happen, or none when the block is left by an exception.

        Writers come one after another: the second waits until the first has finished.
        """
        with reading(self._engine) as connection:
            require_current(connection)
        with writing(self._engine) as connection:
            counter = update(MetaRow).where(MetaRow.key == REVISION)
            # Locks the row first of all: what is compared below can change no more.
            connection.execute(counter.values(value=MetaRow.value))
            writer = SqlCatalogWriter(connection)
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
        """Return a number that grows with every change of the catalogue."""
        return int(self.recall(REVISION) or 0)
