"""``referral gaps`` over the shipped catalogue: text, JSON, map, workbook and GeoJSON agree."""

import json

import pytest
from openpyxl import load_workbook


@pytest.fixture(scope="module")
def kadan(referral):
    return referral("gaps", "--area", "Kadaň", "--json").json


def test_every_municipality_stands_under_every_rule(kadan):
    assert kadan["norm"]["status"] == "orientační"
    assert kadan["area"] == "Kadaň"
    assert len(kadan["results"]) == 19 * len(kadan["rules"])
    assert {one["status"] for one in kadan["results"]} <= {"met", "partial", "gap", "unknown"}


def test_the_summary_is_the_sum_of_the_results(kadan):
    for row in kadan["summary"]:
        results = [one for one in kadan["results"] if one["rule"] == row["rule"]]
        gaps = [one for one in results if one["status"] == "gap"]
        assert row["municipalities"] == len(results)
        assert row["gap_municipalities"] == len(gaps)
        assert row["gap_population"] == sum(one["population"] for one in gaps)
        assert row["unknown_municipalities"] == sum(one["status"] == "unknown" for one in results)


def test_a_gap_is_where_the_match_offers_nothing_of_the_kind(referral, kadan):
    """Acceptance by sample: the commands agree with each other, not only the functions."""
    rules = {rule["code"]: rule for rule in kadan["rules"]}
    gap = next(one for one in kadan["results"] if one["status"] == "gap")
    rule = rules[gap["rule"]]
    arguments = ["--place", gap["municipality"], "--need", rule["need"], "--limit", "100", "--json"]
    run = referral("match", *arguments)
    near = [
        one
        for one in run.json["matches"]
        if one["type"] == rule["type"]
        and one["distance_km"] is not None
        and one["distance_km"] * 1.35 <= rule["threshold"]
    ]
    assert near == []


def test_the_files_hold_the_same_municipalities(referral, tmp_path, kadan):
    paths = {kind: tmp_path / "new" / f"gaps.{kind}" for kind in ("html", "xlsx", "geojson")}
    files = {"--map": paths["html"], "--xlsx": paths["xlsx"], "--geojson": paths["geojson"]}
    options = [word for option, path in files.items() for word in (option, str(path))]
    run = referral("gaps", "--area", "Kadaň", *options)
    assert run.code == 0
    assert "ORIENTAČNÍ" in run.out
    page = paths["html"].read_text("utf-8")
    assert "Vejprty" in page
    features = json.loads(paths["geojson"].read_text("utf-8"))["features"]
    codes = {one["municipality"] for one in kadan["results"]}
    assert len(features) == 19
    assert {str(one["properties"]["code"]) for one in features} == codes
    assert load_workbook(paths["xlsx"]).sheetnames[0] == "Souhrn"
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--area", "Kadna"], "Nemysleli jste: Kadaň"),
        (["--norm", "neni"], "orientacni-venkovska"),
    ],
)
def test_a_wrong_area_or_norm_ends_with_one_sentence(referral, arguments, words):
    run = referral("gaps", *arguments)
    assert run.code == 1
    assert words in str(run.result.exception)


def test_the_level_is_one_of_three(referral):
    assert referral("gaps", "--level", "vesnice").code == 2
    run = referral("gaps", "--area", "Chomutov", "--level", "okres", "--json")
    assert len({one["municipality"] for one in run.json["results"]}) == 44


def test_times_that_are_given_decide_and_the_rest_is_told(referral, tmp_path):
    norm = tmp_path / "norma.toml"
    norm.write_text(
        """
id = "minuty"
name = "Minuty"
status = "orientační"
source = "zkouška"
territory = "zkouška"
authority = "zkouška"
valid_from = 2026-01-01
[[rules]]
code = "49"
type = "49"
need = "PEC-24"
metric = "nearest_min"
threshold = 30
unit = "min"
""",
        encoding="utf-8",
    )
    asked = ["gaps", "--area", "Kadaň", "--norm", str(norm), "--json"]
    estimated = {one["municipality"]: one for one in referral(*asked).json["results"]}
    codes = sorted(estimated)
    times = tmp_path / "casy.csv"
    rows = [f"{one},{other},200" for one in codes for other in codes if one != other]
    times.write_text("\n".join(["from_code,to_code,minutes", *rows]), encoding="utf-8")
    run = referral(*asked, "--travel", str(times))
    assert f"z tabulky {len(rows)}, odhadnuto " in run.said
    given = {one["municipality"]: one for one in run.json["results"]}
    assert all(given[code]["value"] >= estimated[code]["value"] for code in codes)
    assert any(given[code]["value"] > estimated[code]["value"] for code in codes)


def test_a_mistake_in_the_table_of_times_is_one_sentence(referral, tmp_path):
    times = tmp_path / "casy.csv"
    times.write_text("from_code,to_code,minutes\n500,600,1\n", encoding="utf-8")
    run = referral("gaps", "--area", "Kadaň", "--travel", str(times))
    assert run.code == 1
    assert "kód obce má šest číslic" in str(run.result.exception)
