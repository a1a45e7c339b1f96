"""From suggested places to what their page says: sentences, rows and a map. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality
from referral.network.gaps import GapReport, GapStatus
from referral.network.means import Means, Workforce
from referral.network.placement import GREEDY_SHARE
from referral.network.sites import Served, SitesReport, Standing, SuggestedSite
from referral.web.czech import day, number
from referral.web.gaps_presenter import (
    SEVERITY,
    UNKNOWN_NUMBER,
    NormCard,
    PlaceRow,
    area_title,
    norm_card,
    sources,
)
from referral.web.gaps_sentences import (
    STATUSES,
    demand,
    grouped,
    horizon,
    municipalities,
    people,
    road_km,
    rule_name,
)
from referral.web.pictures import Picture, Pin, legend_of
from referral.web.sites_sentences import (
    WHY,
    besides,
    fewer,
    left_over,
    result,
    sought,
    units_of,
)
from referral.web.translation import _

NEW, SURER, EASED = "new", "surer", "eased"
_MEANINGS: Mapping[str, str] = {
    NEW: _("nově splněno (dnes mezera)"),
    SURER: _("nově jistě splněno (dnes neznámo nebo částečně)"),
    EASED: _("mezera se zmenší na „částečně“"),
    GapStatus.GAP.value: _("mezera zůstává"),
    GapStatus.UNKNOWN.value: _("neznámo, beze změny"),
    GapStatus.PARTIAL.value: _("částečně, beze změny"),
    GapStatus.MET.value: _("splněno už dnes"),
}
_WORST_LAST = (*_MEANINGS,)
_SHOWN_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRow:
    """A municipality that a place would serve, and how many of its people."""

    name: str
    orp: str
    population: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCard:
    """One suggested place: whom it serves, what else it does, which others would do as well."""

    number: str
    name: str
    orp: str
    units: str
    gain: str
    serves: tuple[ServedRow, ...]
    besides: tuple[str, ...]
    way: str
    folded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """One status: municipalities and people with it today and then."""

    key: str
    word: str
    places_now: str
    places_then: str
    people_now: str
    people_then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesView:
    """Everything that the page about new places says."""

    area: str
    as_of: str
    norm: NormCard
    name: str
    demand: str
    sought: str
    result: str
    fewer: str
    certainty: str
    proven: bool
    standings: tuple[StandingRow, ...]
    sites: tuple[SiteCard, ...]
    remaining: tuple[str, ...]
    estimates: tuple[str, ...]
    sources: tuple[str, ...]
    horizon: str
    picture: Picture


def sites_view(
    report: SitesReport, gaps: GapReport, catalog: Catalog, workforce: Workforce
) -> SitesView:
    """Present suggested places; ``gaps`` is the report of the same area and norm as it is today."""
    name = rule_name(report.rule, catalog.vocabulary)
    told = sources(gaps, catalog)
    norm = norm_card(report.norm)
    as_of = day(report.as_of)
    return SitesView(
        area=area_title(gaps, catalog.territory),
        as_of=as_of,
        norm=norm,
        name=name,
        demand=demand(report.rule),
        sought=sought(report, catalog),
        result=result(report),
        fewer=fewer(report),
        certainty=certainty(report) if report.before.municipalities[GapStatus.GAP] else "",
        proven=report.optimal,
        standings=standing_rows(report.before, report.after),
        sites=tuple(
            _card(site, position, report, catalog)
            for position, site in enumerate(report.sites, start=1)
        ),
        remaining=left_over(report),
        estimates=_estimates(report, norm, workforce),
        sources=told,
        horizon=horizon(catalog.territory),
        picture=_picture(report, gaps, catalog, name),
    )


def certainty(report: SitesReport) -> str:
    """Say whether the choice is proved the best one, and how much better another could be."""
    rest = report.bound - report.value
    better = _("Lepší výběr by přidal nejvýš {people}.").format(people=people(rest))
    if report.optimal and report.wish.exact:
        return _("Je dokázáno, že lepší výběr není (přesný výpočet).")
    if report.optimal:
        return _("Rychlý výběr; jeho mez dokazuje, že lepší výběr není.")
    if report.stopped:
        return _(
            "Není dokázáno, že je výběr nejlepší: přesný výpočet se za {seconds} s, které mu "
            "stránka dává, nedokončil. {better} Déle smí počítat příkaz referral sites."
        ).format(seconds=number(report.wish.seconds), better=better)
    if report.capacity is None and report.week_km is None:
        return _(
            "Rychlý výběr s\u00a0výměnami, není dokázáno, že je nejlepší. {better} Sám vždy dá "
            "aspoň {share}\u00a0% nejlepšího."
        ).format(better=better, share=number(GREEDY_SHARE * 100))
    return _("Není dokázáno, že je výběr nejlepší. {better}").format(better=better)


def standing_rows(before: Standing, after: Standing) -> tuple[StandingRow, ...]:
    """Return every status, the worst first, today and then."""
    return tuple(
        StandingRow(
            key=status.value,
            word=STATUSES[status],
            places_now=grouped(before.municipalities[status]),
            places_then=grouped(after.municipalities[status]),
            people_now=grouped(before.people[status]),
            people_then=grouped(after.people[status]),
        )
        for status in reversed(SEVERITY)
    )


def _card(site: SuggestedSite, position: int, report: SitesReport, catalog: Catalog) -> SiteCard:
    way = ""
    if site.week_km is not None:
        way = _("Cesta tam a\u00a0zpět: {km}.").format(km=road_km(site.week_km))
    return SiteCard(
        number=str(position),
        name=site.name,
        orp=catalog.territory.municipality(site.municipality).orp,
        units=units_of(report, site.units) if site.units > 1 else "",
        gain=people(site.gain_population),
        serves=tuple(_served(one, catalog) for one in site.serves),
        besides=besides(site, catalog),
        way=way,
        folded=len(site.serves) > _SHOWN_AT_ONCE,
    )


def _served(one: Served, catalog: Catalog) -> ServedRow:
    unknown = one.population is None
    return ServedRow(
        name=one.name,
        orp=catalog.territory.municipality(one.code).orp,
        population=UNKNOWN_NUMBER if one.population is None else grouped(one.population),
        people=UNKNOWN_NUMBER if unknown else grouped(one.people),
    )


def _estimates(report: SitesReport, norm: NormCard, workforce: Workforce) -> tuple[str, ...]:
    """Say which numbers behind the suggestion are estimates, each with its source."""
    told = [
        _(
            "Počítají se všichni obyvatelé obcí v\u00a0mezeře; kolik z\u00a0nich by službu opravdu "
            "využilo, z\u00a0údajů nepoznáme."
        ),
        *norm.assumptions[:1],
    ]
    usual = workforce.people_per_worker
    if report.means is Means.WORKER and report.capacity == usual.value:
        told.append(
            _("Jeden pracovník stačí pro {n}: {why} Zdroj: {source}.").format(
                n=people(round(usual.value)), why=usual.why, source=usual.source
            )
        )
    if report.means is Means.WORKER and report.spread.road_km == workforce.worker_km.value:
        told.append(
            _("Pracovník dojede do\u00a0{km}: {why} Zdroj: {source}.").format(
                km=road_km(workforce.worker_km.value),
                why=workforce.worker_km.why,
                source=workforce.worker_km.source,
            )
        )
    if report.week_km == workforce.week_km.value:
        told.append(
            _("Za týden se najezdí nejvýš {km}: {why} Zdroj: {source}.").format(
                km=road_km(workforce.week_km.value),
                why=workforce.week_km.why,
                source=workforce.week_km.source,
            )
        )
    told.append(
        _(
            "Zda v\u00a0navržené obci jsou prostory a\u00a0lidé a\u00a0kolik by to stálo, "
            "návrh neví."
        )
    )
    if report.uncounted:
        told.append(
            _("Počet obyvatel neznáme: {n}; při výběru nic neváží.").format(
                n=municipalities(report.uncounted)
            )
        )
    return tuple(told)


def _picture(report: SitesReport, gaps: GapReport, catalog: Catalog, name: str) -> Picture:
    rows = _rows(report, gaps, catalog)
    caption = _("{rule} – {area}: dnes a\u00a0s\u00a0návrhem").format(
        rule=name, area=area_title(gaps, catalog.territory)
    )
    norm = norm_card(report.norm)
    return Picture(
        name=_("Kde by pomohlo nové místo: {rule}").format(rule=name),
        caption=caption,
        lead=result(report),
        rows=rows,
        legend=legend_of(rows, _MEANINGS),
        municipalities=gaps.municipalities,
        pins=tuple(
            Pin(
                number=str(position),
                name=site.name,
                point=catalog.territory.municipality(site.municipality).point,
                text=_("místo {n}: službu získá {people}").format(
                    n=position, people=people(site.gain_population)
                ),
            )
            for position, site in enumerate(report.sites, start=1)
        ),
        about=(
            f"{norm.status_note} "
            + _("Norma „{name}“, {source}.").format(name=norm.name, source=norm.source),
            _("Zdroj údajů: {sources}.").format(sources="; ".join(sources(gaps, catalog))),
            _("Vypočteno {day}. {certainty}").format(
                day=day(report.as_of), certainty=certainty(report)
            ),
        ),
    )


def _rows(report: SitesReport, gaps: GapReport, catalog: Catalog) -> tuple[PlaceRow, ...]:
    by_site: dict[str, list[str]] = {}
    surer: set[str] = set()
    for position, site in enumerate(report.sites, start=1):
        told = _("místo {n}, {name}").format(n=position, name=site.name)
        for served in site.serves:
            by_site.setdefault(served.code, []).append(told)
        for code in (*site.assures, *site.improves):
            surer.add(code)
            by_site.setdefault(code, []).append(told)
    why = {left.code: WHY[left.why] for left in report.remaining}
    rows = []
    for one in gaps.results:
        if one.rule != report.rule.code:
            continue
        place = catalog.territory.municipality(one.municipality)
        before = STATUSES[one.status]
        key, value, detail = one.status.value, before, _("beze změny")
        if place.code in by_site:
            key = SURER if place.code in surer else NEW
            value = _("{before} → splněno").format(before=before)
            detail = _("poslouží {sites}").format(sites="; ".join(by_site[place.code]))
        elif one.status is GapStatus.GAP and place.code in why:
            value, detail = _("mezera zůstává"), why[place.code]
        elif one.status is GapStatus.GAP:
            key, value = EASED, _("mezera → částečně")
            detail = _("nové místo bude v\u00a0mezi pro částečné splnění")
        rows.append(place_row(place, key=key, value=value, detail=detail, order=_WORST_LAST))
    order = {key: position for position, key in enumerate(_MEANINGS)}
    return tuple(sorted(rows, key=lambda row: (order[row.key], -row.people, row.code)))


def place_row(
    place: Municipality,
    *,
    key: str,
    value: str,
    detail: str,
    order: tuple[str, ...] = (),
    rank: int | None = None,
) -> PlaceRow:
    """Return a row of the table under a map; without ``rank`` the place of its key in ``order``."""
    return PlaceRow(
        code=place.code,
        name=place.name,
        orp=place.orp,
        population=UNKNOWN_NUMBER if place.population is None else grouped(place.population),
        key=key,
        value=value,
        uncertain=False,
        detail=detail,
        people=-1 if place.population is None else place.population,
        rank=order.index(key) if rank is None else rank,
    )
