"""The form of one field: its inputs as they were typed or as the catalogue has it, and its map."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from referral.catalog.model import Service
from referral.catalog.own_fields import OwnField, OwnValue
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.text import fold
from referral.web.boundaries import Boundaries
from referral.web.draft import FieldError
from referral.web.editing.fields import WORDS, FieldWords
from referral.web.editing.written import (
    CHOSEN,
    NONE,
    WHOLE,
    Written,
    orp_key,
    rows_of,
    slug_of,
    write,
)
from referral.web.presenters.document import Json
from referral.web.presenters.labels import area_name

_ROWS: Final[Mapping[OwnField, tuple[tuple[str, ...], int]]] = {
    OwnField.VACANCY: (("forma", "jednotka", "pocet"), 1),
    OwnField.CAPACITY: (("forma", "jednotka", "pocet"), 1),
    OwnField.ACCEPTANCE: (("prekazka", "postoj", "slova", "duvod"), 2),
    OwnField.NETWORK: (("nazev", "od", "do"), 1),
}
"""Fields of several rows: the inputs of a row, and how many empty rows to offer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceBox:
    """A municipality to tick; ``maybe`` when the source does not say it surely."""

    code: str
    name: str
    ticked: bool
    maybe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrpBox:
    """An ORP with its municipalities; ``how`` tells whether all, some or none are chosen."""

    key: str
    name: str
    how: str
    ticked: int
    places: tuple[PlaceBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForm:
    """Everything that the form of a field shows."""

    field: OwnField
    words: FieldWords
    written: Written
    errors: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...] = ()
    orps: tuple[OrpBox, ...] = ()
    more_orps: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sentence: str = ""

    def typed(self, name: str) -> str:
        """Return what stands in an input."""
        return self.written.get(f"{self.words.slug}-{name}", "")

    def error(self, name: str) -> str:
        """Return what is wrong with an input, empty when nothing is."""
        return self.errors.get(f"{self.words.slug}-{name}", "")


def field_form(
    field: OwnField,
    *,
    value: OwnValue | None,
    written: Written | None,
    errors: Iterable[FieldError],
    service: Service,
    catalog: Catalog,
) -> FieldForm:
    """Return the form of a field: with what was typed, else with what holds."""
    territory = catalog.territory
    inputs = written if written is not None else write(field, value, territory=territory)
    named = {error.field: error.message for error in errors}
    form = FieldForm(field=field, words=WORDS[field], written=inputs, errors=named)
    if field is OwnField.COVERAGE:
        return _with_places(form, service, territory)
    if field not in _ROWS:
        return form
    names, blank = _ROWS[field]
    rows = [*rows_of(field, inputs, *names), *(dict.fromkeys(names, "") for _ in range(blank))]
    return FieldForm(
        field=field, words=WORDS[field], written=inputs, errors=named, rows=tuple(rows)
    )


def _with_places(form: FieldForm, service: Service, territory: Territory) -> FieldForm:
    shown = _shown_orps(form, service, territory)
    coverage = service.coverage
    return FieldForm(
        field=form.field,
        words=form.words,
        written=form.written,
        errors=form.errors,
        orps=tuple(_orp_box(orp, form.written, territory) for orp in shown),
        more_orps=tuple(sorted(territory.by_orp.keys() - set(shown), key=fold)),
        read=tuple(dict.fromkeys(area_name(area) for area in coverage.areas)),
        unread=coverage.unresolved,
        sentence=service.description,
    )


def _shown_orps(form: FieldForm, service: Service, territory: Territory) -> tuple[str, ...]:
    """Return the ORPs to choose in: those touched, those asked for, and the service's own."""
    prefix = slug_of(OwnField.COVERAGE)
    asked = {*form.written.getlist("ukaz"), form.written.get("pridat", "")}
    homes = {one.municipality for one in service.locations}
    near = {*service.coverage.certain, *service.coverage.possible, *homes}
    ticked = {*form.written.getlist(f"{prefix}-obec"), *near}
    found = {
        orp
        for orp, codes in territory.by_orp.items()
        if orp in asked
        or form.written.get(f"{prefix}-orp-{orp_key(orp)}", NONE) != NONE
        or not ticked.isdisjoint(codes)
    }
    return tuple(sorted(found, key=fold))


def _orp_box(orp: str, written: Written, territory: Territory) -> OrpBox:
    prefix = slug_of(OwnField.COVERAGE)
    how = written.get(f"{prefix}-orp-{orp_key(orp)}", NONE)
    chosen = set(written.getlist(f"{prefix}-obec"))
    maybe = set(written.getlist(f"{prefix}-mozna"))
    places = tuple(
        PlaceBox(
            code=code,
            name=territory.municipality(code).name,
            ticked=how == WHOLE or code in chosen,
            maybe=code in maybe,
        )
        for code in sorted(
            territory.by_orp[orp], key=lambda code: fold(territory.municipality(code).name)
        )
    )
    return OrpBox(
        key=orp_key(orp),
        name=orp,
        how=how if how in {WHOLE, CHOSEN} else NONE,
        ticked=sum(place.ticked for place in places) if how != NONE else 0,
        places=places,
    )


def coverage_map(form: FieldForm, boundaries: Boundaries) -> dict[str, Json]:
    """Return the shapes of the municipalities that can be clicked, each with its ORP's key."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": boundaries.areas[place.code].to_geojson(),
                "properties": {"name": place.name, "orp": orp.key},
                "id": place.code,
            }
            for orp in form.orps
            for place in orp.places
        ],
    }
