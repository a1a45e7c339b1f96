"""A registration read with the ministry's published lists."""

import json
from datetime import date

import pytest

from referral.catalog.code_lists import CodeListEntry, CodeLists
from referral.catalog.model import AgeRange, CapacityUnit
from referral.catalog.resolve import CoverageResolver
from referral.catalog.vocabulary import Form
from referral.ingest.rpss.codes import RegisterCodes
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.reader import read_register
from referral.resources import data_dir
from support.code_lists import published, register_lists
from support.rpss_register import item

STRANGE = published("DruhSocialniSluzby", {"4": "kouzelná péče", "999": "létání na koštěti"})


@pytest.fixture
def read(embedded, tmp_path):
    """Read one registration, with all published lists and perhaps what reads ages in remarks."""
    lists = CodeLists.of(
        CodeListEntry(
            code_list=one["id"].partition("/")[0],
            code=one["id"].partition("/")[2],
            name=one["nazev"]["cs"],
            as_of=date(2026, 9, 1),
        )
        for document in (*register_lists(embedded.vocabulary).values(), STRANGE)
        for one in document["polozky"]
    )

    def reads(read_ages=None, **changed):
        guide = Guide(
            codes=RegisterCodes.read(data_dir()).with_stored(lists, embedded.vocabulary),
            vocabulary=embedded.vocabulary,
            resolver=CoverageResolver.of(embedded.territory),
            source="rpss",
            as_of=date(2026, 11, 22),
            read_ages=read_ages,
        )
        file = tmp_path / "rpss.json"
        file.write_text(json.dumps({"polozky": [item(7) | changed]}), encoding="utf-8")
        return next(read_register(file, guide=guide)).interpret()

    return reads


def groups(codes: str) -> list[dict[str, str]]:
    return [{"id": f"VekovaSkupinaOsoby/{code}"} for code in codes]


@pytest.mark.parametrize(
    ("codes", "ages"),
    [
        ("hfg", AgeRange(min=19, max=80)),
        ("hi", AgeRange(min=65)),
        ("ab", AgeRange(max=6)),
        ("aj", AgeRange()),
        ("j", AgeRange()),
        ("bg", None),
        ("bk", None),
        ("", None),
    ],
)
def test_age_groups_that_touch_are_the_ages_of_the_service(read, codes, ages):
    assert read(vekoveSkupiny=groups(codes)).service.eligibility.ages == ages


@pytest.mark.parametrize(
    "listed",
    [
        [{"vekovaSkupina": {"id": "VekovaSkupinaOsoby/f"}}],
        [{"vekovaSkupina": "VekovaSkupinaOsoby/f"}],
        [{"id": "VekovaSkupinaOsoby/f"}, {"id": "VekovaSkupinaOsoby/f"}],
        ["VekovaSkupinaOsoby/f"],
    ],
)
def test_an_age_group_may_be_written_in_several_ways(read, listed):
    assert read(vekoveSkupiny=listed).service.eligibility.ages == AgeRange(min=19, max=26)


def test_age_groups_that_are_no_list_are_noted(read):
    told = read(vekoveSkupiny="dospělí")
    assert ("vekoveSkupiny", "dospělí") in {(one.field, one.value) for one in told.notes}
    assert told.service.eligibility.ages is None


def test_why_ages_stay_unknown_is_noted_and_known_ones_are_kept(read):
    gap, strange = read(vekoveSkupiny=groups("bg")), read(vekoveSkupiny=groups("bk"))
    assert [(one.field, one.value) for one in gap.notes if "nenavazují" in one.message] == [
        ("vekoveSkupiny", "b, g")
    ]
    assert [one.value for one in strange.notes if "nejlepších letech" in one.message] == ["k"]
    assert "ages" in gap.silent
    assert "ages" in strange.silent


def test_ages_in_the_providers_words_are_believed_before_the_groups(read):
    told = read(read_ages=lambda _: AgeRange(min=20), vekoveSkupiny=groups("fg"))
    assert told.service.eligibility.ages == AgeRange(min=20)
    silent = read(read_ages=lambda _: None, vekoveSkupiny=groups("fg"))
    assert silent.service.eligibility.ages == AgeRange(min=19, max=64)


def test_forms_units_and_days_are_read_with_the_lists(read):
    service = read(
        formy=[
            {
                "forma": {"id": "FormaSocialniSluzby/y"},
                "casoveRozsahy": [{"denVTydnu": {"id": "DenVTydnu/7"}, "interval": "8:00 - 9:00"}],
                "kapacity": [
                    {"pocet": 4, "typ": {"id": "TypKapacitySocialniSluzby/u"}},
                    {"pocet": 5, "typ": {"id": "TypKapacitySocialniSluzby/z"}},
                ],
            }
        ]
    ).service
    assert service.forms == {Form.RESIDENTIAL}
    assert [(one.unit, one.registered) for one in service.capacities] == [(CapacityUnit.BEDS, 4)]
    assert [one.text for one in service.schedules] == ["Ne 8:00 - 9:00"]


def test_the_circle_is_whole_once_its_groups_are_in_the_list(read, embedded):
    codes = list(embedded.vocabulary.groups)
    service = read(
        ciloveSkupiny=[{"cilovaSkupina": {"id": f"CilovaSkupinaOsoby/{800 + at}"}} for at in (0, 3)]
    ).service
    assert service.eligibility.target_groups == {codes[0], codes[3]}


def test_a_type_under_a_wording_we_do_not_hold_is_noted_or_rejected_with_that_wording(read):
    kept = read(druhSocialniSluzby={"id": "DruhSocialniSluzby/4"})
    assert kept.service.type == "40"
    assert [one.message for one in kept.notes if "kouzelná" in one.message] == [
        "Číselník kód nazývá „kouzelná péče“; to znění neznáme, čteme ho jako dosud."
    ]
    told = read(druhSocialniSluzby={"id": "DruhSocialniSluzby/999"})
    assert "číselník ho nazývá „létání na koštěti“" in told.problems[0].message
