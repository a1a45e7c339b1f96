"""Added capacity for machines, and as a workbook that a planner can filter and print."""

from collections.abc import Iterable, Sequence

from referral.catalog.snapshot import Catalog
from referral.network.capacity_plan import AddedCapacity, CapacityReport
from referral.network.scenario_parser import scenario_document
from referral.web.capacity_sentences import SHORT, certainty, heading, result, what
from referral.web.gaps_document import norm_document
from referral.web.presenters.document import Json
from referral.web.sites_document import plain_values, standing_document
from referral.web.sites_workbook import STANDING, norm_head, standing_rows, workbook
from referral.web.translation import _
from referral.web.workbook import PEOPLE, Cell, Column, Sheets

_ADDED = (
    Column(heading=_("Pořadí"), width=8),
    Column(heading=_("Služba či místo"), width=44),
    Column(heading=_("Číslo záznamu"), width=14),
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("Přidat"), width=10, number=PEOPLE),
    Column(heading=_("Dnes"), width=10, number="General"),
    Column(heading=_("Potom"), width=10, number="General"),
    Column(heading=_("Přes mez dostane lidí"), width=13, number=PEOPLE),
    Column(heading=_("Na víc dosáhne lidí"), width=13, number=PEOPLE),
    Column(heading=_("V kolika obcích"), width=10, number=PEOPLE),
    Column(heading=_("Co to znamená"), width=60),
)
_SERVED = (
    Column(heading=_("Pořadí"), width=8),
    Column(heading=_("Služba či místo"), width=44),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Jak"), width=34),
)
_REMAINING = (
    Column(heading=_("Kdo"), width=26),
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Sami by potřebovali"), width=12, number=PEOPLE),
    Column(heading=_("Proč zůstává pod mezí"), width=60),
)


def capacity_document(report: CapacityReport) -> dict[str, Json]:
    """Return where to add capacity as plain JSON values, the most useful first."""
    rule = report.rule
    return {
        "rule": rule.code,
        "type": rule.type,
        "form": None if rule.form is None else rule.form.value,
        "threshold": rule.threshold,
        "unit": rule.unit,
        "level": rule.level.value,
        "per": rule.per.value,
        "norm": norm_document(report.norm),
        "area": report.area,
        "as_of": report.as_of.isoformat(),
        "by": "capacity",
        "count": report.wish.units,
        "new": report.wish.new,
        "most": report.wish.most,
        "least_people": report.wish.least_people,
        "method": report.method.value,
        "optimal": report.optimal,
        "stopped": report.stopped,
        "value": report.value,
        "bound": report.bound,
        "used": report.used,
        "unknown_services": report.unknown_services,
        "before": standing_document(report.before),
        "sites": [_added(one) for one in report.added],
        "after": standing_document(report.after),
        "remaining": [
            {
                "code": one.code,
                "name": one.name,
                "population": one.population,
                "needs": one.needs,
                "why": one.why.value,
            }
            for one in report.remaining
        ],
        "scenario": plain_values(scenario_document(report.scenario)),
    }


def _added(one: AddedCapacity) -> dict[str, Json]:
    return {
        "service_id": one.service,
        "name": one.name,
        "municipality": one.municipality,
        "form": None if one.form is None else one.form.value,
        "units": one.units,
        "before": one.before,
        "after": one.after,
        "gain_population": one.gain_population,
        "serves": [
            {
                "code": served.code,
                "name": served.name,
                "population": served.population,
                "people": served.people,
            }
            for served in one.serves
        ],
        "also": list(one.also),
        "eases_people": one.eases_people,
        "eases_municipalities": one.eases_municipalities,
    }


def capacity_workbook(report: CapacityReport, catalog: Catalog) -> bytes:
    """Return the workbook: where to add, whom it lifts, who stays below, before and after."""
    told = [*heading(report, catalog), result(report), certainty(report)]

    def fill(sheets: Sheets) -> None:
        sheets.add(_("Kam přidat"), _ADDED, _added_rows(report), [(text, "") for text in told])
        sheets.add(_("Komu to pomůže"), _SERVED, _served_rows(report, catalog))
        sheets.add(_("Kdo zůstane pod mezí"), _REMAINING, _remaining_rows(report))
        rows = standing_rows(report.before, report.after)
        sheets.add(_("Dnes a potom"), STANDING, rows, norm_head(report.norm))

    return workbook(_("Kam přidat kapacitu"), report.area, report.as_of, fill)


def _added_rows(report: CapacityReport) -> Iterable[Sequence[Cell]]:
    for position, one in enumerate(report.added, start=1):
        yield (
            position,
            one.name,
            one.service or _("nová služba"),
            one.municipality,
            one.units,
            one.before,
            one.after,
            one.gain_population,
            one.eases_people,
            one.eases_municipalities,
            what(report, one),
        )


def _served_rows(report: CapacityReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    known = catalog.territory.municipality
    for position, one in enumerate(report.added, start=1):
        lifted = [(served.code, _("splní mez hlavně díky této službě")) for served in one.serves]
        lifted += [(code, _("splní mez i díky této službě")) for code in one.also]
        for code, how in lifted:
            place = known(code)
            yield position, one.name, place.name, place.code, place.orp, place.population, how


def _remaining_rows(report: CapacityReport) -> Iterable[Sequence[Cell]]:
    for one in report.remaining:
        yield one.name, one.code, one.population, one.needs, SHORT[one.why]
