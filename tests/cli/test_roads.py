"""Roads on the command line: what they reach, the table of times, and gaps over them."""

import csv
import sys
from io import StringIO

import pytest

from referral.cli.progress import Bar
from support.osm import Extract, at

pytest.importorskip("osmium", reason="osmium (the extra „roads“) is not installed")


@pytest.fixture(scope="module")
def towns(embedded):
    """Kadaň, Klášterec nad Ohří and Vejprty, by their names."""
    names = ("Kadaň", "Klášterec nad Ohří", "Vejprty")
    found = {one.name: one for one in embedded.territory.municipalities.values()}
    return {name: found[name] for name in names}


@pytest.fixture(scope="module")
def extract(towns, tmp_path_factory):
    """A road from Kadaň to Klášterec; Vejprty are left without one."""
    home = at(0, 0)
    east = at(1, 0).lon - home.lon
    north = at(0, 1).lat - home.lat
    nodes = {
        number: ((town.point.lon - home.lon) / east, (town.point.lat - home.lat) / north)
        for number, town in enumerate(towns.values(), start=1)
    }
    nodes[4] = (nodes[1][0] + 20, nodes[1][1])
    road = Extract(nodes=nodes, ways=[([1, 4, 2], {"highway": "secondary"})])
    return road.write(tmp_path_factory.mktemp("silnice") / "kadansko.osm.pbf")


def test_the_roads_say_what_they_reach_and_write_a_table_that_gaps_take(
    referral, extract, towns, tmp_path
):
    matrix = tmp_path / "casy.csv"
    run = referral("roads", str(extract), "--matrix", str(matrix), "--minutes", "120")
    assert run.code == 0, run.said
    assert "© přispěvatelé OpenStreetMap (ODbL), stav k 20. 11. 2026" in run.said
    assert "které u silnic neleží" in run.said
    with matrix.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    start, end = towns["Kadaň"].code, towns["Klášterec nad Ohří"].code
    (way,) = [row for row in rows if (row["from_code"], row["to_code"]) == (start, end)]
    assert float(way["km"]) > 20
    assert float(way["minutes"]) == pytest.approx(float(way["km"]) + 2, abs=0.01)
    assert not {row["from_code"] for row in rows} & {towns["Vejprty"].code}
    told = referral("gaps", "--area", "Kadaň", "--travel", str(matrix))
    assert told.code == 0
    assert f"z tabulky {len(rows)}" in told.said.replace("\N{NO-BREAK SPACE}", " ")


def test_the_json_of_roads_names_those_whom_no_road_joins(referral, extract, towns):
    run = referral("roads", str(extract), "--json")
    assert run.json["as_of"] == "2026-11-20"
    assert run.json["municipalities"] == 488
    left = {one["code"] for one in run.json["not_joined"]}
    assert towns["Vejprty"].code in left
    assert towns["Kadaň"].code not in left
    assert run.json["matrix"] is None


@pytest.mark.parametrize("command", ["gaps", "sites", "scenario"])
def test_a_planner_gets_the_ways_over_roads_from_every_command(
    referral, extract, tmp_path, command
):
    scenario = tmp_path / "scenar.toml"
    arguments = {
        "gaps": ["--area", "Kadaň", "--json"],
        "sites": ["--rule", "45", "--count", "1", "--area", "Kadaň", "--quick", "--json"],
        "scenario": [str(scenario), "--area", "Kadaň", "--json"],
    }[command]
    if command == "scenario":
        made = referral(
            "sites", *("--rule", "45", "--count", "1", "--area", "Kadaň", "--quick"),
            "--save-scenario", str(scenario),
        )  # fmt: skip
        assert made.code == 0, made.said
    plain, routed = (
        referral(command, *arguments, *more) for more in ([], ["--roads", str(extract)])
    )
    assert routed.code == 0, routed.said
    assert "Silnice:" in routed.said
    assert plain.json.keys() == routed.json.keys()
    if command == "gaps":
        assert plain.json["results"] != routed.json["results"]


def test_ways_over_roads_are_not_called_an_estimate(referral, extract):
    estimated = referral("gaps", "--area", "Kadaň").out
    routed = referral("gaps", "--area", "Kadaň", "--roads", str(extract)).out
    assert "Cesta po silnici je odhad" in estimated
    assert "Cesta po silnici je odhad" not in routed
    assert "Cesty vedou po zadaných silnicích" in routed


def test_two_sources_of_times_at_once_are_a_mistake_of_use(referral, extract):
    run = referral("gaps", "--area", "Kadaň", "--roads", str(extract), "--travel", "x.csv")
    assert run.code == 2
    assert "zvolte buď --travel, nebo --roads" in run.said


def test_an_extract_of_another_place_is_refused(referral, tmp_path):
    road = Extract(nodes={1: (300, 0), 2: (310, 0)}, ways=[([1, 2], {"highway": "primary"})])
    file = road.write(tmp_path / "jinde.osm")
    run = referral("gaps", "--area", "Kadaň", "--roads", str(file))
    assert run.code != 0
    assert "silnice nevedou u žádné z načtených obcí" in str(run.result.exception)


class Terminal(StringIO):
    """A standard error output that a person watches."""

    def isatty(self):
        return True


def test_a_bar_of_unknown_length_counts_and_shows_no_share(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Bar() as bar:
        bar.begin(0)
        bar.advance("silnice", 40)
        unknown = screen.getvalue()
        bar.begin(10)
        bar.advance("obce", 10)
    assert "silnice" in unknown
    assert "%" not in unknown
    assert "100%" in screen.getvalue()
