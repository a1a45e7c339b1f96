"""Changes of a scenario in words, whatever codes the file uses."""

from collections.abc import Sequence
from typing import Final

from referral.catalog.model import CapacityUnit
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.network.scenarios import (
    AddService,
    Change,
    CloseService,
    ExtendService,
    MoveService,
)
from referral.web.czech import number
from referral.web.refusing import find_service, service_label
from referral.web.translation import _

FORM_NAMES: Final = {
    Form.FIELD: _("terénní (jezdí za lidmi)"),
    Form.AMBULATORY: _("ambulantní (lidé za ní docházejí)"),
    Form.RESIDENTIAL: _("pobytová"),
}
UNITS: Final = {
    CapacityUnit.CLIENTS: _("klientů"),
    CapacityUnit.BEDS: _("lůžek"),
    CapacityUnit.CONTACTS: _("kontaktů po 10 minutách"),
    CapacityUnit.INTERVENTIONS: _("intervencí po 30 minutách"),
    CapacityUnit.CALLS: _("hovorů"),
    CapacityUnit.WORKLOADS: _("úvazků"),
}
_SHOWN: Final = 10


def change_sentence(change: Change, catalog: Catalog) -> str:
    """Say in words what a change does; codes of places and services are told by their names."""
    if isinstance(change, AddService):
        kind = catalog.vocabulary.types.get(change.type)
        told = _("Přidat: {name}, {form}, místo: {at}").format(
            name=change.name or (kind.name if kind else change.type),
            form=FORM_NAMES[change.form],
            at=_listed(change.at, catalog),
        )
        return told + (
            _("; jezdí: {covers}").format(covers=_listed(change.covers, catalog))
            if change.covers
            else ""
        )
    service = _service_name(change.service, catalog)
    if isinstance(change, CloseService):
        return _("Zavřít: {service}").format(service=service)
    if isinstance(change, MoveService):
        told = _("Přestěhovat: {service} do obce {to}").format(
            service=service, to=_listed((change.to,), catalog)
        )
        return told + (
            _(" (z\u00a0obce {origin})").format(origin=_listed((change.origin,), catalog))
            if change.origin
            else ""
        )
    if isinstance(change, ExtendService):
        return _("Rozšířit: {service} bude jezdit i\u00a0sem: {covers}").format(
            service=service, covers=_listed(change.covers, catalog)
        )
    return _("Kapacita: {service} bude mít {amount} ({unit})").format(
        service=service,
        amount=number(change.amount, places=1).removesuffix(",0"),
        unit=UNITS[change.unit],
    )


def _listed(named: Sequence[str], catalog: Catalog) -> str:
    names = [_area_name(one, catalog) for one in named]
    if len(names) <= _SHOWN + 1:
        return ", ".join(names)
    return _("{names} a\u00a0dalších {n}").format(
        names=", ".join(names[:_SHOWN]), n=len(names) - _SHOWN
    )


def _area_name(named: str, catalog: Catalog) -> str:
    known = catalog.territory.municipalities.get(named)
    if known is not None:
        return known.name
    word, colon, rest = named.partition(":")
    if named == "country":
        return _("celá země")
    if word == "radius" and colon:
        km, _colon, centre = rest.partition(":")
        return _("do {km}\u00a0km od obce {centre}").format(
            km=km, centre=_area_name(centre, catalog)
        )
    told = {"orp": _("ORP {name}"), "district": _("okres {name}"), "region": "{name}"}
    return told[word].format(name=rest) if colon and word in told else named


def _service_name(named: str, catalog: Catalog) -> str:
    found = find_service(named, catalog)
    return service_label(found.services[0]) if len(found.services) == 1 else named
