"""Read the tables back into the model: one query for each table, however much they hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from sqlalchemy import Connection, select
from sqlalchemy.sql.functions import aggregate_strings

from referral.catalog.code_lists import CodeLists
from referral.catalog.districts import Boundary, District
from referral.catalog.experience import OutcomeCount
from referral.catalog.merging import Folded, MergeDecision, fold
from referral.catalog.model import Service, Source
from referral.catalog.own_fields import OwnField, OwnValue, with_own
from referral.catalog.ports import Origin
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.storage.mapping.decisions import decision_from, outcome_count_from
from referral.storage.mapping.imports import code_list_entry_from
from referral.storage.mapping.offers import ServiceRows, service_from, source_from
from referral.storage.mapping.own import own_value_from
from referral.storage.mapping.places import (
    boundary_from,
    district_from,
    municipality_from,
    part_from,
)
from referral.storage.mapping.words import VocabularyRows, vocabulary_from
from referral.storage.rows import (
    AcceptanceRuleRow,
    BarrierRow,
    BoundaryRow,
    CallNeedRow,
    CallRow,
    CodeListEntryRow,
    CoveredMunicipalityRow,
    DistrictRow,
    LocationRow,
    MergeDecisionRow,
    MetaRow,
    MunicipalityPartRow,
    MunicipalityRow,
    NeedGroupRow,
    NeedRow,
    NeedServiceTypeRow,
    OrganizationRow,
    OutcomeCountRow,
    OwnValueRow,
    Row,
    ServiceAreaRow,
    ServiceCapacityRow,
    ServiceNeedRow,
    ServicePartRow,
    ServiceRow,
    ServiceScheduleRow,
    ServiceTargetGroupRow,
    ServiceTypeGroupRow,
    ServiceTypeRow,
    SourceRow,
    TargetGroupRow,
)

AT_ONCE = 500
"""How many ids one query may name; SQLite takes at most 32,766 parameters, older ones 999."""

_BETWEEN_CODES = "\x1f"
"""The unit separator of ASCII, which no code holds."""

_T = TypeVar("_T")
_R = TypeVar("_R", bound=Row)
_P = TypeVar("_P", bound=ServicePartRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Generic[_T]):
    """A record as it is stored, and who wrote it last."""

    record: _T
    origin: Origin


def read_note(connection: Connection, key: str) -> str | None:
    """Return the note under the key, None when there is none."""
    return connection.scalar(select(MetaRow.value).where(MetaRow.key == key))


def read_sources(connection: Connection) -> dict[str, Stored[Source]]:
    """Return all sources by id."""
    return {
        row.id: Stored(record=source_from(row), origin=row.origin)
        for row in rows_of(connection, SourceRow)
    }


def read_municipalities(connection: Connection) -> dict[str, Stored[Municipality]]:
    """Return all municipalities by code."""
    return {
        row.code: Stored(record=municipality_from(row), origin=row.origin)
        for row in rows_of(connection, MunicipalityRow)
    }


def read_parts(connection: Connection) -> dict[str, Stored[MunicipalityPart]]:
    """Return all parts of municipalities by code."""
    return {
        row.code: Stored(record=part_from(row), origin=row.origin)
        for row in rows_of(connection, MunicipalityPartRow)
    }


def read_districts(connection: Connection) -> dict[str, Stored[District]]:
    """Return all administrative districts by tier and code."""
    found = (
        Stored(record=district_from(row), origin=row.origin)
        for row in rows_of(connection, DistrictRow)
    )
    return {stored.record.key: stored for stored in found}


def read_boundaries(connection: Connection) -> dict[str, Stored[Boundary]]:
    """Return all borders by what they go around."""
    found = (
        Stored(record=boundary_from(row), origin=row.origin)
        for row in rows_of(connection, BoundaryRow)
    )
    return {stored.record.key: stored for stored in found}


def read_catalog(connection: Connection, *, folded: bool = True) -> Catalog:
    """Return everything that questions are asked of, with one query for each table.

    Records of one service stand as one unless ``folded`` is false.
    """
    words = read_vocabulary(connection)
    municipalities = read_municipalities(connection)
    parts = read_parts(connection)
    sources = read_sources(connection)
    services = read_services(connection)
    own = read_own(connection)
    territory = Territory.of(
        (stored.record for stored in municipalities.values()),
        parts=(stored.record for stored in parts.values()),
    )
    records = [stored.record for stored in services.values()]
    if folded:
        found = fold(records, read_decisions(connection), territory=territory, own=own)
    else:
        found = Folded(services=tuple(with_own(one, own.get(one.id, ())) for one in records))
    return Catalog.of(
        vocabulary=vocabulary_from(words),
        territory=territory,
        services=found.services,
        sources=(sources[name].record for name in sorted(sources)),
        aliases=found.aliases,
        merged=found.merged,
        outcomes=read_outcome_counts(connection),
    )


def read_vocabulary(connection: Connection) -> VocabularyRows:
    """Return the rows of the vocabulary."""
    return VocabularyRows(
        groups=list(rows_of(connection, TargetGroupRow)),
        types=list(rows_of(connection, ServiceTypeRow)),
        type_groups=list(rows_of(connection, ServiceTypeGroupRow)),
        needs=list(rows_of(connection, NeedRow)),
        need_types=list(rows_of(connection, NeedServiceTypeRow)),
        need_groups=list(rows_of(connection, NeedGroupRow)),
        barriers=list(rows_of(connection, BarrierRow)),
        calls=list(rows_of(connection, CallRow)),
        call_needs=list(rows_of(connection, CallNeedRow)),
    )


def read_services(connection: Connection) -> dict[str, Stored[Service]]:
    """Return all services by id."""
    return _services(connection, None)


def read_own(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, list[OwnValue]]:
    """Return what we have verified ourselves, by service, in the order of the fields."""
    batches = [None] if ids is None else in_batches(ids)
    rows = [row for some in batches for row in rows_of(connection, OwnValueRow, "service_id", some)]
    found: defaultdict[str, list[OwnValue]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: list(OwnField).index(row.field)):
        found[row.service_id].append(own_value_from(row))
    return dict(found)


def read_code_lists(connection: Connection) -> CodeLists:
    """Return the published code lists in their order."""
    entries = [code_list_entry_from(row) for row in rows_of(connection, CodeListEntryRow)]
    return CodeLists.of(sorted(entries, key=lambda entry: entry.key))


def read_decisions(connection: Connection) -> tuple[MergeDecision, ...]:
    """Return what has been decided about records, in the order of their ids."""
    found = [decision_from(row) for row in rows_of(connection, MergeDecisionRow)]
    return tuple(sorted(found, key=lambda one: (one.kept, one.other)))


def read_outcome_counts(connection: Connection) -> tuple[OutcomeCount, ...]:
    """Return how services have answered clients, in the order of service and barrier."""
    found = [outcome_count_from(row) for row in rows_of(connection, OutcomeCountRow)]
    return tuple(sorted(found, key=lambda one: (one.service, one.barrier)))


def read_services_among(connection: Connection, ids: Iterable[str]) -> dict[str, Stored[Service]]:
    """Return those of the services that are stored, by id."""
    found: dict[str, Stored[Service]] = {}
    for some in in_batches(ids):
        found |= _services(connection, some)
    return found


def rows_of(
    connection: Connection, kind: type[_R], column: str = "", among: Sequence[str] | None = None
) -> Iterable[_R]:
    """Return the rows of a table in their order, all or those with one of the values in a column.

    What comes is a plain result row: it has the attributes of ``kind`` and nothing else of it.
    """
    table = kind.__table__
    statement = select(table)
    if among is not None:
        statement = statement.where(table.c[column].in_(among))
    if "position" in table.c:
        statement = statement.order_by(table.c.position)
    return cast("Iterable[_R]", connection.execute(statement))


def in_batches(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    """Cut ids into batches that one query can name."""
    known = list(ids)
    for start in range(0, len(known), AT_ONCE):
        yield known[start : start + AT_ONCE]


def _services(connection: Connection, ids: Sequence[str] | None) -> dict[str, Stored[Service]]:
    own = list(rows_of(connection, ServiceRow, "id", ids))
    providers = None if ids is None else sorted({row.organization_id for row in own})
    organizations = {row.id: row for row in rows_of(connection, OrganizationRow, "id", providers)}

    def of_each(kind: type[_P]) -> defaultdict[str, list[_P]]:
        grouped: defaultdict[str, list[_P]] = defaultdict(list)
        for row in rows_of(connection, kind, "service_id", ids):
            grouped[row.service_id].append(row)
        return grouped

    locations = of_each(LocationRow)
    capacities = of_each(ServiceCapacityRow)
    schedules = of_each(ServiceScheduleRow)
    groups = of_each(ServiceTargetGroupRow)
    rules = of_each(AcceptanceRuleRow)
    areas = of_each(ServiceAreaRow)
    needs = of_each(ServiceNeedRow)
    covered = _covered(connection, ids)
    return {
        row.id: Stored(
            record=service_from(
                ServiceRows(
                    service=row,
                    organization=organizations[row.organization_id],
                    locations=locations[row.id],
                    capacities=capacities[row.id],
                    schedules=schedules[row.id],
                    groups=groups[row.id],
                    rules=rules[row.id],
                    areas=areas[row.id],
                    needs=needs[row.id],
                    certain=covered.get((row.id, True), frozenset()),
                    possible=covered.get((row.id, False), frozenset()),
                )
            ),
            origin=row.origin,
        )
        for row in own
    }


def _covered(
    connection: Connection, ids: Sequence[str] | None
) -> dict[tuple[str, bool], frozenset[str]]:
    """Return the codes of covered municipalities by service and certainty.

    There are tens of thousands: the database joins them into one text for each service, which takes
    less than half the time of reading them one by one.
    """
    table = CoveredMunicipalityRow
    statement = select(
        table.service_id,
        table.certain,
        aggregate_strings(table.municipality_code, _BETWEEN_CODES),
    ).group_by(table.service_id, table.certain)
    if ids is not None:
        statement = statement.where(table.service_id.in_(ids))
    return {
        (service_id, certain): frozenset(codes.split(_BETWEEN_CODES))
        for service_id, certain, codes in connection.execute(statement)
    }
