"""Rows of help beside the register, on their way to the same import as every other source."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import blake2b
from typing import Final

from referral.catalog.areas import UNKNOWN_COVERAGE, Coverage
from referral.catalog.model import (
    AddressRole,
    Contact,
    Kind,
    Location,
    Organization,
    Provenance,
    Schedule,
    Service,
)
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.ingest.sheet.book import Table, TableRow
from referral.ingest.sheet.cells import CellReader
from referral.ingest.sheet.finding import NotFoundError, Places, sentence_of
from referral.ingest.sheet.layout import Choices, SheetKind
from referral.ingest.sheet.words import Words
from referral.text import fold
from referral.usecases.import_rows import Incoming, Interpreted

_LONGEST_SLUG: Final = 60
_MARK_BYTES: Final = 4
_READER: Final = "1"
"""Grows whenever rows come to mean something else, so that all are interpreted again."""

_ICO_DIGITS: Final = 8
_TOGETHER: Final = {
    "contact": frozenset({"phone", "email", "web"}),
    "coverage": frozenset({"covers"}),
    "locations": frozenset({"place", "secret"}),
}
"""What of a service the columns tell; without all of them what is stored of it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpGuide:
    """What rows of help are read with."""

    catalog: Catalog
    places: Places
    words: Words
    source: str
    as_of: date
    today: date
    salt: str


def help_rows(table: Table, guide: HelpGuide) -> Iterator[Incoming]:
    """Yield the rows of help; the same help has the same id wherever its row stands."""
    silent = frozenset(name for name, columns in _TOGETHER.items() if not columns & table.keys)
    for row in table.rows:
        digest = blake2b(f"{_READER}\n{guide.salt}\n{sorted(silent)}".encode(), digest_size=16)
        for key, value in sorted(row.cells.items()):
            digest.update(f"\n{key}\x1f{value}".encode("utf-8", "surrogatepass"))
        yield Incoming(
            number=row.number,
            key=help_id(row, source=guide.source),
            key_field=f"{SheetKind.HELP}: kód",
            fingerprint=digest.hexdigest(),
            interpret=partial(_interpret, row, guide, silent),
        )


def help_id(row: TableRow, *, source: str) -> str | None:
    """Return the id of a row of help: out of its code, else out of name, provider and place.

    None when the row has no name. The place of a secret address is never part of an id.
    """
    prefix = f"help-{source}-"
    cells = row.cells
    if not fold(cells.get("name", "")):
        return None
    code = cells.get("code", "")
    if code.startswith(prefix) and code.removeprefix(prefix) == _slug(code.removeprefix(prefix)):
        return code
    if fold(code):
        return prefix + _slug(code)
    place = "" if fold(cells.get("secret", "")) not in {"", "ne", "n", "0"} else cells.get("place")
    named = (cells["name"], cells.get("provider"), place)
    return prefix + _slug(" ".join(filter(None, named)))


def _slug(text: str) -> str:
    """Return a text as a part of an id; one that is too long ends with a mark of all of it."""
    slug = "-".join(fold(text).split())
    if slug.isascii() and len(slug) <= _LONGEST_SLUG:
        return slug
    mark = blake2b(slug.encode("utf-8", "surrogatepass"), digest_size=_MARK_BYTES).hexdigest()
    plain = "-".join(slug.encode("ascii", "ignore").decode().split("-"))
    return f"{plain[:_LONGEST_SLUG].strip('-')}-{mark}".strip("-")


def _interpret(row: TableRow, guide: HelpGuide, silent: frozenset[str]) -> Interpreted:
    cells = CellReader(SheetKind.HELP, row, guide.words, today=guide.today)
    service = _service(row, cells, guide)
    if cells.problems or service is None:
        return Interpreted(service=None, problems=tuple(cells.problems), notes=tuple(cells.notes))
    return Interpreted(service=service, notes=tuple(cells.notes), silent=silent)


def _service(row: TableRow, cells: CellReader, guide: HelpGuide) -> Service | None:
    name = cells.required("name")
    kind = cells.choice("kind", Choices.KINDS)
    needs = cells.codes("needs", Choices.NEEDS)
    if not needs and not cells.problems:
        cells.reject("needs", "Chybí potřeby, nic by pomoc nenašlo; doplňte aspoň jednu.")
    forms = frozenset(Form(code) for code in cells.codes("forms", Choices.FORMS))
    location = _location(cells, guide.places)
    verified = cells.verified("on")
    cells.role("by", needed=False)
    since, until = cells.day("since"), cells.day("until")
    if since is not None and until is not None and until < since:
        cells.reject("until", "Konec je před začátkem; opravte jedno z dat.")
    ident = help_id(row, source=guide.source)
    other = guide.catalog.services.get(ident or "")
    if other is not None and other.provenance.source != guide.source:
        cells.reject("code", f"Toto id má pomoc z jiného zdroje ({other.provenance.source}).")
    _check_code(cells, guide)
    coverage = _coverage(cells, location, guide.places)
    hours, about = cells.text("hours", at_most=500), cells.text("about")
    if hours and not forms:
        about = f"{about} Kdy: {hours}".strip()
    ico = cells.digits("ico", count=_ICO_DIGITS)
    if cells.problems or ident is None or kind is None:
        return None
    return Service(
        id=ident,
        name=name,
        kind=Kind(kind),
        organization=Organization(name=cells.text("provider", at_most=300) or name, ico=ico),
        provenance=Provenance(source=guide.source, as_of=guide.as_of, verified_on=verified),
        forms=forms or None,
        coverage=coverage,
        schedules=tuple(
            Schedule(form=form, text=hours) for form in Form if hours and form in forms
        ),
        locations=() if location is None else (location,),
        needs=frozenset(needs),
        contact=Contact(
            phone=cells.text("phone", at_most=100) or None,
            email=cells.text("email", at_most=200) or None,
            web=cells.text("web", at_most=500) or None,
        ),
        description=about,
        valid_from=since,
        valid_to=until,
    )


def _check_code(cells: CellReader, guide: HelpGuide) -> None:
    """Refuse the id of help that another spreadsheet has brought: it would stand here twice."""
    code = cells.text("code", at_most=200)
    known = guide.catalog.services.get(code)
    if known is not None and known.provenance.source != guide.source:
        source = known.provenance.source
        cells.reject(
            "code",
            f"Toto id patří záznamu ze zdroje {source}; je-li to váš sešit, přidejte "
            f"--source {source}, jinak buňku vyprázdněte.",
        )


def _location(cells: CellReader, places: Places) -> Location | None:
    typed = cells.text("place", at_most=200)
    if cells.yes("secret"):
        if typed:
            cells.reject(
                "place",
                "Adresa je utajená, obec se proto nesmí uvést; buňku vyprázdněte.",
                show=False,
            )
        return Location(role=AddressRole.SECRET)
    if not typed:
        return None
    try:
        found = places.municipality(typed)
    except NotFoundError as error:
        cells.reject("place", str(error), show=not cells.problems)
        return None
    return Location(
        role=AddressRole.FACILITY,
        point=found.point,
        municipality=found.code,
        municipality_name=found.name,
    )


def _coverage(cells: CellReader, location: Location | None, places: Places) -> Coverage:
    typed = cells.text("covers")
    if not typed:
        return UNKNOWN_COVERAGE
    near = None if location is None else location.municipality
    coverage, remarks = places.coverage(typed, near=near)
    for piece, why in remarks:
        cells.note("covers", sentence_of(why), piece)
    return (
        coverage
        if coverage.areas
        else replace(UNKNOWN_COVERAGE, unresolved=tuple(piece for piece, _ in remarks if piece))
    )
