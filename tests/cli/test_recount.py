"""The gap result of the shipped catalogue against a recount by hand, and what a change changes."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from referral.bootstrap import build
from referral.network.gaps import GapStatus
from referral.network.scenarios import CloseService, MoveService, Scenario
from referral.resources import data_dir
from referral.settings import Settings
from referral.usecases.compare_scenarios import compare_scenario
from referral.usecases.find_gaps import find_gaps
from support.recount import AMBULATORY_KM, norm_of, statuses, sums

AREAS = ("Kadaň", "Ústecký kraj")
HEADINGS = {
    "Obcí": "municipalities",
    "Splněno": "met_municipalities",
    "Částečně": "partial_municipalities",
    "Mezera": "gap_municipalities",
    "Neznámo": "unknown_municipalities",
    "Obyvatel v mezeře": "gap_population",
    "Obyvatel v neznámém": "unknown_population",
}
NORM = norm_of(data_dir() / "norms" / "orientacni-venkovska.toml")
RULES = {rule["code"]: rule for rule in NORM["rules"]}
RANK = {GapStatus.GAP: 0, GapStatus.UNKNOWN: 1, GapStatus.PARTIAL: 2, GapStatus.MET: 3}


@pytest.fixture(scope="module")
def program(demo_url):
    made = build(Settings(database_url=demo_url))
    yield made
    made.close()


@pytest.fixture(scope="module")
def usti(program):
    """The codes of the kraj, and their statuses counted by hand under every rule."""
    catalog = program.catalog()
    codes = catalog.territory.by_region["Ústecký kraj"]
    return {
        code: statuses(rule, NORM, catalog, codes, today=program.today())
        for code, rule in RULES.items()
    }


def table_of(sheet):
    area = sheet[sheet.auto_filter.ref]
    headings = [cell.value for cell in area[0]]
    return [
        dict(zip(headings, (cell.value for cell in row), strict=True))
        for row in area[1:]
        if row[0].value is not None
    ]


def test_the_recount_measures_with_the_policys_own_limit(program):
    assert program.policy.limits.ambulatory_km == AMBULATORY_KM


@pytest.mark.parametrize("area", AREAS)
def test_page_json_workbook_and_a_recount_by_hand_have_the_same_sums(
    referral, program, usti, tmp_path, area
):
    book = tmp_path / "gaps.xlsx"
    run = referral("gaps", "--area", area, "--json", "--xlsx", str(book))
    assert run.code == 0, run.result.exception
    document = run.json
    catalog = program.catalog()
    codes = catalog.territory.in_area(area)
    by_hand = {rule: {code: found[code] for code in codes} for rule, found in usti.items()}
    told = {(one["rule"], one["municipality"]): one["status"] for one in document["results"]}
    assert told == {
        (rule, code): status for rule, found in by_hand.items() for code, status in found.items()
    }
    summed = {rule: sums(found, catalog) for rule, found in by_hand.items()}
    in_json = {row["rule"]: {key: row[key] for key in summed["37"]} for row in document["summary"]}
    assert in_json == summed
    in_book = {
        str(row["Pravidlo"]): {key: row[heading] for heading, key in HEADINGS.items()}
        for row in table_of(load_workbook(book)["Souhrn"])
    }
    assert in_book == summed
    in_report = {
        one.rule: {key: getattr(one, key) for key in summed["37"]}
        for one in program.gaps(area).summary
    }
    assert in_report == summed


def compared(program, scenario, rule):
    catalog = program.catalog()
    norm = program.norm(None)
    return compare_scenario(
        scenario,
        catalog.territory.by_region["Ústecký kraj"],
        area="Ústecký kraj",
        norm=replace(norm, rules=tuple(one for one in norm.rules if one.code == rule)),
        catalog=catalog,
        policy=program.policy,
        today=program.today(),
    )


@pytest.mark.parametrize("rule", ["49", "57"])
def test_moving_or_closing_one_service_changes_just_the_municipalities_that_a_recount_finds(
    program, usti, rule
):
    catalog = program.catalog()
    moved = [
        one
        for one in catalog.services.values()
        if one.type == RULES[rule]["type"]
        and len(one.locations) == 1
        and one.locations[0].service_point is not None
        and one.locations[0].municipality in usti[rule]
    ]
    changed = 0
    for service in moved[:4]:
        for change in (
            MoveService(service=service.id, to="Vejprty"),
            CloseService(service=service.id),
        ):
            found = compared(program, Scenario(name="x", changes=(change,)), rule)
            by_hand = statuses(RULES[rule], NORM, found.changed, usti[rule], today=program.today())
            expected = {code for code, status in by_hand.items() if usti[rule][code] != status}
            assert {turn.municipality for turn in found.turns} == expected
            changed += len(expected)
    assert changed


def test_one_changed_number_of_a_norm_changes_just_what_a_recount_finds(program, usti):
    catalog, norm = program.catalog(), program.norm(None)
    threshold = RULES["49"]["threshold"] + 7
    changed = replace(
        norm,
        rules=tuple(
            replace(one, threshold=threshold) if one.code == "49" else one for one in norm.rules
        ),
    )
    after = find_gaps(
        tuple(usti["49"]),
        area="Ústecký kraj",
        norm=changed,
        catalog=catalog,
        policy=program.policy,
        today=program.today(),
    )
    before = program.gaps("Ústecký kraj")
    turned = {
        (one.rule, one.municipality)
        for one, then in zip(before.results, after.results, strict=True)
        if one.status is not then.status
    }
    by_hand = statuses(
        {**RULES["49"], "threshold": threshold}, NORM, catalog, usti["49"], today=program.today()
    )
    expected = {("49", code) for code, status in by_hand.items() if usti["49"][code] != status}
    assert expected
    assert turned == expected
