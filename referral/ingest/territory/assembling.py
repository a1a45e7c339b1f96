"""Make one statement of what files say about each record, and tell where they disagree.

Who is believed first: names and districts as the ministry's list has them (the register refers to
it), then RÚIAN, then the links, then a table. The authorised office comes from RÚIAN. The ORP comes
from the list of authorised offices when there is one; else from the ORP to which most
municipalities of the same office belong in the tables, for an office lies in one ORP and RÚIAN is
the newer; else from the table or the links.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from referral.catalog.districts import District, Tier
from referral.ingest.territory.evidence import Evidence, MunicipalityFacts
from referral.usecases.found_territory import Ages, FoundMunicipality, FoundTerritory, Given

_TRUST: Final = (Given.MPSV, Given.RUIAN, Given.LINKS, Given.TABLE)
_OF_POINTS: Final = (Given.POINTS, Given.TABLE)
_OF_AGES: Final = (Given.AGES, Given.TABLE)
_MOST: Final = 2 / 3
_EXAMPLES: Final = 5


def assembled(evidence: Evidence) -> FoundTerritory:
    """Return what was found; disagreements go to the notes of the evidence."""
    offices = _orps_of_offices(evidence)
    disputes: defaultdict[str, list[str]] = defaultdict(list)
    # A list of all municipalities decides which there are; without one a table does.
    listed = evidence.listed or {
        code for code, facts in evidence.municipalities.items() if Given.TABLE in facts.given
    }
    municipalities = [
        _municipality(code, facts, evidence, offices, disputes, is_listed=code in listed)
        for code, facts in sorted(evidence.municipalities.items())
    ]
    evidence.notes += [_told(about, found) for about, found in sorted(disputes.items())]
    known = {one.code for one in municipalities if one.name}
    return FoundTerritory(
        municipalities=tuple(municipalities),
        parts=tuple(one for _, one in sorted(evidence.parts.items())),
        districts=tuple(_districts(evidence)),
        boundaries=tuple(one for _, one in sorted(evidence.boundaries.items())),
        codes=tuple(one for _, one in sorted(evidence.codes.items())),
        ended=frozenset(evidence.ended - known),
        as_of=max(evidence.days, default=None),
    )


def _municipality(
    code: str,
    facts: MunicipalityFacts,
    evidence: Evidence,
    offices: Mapping[str, str],
    disputes: defaultdict[str, list[str]],
    *,
    is_listed: bool,
) -> FoundMunicipality:
    name = _first(facts.names) if is_listed else ""
    if name and len(set(facts.names.values())) > 1:
        others = " / ".join(dict.fromkeys(facts.names.values()))
        disputes["název obce (platí první)"].append(f"{others} ({code})")
    district_codes = dict.fromkeys(filter(None, map(facts.districts.get, _TRUST)))
    if len(district_codes) > 1:
        named = " / ".join(evidence.name_of(Tier.DISTRICT, one) or one for one in district_codes)
        disputes["okres (platí první)"].append(f"{name}: {named}")
    district_code = next(iter(district_codes), "")
    district = evidence.name_of(Tier.DISTRICT, district_code) or _first(facts.district_names)
    stated = _first(facts.orps)
    by_office = offices.get(facts.pou, "")
    orp = by_office or stated
    if by_office and stated and by_office != stated:
        disputes["ORP (platí to, kam patří pověřený úřad podle RÚIAN)"].append(
            f"{name}: {by_office}, tabulka {stated}"
        )
    return FoundMunicipality(
        code=code,
        name=name,
        orp=orp,
        district=district,
        region=_region(district_code, facts, evidence),
        pou=evidence.name_of(Tier.POU, facts.pou) or facts.pou_name,
        point=next((facts.points[one] for one in _OF_POINTS if one in facts.points), None),
        inside=facts.inside,
        ages=_best_ages(facts),
        given=_used(facts),
    )


def _used(facts: MunicipalityFacts) -> frozenset[Given]:
    """Return the kinds of file of which something was used."""
    given = set(facts.given)
    ages = facts.ages.get(Given.AGES)
    if ages is None or ages is not _best_ages(facts):
        given.discard(Given.AGES)
    return frozenset(given)


def _best_ages(facts: MunicipalityFacts) -> Ages | None:
    """Return the ages that tell people over 65, of those the latest, of those the fullest."""
    known = [facts.ages[one] for one in _OF_AGES if one in facts.ages]
    return max(
        known,
        key=lambda one: (
            one.aged_65_plus is not None,
            one.as_of or date.min,
            one.aged_80_plus is not None,
        ),
        default=None,
    )


def _region(district_code: str, facts: MunicipalityFacts, evidence: Evidence) -> str:
    district = evidence.districts.get((Tier.DISTRICT, district_code))
    by_code = evidence.name_of(Tier.REGION, district.parent) if district else ""
    return by_code or _first(facts.regions)


def _orps_of_offices(evidence: Evidence) -> Mapping[str, str]:
    """Return the name of the ORP of each authorised office that surely lies in one."""
    found: dict[str, str] = {}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for facts in evidence.municipalities.values():
        stated = _first(facts.orps)
        if facts.pou and stated:
            votes[facts.pou][stated] += 1
    for office, counted in votes.items():
        orp, count = counted.most_common(1)[0]
        if count >= _MOST * counted.total():
            found[office] = orp
    for (tier, code), district in evidence.districts.items():
        if tier is Tier.POU and (orp := evidence.name_of(Tier.ORP, district.parent)):
            found[code] = orp
    return found


def _districts(evidence: Evidence) -> Iterable[District]:
    for (tier, code), facts in sorted(evidence.districts.items()):
        name = evidence.name_of(tier, code)
        if name:
            yield District(
                tier=tier, code=code, name=name, other_code=facts.other_code, parent=facts.parent
            )


def _first(said: Mapping[Given, str]) -> str:
    """Return what the most trusted of those who say something says."""
    return next((said[one] for one in _TRUST if said.get(one)), "")


def _told(about: str, found: list[str]) -> str:
    examples = "; ".join(found[:_EXAMPLES])
    more = f" a\N{NO-BREAK SPACE}dalších {len(found) - _EXAMPLES}" if len(found) > _EXAMPLES else ""
    return f"Soubory se rozcházejí, {about}: {examples}{more}."
