"""Where added capacity lifts most people, judged by the gap map itself."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from referral.catalog.model import AddressRole, CapacityUnit, ServiceCapacity
from referral.catalog.vocabulary import Form
from referral.network.capacity_plan import CapacityWish, Short
from referral.network.errors import PlacementError
from referral.network.gaps import GapStatus
from referral.network.norms import Level, Metric, Norm, NormStatus, Rule
from referral.network.scenario_parser import parse_scenario, scenario_document
from referral.network.scenarios import AddService, SetCapacity
from referral.usecases.add_capacity import add_capacity
from referral.usecases.compare_scenarios import compare_scenario
from referral.web.capacity_document import capacity_document, capacity_workbook
from referral.web.capacity_sentences import capacity_text, certainty
from referral.web.czech import plain
from support.build import TODAY, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    PLACES,
    POLICY,
    SAME_DISTRICT,
    TOWN,
    VILLAGE,
    a_world,
    within,
)

RULE = Rule(
    code="49",
    type="49",
    need="PEC-HYG",
    metric=Metric.CAPACITY,
    threshold=4,
    partial=1,
    unit="luzka",
    source="vymyšleno",
)
FIELD_RULE = replace(RULE, code="39", type="39", unit="uvazek", threshold=2, level=Level.ORP)
REMOTE_RULE = replace(RULE, code="41", type="41", need="PEC-NOC", unit="klient", form=Form.FIELD)
NORM = Norm(
    id="n",
    name="Zkušební",
    status=NormStatus.GUIDE,
    source="vymyšleno",
    territory="nikde",
    authority="nikdo",
    valid_from=date(2026, 1, 1),
    rules=(RULE, FIELD_RULE, REMOTE_RULE, replace(RULE, code="cesta", metric=Metric.NEAREST_KM)),
)
EVERYWHERE = tuple(place.code for place in PLACES)


def having(number, *, unit=CapacityUnit.BEDS, form=Form.RESIDENTIAL):
    return ServiceCapacity(unit=unit, registered=number, as_of=TODAY, form=form)


def a_home(service_id="domov", place=TOWN, *capacities, **more):
    values = {"type": "49", "forms": (Form.RESIDENTIAL,), "locations": [within(place, km=0)]}
    return a_service(service_id, "Domov", **(values | {"capacities": list(capacities)} | more))


def suggested(*services, rule="49", units=50, area=EVERYWHERE, **wish):
    return add_capacity(
        area,
        area="Zkušební kraj",
        wish=CapacityWish(rule=rule, units=units, **wish),
        norm=NORM,
        catalog=a_world(*services),
        policy=POLICY,
        today=TODAY,
    )


def test_what_is_added_is_what_is_missing_and_the_gap_map_agrees():
    report = suggested(a_home("domov", TOWN, having(20)))
    (added,) = report.added
    assert (added.service, added.before, added.after) == ("domov", 20, 20 + added.units)
    lifted = {one.code for one in added.serves}
    assert TOWN.code in lifted
    assert FAR.code not in lifted
    assert report.value == sum(one.people for one in added.serves) == added.gain_population
    assert report.optimal
    assert report.before.municipalities[GapStatus.MET] == 0
    assert report.after.municipalities[GapStatus.MET] == len(lifted)
    assert added.municipality == TOWN.code
    assert added.eases_people >= report.value
    fewer = suggested(a_home("domov", TOWN, having(20)), units=added.units - 1)
    assert fewer.value < report.value


def test_whoever_is_said_to_be_lifted_is_met_in_the_saved_scenario():
    catalog = a_world(a_home("domov", TOWN, having(20)))
    report = suggested(a_home("domov", TOWN, having(20)), new=True, units=80)
    again = parse_scenario(scenario_document(report.scenario))
    assert again == report.scenario
    found = compare_scenario(
        again,
        EVERYWHERE,
        area="vše",
        norm=replace(NORM, rules=(RULE,)),
        catalog=catalog,
        policy=POLICY,
        today=TODAY,
    )
    met = {turn.municipality for turn in found.turns if turn.after is GapStatus.MET}
    assert {one.code for added in report.added for one in added.serves} == met


def test_a_new_service_may_serve_whom_no_existing_one_reaches():
    home = a_home("domov", TOWN, having(500))
    without = suggested(home)
    assert [one.code for one in without.remaining] == [FAR.code]
    assert without.remaining[0].why is Short.REACH
    assert without.remaining[0].needs is None
    report = suggested(home, new=True)
    (added,) = report.added
    assert (added.service, added.municipality, added.form) == (None, FAR.code, Form.RESIDENTIAL)
    assert isinstance(report.scenario.changes[0], AddService)
    assert report.after.municipalities[GapStatus.MET] == len(PLACES)
    small = suggested(home, new=True, units=1)
    assert (small.remaining[0].why, small.added) == (Short.UNITS, ())
    assert small.remaining[0].needs > 1


def test_units_go_where_they_help_most_people_and_the_rest_is_told_why():
    homes = [a_home("mesto", TOWN, having(1)), a_home("dal", FAR, having(0.1))]
    needs = {one.name: one.units for one in suggested(*homes, units=200).added}
    assert len(needs) == 1 or sum(needs.values()) <= 200
    enough = next(
        units
        for units in range(1, 200)
        if any(one.service == "mesto" for one in suggested(*homes, units=units).added)
    )
    report = suggested(*homes, units=enough)
    assert {one.why for one in report.remaining} <= {Short.COUNT, Short.UNITS}
    assert FAR.code in {one.code for one in report.remaining}


def test_only_those_surely_below_the_threshold_count():
    unknown = a_home("nikdo-nevi", TOWN)
    report = suggested(unknown, a_home("domov", TOWN, having(20)))
    assert report.unknown_services == 1
    # With the median beside it the unknown one might be enough for them, so nobody is lifted.
    many = suggested(unknown, a_home("domov", TOWN, having(40)))
    assert (many.value, many.added) == (0, ())
    assert "napřed ji ověřte" in plain(capacity_text(many, a_world(unknown)))


def test_a_service_that_comes_lifts_whole_orp_by_its_own_number_in_the_field():
    team = a_service(
        "tym",
        "Tým",
        type="39",
        forms=[Form.FIELD],
        coverage=covering(VILLAGE.code, TOWN.code),
        capacities=[
            having(1, unit=CapacityUnit.WORKLOADS, form=Form.FIELD),
            having(0.5, unit=CapacityUnit.WORKLOADS, form=None),
        ],
    )
    report = suggested(team, rule="39", units=60)
    (added,) = report.added
    assert added.form is Form.FIELD
    (change,) = report.scenario.changes
    assert change == SetCapacity(
        service="tym", unit=CapacityUnit.WORKLOADS, amount=1 + added.units, form=Form.FIELD
    )
    assert {one.code for one in added.serves} == {VILLAGE.code, NEIGHBOUR.code, TOWN.code}
    assert {one.code for one in report.remaining} == {None}
    more = suggested(team, rule="39", units=100, new=True)
    assert more.after.municipalities[GapStatus.MET] == len(PLACES)
    bases = {one.municipality for one in more.added if one.service is None}
    assert bases == {SAME_DISTRICT.code, FAR.code}


def test_help_at_a_distance_is_given_from_one_place_for_all():
    report = suggested(rule="41", units=500, new=True)
    assert len(report.added) == 1
    assert report.after.municipalities[GapStatus.MET] == len(PLACES)


def test_capacity_of_a_secret_address_may_grow_but_its_place_is_not_told():
    hidden = a_service(
        "skryta",
        "Skrytá",
        type="39",
        forms=[Form.FIELD],
        coverage=covering(*EVERYWHERE),
        locations=[
            replace(within(TOWN, km=0), role=AddressRole.SECRET, point=None, municipality=None)
        ],
        capacities=[having(1, unit=CapacityUnit.WORKLOADS, form=Form.FIELD)],
    )
    report = suggested(hidden, rule="39", units=500)
    (added,) = report.added
    assert added.municipality is None
    assert report.value


def test_several_services_may_lift_people_together_each_within_its_limit():
    homes = [a_home("jih", TOWN, having(1)), a_home("sever", NEIGHBOUR, having(1))]
    alone = suggested(*homes, units=200)
    assert len(alone.added) == 1
    share = max(one.units for one in alone.added) - 3
    together = suggested(*homes, units=200, most=share)
    assert len(together.added) == 2
    assert all(one.units <= share for one in together.added)
    assert sum(one.gain_population for one in together.added) == together.value
    assert any(one.also for one in together.added)
    assert "Pomůže přes mez" in plain(capacity_text(together, a_world(*homes)))


def test_a_wish_that_makes_no_sense_is_refused_with_a_sentence():
    with pytest.raises(PlacementError, match="neměří kapacitu"):
        suggested(rule="cesta")
    with pytest.raises(PlacementError, match="v normě"):
        suggested(rule="neni")
    with pytest.raises(PlacementError, match="nemá aspoň 99999 obyvatel"):
        suggested(new=True, least_people=99_999)


def test_the_answer_is_told_in_text_json_and_a_workbook():
    home = a_home("domov", TOWN, having(20))
    catalog = a_world(home)
    report = suggested(home, units=60, new=True, most=60)
    text = plain(capacity_text(report, catalog)).replace("\u202f", " ")
    assert "Přidat nejvýš 60 lůžek ke stávajícím službám nebo novým, jedné službě nejvýš 60" in text
    assert "Domov: +" in text
    assert "(z 20 lůžek na " in text
    assert "Přes mez dostane" in text
    assert "Nalezeno přesným výpočtem" in text
    document = capacity_document(report)
    assert document["by"] == "capacity"
    assert document["value"] == sum(one["gain_population"] for one in document["sites"])
    assert document["after"]["statuses"]["met"]["people"] >= document["value"]
    book = load_workbook(BytesIO(capacity_workbook(report, catalog)))
    assert book.sheetnames == [
        "Kam přidat",
        "Komu to pomůže",
        "Kdo zůstane pod mezí",
        "Dnes a potom",
    ]
    served = list(book["Komu to pomůže"].values)[1:]
    assert sum(row[5] for row in served if "hlavně" in row[6]) == report.value


def test_certainty_says_how_much_better_anything_could_be():
    report = suggested(a_home("domov", TOWN, having(20)), exact=False)
    assert "rychlým výběrem" in plain(certainty(report))
    worse = replace(report, optimal=False, bound=report.value + 7)
    assert "o 7 lidí víc nalézt nelze" in plain(certainty(worse))
    stopped = replace(worse, stopped=True)
    assert "čas (30 s) nestačil" in plain(certainty(stopped))


def test_where_everybody_has_enough_or_nothing_helps_that_is_said():
    rich = a_home("domov", TOWN, having(5_000))
    met = suggested(rich, area=(TOWN.code, VILLAGE.code))
    assert "není tedy co přidávat" in plain(capacity_text(met, a_world(rich)))
    poor = suggested(a_home("domov", TOWN, having(1)), units=1)
    text = plain(capacity_text(poor, a_world(rich)))
    assert "přes mez nepomohla nikomu" in text
    assert "samy by potřebovaly víc" in text


def test_only_sure_numbers_in_the_rules_unit_and_form_can_grow():
    doubtful = replace(having(30), doubt="divné")
    other = having(30, unit=CapacityUnit.CLIENTS)
    report = suggested(a_home("domov", TOWN, having(20), doubtful, other), units=200)
    (added,) = report.added
    assert added.before == 20
    in_form = replace(NORM, rules=(replace(RULE, form=Form.RESIDENTIAL),))
    home = a_home("domov", TOWN, having(20), having(9, form=Form.AMBULATORY))
    narrowed = add_capacity(
        EVERYWHERE,
        area="vše",
        wish=CapacityWish(rule="49", units=200),
        norm=in_form,
        catalog=a_world(home),
        policy=POLICY,
        today=TODAY,
    )
    assert {one.form for one in narrowed.added} == {Form.RESIDENTIAL}
