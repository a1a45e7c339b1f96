"""Under what names our own words stand in HSDS, so that what is written out can be read back.

HSDS leaves taxonomies to its publishers. Each of our lists is one taxonomy here, with a name that
stays, an address and an identifier made from it; whoever wants to be understood without a mapping
uses these names and our codes.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, UUID, uuid5

from referral.catalog.areas import AreaKind, ServiceArea
from referral.catalog.model import AddressRole, CapacityUnit, Kind
from referral.catalog.vocabulary import Form, Vocabulary

ROOT: Final = "urn:x-sitpomoci"


class Taxonomy(StrEnum):
    """Our lists of words; the value is the stable name of the taxonomy.

    BARRIER terms carry accepts, conditions or excludes as the value of the attribute, REGISTER the
    number of the service in the register of providers. ROLE tells what an address stands for.
    """

    TYPE = "cz-108-2006-druh"
    FORM = "cz-108-2006-forma"
    REGISTER = "cz-rpss-identifikator"
    UNIT = "cz-rpss-jednotka"
    NEED = "sitpomoci-potreba"
    GROUP = "sitpomoci-okruh"
    BARRIER = "sitpomoci-prekazka"
    KIND = "sitpomoci-puvod"
    ROLE = "sitpomoci-adresa"


TITLES: Final[Mapping[Taxonomy, str]] = MappingProxyType(
    {
        Taxonomy.TYPE: "Druh sociální služby podle zákona č. 108/2006 Sb.",
        Taxonomy.FORM: "Forma sociální služby podle zákona č. 108/2006 Sb.",
        Taxonomy.REGISTER: "Číslo služby v registru poskytovatelů sociálních služeb",
        Taxonomy.UNIT: "Jednotka kapacity sociální služby",
        Taxonomy.NEED: "Potřeba (Síť pomoci)",
        Taxonomy.GROUP: "Okruh osob sociální služby",
        Taxonomy.BARRIER: "Překážka (Síť pomoci)",
        Taxonomy.KIND: "Odkud pomoc je (Síť pomoci)",
        Taxonomy.ROLE: "Čí je adresa (Síť pomoci)",
    }
)
"""The Czech name under which a taxonomy is shown."""

FORM_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {Form.FIELD: "terénní", Form.AMBULATORY: "ambulantní", Form.RESIDENTIAL: "pobytová"}
)
ROLE_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        AddressRole.FACILITY: "místo služby",
        AddressRole.LISTED: "místo z veřejného seznamu",
        AddressRole.PROVIDER_SEAT: "sídlo poskytovatele",
        AddressRole.SECRET: "utajená adresa",
    }
)
UNIT_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        CapacityUnit.CLIENTS: "klienti",
        CapacityUnit.BEDS: "lůžka",
        CapacityUnit.CONTACTS: "kontakty",
        CapacityUnit.INTERVENTIONS: "intervence",
        CapacityUnit.CALLS: "hovory",
        CapacityUnit.WORKLOADS: "úvazky",
    }
)
REGISTER_CODE: Final = "rpss"


def taxonomy_uri(taxonomy: Taxonomy) -> str:
    """Return the address of a taxonomy."""
    return f"{ROOT}:{taxonomy}"


def taxonomy_id(taxonomy: Taxonomy) -> UUID:
    """Return the identifier of a taxonomy, always the same."""
    return uuid5(NAMESPACE_URL, taxonomy_uri(taxonomy))


def term_uri(taxonomy: Taxonomy, code: str) -> str:
    """Return the address of a term."""
    return f"{taxonomy_uri(taxonomy)}:{quote(code)}"


def term_id(taxonomy: Taxonomy, code: str) -> UUID:
    """Return the identifier of a term, always the same."""
    return uuid5(NAMESPACE_URL, term_uri(taxonomy, code))


def terms_of(taxonomy: Taxonomy, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Return the codes of a taxonomy with their Czech names."""
    lists: Mapping[Taxonomy, Mapping[str, str]] = {
        Taxonomy.TYPE: {code: one.name for code, one in vocabulary.types.items()},
        Taxonomy.NEED: {code: one.name for code, one in vocabulary.needs.items()},
        Taxonomy.GROUP: {code: one.name for code, one in vocabulary.groups.items()},
        Taxonomy.BARRIER: {code: one.name for code, one in vocabulary.barriers.items()},
        Taxonomy.FORM: FORM_NAMES,
        Taxonomy.ROLE: ROLE_NAMES,
        Taxonomy.UNIT: UNIT_NAMES,
        Taxonomy.KIND: {kind: kind.value for kind in Kind},
        Taxonomy.REGISTER: {REGISTER_CODE: TITLES[Taxonomy.REGISTER]},
    }
    return {str(code): name for code, name in lists[taxonomy].items()}


def area_uri(area: ServiceArea) -> str:
    """Return the address of an area: its kind, the kilometres of a radius, its code or its name."""
    parts = [area.kind.value]
    if area.km is not None:
        parts.append(f"{area.km:g}")
    if area.kind is not AreaKind.COUNTRY:
        parts.append(quote(area.code or area.name, safe=""))
    return ":".join((ROOT, "uzemi", *parts))


def area_of(uri: str) -> ServiceArea | None:
    """Return the area that ``area_uri`` has written, None when it is another address."""
    head = f"{ROOT}:uzemi:"
    if not uri.startswith(head):
        return None
    word, *rest = uri.removeprefix(head).split(":")
    if word not in set(AreaKind):
        return None
    kind = AreaKind(word)
    if kind is AreaKind.COUNTRY:
        return ServiceArea(kind=kind, name="Česká republika") if not rest else None
    km = rest.pop(0) if kind is AreaKind.RADIUS and rest else ""
    if len(rest) != 1 or not rest[0] or (kind is AreaKind.RADIUS) != km.isascii() & km.isdigit():
        return None
    name = unquote(rest[0])
    coded = name.isascii() and name.isdigit()
    return ServiceArea(
        kind=kind,
        name="" if coded else name,
        code=name if coded else None,
        km=float(km) if km else None,
    )
