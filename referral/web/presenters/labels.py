"""Short Czech names of the domain's fixed words, as they stand on a page."""

from collections.abc import Iterable, Mapping

from referral.catalog.areas import AreaKind, ServiceArea
from referral.catalog.model import CapacityUnit, Kind, Service
from referral.catalog.sexes import Sex
from referral.catalog.vocabulary import Form, Need, ServiceType, Term, Vocabulary
from referral.matching.outcome import Level
from referral.matching.profile import Mobility
from referral.matching.request import RefusalReason
from referral.web.czech import capitalised, number, plural, points
from referral.web.translation import _, translated

FORMS: Mapping[Form, str] = {
    Form.FIELD: _("terénní"),
    Form.AMBULATORY: _("ambulantní"),
    Form.RESIDENTIAL: _("pobytová"),
}
FORM_MEANINGS: Mapping[Form, str] = {
    Form.FIELD: _("pracovník přijede za člověkem domů"),
    Form.AMBULATORY: _("člověk dochází do služby"),
    Form.RESIDENTIAL: _("člověk ve službě bydlí"),
}
KINDS: Mapping[Kind, str] = {
    Kind.REGISTERED_SOCIAL: _("registrovaná sociální služba"),
    Kind.HEALTH: _("zdravotní služba"),
    Kind.MUNICIPAL: _("pomoc obce"),
    Kind.NGO_FOLLOWUP: _("návazná pomoc neziskové organizace"),
    Kind.COMMUNITY: _("komunitní a sousedská pomoc"),
    Kind.AUTHORITY: _("úřad nebo linka pomoci"),
}
LEVELS: Mapping[Level, str] = {
    Level.FULL: _("splňuje"),
    Level.PARTIAL: _("částečně"),
    Level.NONE: _("nesplňuje"),
    Level.UNKNOWN: _("neznámo"),
}
CRITERIA: Mapping[str, str] = {
    "need": _("Odpovídá na potřebu"),
    "reach": _("Dostupnost"),
    "group": _("Okruh osob"),
    "age": _("Věk"),
    "barriers": _("Překážky"),
    "vacancy": _("Volné místo"),
    "vicinity": _("Místní blízkost"),
    "freshness": _("Stáří údajů"),
    "refusal": _("Dřívější odmítnutí"),
}
CARE_LEVELS: Mapping[int, str] = {
    0: _("příspěvek na péči nemá"),
    1: _("I – lehká závislost"),
    2: _("II – středně těžká závislost"),
    3: _("III – těžká závislost"),
    4: _("IV – úplná závislost"),
}
SEXES: Mapping[Sex, str] = {Sex.WOMAN: _("žena"), Sex.MAN: _("muž")}
MOBILITIES: Mapping[Mobility, str] = {
    Mobility.WALKS: _("chodí bez pomoci"),
    Mobility.SUPPORTED: _("chodí s oporou (hůl, chodítko)"),
    Mobility.WHEELCHAIR: _("je na vozíku"),
    Mobility.BEDRIDDEN: _("leží"),
}
LANGUAGES: Mapping[str, str] = {
    "cs": _("česky"),
    "sk": _("slovensky"),
    "uk": _("ukrajinsky"),
    "ru": _("rusky"),
    "vi": _("vietnamsky"),
    "de": _("německy"),
    "en": _("anglicky"),
}
REFUSAL_REASONS: Mapping[str, str] = {
    RefusalReason.CAPACITY: _("plná kapacita"),
    RefusalReason.CIRCLE: _("klient nepatří do okruhu osob"),
    RefusalReason.HEALTH: _("zdravotní stav"),
    RefusalReason.BREACH: _("smlouva vypovězená v posledních šesti měsících"),
    RefusalReason.OTHER: _("jiný důvod"),
}
_LONGEST_CARE = 90

