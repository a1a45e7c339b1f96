"""Suggested places and scenarios for machines: one JSON document each."""

from collections.abc import Sequence

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapStatus, RuleSummary
from referral.network.scenario_parser import scenario_document
from referral.network.sites import Remaining, SitesReport, Standing, SuggestedSite
from referral.usecases.compare_scenarios import Comparison, Turn
from referral.web.gaps_document import norm_document
from referral.web.presenters.document import Json


def sites_document(report: SitesReport) -> dict[str, Json]:
    """Return the suggested places as plain JSON values, the most useful first."""
    rule = report.rule
    return {
        "rule": rule.code,
        "type": rule.type,
        "form": report.form.value,
        "threshold": rule.threshold,
        "unit": rule.unit,
        "norm": norm_document(report.norm),
        "area": report.area,
        "as_of": report.as_of.isoformat(),
        "by": report.means.value,
        "count": report.wish.count,
        "reach_km": report.spread.road_km,
        "reach_minutes": report.spread.minutes,
        "whole_orp": report.spread.whole_orp,
        "capacity": report.capacity,
        "least_people": report.wish.least_people,
        "base": report.base,
        "week_km": report.week_km,
        "method": report.method.value,
        "optimal": report.optimal,
        "stopped": report.stopped,
        "value": report.value,
        "bound": report.bound,
        "enough": report.enough,
        "uncounted_municipalities": report.uncounted,
        "before": standing_document(report.before),
        "sites": [_site(site) for site in report.sites],
        "after": standing_document(report.after),
        "eased": {"people": report.eased.people, "municipalities": report.eased.municipalities},
        "remaining": [_remaining(one) for one in report.remaining],
        "scenario": plain_values(scenario_document(report.scenario)),
    }


def standing_document(standing: Standing) -> dict[str, Json]:
    """Return whom a rule leaves out, and every status, as plain JSON values."""
    return {
        "people": standing.people[GapStatus.GAP],
        "municipalities": standing.municipalities[GapStatus.GAP],
        "statuses": {
            status.value: {
                "people": standing.people[status],
                "municipalities": standing.municipalities[status],
            }
            for status in GapStatus
        },
    }


def _site(site: SuggestedSite) -> dict[str, Json]:
    return {
        "municipality": site.municipality,
        "name": site.name,
        "units": site.units,
        "gain_population": site.gain_population,
        "serves": [
            {
                "code": one.code,
                "name": one.name,
                "population": one.population,
                "people": one.people,
            }
            for one in site.serves
        ],
        "also": list(site.also),
        "assures": list(site.assures),
        "improves": list(site.improves),
        "equals": list(site.equals),
        "week_km": site.week_km,
    }


def _remaining(one: Remaining) -> dict[str, Json]:
    return {
        "code": one.code,
        "name": one.name,
        "population": one.population,
        "why": one.why.value,
    }


def comparison_document(comparison: Comparison, catalog: Catalog) -> dict[str, Json]:
    """Return a scenario beside the present as plain JSON values, rules in the norm's order."""
    return {
        "scenario": plain_values(scenario_document(comparison.scenario)),
        "norm": norm_document(comparison.norm),
        "area": comparison.area,
        "as_of": comparison.as_of.isoformat(),
        "rules": [
            {"rule": now.rule, "before": _summary(now), "after": _summary(then)}
            for now, then in zip(comparison.before, comparison.after, strict=True)
        ],
        "changes": [_turn(turn, catalog) for turn in comparison.turns],
        "untouched": list(comparison.untouched),
    }


def _summary(summary: RuleSummary) -> dict[str, Json]:
    return {
        "municipalities": summary.municipalities,
        "met_municipalities": summary.met_municipalities,
        "partial_municipalities": summary.partial_municipalities,
        "gap_municipalities": summary.gap_municipalities,
        "gap_population": summary.gap_population,
        "unknown_municipalities": summary.unknown_municipalities,
        "unknown_population": summary.unknown_population,
    }


def _turn(turn: Turn, catalog: Catalog) -> dict[str, Json]:
    return {
        "rule": turn.rule,
        "municipality": turn.municipality,
        "name": catalog.territory.municipality(turn.municipality).name,
        "population": turn.population,
        "before": turn.before.value,
        "after": turn.after.value,
        "serving": list(turn.serving),
    }


def plain_values(value: object) -> Json:
    """Return lists and texts in the place of what JSON does not know."""
    if isinstance(value, dict):
        return {str(key): plain_values(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain_values(one) for one in value]
    return value if isinstance(value, str | int | float) else None
