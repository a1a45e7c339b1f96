"""Browsing the catalogue: facets and keyset paging over an order that has no ties."""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from referral.catalog.areas import AreaKind
from referral.catalog.model import Kind, Service
from referral.catalog.snapshot import Catalog
from referral.text import fold

PAGE = 25

Key = tuple[str, str]


class CursorError(ValueError):
    """A link to a further page that was not made by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the catalogue is narrowed to; every field empty when it is not."""

    type: str = ""
    orp: str = ""
    kind: str = ""
    form: str = ""
    group: str = ""
    name: str = ""
    """A part of the name of a service or of its provider, in whatever case and without accents."""

    def pairs(self) -> dict[str, str]:
        """Return the facets as the address of the page carries them."""
        named = {
            "nazev": self.name,
            "druh": self.type,
            "orp": self.orp,
            "forma": self.form,
            "okruh": self.group,
            "puvod": self.kind,
        }
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the catalogue; ``after`` continues it, empty on the last one."""

    services: tuple[Service, ...]
    total: int
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCounts:
    """How many services each choice would leave, the other facets staying as they are."""

    types: Mapping[str, int]
    orps: Mapping[str, int]
    kinds: Mapping[str, int]
    forms: Mapping[str, int]
    groups: Mapping[str, int]


def browse(catalog: Catalog, facets: Facets, *, after: str = "", size: int = PAGE) -> Page:
    """Return the services that fit, by name and id, beginning after a cursor.

    A cursor is the sort key of the last service shown, so a record added or ended meanwhile neither
    repeats nor hides another.

    Raises:
        CursorError: the cursor cannot be read.
    """
    chosen = sorted(_matching(catalog, facets), key=sort_key)
    start = read_cursor(after) if after else None
    rest = [one for one in chosen if start is None or sort_key(one) > start]
    shown = rest[:size]
    return Page(
        services=tuple(shown),
        total=len(chosen),
        after=write_cursor(sort_key(shown[-1])) if len(rest) > size else "",
    )


def facet_counts(catalog: Catalog, facets: Facets) -> FacetCounts:
    """Count the services behind each choice of each facet."""
    index = _orps_by_municipality(catalog)
    return FacetCounts(
        types=_count(_matching(catalog, replace(facets, type="")), lambda one: [one.type or ""]),
        orps=_count(
            _matching(catalog, replace(facets, orp="")), lambda one: _orps(one, catalog, index)
        ),
        kinds=_count(_matching(catalog, replace(facets, kind="")), lambda one: [one.kind.value]),
        forms=_count(
            _matching(catalog, replace(facets, form="")),
            lambda one: [form.value for form in one.forms or ()],
        ),
        groups=_count(
            _matching(catalog, replace(facets, group="")),
            lambda one: one.eligibility.target_groups or (),
        ),
    )


def sort_key(service: Service) -> Key:
    """Return the place of a service in the alphabet; the id parts those of one name."""
    return (fold(service.name), service.id)


def write_cursor(key: Key) -> str:
    """Write a sort key so that an address can carry it."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(text: str) -> Key:
    """Read a sort key back.

    Raises:
        CursorError: it is not one.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        name, service_id = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeDecodeError, TypeError, ValueError) as error:
        raise CursorError(text) from error
    if not (isinstance(name, str) and isinstance(service_id, str)):
        raise CursorError(text)
    return (name, service_id)


def _matching(catalog: Catalog, facets: Facets) -> list[Service]:
    index = _orps_by_municipality(catalog)
    kind = Kind(facets.kind) if facets.kind in set(Kind) else None
    if facets.kind and kind is None:
        return []
    words = fold(facets.name).split()
    return [
        service
        for service in catalog.services.values()
        if (not facets.type or service.type == facets.type)
        and (kind is None or service.kind is kind)
        and (not facets.form or facets.form in (service.forms or ()))
        and (not facets.group or facets.group in (service.eligibility.target_groups or ()))
        and (not words or _is_called(service, words))
        and (not facets.orp or facets.orp in _orps(service, catalog, index))
    ]


def _is_called(service: Service, words: Sequence[str]) -> bool:
    told = fold(f"{service.name} {service.organization.name}")
    return all(word in told for word in words)


def _orps_by_municipality(catalog: Catalog) -> Mapping[str, str]:
    return {one.code: one.orp for one in catalog.territory.municipalities.values()}


def _orps(service: Service, catalog: Catalog, index: Mapping[str, str]) -> set[str]:
    """Return the ORP where a service or its provider is, and those where it surely works.

    Coverage of the whole country is left out: it would put every line under every town.
    """
    codes: set[str] = {one.municipality for one in service.locations if one.municipality}
    if not service.coverage.everywhere:
        codes |= service.coverage.certain
    found = {index[code] for code in codes if code in index}
    named = {one.name for one in service.coverage.areas if one.kind is AreaKind.ORP}
    return found | (named & set(catalog.territory.by_orp))


def _count(
    services: Iterable[Service], values: Callable[[Service], Iterable[str]]
) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for service in services:
        counts.update(set(values(service)))
    return counts


def ordered(counts: Mapping[str, int], names: Mapping[str, str]) -> Sequence[tuple[str, str, int]]:
    """Return (value, name, count) of a facet by the alphabet of the names."""
    return sorted(
        ((value, names.get(value, value), count) for value, count in counts.items() if value),
        key=lambda row: fold(row[1]),
    )
