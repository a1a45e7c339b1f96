"""Name the sources of the territory as they must be named wherever its facts are shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from referral.catalog.districts import Bounded
from referral.catalog.model import Source
from referral.catalog.territory import Municipality
from referral.usecases.completing import PREFIX, words_of
from referral.usecases.found_territory import FoundBoundary, FoundTerritory, Given

_MPSV = "Ministerstvo práce a sociálních věcí"
_CUZK = "Český úřad zeměměřický a katastrální"
_CSU = "Český statistický úřad"
_OPEN = "otevřená data bez licenčních podmínek"
_CC_BY = "CC BY 4.0"
_CITE = "užití s uvedením zdroje"
_ASK = "licenci soubor neuvádí, ověřte u dodavatele"

_TOLD: Mapping[Given, tuple[str, str, str]] = {
    Given.MPSV: ("číselníky MPSV", _MPSV, _OPEN),
    Given.RUIAN: ("RÚIAN, číselník obcí", _CUZK, _CC_BY),
    Given.LINKS: ("vazby obcí na správní obvody", f"{_CUZK}, {_CSU}", _CITE),
    Given.TABLE: ("tabulka obcí", "", _ASK),
    Given.AGES: ("věkové složení obyvatel", _CSU, _CITE),
    Given.POINTS: ("definiční body obcí", "", _ASK),
    Given.BORDERS: ("bod je jen zástupný, leží uvnitř hranice obce a není to její sídlo", "", ""),
}
_AROUND = {Bounded.MUNICIPALITY: "obcí", Bounded.ORP: "ORP"}
_BORDERS = "hranice"


def sources_of(
    municipalities: Iterable[Municipality],
    boundaries: Iterable[FoundBoundary],
    found: FoundTerritory,
    stored: Mapping[str, Source],
    *,
    today: date,
) -> Sequence[Source]:
    """Return the sources that these records name.

    Each is dated by the latest day that its files name, or that was known before; when there is
    none, by the day it was first taken over.
    """

    def day_of(source_id: str, stated: date | None) -> date:
        before = stored.get(source_id)
        known = [one for one in (stated, before.as_of if before else None) if one is not None]
        return max(known, default=today)

    wanted = {one.source for one in municipalities if one.source.startswith(PREFIX)}
    made = [_places(one, day_of(one, found.as_of), stored) for one in sorted(wanted)]
    borders = {border_source(one): one for one in boundaries}
    made += [
        Source(
            id=source_id,
            title=f"Hranice {_AROUND[one.around]} (zjednodušené)",
            publisher=one.publisher or "vydavatele soubor neuvádí",
            as_of=day_of(source_id, one.as_of),
            licence=_CC_BY if one.publisher else _ASK,
        )
        for source_id, one in sorted(borders.items())
    ]
    return made


def border_source(boundary: FoundBoundary) -> str:
    """Return the id of the source of a border."""
    known = "cuzk" if boundary.publisher else "jine"
    return f"{_BORDERS}:{boundary.around}-{known}"


def _places(source_id: str, as_of: date, stored: Mapping[str, Source]) -> Source:
    words = words_of(source_id)
    told = [_TOLD[Given(word)] for word in words if word in set(Given)]
    older = [stored[word] for word in words if word in stored]
    titles = [title for title, _, _ in told] + [one.title for one in older]
    publishers = [one for _, one, _ in told] + [one.publisher for one in older]
    licences = [one for _, _, one in told] + [one.licence for one in older]
    return Source(
        id=source_id,
        title=f"Obce: {'; '.join(titles)}",
        publisher=", ".join(dict.fromkeys(filter(None, publishers))),
        as_of=as_of,
        licence="; ".join(dict.fromkeys(filter(None, licences))),
    )
