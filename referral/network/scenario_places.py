"""The places and areas that a scenario names, found exactly or not at all."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from referral import text
from referral.catalog.territory import Municipality, Territory
from referral.geo import distance_km
from referral.network.errors import ScenarioError

_FEW = 6


def find_municipality(named: str, *, territory: Territory) -> Municipality:
    """Return the municipality with this code or name, whatever its case and diacritics.

    Raises:
        ScenarioError: there is none, or several have the name; the sentence lists them.
    """
    known = territory.municipalities.get(named.strip())
    if known is not None:
        return known
    wanted = text.fold(named)
    found = [one for one in territory.municipalities.values() if text.fold(one.name) == wanted]
    if len(found) == 1:
        return found[0]
    if not found:
        names = sorted({one.name for one in territory.municipalities.values()})
        raise ScenarioError(f"obec „{named}“ mezi načtenými není{_nearest(named, names)}")
    which = "; ".join(f"{one.code} (ORP {one.orp})" for one in found[:_FEW])
    raise ScenarioError(f"obcí „{named}“ je víc; místo názvu pište kód: {which}")


def municipalities_of(covers: Iterable[str], *, territory: Territory) -> frozenset[str]:
    """Return the codes of all municipalities that the areas hold; "country" holds none by itself.

    Raises:
        ScenarioError: an area is not there or is written wrong.
    """
    found: set[str] = set()
    for area in covers:
        found.update(_of_area(area, territory))
    return frozenset(found)


def _of_area(area: str, territory: Territory) -> Iterable[str]:
    word, colon, name = area.partition(":")
    indexes: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        "orp": territory.by_orp,
        "district": territory.by_district,
        "region": territory.by_region,
    }
    if area == "country":
        return ()
    if not colon or word == "municipality":
        return (find_municipality(name or area, territory=territory).code,)
    if word in indexes:
        return _of_index(name, indexes[word], word)
    if word == "radius":
        km, _, centre = name.partition(":")
        if not (km.isascii() and km.isdigit() and centre):
            raise ScenarioError(f"území „{area}“ nerozumíme; pište například radius:20:Most")
        middle = find_municipality(centre, territory=territory)
        return (
            one.code
            for one in territory.municipalities.values()
            if distance_km(one.point, middle.point) <= int(km)
        )
    raise ScenarioError(
        f"území „{area}“ nerozumíme; pište obec, orp:NÁZEV, district:NÁZEV, region:NÁZEV, "
        "radius:KM:OBEC, nebo country"
    )


def _of_index(name: str, index: Mapping[str, tuple[str, ...]], word: str) -> tuple[str, ...]:
    wanted = text.fold(name)
    for known, codes in index.items():
        if text.fold(known) == wanted:
            return codes
    raise ScenarioError(f"území „{word}:{name}“ mezi načtenými není{_nearest(name, sorted(index))}")


def _nearest(named: str, names: list[str]) -> str:
    folded = {text.fold(name): name for name in names}
    close = get_close_matches(text.fold(named), folded, n=3)
    return f"; nemysleli jste: {', '.join(folded[one] for one in close)}?" if close else ""
