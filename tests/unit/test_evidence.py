"""Evidence beside the norm: layers, their thirds, and where they meet the gaps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.catalog.experience import OutcomeCount
from referral.catalog.territory import Territory
from referral.network.disclosure import Kept, Told
from referral.network.evidence import (
    EvidenceKind,
    class_of,
    counts_layer,
    crossed,
    crossed_by_orp,
    exclusion_layer,
    tell_outcomes,
    terciles,
    unmet_table,
)
from referral.network.gaps import GapStatus
from referral.usecases.gather_evidence import gather_evidence
from referral.web.evidence_sentences import told_text, value_text
from support.build import SECRET, TODAY, a_location, a_service
from support.gaps import PLACES, a_gap_catalog, a_gap_report

CATALOG = a_gap_catalog()
WHERE = tuple(CATALOG.territory.municipalities.values())
CODES = tuple(place.code for place in WHERE)
REPORT = a_gap_report()


def indexes(*values, year=2024):
    return [
        ExclusionValue(municipality=code, year=year, value=value, source="isv")
        for code, value in zip(CODES, values, strict=False)
    ]


def test_the_index_of_the_latest_year_stands_unless_another_is_asked_for():
    values = [*indexes(1, 2, 3, 4, 5, year=2023), *indexes(9, 8, 7)]
    latest = exclusion_layer(values, places=WHERE)
    assert (latest.year, latest.source) == (2024, "isv")
    assert list(latest.values.values()) == [9, 8, 7, None, None]
    assert list(latest.classes.values()) == [3, 2, 1, None, None]
    assert exclusion_layer(values, places=WHERE, year=2023).values[CODES[4]] == 5
    none = exclusion_layer([], places=WHERE)
    assert none.is_empty
    assert (none.year, none.source, none.limits) == (None, None, None)
    assert exclusion_layer(indexes(4, 4, 5), places=WHERE).limits is None


@given(st.lists(st.floats(0, 30), min_size=3, max_size=30))
def test_thirds_never_put_a_larger_value_below_a_smaller_one(values):
    limits = terciles(values)
    classes = [class_of(value, limits) for value in sorted(values)]
    assert classes == sorted(classes)
    assert set(classes) <= {1, 2, 3}
    assert class_of(None, limits) is None


def test_need_meets_thin_network_by_all_rules_or_by_one():
    layer = exclusion_layer(indexes(1, 2, 3, 4, 5), places=WHERE)
    gaps = dict.fromkeys(CODES, 0)
    for one in REPORT.results:
        gaps[one.municipality] += one.status is GapStatus.GAP
    found = crossed(layer, REPORT)
    assert [one.thin for one in found] == [gaps[code] for code in CODES]
    assert [one.need_class for one in found] == [1, 1, 2, 2, 3]
    by_rule = {one.municipality: one for one in crossed(layer, REPORT, "40")}
    assert [one.thin_class for one in by_rule.values()] == [1, 1, 2, 3, None]
    assert by_rule[CODES[4]].status is GapStatus.UNKNOWN
    assert not any(one.is_worst for one in by_rule.values())
    worst = exclusion_layer(indexes(1, 2, 3, 9, 5), places=WHERE)
    assert [one.municipality for one in crossed(worst, REPORT, "40") if one.is_worst] == [CODES[3]]


def test_an_orp_is_the_mean_of_its_people_and_knows_its_worst_places():
    layer = exclusion_layer(indexes(1, 2, 3, 9, 5), places=WHERE)
    first, second = crossed_by_orp(layer, REPORT, CATALOG, "40")
    assert (first.orp, second.orp) == ("Bystrá", "Dolany")
    assert first.need == pytest.approx((1 * 12_345 + 2 * 310) / 12_655)
    assert (second.worst_municipalities, second.worst_people) == (1, 4_100)
    assert second.gap_share == pytest.approx(4_100 / 6_100)
    # Two ORP cannot be parted into thirds.
    assert {first.need_class, second.need_class} == {None}
    assert all(0 <= one.gap_share <= 1 for one in crossed_by_orp(layer, REPORT, CATALOG))
    lonely = replace(REPORT, municipalities=("500012",), results=())
    (alone,) = crossed_by_orp(layer, lonely, CATALOG)
    assert (alone.need, alone.gap_share, alone.people) == (None, 0.0, 0)


def unmet(orp, need, count, month=date(2026, 5, 1)):
    return UnmetCount(orp=orp, need=need, month=month, count=count)


def table(*counts, orps=("A", "B"), region="", before=TODAY):
    regions = {"A": "K", "B": "K", "C": "L"}
    return unmet_table(counts, regions=regions, orps=orps, region=region, before=before)


def test_only_months_that_are_over_count_and_are_summed():
    found = table(
        unmet("A", "x", 3),
        unmet("A", "x", 4, date(2026, 6, 1)),
        unmet("A", "x", 9, TODAY.replace(day=1)),
    )
    assert found.cells == {("A", "x"): Told(count=7)}
    assert found.total == Told(count=7)
    empty = table()
    assert (empty.cells, empty.total) == ({}, None)


def test_what_is_told_of_an_area_is_the_same_from_wherever_it_is_asked():
    counts = [unmet("A", "x", 7), unmet("B", "x", 2), unmet("B", "y", 8), unmet("C", "x", 30)]
    whole = table(*counts, orps=("A", "B", "C"))
    part = table(*counts, orps=("B",), region=None)
    assert part.total is None
    assert part.columns == {}
    assert part.rows["B"] == whole.rows["B"]
    assert whole.cells["B", "x"].kept is Kept.FEW
    assert table(*counts, orps=("C",), region="L").columns["x"] == Told(count=30)


def test_cases_are_weighed_by_the_people_of_their_orp():
    counts = {
        "Bystrá": Told(count=12),
        "Dolany": Told(count=None, kept=Kept.FEW),
        "Prázdná": Told(count=9),
    }
    people = {"Bystrá": 12_000, "Dolany": 6_000}
    layer = counts_layer(
        EvidenceKind.UNMET, counts, places=WHERE, people=people, until=date(2026, 5, 31)
    )
    assert layer.values["500010"] == pytest.approx(1.0)
    assert layer.values["500020"] is None
    assert layer.limits is None
    assert not layer.is_empty
    assert value_text(layer, 1.5) == "1,5 na\u00a01\u00a0000 lidí"
    assert value_text(layer, None) == "neznáme"
    assert "méně než 5" in told_text(counts["Dolany"])


def an_outcome(service, refused, *, accepted=0, barrier="ALKOHOL"):
    return OutcomeCount(
        service=service,
        barrier=barrier,
        accepted=accepted,
        refused=refused,
        last_month=date(2026, 5, 1),
    )


def test_refusals_are_told_by_orp_and_type_and_never_place_a_secret_service():
    services = {
        "s-1": a_service("s-1", locations=[a_location("500010")]),
        "s-2": a_service("s-2", type="39", locations=[SECRET]),
        "s-3": a_service("s-3", locations=[a_location("999999"), a_location("500021")]),
        "s-4": a_service("s-4", type=None, needs=["PEC-HYG"], locations=[a_location("999999")]),
    }
    catalog = replace(CATALOG, services=services)
    by_orp, answers = tell_outcomes(
        [
            an_outcome("s-1", 9, accepted=6),
            an_outcome("s-2", 20),
            an_outcome("s-3", 6, barrier=""),
            an_outcome("s-4", 5),
            an_outcome("neni", 50),
            an_outcome("s-3", 0, accepted=2),
        ],
        catalog,
    )
    assert by_orp == {"Bystrá": Told(count=9), "Dolany": Told(count=6)}
    told = {(one.type, one.barrier): (one.accepted, one.refused) for one in answers}
    assert told[None, "ALKOHOL"] == (Told(count=0), Told(count=5))
    assert told["39", "ALKOHOL"][1] == Told(count=20)
    assert told["40", ""] == (Told(count=0), Told(count=6))
    # Six of one service and a few of the other: their sum would tell how few.
    assert told["40", "ALKOHOL"][0].kept is Kept.WITHHELD


class Stores:
    """Stores of evidence and outcomes in memory."""

    def unmet_counts(self):
        return (unmet("Bystrá", "PEC-HYG", 8), unmet("Dolany", "PEC-HYG", 6))

    def exclusion_values(self):
        return tuple(indexes(1, 2, 3, 4, 5))

    def outcome_counts(self):
        return ()


@pytest.mark.parametrize(
    ("codes", "total"),
    [(CODES, 14), (CODES[:3], None), (CODES[3:], None)],
)
def test_evidence_of_an_area_holds_every_layer(codes, total):
    report = gather_evidence(
        codes,
        area="území",
        catalog=CATALOG,
        evidence=Stores(),
        outcomes=Stores(),
        today=TODAY,
    )
    assert [one.kind for one in report.layers] == list(EvidenceKind)
    assert set(report.layer(EvidenceKind.EXCLUSION).values) == set(codes)
    assert (report.unmet.total.count if report.unmet.total else None) == total
    assert len(PLACES) == len(CODES)


def test_evidence_of_a_kraj_holds_its_own_totals():
    territory = Territory.of([replace(WHERE[0], region="Jiný"), *WHERE[1:]])
    report = gather_evidence(
        CODES[1:],
        area="Zkušební kraj",
        catalog=replace(CATALOG, territory=territory),
        evidence=Stores(),
        outcomes=Stores(),
        today=TODAY,
    )
    assert report.unmet.total is not None
