"""``referral match`` and ``referral needs`` over the shipped catalogue."""

import math

import pytest

VEJPRTY = "563404"


@pytest.fixture(scope="module")
def vejprty(referral):
    return referral("match", "--place", "Vejprty", "--need", "PEC-HYG", "--json").json


def test_a_match_names_real_services_and_each_explanation_sums_to_its_score(vejprty):
    assert vejprty["place"]["code"] == VEJPRTY
    assert vejprty["matches"]
    for match in vejprty["matches"]:
        points = math.fsum(bar["points"] for bar in match["explanation"])
        assert match["score"] == pytest.approx(points, abs=0.01)
        assert all(0 <= bar["points"] <= bar["at_most"] for bar in match["explanation"])
        assert all(bar["text"] for bar in match["explanation"])
        assert match["source"]
    scores = [match["score"] for match in vejprty["matches"]]
    assert scores == sorted(scores, reverse=True)


def test_a_near_service_that_does_not_come_is_named_with_a_typed_reason(vejprty):
    care = {miss["service_id"]: miss for miss in vejprty["not_for_you"]}["rpss-671"]
    (reason,) = care["reasons"]
    assert reason["code"] == "UZEMI"
    assert reason["lawful"] is True
    assert "Vejprty" in reason["text"]
    assert reason["would_accept_if"]


def test_a_service_that_comes_has_no_distance(vejprty):
    for match in vejprty["matches"]:
        if match["covers_place"] == "parsed" and match["forms"][0] == "T":
            assert match["distance_km"] is None


def test_no_plan_is_larger_than_the_one_need_and_the_next_step_is_said(vejprty):
    (step,) = vejprty["plan"]
    assert step["service_id"] == vejprty["matches"][0]["service_id"]
    assert (step["covers"], step["turn"]) == (["PEC-HYG"], 1)
    assert vejprty["next_step"]["who"]
    assert vejprty["next_step"]["text"]


@pytest.mark.parametrize("place", ["vejprti", "Vejprt", "ve Vejprtech", "563404", "VEJPRTY"])
def test_a_place_is_found_however_it_is_written(referral, place):
    run = referral("match", "--place", place, "--need", "PEC-HYG", "--limit", "1", "--json")
    assert run.json["place"]["code"] == VEJPRTY


def test_a_place_that_two_municipalities_share_is_asked_back(referral):
    run = referral("match", "--place", "Březová", "--need", "PEC-HYG", "--json")
    assert run.code == 1
    assert run.json["error"] == "ambiguous_place"
    assert {one["orp"] for one in run.json["candidates"]} == {"Karlovy Vary", "Sokolov"}
    assert all({"code", "name", "orp", "district"} <= one.keys() for one in run.json["candidates"])
    assert "Březová (ORP Sokolov" in run.said


def test_the_orp_decides_between_them(referral):
    arguments = ("--place", "Březová", "--orp", "Sokolov", "--need", "PEC-HYG", "--json")
    assert referral("match", *arguments).json["place"]["code"] == "560294"


