"""From added capacity to what its page says, in the shape of the page about new places. Pure."""

from collections.abc import Mapping

from referral.catalog.snapshot import Catalog
from referral.network.capacity_plan import AddedCapacity, CapacityReport
from referral.network.gaps import GapReport, GapStatus
from referral.web.capacity_sentences import SHORT, left_over, result, sought, what, whom
from referral.web.czech import day, number
from referral.web.gaps_presenter import UNKNOWN_NUMBER, PlaceRow, area_title, norm_card
from referral.web.gaps_presenter import sources as sources_of
from referral.web.gaps_sentences import STATUSES, demand, grouped, horizon, people, rule_name
from referral.web.pictures import Picture, Pin, legend_of
from referral.web.presenters.labels import unit_count
from referral.web.sites_presenter import (
    NEW,
    ServedRow,
    SiteCard,
    SitesView,
    place_row,
    standing_rows,
)
from referral.web.translation import _

_MEANINGS: Mapping[str, str] = {
    NEW: _("nově přes mez"),
    GapStatus.GAP.value: _("zůstává pod mezí"),
    GapStatus.UNKNOWN.value: _("neznámo, beze změny"),
    GapStatus.PARTIAL.value: _("částečně, beze změny"),
    GapStatus.MET.value: _("splněno už dnes"),
}
_SHOWN_AT_ONCE = 8


def capacity_view(report: CapacityReport, gaps: GapReport, catalog: Catalog) -> SitesView:
    """Present added capacity; ``gaps`` is the report of the same area and norm as it is today."""
    norm = norm_card(report.norm)
    told = sources_of(gaps, catalog)
    name = rule_name(report.rule, catalog.vocabulary)
    area = area_title(gaps, catalog.territory)
    said = certainty(report) if report.remaining or report.value else ""
    rows = _rows(report, gaps, catalog)
    return SitesView(
        area=area,
        as_of=day(report.as_of),
        norm=norm,
        name=name,
        demand=demand(report.rule),
        sought=sought(report),
        result=result(report),
        fewer="",
        certainty=said,
        proven=report.optimal,
        standings=standing_rows(report.before, report.after),
        sites=tuple(
            _card(one, position, report, catalog)
            for position, one in enumerate(report.added, start=1)
        ),
        remaining=tuple(left_over(report)),
        estimates=_estimates(report, norm.assumptions),
        sources=told,
        horizon=horizon(catalog.territory),
        picture=Picture(
            name=_("Kam přidat kapacitu: {rule}").format(rule=name),
            caption=_("{rule} – {area}: dnes a\u00a0s\u00a0přidanou kapacitou").format(
                rule=name, area=area
            ),
            lead=result(report),
            rows=rows,
            legend=legend_of(rows, _MEANINGS),
            municipalities=gaps.municipalities,
            pins=_pins(report, catalog),
            about=(
                f"{norm.status_note} "
                + _("Norma „{name}“, {source}.").format(name=norm.name, source=norm.source),
                _("Zdroj údajů: {sources}.").format(sources="; ".join(told)),
                _("Vypočteno {day}. {certainty}")
                .format(day=day(report.as_of), certainty=said)
                .strip(),
            ),
        ),
    )


def certainty(report: CapacityReport) -> str:
    """Say whether the choice is proved the best one, and how much better another could be."""
    better = _("Lepší rozdělení by pomohlo nejvýš o\u00a0{people} víc.").format(
        people=people(report.bound - report.value)
    )
    if report.optimal:
        return _("Je dokázáno, že lepší rozdělení není.")
    if report.stopped:
        return _(
            "Není dokázáno, že je rozdělení nejlepší: přesný výpočet se za {seconds} s, které mu "
            "stránka dává, nedokončil. {better} Déle smí počítat příkaz referral sites."
        ).format(seconds=number(report.wish.seconds), better=better)
    return _("Rychlý výběr, není dokázáno, že je nejlepší. {better}").format(better=better)


def _card(one: AddedCapacity, position: int, report: CapacityReport, catalog: Catalog) -> SiteCard:
    known = catalog.territory.municipalities
    place = known.get(one.municipality or "")
    return SiteCard(
        number=str(position),
        name=one.name,
        orp="" if place is None else place.orp,
        units=f"+{unit_count(report.rule.unit, one.units)}",
        gain=people(one.gain_population),
        serves=tuple(
            ServedRow(
                name=served.name,
                orp=catalog.territory.municipality(served.code).orp,
                population=UNKNOWN_NUMBER
                if served.population is None
                else grouped(served.population),
                people=UNKNOWN_NUMBER if served.population is None else grouped(served.people),
            )
            for served in one.serves
        ),
        besides=(f"{what(report, one)}.", *tuple(whom(one))[bool(one.serves) :]),
        way="",
        folded=len(one.serves) > _SHOWN_AT_ONCE,
    )


def _estimates(report: CapacityReport, assumptions: tuple[str, ...]) -> tuple[str, ...]:
    told = [
        _(
            "Počítá se jen s\u00a0těmi, kdo by pod mezí zůstali, i\u00a0kdyby každá neznámá "
            "kapacita byla medián svého druhu; ostatním pomůže spíš telefonát než nový úvazek."
        ),
        _(
            "Dosažitelná kapacita je odhad metodou E2SFCA: vzdálenější kapacita váží méně a\u00a0"
            "dělí se mezi všechny, kdo na ni dosáhnou."
        ),
        *assumptions[:1],
        _("Zda služba má na rozšíření prostory, lidi a\u00a0peníze, návrh neví."),
    ]
    if report.unknown_services:
        told.append(
            _(
                "Služeb, u\u00a0kterých kapacitu nikdo neuvádí: {n}. K\u00a0nim přidat nelze."
            ).format(n=grouped(report.unknown_services))
        )
    return tuple(told)


def _pins(report: CapacityReport, catalog: Catalog) -> tuple[Pin, ...]:
    """Mark the services whose place is known and may be told."""
    found = []
    for position, one in enumerate(report.added, start=1):
        if one.municipality is not None:
            found.append(
                Pin(
                    number=str(position),
                    name=one.name,
                    point=catalog.territory.municipality(one.municipality).point,
                    text=what(report, one),
                )
            )
    return tuple(found)


def _rows(report: CapacityReport, gaps: GapReport, catalog: Catalog) -> tuple[PlaceRow, ...]:
    helped: dict[str, list[str]] = {}
    for position, one in enumerate(report.added, start=1):
        told = f"{position}. {one.name}"
        for code in (*(served.code for served in one.serves), *one.also):
            helped.setdefault(code, []).append(told)
    short = {one.code or one.name: SHORT[one.why] for one in report.remaining}
    order = {key: position for position, key in enumerate(_MEANINGS)}
    rows = []
    for result_ in gaps.results:
        if result_.rule != report.rule.code:
            continue
        place = catalog.territory.municipality(result_.municipality)
        before = STATUSES[result_.status]
        key, value, detail = result_.status.value, before, _("beze změny")
        if place.code in helped:
            key, value = NEW, _("{before} → splněno").format(before=before)
            detail = _("díky: {services}").format(services="; ".join(helped[place.code]))
        else:
            why = next(
                (short[one] for one in (place.code, place.orp, place.region) if one in short), ""
            )
            if why and result_.status in {GapStatus.GAP, GapStatus.PARTIAL}:
                detail = why
        rows.append(
            place_row(place, key=key, value=value, detail=detail, order=tuple(_MEANINGS)[::-1])
        )
    return tuple(sorted(rows, key=lambda row: (order[row.key], -row.people, row.code)))
