"""Scenarios: a file of changes, read with a sentence for every mistake, applied to a copy."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.areas import CoverageStatus, Covers
from referral.catalog.model import CapacityUnit
from referral.catalog.vocabulary import Form
from referral.ingest.scenario_file import read_scenario, scenario_text
from referral.network.errors import ScenarioError
from referral.network.gaps import GapStatus
from referral.network.scenario_parser import parse_scenario, scenario_document
from referral.network.scenario_places import find_municipality, municipalities_of
from referral.network.scenarios import (
    AddService,
    CloseService,
    ExtendService,
    MoveService,
    Scenario,
    SetCapacity,
    apply_scenario,
)
from referral.usecases.compare_scenarios import compare_scenario
from support.build import SECRET, TODAY, a_location, a_service, a_territory, covering
from support.matching import POLICY
from support.planning import (
    ASSISTANCE,
    CODES,
    DAY_CENTRE,
    HILL,
    LAST,
    NAMESAKE,
    NEAR,
    NORM,
    PLACES,
    TOWN,
    VALLEY,
    a_plan_catalog,
)

TERRITORY = a_territory(PLACES)


def after(*changes, catalog=None):
    scenario = Scenario(name="zkouška", changes=changes)
    return apply_scenario(scenario, catalog=catalog or a_plan_catalog(), today=TODAY).catalog


def compared(*changes, catalog=None):
    return compare_scenario(
        Scenario(name="zkouška", changes=changes),
        CODES,
        area="vše",
        norm=NORM,
        catalog=catalog or a_plan_catalog(),
        policy=POLICY,
        today=TODAY,
    )


def turns(comparison) -> dict[str, tuple[GapStatus, GapStatus]]:
    return {one.municipality: (one.before, one.after) for one in comparison.turns}


# --- What changes do ------------------------------------------------------------------------------


def test_a_new_service_changes_exactly_the_municipalities_that_it_reaches():
    comparison = compared(AddService(type="45", form=Form.AMBULATORY, at=("Údolí",)))
    changed = turns(comparison)
    assert set(changed) == {HILL.code, VALLEY.code, LAST.code, NAMESAKE.code}
    assert {now for now, _ in changed.values()} == {GapStatus.GAP}
    assert changed[NAMESAKE.code][1] is GapStatus.PARTIAL
    assert [one.rule for one in comparison.before] == ["45"]
    assert comparison.untouched == ("39", "40", "41", "49")


def test_closing_a_service_by_its_number_of_the_register_opens_its_gap():
    changed = turns(compared(CloseService(service="1234567")))
    assert changed == {
        TOWN.code: (GapStatus.MET, GapStatus.GAP),
        NEAR.code: (GapStatus.MET, GapStatus.GAP),
    }


def test_moving_a_service_there_and_back_changes_nothing():
    there = MoveService(service="s-45", to=LAST.code)
    assert TOWN.code in turns(compared(there))
    assert compared(there, MoveService(service="s-45", to=TOWN.code)).turns == ()


def test_one_of_several_places_is_moved_when_it_is_named():
    two = replace(DAY_CENTRE, locations=(a_location(), a_location(NEAR.code, point=NEAR.point)))
    catalog = a_plan_catalog(two)
    with pytest.raises(ScenarioError, match="má 2 míst"):
        after(MoveService(service="s-45", to=LAST.code), catalog=catalog)
    moved = after(MoveService(service="s-45", to=LAST.code, origin=NEAR.code), catalog=catalog)
    assert [one.municipality for one in moved.services["s-45"].locations] == [TOWN.code, LAST.code]
    with pytest.raises(ScenarioError, match="v obci Kopec místo nemá"):
        after(MoveService(service="s-45", to=LAST.code, origin="Kopec"), catalog=catalog)


def test_a_secret_address_is_never_moved():
    hidden = a_plan_catalog(replace(DAY_CENTRE, locations=(SECRET,)))
    with pytest.raises(ScenarioError, match="utajenou"):
        after(MoveService(service="s-45", to=LAST.code), catalog=hidden)


def test_extending_a_service_adds_and_takes_nothing_away():
    changed = turns(compared(ExtendService(service="s-39", covers=("orp:udoli", "Kopec"))))
    assert set(changed) == set(CODES) - {TOWN.code, NEAR.code}
    assert {then for _, then in changed.values()} == {GapStatus.MET}


def test_extending_a_service_that_named_no_area_leaves_the_rest_unknown():
    silent = a_plan_catalog(a_service("s-39", type="39", forms=None))
    service = after(ExtendService(service="s-39", covers=(LAST.code,)), catalog=silent).services[
        "s-39"
    ]
    assert service.coverage.includes(LAST.code) is Covers.YES
    assert service.coverage.includes(TOWN.code) is Covers.UNKNOWN
    assert service.forms is None


def test_an_assumed_coverage_that_is_extended_counts_as_declared():
    assumed = covering(TOWN.code, status=CoverageStatus.ASSUMED)
    catalog = a_plan_catalog(replace(ASSISTANCE, coverage=assumed))
    changed = after(ExtendService(service="s-39", covers=("country",)), catalog=catalog)
    assert changed.services["s-39"].coverage.status is CoverageStatus.DECLARED
    assert changed.services["s-39"].coverage.everywhere


def test_a_service_that_only_stays_in_place_cannot_be_extended():
    with pytest.raises(ScenarioError, match="do obcí nejezdí"):
        after(ExtendService(service="s-45", covers=(LAST.code,)))


def test_help_beside_the_act_can_be_extended_too():
    beside = a_service(
        "h-1", type=None, needs=["PEC-HYG"], forms=None, coverage=covering(TOWN.code)
    )
    catalog = a_plan_catalog(beside)
    changed = after(ExtendService(service="h-1", covers=(LAST.code,)), catalog=catalog)
    assert changed.services["h-1"].coverage.includes(LAST.code) is Covers.YES
    assert compared(CloseService(service="h-1"), catalog=catalog).before == ()


def test_a_capacity_in_one_unit_replaces_only_that_one():
    change = SetCapacity(service="s-39", unit=CapacityUnit.WORKLOADS, amount=3.5)
    once = after(change)
    twice = after(SetCapacity(service="s-39", unit=CapacityUnit.CLIENTS, amount=9), change, change)
    assert [one.registered for one in once.services["s-39"].capacities] == [3.5]
    assert {one.unit: one.registered for one in twice.services["s-39"].capacities} == {
        CapacityUnit.WORKLOADS: 3.5,
        CapacityUnit.CLIENTS: 9,
    }


def test_the_catalogue_itself_is_never_touched():
    catalog = a_plan_catalog()
    after(CloseService(service="s-39"), catalog=catalog)
    assert set(catalog.services) == {"s-39", "s-45"}
    assert set(after(CloseService(service="s-39"), catalog=catalog).services) == {"s-45"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (AddService(type="99", form=Form.FIELD, at=(TOWN.code,)), "změna 1.: druh služby „99“"),
        (AddService(type="45", form=Form.FIELD, at=(TOWN.code,)), "nemá formu T, jen A"),
        (AddService(type="39", form=Form.FIELD, at=(TOWN.code,)), "kam bude jezdit"),
        (AddService(type="45", form=Form.AMBULATORY, at=("Blízká",)), "500002 .ORP Město."),
        (AddService(type="45", form=Form.AMBULATORY, at=("Udol",)), "nemysleli jste: Údolí"),
        (CloseService(service="nic"), "služba „nic“ v katalogu není"),
    ],
)
def test_a_change_that_cannot_be_made_says_which_and_why(change, words):
    with pytest.raises(ScenarioError, match=words):
        after(change)


# --- Places and areas -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "found"),
    [
        ("Kopec", {HILL.code}),
        ("municipality:kopec", {HILL.code}),
        (TOWN.code, {TOWN.code}),
        ("orp:Město", {TOWN.code, NEAR.code, HILL.code}),
        ("district:Okres", set(CODES)),
        ("region:kraj", set(CODES)),
        ("radius:7:Město", {TOWN.code, NEAR.code}),
        ("country", set()),
    ],
)
def test_areas_are_read_as_the_rest_of_the_data_writes_them(area, found):
    assert municipalities_of([area], territory=TERRITORY) == found


@pytest.mark.parametrize("area", ["radius:x:Město", "radius:5", "kraj:Kraj", "orp:Nikde", "Nikde"])
def test_an_area_that_is_not_there_is_never_guessed(area):
    with pytest.raises(ScenarioError, match=r"Nikde|nerozumíme"):
        municipalities_of([area], territory=TERRITORY)


def test_a_municipality_is_found_by_its_code_however_many_share_its_name():
    assert find_municipality(NAMESAKE.code, territory=TERRITORY) == NAMESAKE


# --- The file -------------------------------------------------------------------------------------

_words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).map(str.strip).filter(bool)
_lists = st.lists(_words, min_size=1, max_size=3).map(tuple)
_changes = st.one_of(
    st.builds(
        AddService,
        type=_words,
        form=st.sampled_from(Form),
        at=_lists,
        covers=_lists,
        name=st.just("") | _words,
    ),
    st.builds(CloseService, service=_words),
    st.builds(MoveService, service=_words, to=_words, origin=st.none() | _words),
    st.builds(ExtendService, service=_words, covers=_lists),
    st.builds(
        SetCapacity,
        service=_words,
        unit=st.sampled_from(CapacityUnit),
        amount=st.floats(0.1, 1e6),
    ),
)
scenarios = st.builds(
    Scenario,
    name=_words,
    note=st.just("") | _words,
    area=st.none() | _words,
    norm=st.none() | _words,
    changes=st.lists(_changes, min_size=1, max_size=4).map(tuple),
)


@given(scenarios, st.sampled_from(["json", "toml"]))
def test_a_scenario_that_is_saved_is_read_back_the_same(tmp_path_factory, scenario, suffix):
    path = tmp_path_factory.mktemp("s") / f"s.{suffix}"
    path.write_bytes(scenario_text(scenario, path).encode())
    assert read_scenario(path) == scenario


GOOD = {"name": "x", "changes": [{"do": "close", "service": "s"}]}


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({}, "chybí klíč „name“"),
        ({"name": "x"}, "chybí klíč „changes“"),
        ({**GOOD, "changes": []}, "aspoň jedna změna"),
        ({**GOOD, "changes": ["x"]}, "musí být tabulka"),
        ({**GOOD, "zmeny": 1}, "neznámý klíč „zmeny“"),
        ({**GOOD, "changes": [{"do": "zavri"}]}, "změna 1.: „do“ je „zavri“"),
        ({**GOOD, "changes": [{"do": "close"}]}, r"změna 1. \(„close“\): chybí klíč „service“"),
        (
            {**GOOD, "changes": [{"do": "close", "service": "s", "to": "x"}]},
            "neznámý klíč „to“",
        ),
        (
            {**GOOD, "changes": [{"do": "add", "type": "40", "form": "A", "at": "Most"}]},
            "seznam textů",
        ),
        (
            {**GOOD, "changes": [{"do": "add", "type": "40", "form": "A", "at": [" "]}]},
            "je prázdné",
        ),
        (
            {**GOOD, "changes": [{"do": "add", "type": "40", "form": "T", "at": ["Most"]}]},
            "chybí klíč „covers“",
        ),
        (
            {**GOOD, "changes": [{"do": "capacity", "service": "s", "unit": "x", "amount": 1}]},
            "možnosti jsou: „klient“",
        ),
    ],
)
def test_a_mistake_in_a_scenario_is_told_with_its_place(document, words):
    with pytest.raises(ScenarioError, match=words):
        parse_scenario(document)


def test_a_place_needs_no_area():
    change = {"do": "add", "type": "40", "form": "A", "at": ["Most"]}
    (added,) = parse_scenario({**GOOD, "changes": [change]}).changes
    assert added == AddService(type="40", form=Form.AMBULATORY, at=("Most",))


def test_the_smallest_scenario_needs_a_name_and_one_change():
    scenario = parse_scenario(GOOD)
    assert scenario == Scenario(name="x", changes=(CloseService(service="s"),))
    assert scenario_document(scenario) == GOOD


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.toml", b"name =", "není platný TOML"),
        ("x.json", b"{", "není platný JSON"),
        ("x.json", b"[]", "musí být objekt"),
        ("x.toml", b"\xff", "UTF-8"),
        ("x.toml", b"name = 'x'", "x.toml: scénář: chybí klíč „changes“"),
    ],
)
def test_a_file_that_is_no_scenario_says_what_is_wrong(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ScenarioError, match=words):
        read_scenario(tmp_path / name)


def test_a_file_that_is_not_there_or_a_folder_says_so(tmp_path):
    with pytest.raises(ScenarioError, match="neexistuje"):
        read_scenario(tmp_path / "x.toml")
    with pytest.raises(ScenarioError, match="nejde přečíst"):
        read_scenario(tmp_path)


def test_a_saved_json_is_plain_json(tmp_path):
    path = tmp_path / "x.JSON"
    path.write_text(scenario_text(parse_scenario(GOOD), path), encoding="utf-8")
    assert json.loads(path.read_text("utf-8")) == GOOD
