"""The command that reads a provider's sentence, over the shipped catalogue."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from referral.catalog.places import PlaceIndex
from referral.cli.coverage import coverage_command

CONTRACT = ["areas", "municipalities", "confidence", "unread"]


@pytest.fixture(scope="module")
def program(embedded):
    """Stand in for the program: the command asks it for the catalogue and the index only."""
    index = PlaceIndex.of(embedded.territory)
    return SimpleNamespace(catalog=lambda: embedded, places=lambda: index)


def run(program, *arguments: str):
    return CliRunner().invoke(coverage_command, arguments, obj=program)


def document(program, text: str) -> dict:
    result = run(program, text, "--json")
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_the_json_has_the_fields_of_the_contract(program):
    told = document(program, "v Žatci a jeho spádových obcích, do 15 km od Mostu")
    assert set(CONTRACT) <= told.keys()
    assert [
        {key: area[key] for key in ("kind", "name", "code", "km")} for area in told["areas"]
    ] == [
        {"kind": "catchment", "name": "Žatec", "code": "566985", "km": None},
        {"kind": "radius", "name": "Most", "code": "567027", "km": 15.0},
    ]
    assert {"566985", "567027"} <= set(told["municipalities"])
    assert told["unread"] == []
    assert 0.9 <= told["confidence"] <= 1


def test_what_cannot_be_placed_is_told_with_the_reason(program):
    told = document(program, "v Žatci a na Mostecku")
    assert told["unread"] == ["Mostecku"]
    assert told["reasons"][0]["why"] == "území bez hranice, kterou bychom znali"
    assert "566985" in told["municipalities"]
    assert told["possible"]


def test_exceptions_ages_rules_and_notes_stand_beside(program):
    told = document(
        program,
        "ORP Chomutov a Jirkov vyjma obce Kalek; ženy od 18 let, muži od 21 let. Osoby s PAS. "
        "Objekt není bezbariérový. Není určeno osobám s PAS.",
    )
    assert [area["name"] for area in told["exceptions"]] == ["Kalek"]
    assert told["ages"] == {"min": 18, "max": None, "words": ["od 18 let", "od 21 let"]}
    assert told["rules"] == [
        {"barrier": "IMOBIL", "stance": "excludes", "wording": "není bezbariérový"}
    ]
    assert told["notes"] == [
        "„Jirkov“ není sídlem ORP, čteme jako obec.",
        "Text udává víc věkových rozpětí pro různé skupiny; uvádíme nejširší.",
        "Text o téže okolnosti (PAS) říká obojí; neuvádíme nic.",
    ]


def test_a_text_about_other_things_gives_nothing(program):
    told = document(program, "Cílovou skupinou jsou senioři.")
    assert (told["areas"], told["municipalities"], told["unread"]) == ([], [], [])
    assert (told["confidence"], told["ages"], told["rules"], told["notes"]) == (0, None, [], [])


def test_a_person_reads_areas_municipalities_and_what_is_left(program):
    text = (
        "Terénní služba v Jirkově a jeho spádových obcích a na Mostecku, do 7,5 km od Kadaně, "
        "vyjma obce Kalek, osobám od 18 do 64 let, není bezbariérová."
    )
    told = run(program, text).stdout
    assert "\N{NO-BREAK SPACE}" not in told
    lines = told.splitlines()
    assert lines[0].startswith("ÚZEMÍ (spolehlivost 0,")
    assert (
        "  obec a její spádové obce: Jirkov [563099] – „Jirkově a jeho spádových obcích“" in lines
    )
    assert "  okolí do 7,5 km: Kadaň [563102] – „do 7,5 km od Kadaně“" in lines
    assert lines[lines.index("VYJMA") + 1] == "  obec: Kalek [563111] – „Kalek“"
    assert "  „Mostecku“: území bez hranice, kterou bychom znali" in lines
    assert any(line.startswith("OBCE (") for line in lines)
    assert any(line.startswith("MOŽNÁ TAKÉ (") and "a další (" in told for line in lines)
    assert "VĚK: od 18 do 64 let (z textu „od 18 do 64 let“)" in lines
    assert lines[lines.index("KOHO") + 1].startswith("  nepřijímá: imobilní")
    assert "Obec Jirkov není sídlem ORP" in lines[lines.index("POZNÁMKY") + 1]


def test_a_person_is_told_when_there_is_nothing(program):
    assert run(program, "Jsme tu pro vás.").stdout == "Žádné území jsme v textu nepřečetli.\n"
    assert run(program, "SO ORP Most").stdout.splitlines()[1] == (
        "  správní obvod ORP: Most – „Most“"
    )


def test_an_exception_alone_is_shown(program):
    told = run(program, "Službu neposkytujeme v Kadani.").stdout
    assert told == "VYJMA\n  obec: Kadaň [563102] – „Kadani“\n"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_is_bad_input(program, text):
    result = run(program, text)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Chyba: Text je prázdný; napište větu")


def test_the_command_is_offered(program):
    assert run(program, "--help").exit_code == 0
    assert run(program).exit_code == 2
