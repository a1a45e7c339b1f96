"""What the page about scenarios is sent: a text or a file, and one more change out of a form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from referral.catalog.areas import AreaKind, ServiceArea
from referral.catalog.model import CapacityUnit, Service
from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import ReadArea, read_coverage
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, Territory
from referral.catalog.vocabulary import Form
from referral.network.scenario_parser import Kind
from referral.network.scenarios import (
    AddService,
    Change,
    CloseService,
    ExtendService,
    MoveService,
    Scenario,
    SetCapacity,
)
from referral.text import fold
from referral.web.finding import AmbiguousPlaceError, UnknownPlaceError, the_place
from referral.web.refusing import find_service
from referral.web.scenario_sentences import FORM_NAMES
from referral.web.translation import _

MOST_CHANGES: Final = 100
"""Changes in one scenario that a page works out; longer ones are for the command line."""
_LONGEST: Final = 300
_LONGEST_NAME: Final = 120
_PIECES: Final = re.compile(r"[,;\n]")


class BuilderError(ValueError):
    """A field of the form that cannot be used; ``services`` are those it could have meant."""

    def __init__(self, message: str, *, field: str, services: Sequence[Service] = ()) -> None:
        """Keep the sentence, the field and what to choose from."""
        super().__init__(message)
        self.field = field
        self.services = tuple(services)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDraft:
    """One more change as it was filled in; ``kind`` empty when none is asked for."""

    kind: str = ""
    type: str = ""
    form: str = ""
    at: str = ""
    covers: str = ""
    service: str = ""
    to: str = ""
    origin: str = ""
    unit: str = ""
    amount: str = ""


NO_CHANGE: Final = ChangeDraft()


def read_change_draft(form: MultiDict[str, str]) -> ChangeDraft:
    """Read the fields about one more change."""

    def text(name: str) -> str:
        return form.get(name, "").strip()[:_LONGEST]

    return ChangeDraft(
        kind=text("zmena"),
        type=text("druh"),
        form=text("forma"),
        at=text("kde"),
        covers=text("kam"),
        service=text("vybrana") or text("sluzba"),
        to=text("nove_misto"),
        origin=text("odkud"),
        unit=text("jednotka"),
        amount=text("mnozstvi"),
    )


def change_of(draft: ChangeDraft, *, catalog: Catalog, places: PlaceIndex) -> Change:
    """Return the change that was filled in, with places and services as a scenario names them.

    Raises:
        BuilderError: a field is empty, unknown or ambiguous.
    """
    if draft.kind not in set(Kind):
        raise BuilderError(_("Vyberte, co se má změnit."), field="zmena")
    kind = Kind(draft.kind)
    if kind is Kind.ADD:
        return _added(draft, catalog, places)
    service = _service(draft.service, catalog)
    if kind is Kind.CLOSE:
        return CloseService(service=service.id)
    if kind is Kind.MOVE:
        if not draft.to:
            raise BuilderError(_("Napište obec, kam se služba přestěhuje."), field="nove_misto")
        return MoveService(
            service=service.id,
            to=_place(draft.to, "nove_misto", catalog.territory, places),
            origin=_place(draft.origin, "odkud", catalog.territory, places)
            if draft.origin
            else None,
        )
    if kind is Kind.EXTEND:
        return ExtendService(
            service=service.id, covers=_covers(draft.covers, catalog.territory, places)
        )
    if draft.unit not in set(CapacityUnit):
        raise BuilderError(_("Vyberte, v\u00a0čem se kapacita počítá."), field="jednotka")
    return SetCapacity(
        service=service.id, unit=CapacityUnit(draft.unit), amount=_amount(draft.amount)
    )


def _added(draft: ChangeDraft, catalog: Catalog, places: PlaceIndex) -> AddService:
    kind = catalog.vocabulary.types.get(draft.type)
    if kind is None:
        raise BuilderError(_("Vyberte druh služby."), field="druh")
    if draft.form not in set(Form) or Form(draft.form) not in kind.forms:
        allowed = ", ".join(FORM_NAMES[form] for form in kind.forms)
        raise BuilderError(
            _("Služba „{name}“ může být jen {forms}.").format(name=kind.name, forms=allowed),
            field="forma",
        )
    form = Form(draft.form)
    at = tuple(
        _place(one, "kde", catalog.territory, places)
        for one in map(str.strip, draft.at.split(","))
        if one
    )
    if not at:
        raise BuilderError(_("Napište obec, kde služba bude."), field="kde")
    covers: tuple[str, ...] = ()
    if draft.covers or form is Form.FIELD:
        covers = _covers(draft.covers, catalog.territory, places)
    return AddService(type=kind.code, form=form, at=at, covers=covers)


def _service(text: str, catalog: Catalog) -> Service:
    if not text:
        raise BuilderError(
            _("Napište, které služby se změna týká: část názvu nebo číslo z\u00a0registru."),
            field="sluzba",
        )
    named = find_service(text, catalog)
    if len(named.services) == 1:
        return named.services[0]
    if not named.services:
        raise BuilderError(
            _("Služba „{text}“ v\u00a0katalogu není.").format(text=text), field="sluzba"
        )
    if named.more:
        raise BuilderError(
            _("Takových služeb je moc; napište z\u00a0názvu víc, nebo i\u00a0poskytovatele."),
            field="sluzba",
        )
    raise BuilderError(
        _("Takových služeb je víc; vyberte jednu."), field="sluzba", services=named.services
    )


def _place(text: str, field: str, territory: Territory, places: PlaceIndex) -> str:
    try:
        found = the_place(text, places)
    except AmbiguousPlaceError as error:
        which = ", ".join(f"{one.name} (ORP {one.orp})" for one in error.candidates[:8])
        raise BuilderError(
            _("Obcí „{text}“ je víc; napište jednu z: {which}.").format(text=text, which=which),
            field=field,
        ) from error
    except UnknownPlaceError as error:
        near = ", ".join(one.name for one in error.nearest[:3])
        told = _("Obec „{text}“ mezi načtenými není.").format(text=text)
        if near:
            told += _(" Nemysleli jste: {names}?").format(names=near)
        raise BuilderError(told, field=field) from error
    return _named(found, territory)


def _named(place: Municipality, territory: Territory) -> str:
    """Name a municipality as a scenario does: by its name, or by its code where others share it."""
    wanted = fold(place.name)
    namesakes = sum(fold(one.name) == wanted for one in territory.municipalities.values())
    return place.name if namesakes == 1 else place.code


def _covers(text: str, territory: Territory, places: PlaceIndex) -> tuple[str, ...]:
    if not text:
        raise BuilderError(
            _("Napište, kam služba bude jezdit, například „Kadaň, Vejprty“ nebo „ORP Kadaň“."),
            field="kam",
        )
    # Piece by piece: read together, "Kadaň, ORP Most" could mean two ORPs.
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    found = [one for piece in pieces for one in _area_of(piece, territory, places)]
    return tuple(dict.fromkeys(found))


def _area_of(piece: str, territory: Territory, places: PlaceIndex) -> tuple[str, ...]:
    """Return the areas of one piece: as they are called here, else as providers write them."""
    wanted = fold(piece)
    for word, called, index in (
        ("orp", "orp {}", territory.by_orp),
        ("district", "okres {}", territory.by_district),
        ("region", "{}", territory.by_region),
    ):
        for name in index:
            if wanted == called.format(fold(name)):
                return (f"{word}:{name}",)
    read = read_coverage(piece, index=places, territory=territory)
    if read.unread or read.exceptions or not read.areas:
        raise BuilderError(
            _(
                "Územím „{what}“ si nejsme jistí; pište obce oddělené čárkou, „ORP Kadaň“, "
                "„okres Most“, „Ústecký kraj“ nebo „do 15 km od Mostu“."
            ).format(what=piece),
            field="kam",
        )
    return tuple(one for area in read.areas for one in _written(area, territory))


def _written(read: ReadArea, territory: Territory) -> tuple[str, ...]:
    """Write an area as a scenario does."""
    area: ServiceArea = read.area
    words = {AreaKind.ORP: "orp", AreaKind.DISTRICT: "district", AreaKind.REGION: "region"}
    if area.kind is AreaKind.COUNTRY:
        return ("country",)
    if area.kind in words:
        return (f"{words[area.kind]}:{area.name}",)
    code = area.code or ""
    if area.kind is AreaKind.MUNICIPALITY and code in territory.municipalities:
        return (_named(territory.municipality(code), territory),)
    if area.kind is AreaKind.RADIUS and code in territory.municipalities and area.km is not None:
        return (f"radius:{round(area.km)}:{_named(territory.municipality(code), territory)}",)
    raise BuilderError(
        _("Území „{what}“ do scénáře zapsat neumíme; vypište obce.").format(what=read.text),
        field="kam",
    )


def _amount(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = -1.0
    if not 0 < value <= 100_000:  # noqa: PLR2004 - as many as no service has
        raise BuilderError(
            _("Kapacita „{text}“ není číslo větší než 0.").format(text=text), field="mnozstvi"
        )
    return value


def with_change(scenario: Scenario | None, change: Change, *, name: str) -> Scenario:
    """Return the scenario with one more change at its end; a new one when there is none yet."""
    if scenario is None:
        return Scenario(name=name[:_LONGEST_NAME] or _("Můj scénář"), changes=(change,))
    return replace(scenario, changes=(*scenario.changes, change))


def without_change(scenario: Scenario, position: int) -> Scenario | None:
    """Return the scenario without the change at a position from 1; None when none is left."""
    kept = tuple(
        one for number_, one in enumerate(scenario.changes, start=1) if number_ != position
    )
    return replace(scenario, changes=kept) if kept else None
