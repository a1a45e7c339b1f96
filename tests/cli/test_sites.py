"""``referral sites`` and ``referral scenario`` over the shipped catalogue."""

import pytest


@pytest.fixture(scope="module")
def usti(referral):
    return referral(
        "sites", "--rule", "45", "--count", "3", "--area", "Ústecký kraj", "--json"
    ).json


def test_the_gap_before_is_that_of_the_gap_report(referral, usti):
    report = referral("gaps", "--area", "Ústecký kraj", "--json").json
    (row,) = [one for one in report["summary"] if one["rule"] == "45"]
    assert usti["before"]["people"] == row["gap_population"]
    assert usti["before"]["municipalities"] == row["gap_municipalities"]


def test_places_serve_only_gaps_and_nobody_twice(referral, usti):
    report = referral("gaps", "--area", "Ústecký kraj", "--json").json
    gaps = {
        one["municipality"]
        for one in report["results"]
        if one["rule"] == "45" and one["status"] == "gap"
    }
    served = [one["code"] for site in usti["sites"] for one in site["serves"]]
    assert len(served) == len(set(served))
    assert set(served) <= gaps
    assert len(usti["sites"]) == 3
    assert usti["optimal"] is True


def test_quick_is_nearly_as_good_as_exact(referral, usti):
    arguments = ["--rule", "45", "--count", "3", "--area", "Ústecký kraj", "--quick", "--json"]
    quick = referral("sites", *arguments).json
    assert quick["method"] == "greedy"
    assert 0.99 * usti["value"] <= quick["value"] <= usti["value"] <= quick["bound"]


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_saved_scenario_changes_just_what_the_suggestion_promised(
    referral, usti, tmp_path, suffix
):
    path, book = tmp_path / f"s.{suffix}", tmp_path / "s.xlsx"
    arguments = ["--rule", "45", "--count", "3", "--area", "Ústecký kraj"]
    run = referral("sites", *arguments, "--save-scenario", str(path), "--xlsx", str(book))
    assert run.code == 0
    assert "Kdo zůstane bez služby" in run.out
    assert book.exists()
    compared = referral("scenario", str(path), "--json").json
    assert compared["area"] == "Ústecký kraj"
    (rule,) = compared["rules"]
    assert rule["before"]["gap_population"] == usti["before"]["people"]
    assert rule["after"]["gap_population"] == usti["after"]["people"]
    met = {one["municipality"] for one in compared["changes"] if one["after"] == "met"}
    assert {one["code"] for site in usti["sites"] for one in site["serves"]} <= met
    text = referral("scenario", str(path), "--xlsx", str(book)).out
    assert "se scénářem" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sites", "--rule", "x", "--count", "1"], "pravidla jsou: 37, 39"),
        (["sites", "--rule", "39", "--count", "1", "--by", "site"], "--by worker"),
        (["sites", "--rule", "45", "--count", "1", "--area", "Kadna"], "Nemysleli jste: Kadaň"),
        (["sites", "--rule", "45", "--count", "1", "--base", "Březová"], "místo názvu pište kód"),
        (["scenario", "neni.toml"], "neexistuje"),
    ],
)
def test_a_wrong_wish_ends_with_one_sentence(referral, arguments, words):
    run = referral(*arguments)
    assert run.code == 1
    assert words in str(run.result.exception)


def test_a_suggestion_of_nothing_is_not_saved(referral, tmp_path):
    path = tmp_path / "s.toml"
    arguments = ["--rule", "37", "--count", "1", "--area", "Kadaň", "--save-scenario", str(path)]
    run = referral("sites", *arguments)
    assert run.code == 1
    assert "není co uložit" in str(run.result.exception)
    assert not path.exists()


def test_capacity_is_added_where_it_lifts_people_and_the_saved_scenario_agrees(referral, tmp_path):
    path, book = tmp_path / "kapacita.toml", tmp_path / "kapacita.xlsx"
    asked = ["--rule", "69-uvazek", "--count", "5", "--norm", "prumer-cr", "--new"]
    files = ["--save-scenario", str(path), "--xlsx", str(book)]
    found = referral("sites", *asked, "--by", "capacity", "--json", *files).json
    assert found["by"] == "capacity"
    assert found["optimal"] is True
    assert 0 < found["used"] <= 5
    assert book.exists()
    lifted = {one["code"] for site in found["sites"] for one in site["serves"]}
    compared = referral("scenario", str(path), "--norm", "prumer-cr", "--json").json
    met = {one["municipality"] for one in compared["changes"] if one["after"] == "met"}
    assert met == lifted
    worse = [one for one in compared["changes"] if one["after"] == "gap"]
    assert worse == []
    # A rule of capacity needs no --by: there is no other way.
    assert referral("sites", *asked, "--json").json["value"] == found["value"]
    text = referral("sites", *asked, "--quick").out
    assert "Přes mez dostane" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rule", "69-uvazek", "--radius", "10"], "--radius přidané kapacity se netýká"),
        (["--rule", "69-uvazek", "--by", "site"], "--by capacity"),
        (["--rule", "69-uvazek", "--beyond"], "--beyond přidané kapacity"),
    ],
)
def test_options_of_other_ways_are_refused_for_capacity(referral, arguments, words):
    run = referral("sites", "--count", "1", "--norm", "prumer-cr", *arguments)
    assert run.code == 1
    assert words in str(run.result.exception)


def test_capacity_options_and_rules_without_capacity_do_not_go_together(referral):
    run = referral("sites", "--rule", "45", "--count", "1", "--most", "3")
    assert "--most patří jen k --by capacity" in str(run.result.exception)
    run = referral("sites", "--rule", "45", "--count", "1", "--by", "capacity")
    assert "neměří kapacitu" in str(run.result.exception)


def test_given_travel_times_decide_for_sites_and_for_scenarios(referral, usti, tmp_path):
    report = referral("gaps", "--area", "Ústecký kraj", "--json").json
    codes = sorted({one["municipality"] for one in report["results"]})
    times, path = tmp_path / "casy.csv", tmp_path / "s.toml"
    # By road everything is a thousand kilometres away: a place reaches its own village alone.
    rows = [f"{one},{two},999,1000" for one in codes[:120] for two in codes if one != two]
    rows += [f"{two},{one},999,1000" for one in codes[:120] for two in codes if one != two]
    times.write_text("\n".join(["from_code,to_code,minutes,km", *rows]), encoding="utf-8")
    asked = ["--rule", "45", "--count", "3", "--area", "Ústecký kraj", "--travel", str(times)]
    run = referral("sites", *asked, "--json", "--save-scenario", str(path))
    assert "Časy cest: z tabulky " in run.said
    given = run.json
    assert given["value"] < usti["value"]
    far = set(codes[:120])
    for site in given["sites"]:
        served = {one["code"] for one in site["serves"]} - {site["municipality"]}
        assert site["municipality"] not in far or not served
        assert not served & far
    compared = referral("scenario", str(path), "--travel", str(times), "--json").json
    (rule,) = compared["rules"]
    assert rule["before"]["gap_population"] == given["before"]["people"]
    assert rule["after"]["gap_population"] == given["after"]["people"]
