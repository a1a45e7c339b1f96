"""``referral gaps`` as a picture for a report and a table for Excel."""

import csv
import io

import pytest
from lxml import etree

STATUSES = {"met": "splněno", "partial": "částečně", "gap": "mezera", "unknown": "neznámo"}


@pytest.fixture(scope="module")
def made(referral, tmp_path_factory):
    folder = tmp_path_factory.mktemp("obrazky")
    files = {kind: folder / f"kadan.{kind}" for kind in ("csv", "svg", "png")}
    options = [word for kind, path in files.items() for word in (f"--{kind}", str(path))]
    run = referral("gaps", "--area", "Kadaň", "--rule", "42", "--json", *options)
    assert run.code == 0
    return files, run.json


def test_the_table_has_every_result(made):
    files, report = made
    text = files["csv"].read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["Kód obce"], row["Pravidlo"], row["Stav"]) for row in rows] == [
        (one["municipality"], one["rule"], STATUSES[one["status"]]) for one in report["results"]
    ]


def test_the_picture_shows_the_rule_that_was_asked_for(made):
    files, report = made
    titles = [
        node.text for node in etree.parse(files["svg"]).iter("{http://www.w3.org/2000/svg}title")
    ]
    assert "§\u00a042" in titles[0]
    told = sorted(title.rpartition(": ")[2] for title in titles[1:])
    expected = sorted(STATUSES[one["status"]] for one in report["results"] if one["rule"] == "42")
    assert told == expected
    assert files["png"].read_bytes().startswith(b"\x89PNG")


def test_an_unknown_rule_ends_with_one_sentence(referral, tmp_path):
    run = referral("gaps", "--area", "Kadaň", "--rule", "999", "--svg", str(tmp_path / "x.svg"))
    assert run.code == 1
    assert "pravidla jsou: 37, 39" in str(run.result.exception)
    assert not (tmp_path / "x.svg").exists()
