"""Rows of values that somebody has verified: where a service works, its free places, whom it takes.

Whatever stands in a row, reading it raises nothing: the row is rejected with a reason.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from referral.catalog.areas import Coverage
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    CapacityUnit,
    Service,
    Stance,
)
from referral.catalog.own_fields import NetworkMembership, OwnCapacity, OwnField, Vacancy
from referral.catalog.vocabulary import Form, RefusalBasis
from referral.ingest.sheet.book import Table, TableRow
from referral.ingest.sheet.cells import CellReader
from referral.ingest.sheet.finding import NotFoundError, Places, ServiceFinder, sentence_of
from referral.ingest.sheet.layout import Choices, SheetKind
from referral.ingest.sheet.words import Words
from referral.usecases.import_sheet import OwnItem, OwnRow, Verified


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGuide:
    """What rows of verified values are read with."""

    finder: ServiceFinder
    places: Places
    words: Words
    today: date


def own_rows(table: Table, guide: OwnGuide) -> Iterator[OwnRow]:
    """Yield the rows of one sheet of verified values, read."""
    for row in table.rows:
        yield _row(table.kind, row, guide)


def _row(kind: SheetKind, row: TableRow, guide: OwnGuide) -> OwnRow:
    cells = CellReader(kind, row, guide.words, today=guide.today)
    service = _service(cells, guide.finder) if row.fits else None
    item = _READERS[kind](cells, service, guide) if row.fits else None
    on = cells.verified("on")
    if on is None and row.fits and not row.cells.get("on"):
        cells.reject("on", "Chybí den, kdy to někdo ověřil; doplňte jej.")
    by = cells.role("by") if row.fits else None
    if isinstance(item, AcceptanceRule):
        item = AcceptanceRule(
            barrier=item.barrier,
            stance=item.stance,
            wording=item.wording,
            basis=item.basis,
            verified_on=on,
        )
    verified = None
    if item is not None and on is not None and by is not None and not cells.problems:
        verified = Verified(item=item, on=on, by=by)
    return OwnRow(
        number=row.number,
        sheet=kind.value,
        where=f"{kind}: služba",
        field=FIELDS[kind],
        service=None if service is None else service.id,
        verified=verified if service is not None else None,
        problems=tuple(cells.problems),
        notes=tuple(cells.notes),
    )


def _service(cells: CellReader, finder: ServiceFinder) -> Service | None:
    typed = cells.required("service")
    if not typed:
        return None
    try:
        return finder.find(typed)
    except NotFoundError as error:
        cells.reject("service", str(error))
        return None


def _coverage(cells: CellReader, service: Service | None, guide: OwnGuide) -> Coverage | None:
    typed = cells.text("covers")
    if not typed:
        cells.reject("covers", "Buňka je prázdná; napište, kde služba působí.")
        return None
    coverage, remarks = guide.places.coverage(typed, near=home_of(service))
    if not coverage.areas:
        cells.reject(
            "covers", "Žádné území jsme nepřečetli; pište názvy obcí, ORP, okresů nebo krajů."
        )
        return None
    for piece, why in remarks:
        cells.note("covers", sentence_of(why), piece)
    return coverage


def home_of(service: Service | None) -> str | None:
    """Return where a service itself stands; its provider's seat tells nothing of its reach."""
    for location in () if service is None else service.locations:
        if location.municipality is not None and location.role is not AddressRole.PROVIDER_SEAT:
            return location.municipality
    return None


def _vacancy(cells: CellReader, service: Service | None, _: OwnGuide) -> Vacancy | None:
    form, unit = _form(cells), cells.choice("unit", Choices.UNITS)
    free = cells.number("free", whole=True)
    if unit is None or free is None:
        return None
    item = Vacancy(unit=CapacityUnit(unit), available=int(free), form=form)
    for one in () if service is None else service.capacities:
        same = (one.form, one.unit) == (item.form, item.unit)
        if same and one.registered is not None and item.available > one.registered:
            cells.note("free", "Volných míst je víc, než jaká je kapacita; zkontrolujte to.")
    return item


def _capacity(cells: CellReader, _: Service | None, __: OwnGuide) -> OwnCapacity | None:
    form, unit = _form(cells), cells.choice("unit", Choices.UNITS)
    amount = cells.number("amount", whole=unit != CapacityUnit.WORKLOADS)
    if unit is None or amount is None:
        return None
    return OwnCapacity(unit=CapacityUnit(unit), amount=amount, form=form)


def _form(cells: CellReader) -> Form | None:
    code = cells.choice("form", Choices.FORM, needed=False)
    return None if code is None else Form(code)


def _acceptance(cells: CellReader, _: Service | None, __: OwnGuide) -> AcceptanceRule | None:
    barrier = cells.choice("barrier", Choices.BARRIERS)
    stance = cells.choice("stance", Choices.STANCES)
    basis = cells.choice("basis", Choices.BASES, needed=False)
    wording = cells.text("wording")
    if stance == Stance.CONDITIONS and not wording:
        cells.reject("wording", "U „za podmínky“ napište, za jaké.")
    if barrier is None or stance is None:
        return None
    return AcceptanceRule(
        barrier=barrier,
        stance=Stance(stance),
        wording=wording,
        basis=None if basis is None else RefusalBasis(basis),
    )


def _network(cells: CellReader, _: Service | None, __: OwnGuide) -> NetworkMembership | None:
    name = cells.required("network")
    since, until = cells.day("since"), cells.day("until")
    if since is not None and until is not None and until < since:
        cells.reject("until", "Konec je před začátkem; opravte jedno z dat.")
    return NetworkMembership(network=name, since=since, until=until) if name else None


FIELDS: Final[Mapping[SheetKind, OwnField]] = {
    SheetKind.COVERAGE: OwnField.COVERAGE,
    SheetKind.VACANCY: OwnField.VACANCY,
    SheetKind.CAPACITY: OwnField.CAPACITY,
    SheetKind.ACCEPTANCE: OwnField.ACCEPTANCE,
    SheetKind.NETWORK: OwnField.NETWORK,
}
_READERS: Final[
    Mapping[SheetKind, Callable[[CellReader, Service | None, OwnGuide], OwnItem | None]]
] = {
    SheetKind.COVERAGE: _coverage,
    SheetKind.VACANCY: _vacancy,
    SheetKind.CAPACITY: _capacity,
    SheetKind.ACCEPTANCE: _acceptance,
    SheetKind.NETWORK: _network,
}
