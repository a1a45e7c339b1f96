"""One item of the kraj's catalogue, without its free text.

The names of the fields are those that a public program reads out of the kraj's answer; no file
has been seen. The description (``popis``) is prose in which people may be named and houses located,
so nothing but a web address is taken from it.
"""

import re
from dataclasses import dataclass
from typing import Final

from referral.ingest.row_values import Reading, Record

REQUIRED: Final = ("ID_organizace", "org_nazev", "druh_sluzby_nazev", "misto_pusobnosti")
"""Keys that every item has; an item without one is odd, many of them mean another schema."""

OWN_IDS: Final = ("id_sluzby", "ID_sluzby", "id", "ID")
"""Keys under which an item may have a number of its own."""

_FORMS: Final = (("terenni", "T"), ("ambulantni", "A"), ("pobytova", "P"))
_WEBS: Final = ("www", "web", "url", "website")
_CODES: Final = ("kod_obce", "obec_kod", "kod")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'()]{1,300}[^\s<>\"'().,;!?]")
_REGISTER_DIGITS: Final = 7
_ICO_DIGITS: Final = 8
_CODE_DIGITS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where a service works: a municipality by its code or name, or a whole district."""

    name: str = ""
    district: str = ""
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """What an item says of one service of one organisation.

    ``forms`` and ``places`` are None when the item does not speak of them at all.
    """

    provider: str
    type_name: str
    ico: str | None = None
    register_id: str | None = None
    forms: frozenset[str] | None = None
    places: tuple[Place, ...] | None = None
    groups: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    web: str | None = None


def is_odd(item: Record) -> bool:
    """Tell whether an item lacks a key that every item has."""
    return not all(key in item for key in REQUIRED)


def number_of(item: Record) -> tuple[str | None, bool]:
    """Return the number of an item and whether it is its own, not that of its organisation."""
    own = Reading().number(item, *OWN_IDS)
    return (own, True) if own is not None else (Reading().number(item, "ID_organizace"), False)


def read_entry(item: Record, reading: Reading) -> CatalogueEntry:
    """Return what an item says; the people in it are not read."""
    provider = reading.text(item, "org_nazev")
    if not provider:
        reading.reject("org_nazev", "", "Chybí název organizace; doplňte ho ve zdroji.")
    type_name = reading.text(item, "druh_sluzby_nazev")
    if not type_name:
        reading.reject("druh_sluzby_nazev", "", "Chybí druh služby; doplňte ho ve zdroji.")
    return CatalogueEntry(
        provider=provider,
        type_name=type_name,
        ico=reading.digits(item, "ico", count=_ICO_DIGITS),
        register_id=reading.digits(item, "identifikator", count=_REGISTER_DIGITS),
        forms=_forms(item, reading),
        places=_places(item, reading),
        groups=_words(item, reading, "cilova_skupina"),
        situations=_words(item, reading, "zivotni_situace"),
        keywords=_words(item, reading, "klicova_slova"),
        web=_web(item),
    )


def _forms(item: Record, reading: Reading) -> frozenset[str] | None:
    if not any(key in item for key, _ in _FORMS):
        return None
    return frozenset(letter for key, letter in _FORMS if reading.yes(item, key)) or None


def _places(item: Record, reading: Reading) -> tuple[Place, ...] | None:
    """Return the places, each given as an object or as a name alone."""
    value = item.get("misto_pusobnosti")
    if value is None or value == "":
        return None
    if not isinstance(value, list):
        reading.note("misto_pusobnosti", value, "Čekali jsme seznam; působnost zůstává neznámá.")
        return None
    found: list[Place] = []
    for one in value:
        record = one if isinstance(one, dict) else {"obec": one}
        key = next((name for name in _CODES if record.get(name)), _CODES[0])
        place = Place(
            name=reading.text(record, "obec"),
            district=reading.text(record, "okres"),
            code=reading.digits(record, key, count=_CODE_DIGITS),
        )
        if place != Place():
            found.append(place)
    return tuple(dict.fromkeys(found)) or None


def _words(item: Record, reading: Reading, key: str) -> tuple[str, ...]:
    value = item.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(filter(None, (reading.text({key: one}, key) for one in listed))))


def _web(item: Record) -> str | None:
    """Return a web address of the item's own, else the first one in its description."""
    for key in (*_WEBS, "popis"):
        value = item.get(key)
        found = _ADDRESS.search(value) if isinstance(value, str) else None
        if found is not None:
            return found[0]
    return None
