"""Answer: where the minimal network of an area has gaps under a norm."""

from collections.abc import Sequence
from datetime import date

from referral.catalog.snapshot import Catalog
from referral.matching.policy import Policy
from referral.network.adequacy import gather, judge, open_offers
from referral.network.gaps import GapReport, GapStatus, RuleResult, RuleSummary
from referral.network.norms import Norm, Rule


def find_gaps(
    municipalities: Sequence[str],
    *,
    area: str,
    norm: Norm,
    catalog: Catalog,
    policy: Policy,
    today: date,
) -> GapReport:
    """Judge every municipality (six-digit codes) under every rule of the norm.

    ``area`` is the name shown for the set. Results come rule by rule, municipalities by code.

    Raises:
        UnknownCodeError: a municipality or a word of the norm is not in the catalogue.
    """
    places = [catalog.territory.municipality(code) for code in sorted(set(municipalities))]
    results: list[RuleResult] = []
    summary: list[RuleSummary] = []
    for rule in norm.rules:
        offers = (
            open_offers(rule, place=places[0], catalog=catalog, policy=policy, today=today)
            if places
            else ()
        )
        of_rule = []
        for place in places:
            evidence = gather(
                place, rule=rule, norm=norm, offers=offers, catalog=catalog, policy=policy
            )
            of_rule.append(judge(evidence, place=place, rule=rule, norm=norm))
        results += of_rule
        summary.append(_summed(rule, of_rule))
    return GapReport(
        norm=norm,
        area=area,
        as_of=today,
        municipalities=tuple(place.code for place in places),
        results=tuple(results),
        summary=tuple(summary),
    )


def _summed(rule: Rule, results: Sequence[RuleResult]) -> RuleSummary:
    def having(status: GapStatus) -> list[RuleResult]:
        return [one for one in results if one.status is status]

    gaps, unknown = having(GapStatus.GAP), having(GapStatus.UNKNOWN)
    return RuleSummary(
        rule=rule.code,
        municipalities=len(results),
        met_municipalities=len(having(GapStatus.MET)),
        partial_municipalities=len(having(GapStatus.PARTIAL)),
        gap_municipalities=len(gaps),
        unknown_municipalities=len(unknown),
        gap_population=sum(one.population or 0 for one in gaps),
        unknown_population=sum(one.population or 0 for one in unknown),
        uncertain_municipalities=sum(one.uncertain for one in results),
    )
