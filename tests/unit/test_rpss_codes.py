"""Published code lists: what their wordings mean, and which list is believed."""

import json
from datetime import date

import pytest

from referral.catalog.code_lists import CodeListEntry, CodeLists
from referral.catalog.model import AgeRange
from referral.ingest.code_lists import AGES, FORMS, GROUPS, TYPES, UNITS, ages_of, joined_ages
from referral.ingest.errors import IngestError
from referral.ingest.rpss.codes import RegisterCodes
from referral.resources import data_dir
from support.code_lists import published, register_lists


@pytest.fixture(scope="module")
def shipped() -> RegisterCodes:
    """The codes of the shipped table."""
    return RegisterCodes.read(data_dir())


def stored(documents) -> CodeLists:
    """Return published lists as they are stored."""
    return CodeLists.of(
        CodeListEntry(
            code_list=one["id"].partition("/")[0],
            code=one["id"].partition("/")[2],
            name=one["nazev"]["cs"],
            as_of=date(2026, 9, 1),
        )
        for document in documents
        for one in document["polozky"]
    )


@pytest.fixture(scope="module")
def codes(embedded, shipped) -> RegisterCodes:
    """The shipped table with all lists that the ministry publishes."""
    lists = stored(register_lists(embedded.vocabulary).values())
    return shipped.with_stored(lists, embedded.vocabulary)


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff", b"[]", b'{"polozky": [{}]}', b'{"polozky": 5}', b" " * 1_000_001],
)
def test_a_damaged_list_beside_the_register_is_refused_by_name(
    embedded, shipped, tmp_path, content
):
    (tmp_path / "cilove-skupiny-osoby.json").write_bytes(content)
    with pytest.raises(IngestError, match="cilove-skupiny-osoby"):
        shipped.with_lists_beside(tmp_path / "rpss.json", embedded.vocabulary)


def test_every_type_and_group_is_known_by_its_wording_whatever_its_number(embedded, codes):
    types, groups = embedded.vocabulary.types, embedded.vocabulary.groups
    assert [codes.find(TYPES, str(700 + at)) for at in range(len(types))] == list(types)
    assert [codes.find(GROUPS, str(800 + at)) for at in range(len(groups))] == list(groups)


def test_forms_units_and_days_are_known_by_their_wording(codes):
    assert [codes.find(FORMS, code) for code in "xyz"] == ["A", "P", "T"]
    assert [codes.find(UNITS, code) for code in "uvwxy"] == [
        "luzka",
        "klient",
        "kontakt",
        "interv",
        "hovor",
    ]
    assert [codes.find("DenVTydnu", code) for code in "17"] == ["Po", "Ne"]


def test_a_wording_that_names_two_units_or_a_group_we_do_not_hold_stays_unknown(
    embedded, shipped, codes
):
    assert codes.find(UNITS, "z") is None
    assert codes.wording(UNITS, "z") == "Počet klientů na lůžku"
    odd = shipped.with_stored(
        stored([published(GROUPS, {"900": "Někdo jiný"})]), embedded.vocabulary
    )
    assert odd.find(GROUPS, "900") is None


def test_a_paragraph_of_the_act_in_a_wording_tells_the_type(embedded, shipped):
    names = {"800": "Intervenční centra (§ 60a)", "801": "Jiná služba (§ 99)"}
    codes = shipped.with_stored(stored([published(TYPES, names)]), embedded.vocabulary)
    assert (codes.find(TYPES, "800"), codes.find(TYPES, "801")) == ("60a", None)


def test_a_published_wording_overrules_the_shipped_table_and_a_strange_one_does_not(
    embedded, shipped
):
    names = {"13": "domovy se zvláštním režimem", "14": "domovy pro každého"}
    codes = shipped.with_stored(stored([published(TYPES, names)]), embedded.vocabulary)
    assert (shipped.find(TYPES, "13"), codes.find(TYPES, "13")) == ("49", "50")
    assert codes.find(TYPES, "14") == shipped.find(TYPES, "14") == "50"
    assert codes.wording(TYPES, "14") == "domovy pro každého"


def test_a_list_beside_the_register_wins_over_a_stored_one(embedded, shipped, tmp_path):
    before = shipped.with_stored(
        stored([published(GROUPS, {"5": "senioři"}), published(AGES, {"5": "od 3 do 4 let"})]),
        embedded.vocabulary,
    )
    for name, document in (
        ("cilove-skupiny-osoby.json", published(GROUPS, {"5": "osoby v krizi"})),
        ("vekove-skupiny-osoby.json", published(AGES, {"5": "kdokoli"}) | {"jine": 1}),
    ):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    after = before.with_lists_beside(tmp_path / "rpss.json", embedded.vocabulary)
    assert (before.find(GROUPS, "5"), after.find(GROUPS, "5")) == ("SENIORI", "KRIZE")
    assert before.ages == {"5": AgeRange(min=3, max=4)}
    assert (after.ages, after.wording(AGES, "5")) == ({}, "kdokoli")
    assert list(before.meaning()) != list(after.meaning())


def test_a_file_of_another_list_under_the_name_of_one_says_nothing(embedded, shipped, tmp_path):
    (tmp_path / "cilove-skupiny-osoby.json").write_text(
        json.dumps(published(TYPES, {"13": "senioři"})), encoding="utf-8"
    )
    codes = shipped.with_lists_beside(tmp_path / "rpss.json", embedded.vocabulary)
    assert codes.find(GROUPS, "13") is None
    assert codes.find(TYPES, "13") == "49"


@pytest.mark.parametrize(
    ("wording", "ages"),
    [
        ("děti kojeneckého věku (do 1 roku)", AgeRange(max=1)),
        ("děti předškolního věku (1 - 6 let)", AgeRange(min=1, max=6)),
        ("dorost (16–18 let)", AgeRange(min=16, max=18)),
        ("starší senioři (nad 80 let)", AgeRange(min=80)),
        ("Bez omezení věku", AgeRange()),
        ("senioři", None),
        ("děti (1–6 let) a senioři (nad 80 let)", None),
        ("", None),
    ],
)
def test_the_ages_of_a_group_are_those_its_wording_states(wording, ages):
    assert ages_of(wording) == ages


def test_groups_that_touch_make_one_range_and_groups_with_a_gap_none():
    child, adult, old = AgeRange(max=18), AgeRange(min=19, max=64), AgeRange(min=65)
    assert joined_ages([old, adult]) == AgeRange(min=19)
    assert joined_ages([adult, child]) == AgeRange(max=64)
    assert joined_ages([child, old, adult]) == joined_ages([adult, AgeRange()]) == AgeRange()
    assert joined_ages([child, old]) is None
    assert joined_ages([]) is None
