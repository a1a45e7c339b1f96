"""A small gap report with every status in it, over two ORPs and a lone village; all invented."""

from collections import Counter
from dataclasses import replace
from datetime import date

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.geo import Point
from referral.network.gaps import GapReport, GapStatus, RuleResult, RuleSummary
from referral.network.norms import Metric, Norm, NormStatus, Rule
from support.build import a_catalog, a_municipality, a_need, a_service, a_territory, a_type
from support.build import a_vocabulary as vocabulary_of

MET, PARTIAL, GAP, UNKNOWN = GapStatus

PLACES = (
    ("500010", "Bystrá", "Bystrá", 50.30, 13.10, 12_345),
    ("500011", "Lhota", "Bystrá", 50.34, 13.16, 310),
    ("500012", "=Nová Ves", "Bystrá", 50.27, 13.19, None),
    ("500020", "Dolany", "Dolany", 50.40, 13.30, 4_100),
    ("500021", "Žďár", "Dolany", 50.43, 13.36, 2_000),
)

RULES = (
    Rule(
        code="40",
        type="40",
        need="PEC-HYG",
        metric=Metric.REACH,
        threshold=15,
        partial=25,
        unit="km",
        source="vymyšleno",
        why="Cesta nemá být delší než péče.",
    ),
    Rule(
        code="39-t",
        type="39",
        need="PEC-HYG",
        metric=Metric.COVERAGE,
        threshold=2,
        partial=1,
        unit="služba",
        source="vymyšleno",
        form=Form.FIELD,
    ),
    Rule(
        code="49",
        type="49",
        need="PEC-HYG",
        metric=Metric.NEAREST_KM,
        threshold=25,
        unit="km",
        source="=HYPERLINK(1)",
    ),
)

NORM = Norm(
    id="zkouska",
    name="Zkušební norma",
    status=NormStatus.GUIDE,
    source="vymyšleno pro zkoušku",
    territory="Lhota a okolí",
    authority="Zkušebna",
    valid_from=date(2026, 1, 1),
    rules=RULES,
    note="Jen pro zkoušku.",
)

# Per rule and municipality: status, uncertain, value, nearest km, serving, undecided.
FINDINGS = {
    "40": (
        (MET, False, 3.0, 3.0, ("s-1",), 0),
        (MET, False, None, None, ("s-1",), 0),
        (PARTIAL, True, 20.0, 20.0, (), 0),
        (GAP, True, 26.5, 26.5, (), 0),
        (UNKNOWN, False, 40.0, 40.0, (), 2),
    ),
    "39-t": (
        (MET, False, 2.0, None, ("s-1", "s-2"), 0),
        (PARTIAL, False, 1.0, None, ("s-1",), 0),
        (PARTIAL, False, 0.0, None, (), 0),
        (GAP, False, 0.0, None, (), 0),
        (UNKNOWN, False, 0.0, None, (), 1),
    ),
    "49": (
        (MET, False, 0.4, 0.4, ("s-1",), 0),
        (MET, False, 12.0, 12.0, ("s-1",), 0),
        (GAP, False, None, None, (), 0),
        (GAP, False, 30.0, 30.0, (), 0),
        (GAP, False, 31.0, 31.0, (), 0),
    ),
}


def a_gap_catalog() -> Catalog:
    """Build the catalogue behind the report."""
    return a_catalog(
        a_service(),
        a_service("s-2", type="39"),
        a_service("s-3", type="49", forms=[Form.RESIDENTIAL]),
        vocabulary=vocabulary_of(
            types=[
                a_type(),
                a_type("39", "osobní asistence", forms=(Form.FIELD,)),
                a_type("49", "domovy pro seniory", forms=(Form.RESIDENTIAL,)),
            ],
            needs=[a_need(service_types=["40", "39", "49"])],
        ),
        territory=a_territory(
            a_municipality(
                code,
                name,
                orp=orp,
                district="Okres",
                region="Zkušební kraj",
                point=Point(lat=lat, lon=lon),
                population=population,
            )
            for code, name, orp, lat, lon, population in PLACES
        ),
    )


def a_gap_report(norm: Norm = NORM, *, area: str = "Zkušební kraj") -> GapReport:
    """Build the report; its sums are counted here, not taken from the code under test."""
    population = {code: people for code, _name, _orp, _lat, _lon, people in PLACES}
    results = [
        RuleResult(
            municipality=code,
            rule=rule.code,
            status=status,
            threshold=rule.threshold,
            uncertain=uncertain,
            value=value,
            nearest_km=nearest,
            population=population[code],
            serving=serving,
            undecided=undecided,
        )
        for rule in norm.rules
        for code, (status, uncertain, value, nearest, serving, undecided) in zip(
            population, FINDINGS[rule.code], strict=True
        )
    ]
    return GapReport(
        norm=norm,
        area=area,
        as_of=date(2026, 9, 1),
        municipalities=tuple(population),
        results=tuple(results),
        summary=tuple(summed(rule.code, results) for rule in norm.rules),
    )


def a_faultless_report() -> GapReport:
    """Build the report with every result met."""
    report = a_gap_report()
    results = tuple(replace(one, status=MET, uncertain=False) for one in report.results)
    return replace(
        report,
        results=results,
        summary=tuple(summed(rule.code, results) for rule in report.norm.rules),
    )


def summed(rule: str, results) -> RuleSummary:
    """Add the results of one rule up."""
    own = [one for one in results if one.rule == rule]
    count = Counter(one.status for one in own)
    people = Counter()
    for one in own:
        people[one.status] += one.population or 0
    return RuleSummary(
        rule=rule,
        municipalities=len(own),
        met_municipalities=count[MET],
        partial_municipalities=count[PARTIAL],
        gap_municipalities=count[GAP],
        unknown_municipalities=count[UNKNOWN],
        gap_population=people[GAP],
        unknown_population=people[UNKNOWN],
        uncertain_municipalities=sum(one.uncertain for one in own),
    )
