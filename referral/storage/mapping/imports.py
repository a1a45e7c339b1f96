"""Imports, changes, code lists and our own values as rows, and back."""

import json
from datetime import date
from typing import Any

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.changes import Change
from referral.catalog.code_lists import CodeListEntry
from referral.catalog.importing import ImportRun
from referral.catalog.model import AcceptanceRule, CapacityUnit, Stance
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Vacancy,
)
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.storage.rows import ChangeRow, CodeListEntryRow, ImportRow, OwnValueRow


def import_row(run: ImportRun, *, number: int) -> ImportRow:
    """Return the row of an import."""
    return ImportRow(
        number=number,
        source_id=run.source,
        digest=run.digest,
        as_of=run.as_of,
        on_day=run.on,
        in_file=run.in_file,
        added=run.added,
        changed=run.changed,
        unchanged=run.unchanged,
        ended=run.ended,
        rejected=run.rejected,
    )


def import_from(row: ImportRow) -> ImportRun:
    """Return the import of a row."""
    return ImportRun(
        source=row.source_id,
        digest=row.digest,
        as_of=row.as_of,
        on=row.on_day,
        in_file=row.in_file,
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        ended=row.ended,
        rejected=row.rejected,
    )


def change_row(change: Change, *, number: int, position: int) -> ChangeRow:
    """Return the row of a change."""
    return ChangeRow(
        import_number=number,
        position=position,
        service_id=change.service,
        field=change.field,
        detail=change.detail,
        before=change.before,
        after=change.after,
        on_day=change.on,
        source_id=change.source,
    )


def change_from(row: ChangeRow) -> Change:
    """Return the change of a row."""
    return Change(
        service=row.service_id,
        field=row.field,
        before=row.before,
        after=row.after,
        on=row.on_day,
        source=row.source_id,
        detail=row.detail,
    )


def own_value_row(value: OwnValue) -> OwnValueRow:
    """Return the row of a value of our own."""
    document: object
    if value.coverage is not None:
        document = _coverage_document(value.coverage)
    elif value.vacancies:
        document = [[one.form, one.unit, one.available] for one in value.vacancies]
    elif value.capacities:
        document = [[one.form, one.unit, one.amount] for one in value.capacities]
    elif value.networks:
        document = [[one.network, _text(one.since), _text(one.until)] for one in value.networks]
    else:
        document = [_rule_document(one) for one in value.rules]
    return OwnValueRow(
        service_id=value.service,
        field=value.field,
        verified_on=value.verified_on,
        verified_by=value.verified_by,
        value=json.dumps(document, ensure_ascii=False),
    )


def own_value_from(row: OwnValueRow) -> OwnValue:
    """Return the value of our own of a row."""
    document = json.loads(row.value)
    coverage: Coverage | None = None
    vacancies: tuple[Vacancy, ...] = ()
    rules: tuple[AcceptanceRule, ...] = ()
    networks: tuple[NetworkMembership, ...] = ()
    capacities: tuple[OwnCapacity, ...] = ()
    if row.field is OwnField.COVERAGE:
        coverage = _coverage_from(document)
    elif row.field is OwnField.VACANCY:
        vacancies = tuple(
            Vacancy(form=Form(form) if form else None, unit=CapacityUnit(unit), available=available)
            for form, unit, available in document
        )
    elif row.field is OwnField.CAPACITY:
        capacities = tuple(
            OwnCapacity(form=Form(form) if form else None, unit=CapacityUnit(unit), amount=amount)
            for form, unit, amount in document
        )
    elif row.field is OwnField.NETWORK:
        networks = tuple(
            NetworkMembership(network=network, since=_day(since), until=_day(until))
            for network, since, until in document
        )
    else:
        rules = tuple(_rule_from(*written) for written in document)
    return OwnValue(
        service=row.service_id,
        field=row.field,
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        coverage=coverage,
        vacancies=vacancies,
        rules=rules,
        networks=networks,
        capacities=capacities,
    )


def code_list_entry_row(entry: CodeListEntry) -> CodeListEntryRow:
    """Return the row of a code of a published list."""
    return CodeListEntryRow(
        code_list=entry.code_list, code=entry.code, name=entry.name, as_of=entry.as_of
    )


def code_list_entry_from(row: CodeListEntryRow) -> CodeListEntry:
    """Return the code of a published list of a row."""
    return CodeListEntry(code_list=row.code_list, code=row.code, name=row.name, as_of=row.as_of)


def _rule_document(rule: AcceptanceRule) -> list[str | None]:
    return [
        rule.barrier,
        rule.stance,
        rule.wording,
        rule.basis,
        rule.source,
        _text(rule.verified_on),
    ]


def _rule_from(
    barrier: str,
    stance: str,
    wording: str,
    basis: str | None = None,
    source: str = "",
    verified_on: str | None = None,
) -> AcceptanceRule:
    """Read a rule; those written by older programs end with the wording."""
    return AcceptanceRule(
        barrier=barrier,
        stance=Stance(stance),
        wording=wording,
        basis=None if basis is None else RefusalBasis(basis),
        source=source,
        verified_on=_day(verified_on),
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _coverage_document(coverage: Coverage) -> dict[str, object]:
    return {
        "areas": [[one.kind, one.name, one.code, one.km] for one in coverage.areas],
        "status": coverage.status,
        "certain": sorted(coverage.certain),
        "possible": sorted(coverage.possible),
        "everywhere": coverage.everywhere,
        "unresolved": list(coverage.unresolved),
    }


def _coverage_from(document: dict[str, Any]) -> Coverage:
    return Coverage(
        areas=tuple(
            ServiceArea(kind=AreaKind(kind), name=name, code=code, km=km)
            for kind, name, code, km in document["areas"]
        ),
        status=CoverageStatus(document["status"]),
        certain=frozenset(document["certain"]),
        possible=frozenset(document["possible"]),
        everywhere=document["everywhere"],
        unresolved=tuple(document["unresolved"]),
    )