def test_an_unknown_place_ends_with_the_nearest_names(referral):
    run = referral("match", "--place", "Xyzabc", "--need", "PEC-HYG")
    assert run.code == 1
    assert run.out == ""
    assert run.said.startswith("Chyba: ")


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["--need", "NENI"], "NENI"),
        (["--need", "PEC-HYG", "--age", "sto"], "Věk"),
        (["--need", "PEC-HYG", "--age", "130"], "130"),
        (["--need", "PEC-HYG", "--care-level", "7"], "7"),
        (["--need", "PEC-HYG", "--barrier", "NENI"], "NENI"),
        (["--need", "PEC-HYG", "--refused", "4711"], "ID_SLUŽBY"),
        (["--need", "PEC-HYG", "--form", "X"], "Forma"),
        ([], "co se děje"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_one(referral, arguments, field):
    run = referral("match", "--place", "Vejprty", *arguments)
    assert run.code == 1
    assert run.out == ""
    (line,) = run.said.splitlines()
    assert line.startswith("Chyba: ")
    assert field in line


def test_an_unknown_option_is_a_usage_error(referral):
    assert referral("match", "--neznám").code == 2


def test_a_refused_service_leaves_the_matches_with_its_reason(referral, vejprty):
    refused = vejprty["matches"][0]["service_id"]
    run = referral(
        "match",
        "--place",
        "Vejprty",
        "--need",
        "PEC-HYG",
        "--refused",
        f"{refused}:kapacita",
        "--json",
    )
    assert refused not in [match["service_id"] for match in run.json["matches"]]
    misses = {miss["service_id"]: miss for miss in run.json["not_for_you"]}
    assert misses[refused]["reasons"][0]["code"] == "ODMITNUTI"


def test_a_threat_comes_first_with_the_number_to_ring(referral):
    run = referral("match", "--place", "Kadaň", "--need", "NAS-DOM", "--json")
    assert "158" in [call["call"] for call in run.json["urgent"]]
    assert all(call["why"] for call in run.json["urgent"])


def test_the_text_for_people_holds_scores_reasons_unknowns_and_the_source(referral):
    run = referral("match", "--place", "Vejprty", "--need", "PEC-HYG", "--limit", "2")
    assert run.code == 0
    for words in ("PRVNÍ KROK", "KDO POMŮŽE", "BLÍZKO, ALE NE PRO VÁS", "CO NEVÍME", "Zdroj:"):
        assert words in run.out


def test_the_text_shows_details_urgency_the_plan_and_what_stays_open(referral):
    run = referral(
        "match", "--place", "Vejprty", "--need", "NAS-DOM", "--need", "PEC-HYG",
        "--need", "VSE-NIK", "--age", "58", "--barrier", "ALKOHOL", "--limit", "1",
    )  # fmt: skip
    assert "!! " in run.out
    assert "Víme: " in run.out
    assert "NEJMENŠÍ SESTAVA" in run.out


def test_a_search_that_finds_nothing_says_so_and_names_the_office(referral):
    run = referral("match", "--place", "Vejprty", "--need", "VYU-DIS", "--form", "P")
    assert run.code == 0
    assert "Nikdo z katalogu" in run.out
    assert "PRVNÍ KROK" in run.out


def test_secret_services_are_offered_without_any_place(referral):
    run = referral("match", "--place", "Varnsdorf", "--need", "ZAV-DRO", "--limit", "100", "--json")
    secret = [one for one in run.json["matches"] if one["service_id"] == "rpss-1268"]
    assert secret
    assert secret[0]["distance_km"] is None
    vicinity = [bar for bar in secret[0]["explanation"] if bar["criterion"] == "vicinity"]
    assert vicinity[0]["level"] == "UNKNOWN"


def test_needs_are_ranked_with_confidence_and_urgency(referral):
    run = referral("needs", "bije ji manžel", "--json")
    assert run.json["needs"][0]["code"] == "NAS-DOM"
    assert 0 < run.json["needs"][0]["confidence"] <= 1
    assert "158" in [call["call"] for call in run.json["urgent"]]
    text = referral("needs", "bije ji manžel").out
    assert "NAS-DOM" in text
    assert text.startswith("!")


@pytest.mark.parametrize("text", ["nemá co jíst", "58 let, pije, nemá občanku a spí v autě"])
def test_no_need_is_listed_that_the_text_hardly_speaks_of(referral, text):
    needs = referral("needs", text, "--json").json["needs"]
    assert needs
    assert all(need["confidence"] >= 0.02 for need in needs)


def test_nonsense_is_not_understood(referral):
    run = referral("needs", "kolik stojí rohlík", "--json")
    assert run.code == 0
    assert (run.json["needs"], run.json["understood"]) == ([], False)
    assert "nepoznali" in referral("needs", "kolik stojí rohlík").out


def test_an_empty_phrase_is_refused(referral):
    run = referral("needs", "  ")
    assert run.code == 1


def test_words_lead_to_a_match(referral):
    run = referral("match", "--place", "Vejprty", "--says", "babicka se nemuze sama umyt", "--json")
    assert run.json["needs"][0]["code"] == "PEC-HYG"
    assert run.json["matches"]
    assert "babicka" not in run.out
