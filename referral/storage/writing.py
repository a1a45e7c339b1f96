"""Write records so that only what differs is touched, and say what became of each."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from referral.catalog.areas import Coverage
from referral.catalog.districts import Boundary, District
from referral.catalog.model import Service, Source
from referral.catalog.ports import Fate, Origin, TerritoryFates
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart
from referral.catalog.vocabulary import Vocabulary
from referral.storage.edit_log import Step, log_steps, unsigned
from referral.storage.errors import RefusedError
from referral.storage.fates import Fates, fates_of
from referral.storage.mapping.offers import ServiceRows, service_rows, source_row
from referral.storage.mapping.own import own_value_row
from referral.storage.mapping.places import (
    boundary_row,
    district_row,
    municipality_row,
    part_row,
)
from referral.storage.putting import insert_rows, upsert_rows
from referral.storage.reading import (
    in_batches,
    read_boundaries,
    read_catalog,
    read_districts,
    read_municipalities,
    read_own,
    read_parts,
    read_services_among,
    read_sources,
)
from referral.storage.rows import (
    CoveredMunicipalityRow,
    MetaRow,
    OrganizationRow,
    ServiceAreaRow,
    ServicePartRow,
    ServiceRow,
)
from referral.storage.words import replace_words

REVISION = "revision"
"""The note that counts changes; writers lock its row and so come one after another."""

RESOLVED_AGAIN = "Území se změnilo, obce jsou určené znovu."
"""The reason in the log when a change of territory moves a coverage that somebody verified."""

_K = TypeVar("_K", bound=Hashable)
_T = TypeVar("_T")


class SqlCatalogWriter:
    """Writes through one open transaction; ``changed`` tells whether anything was."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.changed = False

    def save_sources(
        self, sources: Iterable[Source], *, origin: Origin = Origin.OWN
    ) -> Mapping[str, Fate]:
        """Add or replace sources by id.

        Raises:
            RefusedError: an id stands twice.
        """
        known = read_sources(self._connection)
        decision = fates_of(sources, known, key=lambda source: source.id, origin=origin)
        upsert_rows(self._connection, [source_row(one, origin=origin) for one in decision.to_write])
        return self._noted(decision)

    def save_territory(
        self,
        municipalities: Iterable[Municipality],
        parts: Iterable[MunicipalityPart],
        *,
        origin: Origin = Origin.OWN,
    ) -> TerritoryFates:
        """Add or replace municipalities and parts by code.

        Raises:
            RefusedError: a code stands twice among the municipalities or among the parts.
        """
        known = read_municipalities(self._connection)
        wholes = fates_of(municipalities, known, key=lambda one: one.code, origin=origin)
        upsert_rows(
            self._connection, [municipality_row(one, origin=origin) for one in wholes.to_write]
        )
        known_parts = read_parts(self._connection)
        pieces = fates_of(parts, known_parts, key=lambda one: one.code, origin=origin)
        upsert_rows(self._connection, [part_row(one, origin=origin) for one in pieces.to_write])
        return TerritoryFates(municipalities=self._noted(wholes), parts=self._noted(pieces))

    def save_services(
        self, services: Iterable[Service], *, origin: Origin = Origin.OWN
    ) -> Mapping[str, Fate]:
        """Add or replace services by id; a provider that no service names disappears.

        Raises:
            RefusedError: an id stands twice.
        """
        given = list(services)
        known = read_services_among(self._connection, (service.id for service in given))
        decision = fates_of(given, known, key=lambda service: service.id, origin=origin)
        bundles = [service_rows(service, origin=origin) for service in decision.to_write]
        providers = {one.organization.id: one.organization for one in bundles}
        upsert_rows(self._connection, list(providers.values()))
        upsert_rows(self._connection, [one.service for one in bundles])
        self._clear_parts(service.id for service in decision.to_write if service.id in known)
        for of_one_table in zip(*(one.parts for one in bundles), strict=True):
            insert_rows(self._connection, [row for rows in of_one_table for row in rows])
        self._insert_covered(bundles)
        if decision.to_write:
            self._drop_idle_providers()
        return self._noted(decision)

    def save_districts(self, districts: Iterable[District]) -> Mapping[str, Fate]:
        """Add or replace administrative districts by tier and code.

        Raises:
            RefusedError: a district stands twice.
        """
        known = read_districts(self._connection)
        decision = fates_of(districts, known, key=lambda one: one.key, origin=Origin.OWN)
        upsert_rows(
            self._connection, [district_row(one, origin=Origin.OWN) for one in decision.to_write]
        )
        return self._noted(decision)

    def save_boundaries(self, boundaries: Iterable[Boundary]) -> Mapping[str, Fate]:
        """Add or replace borders by what they go around.

        Raises:
            RefusedError: a border stands twice.
        """
        known = read_boundaries(self._connection)
        decision = fates_of(boundaries, known, key=lambda one: one.key, origin=Origin.OWN)
        upsert_rows(
            self._connection, [boundary_row(one, origin=Origin.OWN) for one in decision.to_write]
        )
        return self._noted(decision)

    def save_coverages(self, coverages: Mapping[str, Coverage]) -> Mapping[str, Fate]:
        """Replace the coverages of stored services; who wrote a service stays so.

        Where our own verified coverage stands above that of the source, it is the one replaced.

        Raises:
            RefusedError: a service is not stored.
        """
        self._require_services(coverages)
        known = read_services_among(self._connection, coverages)
        own = self._save_own_coverages(coverages)
        services = [
            replace(known[name].record, coverage=coverage)
            for name, coverage in coverages.items()
            if name not in own
        ]
        decision = fates_of(services, known, key=lambda service: service.id, origin=Origin.OWN)
        self._replace_coverages(decision.to_write)
        fates = own | dict(self._noted(decision))
        return {name: fates[name] for name in coverages}

    def _save_own_coverages(self, coverages: Mapping[str, Coverage]) -> dict[str, Fate]:
        """Replace those of the coverages that are verified ones of our own."""
        fates: dict[str, Fate] = {}
        steps: list[Step] = []
        for name, values in read_own(self._connection).items():
            for value in values:
                if value.coverage is None or name not in coverages:
                    continue
                same = value.coverage == coverages[name]
                fates[name] = Fate.UNCHANGED if same else Fate.CHANGED
                if not same:
                    moved = replace(value, coverage=coverages[name])
                    upsert_rows(self._connection, [own_value_row(moved)])
                    steps.append((name, value.field, value, moved))
                    self.changed = True
        log_steps(self._connection, steps, signed=unsigned(RESOLVED_AGAIN))
        return fates

    def _replace_coverages(self, services: Sequence[Service]) -> None:
        if not services:
            return
        bundles = [service_rows(one, origin=Origin.OWN) for one in services]
        columns = ("coverage_status", "everywhere", "unresolved")
        statement = update(ServiceRow).where(ServiceRow.id == bindparam("of"))
        self._connection.execute(
            statement.values({name: bindparam(f"new_{name}") for name in columns}),
            [
                {"of": one.service.id}
                | {f"new_{name}": getattr(one.service, name) for name in columns}
                for one in bundles
            ],
        )
        for table in (ServiceAreaRow, CoveredMunicipalityRow):
            for some in in_batches(one.id for one in services):
                self._connection.execute(delete(table).where(table.service_id.in_(some)))
        insert_rows(self._connection, [row for one in bundles for row in one.areas])
        self._insert_covered(bundles)

    def save_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Replace the vocabulary.

        Raises:
            RefusedError: it leaves out a word that a stored service uses.
        """
        if replace_words(self._connection, vocabulary):
            self.changed = True

    def remember(self, key: str, value: str) -> None:
        """Keep a note about the catalogue itself.

        Raises:
            ValueError: the key is the one that counts changes.
        """
        if key == REVISION:
            message = f"the note {REVISION!r} counts changes and is not written by hand"
            raise ValueError(message)
        upsert_rows(self._connection, [MetaRow(key=key, value=value)])

    def load(self) -> Catalog:
        """Return everything in the middle of the transaction, each record by itself."""
        return read_catalog(self._connection, folded=False)

    def boundaries(self) -> tuple[Boundary, ...]:
        """Return all borders, in the order of their keys."""
        stored = read_boundaries(self._connection)
        return tuple(stored[key].record for key in sorted(stored))

    def _noted(self, decision: Fates[_K, _T]) -> Mapping[_K, Fate]:
        self.changed = self.changed or bool(decision.to_write)
        return decision.of_each

    def _require_services(self, ids: Iterable[str]) -> None:
        """Refuse to write about a service that is not stored."""
        missing = set(ids)
        for some in in_batches(missing.copy()):
            statement = select(ServiceRow.id).where(ServiceRow.id.in_(some))
            missing.difference_update(self._connection.scalars(statement))
        if missing:
            message = f"Služba {min(missing)} v databázi není. Nic se nezměnilo."
            raise RefusedError(message)

    def _insert_covered(self, bundles: Iterable[ServiceRows]) -> None:
        values = [value for one in bundles for value in one.covered]
        if values:
            self._connection.execute(insert(CoveredMunicipalityRow), values)

    def _clear_parts(self, ids: Iterable[str]) -> None:
        for some in in_batches(ids):
            for part in ServicePartRow.__subclasses__():
                self._connection.execute(delete(part).where(part.service_id.in_(some)))

    def _drop_idle_providers(self) -> None:
        named = exists().where(ServiceRow.organization_id == OrganizationRow.id)
        self._connection.execute(delete(OrganizationRow).where(~named))