_UNITS: Mapping[CapacityUnit, tuple[str, str, str]] = {
    CapacityUnit.CLIENTS: (_("klient"), _("klienti"), _("klientů")),
    CapacityUnit.BEDS: (_("lůžko"), _("lůžka"), _("lůžek")),
    CapacityUnit.CONTACTS: (
        _("kontakt (10 minut)"),
        _("kontakty (po 10 minutách)"),
        _("kontaktů (po 10 minutách)"),
    ),
    CapacityUnit.INTERVENTIONS: (
        _("intervence (30 minut)"),
        _("intervence (po 30 minutách)"),
        _("intervencí (po 30 minutách)"),
    ),
    CapacityUnit.CALLS: (_("hovor"), _("hovory"), _("hovorů")),
    CapacityUnit.WORKLOADS: (_("úvazek"), _("úvazky"), _("úvazků")),
}
_PART_OF: Mapping[CapacityUnit, str] = {
    CapacityUnit.CLIENTS: _("klienta"),
    CapacityUnit.BEDS: _("lůžka"),
    CapacityUnit.CONTACTS: _("kontaktu (po 10 minutách)"),
    CapacityUnit.INTERVENTIONS: _("intervence (po 30 minutách)"),
    CapacityUnit.CALLS: _("hovoru"),
    CapacityUnit.WORKLOADS: _("úvazku"),
}
_AREAS: Mapping[AreaKind, str] = {
    AreaKind.MUNICIPALITY: "{name}",
    AreaKind.MUNICIPALITY_PART: "{name}",
    AreaKind.CATCHMENT: _("{name} a spádové obce"),
    AreaKind.ORP: _("ORP {name}"),
    AreaKind.DISTRICT: _("okres {name}"),
    AreaKind.REGION: "{name}",
    AreaKind.COUNTRY: _("celá Česká republika"),
    AreaKind.RADIUS: _("do {km}\u00a0km od: {name}"),
}


def unit_count(unit: CapacityUnit | str, count: float) -> str:
    """Say a number in a capacity unit: ``24 lůžek``; a unit we do not know stands as it is."""
    try:
        forms = _UNITS[CapacityUnit(unit)]
    except ValueError:
        return f"{number(count)}\u00a0{unit}"
    if count != int(count):
        return f"{points(count)}\u00a0{_PART_OF[CapacityUnit(unit)]}"
    return f"{number(count)}\u00a0{plural(count, *forms)}"


def unit_amount(unit: CapacityUnit | str, amount: float) -> str:
    """Say an amount to three places: ``17,9 lůžka``, ``0,083 úvazku``; an unknown unit as it is."""
    if amount == int(amount):
        return unit_count(unit, amount)
    told = number(amount, places=3).rstrip("0")
    try:
        return f"{told}\u00a0{_PART_OF[CapacityUnit(unit)]}"
    except ValueError:
        return f"{told}\u00a0{unit}"


def how_many_of(unit: CapacityUnit | str) -> str:
    """Return a unit as a question counts it: ``lůžek``; one we do not know stands as it is."""
    try:
        return _UNITS[CapacityUnit(unit)][2]
    except ValueError:
        return str(unit)


def area_name(area: ServiceArea) -> str:
    """Name an area as a sentence would: ``ORP Kadaň``, ``Most a spádové obce``."""
    km = "?" if area.km is None else number(area.km)
    return _AREAS[area.kind].format(name=area.name, km=km).strip()


def names_of(codes: Iterable[str], terms: Mapping[str, Term]) -> tuple[str, ...]:
    """Return the names of codes in alphabetical order; an unknown code stands for itself."""
    return tuple(sorted(translated(terms[code].name) if code in terms else code for code in codes))


def need_label(need: Need) -> str:
    """Name a need with a capital letter."""
    return capitalised(translated(need.name))


def type_label(service_type: ServiceType) -> str:
    """Name a type with its paragraph: ``Pečovatelská služba (§ 40)``; CDZ has none."""
    name = capitalised(translated(service_type.name))
    return f"{name} (§\u00a0{service_type.code})" if service_type.code[0].isdigit() else name


def service_label(service: Service, vocabulary: Vocabulary) -> str:
    """Say what a service is: its type with the paragraph, else where such help comes from.

    Health care has no type; the first sentence of its description says what care it is.
    """
    if service.type is not None and service.type in vocabulary.types:
        return type_label(vocabulary.types[service.type])
    care, stop, _rest = service.description.partition(".")
    if service.kind is Kind.HEALTH and stop and len(care) <= _LONGEST_CARE:
        return capitalised(care)
    return capitalised(KINDS[service.kind])
