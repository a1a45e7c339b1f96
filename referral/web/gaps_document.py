"""The gap report for machines: one JSON document and one GeoJSON file, ids in the same order."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from referral.catalog.snapshot import Catalog
from referral.network.gaps import (
    Equity,
    GapReport,
    GapStatus,
    RuleResult,
    RuleSummary,
    ToVerify,
)
from referral.network.norms import Norm, Rule
from referral.web.boundaries import Boundaries
from referral.web.calls import Call, call_list
from referral.web.gaps_sentences import NORM_STATUSES
from referral.web.presenters.document import Json


def gaps_document(report: GapReport, catalog: Catalog | None = None) -> dict[str, Json]:
    """Return the report as plain JSON values, results in the report's own order.

    With a catalogue what to verify first carries names, telephones and what to ask.
    """
    calls = {} if catalog is None else {one.service_id: one for one in call_list(report, catalog)}
    return {
        "norm": norm_document(report.norm),
        "area": report.area,
        "as_of": report.as_of.isoformat(),
        "rules": [_rule(rule) for rule in report.norm.rules],
        "results": [_result(result) for result in report.results],
        "summary": [_summary(summary) for summary in report.summary],
        "equity": [_equity(one) for one in report.equity],
        "verify_first": [_to_verify(one, calls.get(one.service)) for one in report.verify_first],
    }


def norm_document(norm: Norm) -> dict[str, Json]:
    """Return what a norm says about itself."""
    return {
        "id": norm.id,
        "name": norm.name,
        "status": norm.status.value,
        "status_note": NORM_STATUSES[norm.status],
        "source": norm.source,
        "territory": norm.territory,
        "authority": norm.authority,
        "valid_from": norm.valid_from.isoformat(),
        "detour": norm.detour,
        "undecided_within": norm.undecided_within.value,
        "undecided_elsewhere": norm.undecided_elsewhere,
        "note": norm.note,
    }


def _rule(rule: Rule) -> dict[str, Json]:
    return {
        "code": rule.code,
        "type": rule.type,
        "form": rule.form.value if rule.form is not None else None,
        "need": rule.need,
        "metric": rule.metric.value,
        "threshold": rule.threshold,
        "partial": rule.partial,
        "unit": rule.unit,
        "source": rule.source,
        "why": rule.why,
        "group": rule.group,
        "age": rule.age,
        "count": rule.count,
        "level": rule.level.value,
        "per": rule.per.value,
        "also": list(rule.also),
        "within_km": rule.within_km,
    }


def _result(result: RuleResult) -> dict[str, Json]:
    return {
        "municipality": result.municipality,
        "rule": result.rule,
        "status": result.status.value,
        "uncertain": result.uncertain,
        "value": result.value,
        "threshold": result.threshold,
        "nearest_km": result.nearest_km,
        "population": result.population,
        "serving": list(result.serving),
        "undecided": result.undecided,
        "unknown_share": result.unknown_share,
        "high": result.high,
    }


def _summary(summary: RuleSummary) -> dict[str, Json]:
    return {
        "rule": summary.rule,
        "municipalities": summary.municipalities,
        "met_municipalities": summary.met_municipalities,
        "partial_municipalities": summary.partial_municipalities,
        "gap_municipalities": summary.gap_municipalities,
        "gap_population": summary.gap_population,
        "unknown_municipalities": summary.unknown_municipalities,
        "unknown_population": summary.unknown_population,
        "uncertain_municipalities": summary.uncertain_municipalities,
    }


def _equity(one: Equity) -> dict[str, Json]:
    return {
        "rule": one.rule,
        "gini_if_zero": one.gini_if_zero,
        "gini_if_median": one.gini_if_median,
        "people": one.people,
        "known_people": one.known_people,
        "sure_people": one.sure_people,
        "lorenz_if_zero": [list(point) for point in one.lorenz_if_zero],
        "lorenz_if_median": [list(point) for point in one.lorenz_if_median],
    }


def _to_verify(one: ToVerify, call: Call | None) -> dict[str, Json]:
    told: dict[str, Json] = {
        "service_id": one.service,
        "unknown": [unknown.value for unknown in one.unknown],
        "units": list(one.units),
        "people": one.people,
        "municipalities": list(one.municipalities),
        "rules": list(one.rules),
        "statuses": one.statuses,
    }
    if call is not None:
        told |= {
            "name": call.name,
            "provider": call.provider,
            "phone": call.phone,
            "email": call.email,
            "ask": call.question,
        }
    return told


def gaps_geojson(report: GapReport, catalog: Catalog, boundaries: Boundaries) -> dict[str, Json]:
    """Return one feature for each municipality: its area, its counts and its status by each rule.

    Properties are flat (``status_40``), as desktop GIS programs want them; what the norm is and how
    good the borders are stands beside the features.
    """
    of_place = results_by_place(report)
    return {
        "type": "FeatureCollection",
        "name": f"{report.area}: {report.norm.name} ({report.norm.status.value})",
        "norm": norm_document(report.norm),
        "area": report.area,
        "as_of": report.as_of.isoformat(),
        "note": boundaries.note,
        "features": [
            _feature(code, of_place[code], catalog, boundaries) for code in report.municipalities
        ],
    }


def _feature(
    code: str, results: Mapping[str, RuleResult], catalog: Catalog, boundaries: Boundaries
) -> dict[str, Json]:
    place = catalog.territory.municipality(code)
    counts = Counter(result.status for result in results.values())
    properties: dict[str, Json] = {
        "code": code,
        "name": place.name,
        "orp": place.orp,
        "district": place.district,
        "region": place.region,
        "population": place.population,
        **{f"rules_{status.value}": counts[status] for status in GapStatus},
        "rules_uncertain": sum(result.uncertain for result in results.values()),
    }
    for rule, result in results.items():
        properties[f"status_{rule}"] = result.status.value
        properties[f"nearest_km_{rule}"] = result.nearest_km
        properties[f"uncertain_{rule}"] = result.uncertain
    return {
        "type": "Feature",
        "id": code,
        "properties": properties,
        "geometry": boundaries.areas[code].to_geojson(),
    }


def results_by_place(report: GapReport) -> Mapping[str, Mapping[str, RuleResult]]:
    """Return the results by municipality and then by rule, both in the report's order."""
    found: defaultdict[str, dict[str, RuleResult]] = defaultdict(dict)
    for result in report.results:
        found[result.municipality][result.rule] = result
    return found
