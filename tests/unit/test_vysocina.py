"""The catalogue of Kraj Vysočina: declared coverage by municipality, and what is not read."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, Covers
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Form
from referral.ingest.errors import IngestError
from referral.ingest.source_file import SourceFile
from referral.ingest.vysocina.edition import vysocina_edition
from referral.resources import data_dir
from support.build import a_municipality
from support.vysocina_catalogue import PEOPLE, entry, write_catalogue

REGION = {"region": "Kraj Vysočina", "orp": "Velké Město"}
HERE = Territory.of(
    [
        a_municipality("500001", name="Horní Lhota", district="Východ", **REGION),
        a_municipality("500002", name="Velké Město", district="Východ", **REGION),
        a_municipality("500003", name="Horní Lhota", district="Západ", **REGION),
        a_municipality("500004", name="Jinde", district="Sever", region="Jiný kraj", orp="Jinde"),
    ]
)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def catalog(embedded) -> Catalog:
    """Our words and four municipalities."""
    return replace(embedded, territory=HERE)


@pytest.fixture
def rows(catalog, tmp_path):
    """Read items and return the rows."""

    def reads(*items, root=""):
        file = write_catalogue(tmp_path / "vysocina.json", items, root=root)
        order = SourceFile(path=file, as_of=TODAY)
        return list(vysocina_edition(order, data=data_dir(), catalog=catalog).read(TODAY))

    return reads


@pytest.fixture
def read(rows):
    """Read one item, changed in some keys."""
    return lambda **changed: rows(entry(**changed))[0].interpret()


def places(*given: object) -> dict[str, object]:
    return {"misto_pusobnosti": list(given)}


def test_an_item_becomes_a_service_with_declared_coverage(rows):
    (row,) = rows(entry(7))
    assert (row.number, row.key, row.odd, row.partial) == (1, "vysocina-7-40", False, False)
    service = row.interpret().service
    assert service.id == "vysocina-7-40"
    assert service.name == "Pečovatelská služba – Zkušební pomoc 7, z. ú."
    assert (service.type, service.forms, service.register_id) == ("40", {Form.FIELD}, None)
    assert service.contact.web == "https://pomoc.example.cz/a"
    assert service.coverage.status is CoverageStatus.DECLARED
    assert service.coverage.certain == {"500001", "500002"}
    assert service.coverage.includes("500003") is Covers.NO
    assert service.locations == ()
    assert service.provenance.as_of == TODAY


def test_the_krajs_own_sorting_is_no_circle_of_persons(read):
    service = read().service
    assert service.eligibility.target_groups is None
    assert "Pro koho podle kraje: senioři, lidé po úrazu." in service.description


def test_no_prose_and_no_person_is_read(rows):
    told = repr([row.interpret() for row in rows(entry(1), entry(2, druh_sluzby_nazev="kouzla"))])
    assert [name for name in PEOPLE if name in told] == []
    assert "Pomáháme doma" not in told


@pytest.mark.parametrize(
    ("where", "certain", "possible"),
    [
        (places({"obec": "Horní Lhota", "okres": "okres Západ"}), {"500003"}, set()),
        (places({"obec": "horní  lhota", "okres": "vychod"}), {"500001"}, set()),
        (places({"obec": "Horní Lhota"}), set(), {"500001", "500003"}),
        (places({"obec": "cokoli", "kod_obce": 500004}), {"500004"}, set()),
        (places({"obec": None, "okres": "Východ"}), {"500001", "500002"}, set()),
        (places("Velké Město"), {"500002"}, set()),
        (places({"obec": "Celý kraj"}), {"500001", "500002", "500003"}, set()),
    ],
)
def test_places_are_known_by_code_by_name_and_by_district(read, where, certain, possible):
    coverage = read(**where).service.coverage
    assert (coverage.certain, coverage.possible) == (certain, possible)
    assert coverage.status is CoverageStatus.DECLARED


def test_the_whole_country_is_everywhere(read):
    coverage = read(**places({"obec": "Česká republika"})).service.coverage
    assert coverage.everywhere
    assert coverage.areas[0].kind is AreaKind.COUNTRY


def test_a_municipality_that_its_district_does_not_hold_is_noted_and_never_another_one(read):
    told = read(**places({"obec": "Velké Město", "okres": "Západ"}, {"obec": "Jinde"}))
    assert "500002" not in told.service.coverage.certain
    assert told.service.coverage.unresolved == ("Velké Město (okres Západ)",)
    assert [(one.field, one.value) for one in told.notes] == [
        ("misto_pusobnosti", "Velké Město (okres Západ)")
    ]
    assert "referral import territory" in told.notes[0].message


@pytest.mark.parametrize("value", [None, "", [], [{}], [{"obec": None}], "Lhota", 5, {"obec": "x"}])
def test_without_places_the_coverage_is_unknown(read, value):
    assert read(misto_pusobnosti=value).service.coverage == Coverage()


def test_a_code_that_is_none_is_noted_and_the_name_decides(read):
    told = read(**places({"obec": "Velké Město", "kod_obce": "5A"}))
    assert told.service.coverage.certain == {"500002"}
    assert [one.field for one in told.notes] == ["kod_obce"]


def test_no_form_said_is_unknown_and_the_words_of_a_type_may_be_in_the_singular(read):
    bare = entry(druh_sluzby_nazev="Azylový dům")
    for key in ("pobytova", "ambulantni", "terenni"):
        del bare[key]
    assert read(**bare | {"terenni": "0"}).service.forms is None
    assert read(pobytova=1, terenni=True).service.forms == {Form.RESIDENTIAL, Form.FIELD}
    assert read(druh_sluzby_nazev="Azylový dům").service.type == "57"


def test_forms_that_an_item_does_not_speak_of_are_unknown(rows):
    bare = {key: value for key, value in entry().items() if key not in {
        "pobytova", "ambulantni", "terenni"}}  # fmt: skip
    assert rows(bare)[0].interpret().service.forms is None


def test_services_of_one_organisation_and_type_are_told_apart_and_copies_are_not(rows):
    one, other = entry(7), entry(7, misto_pusobnosti=[])
    found = rows(one, other, one, entry(7, druh_sluzby_nazev="Noclehárny"))
    assert [row.key for row in found] == [
        "vysocina-7-40",
        "vysocina-7-40-2",
        "vysocina-7-40",
        "vysocina-7-63",
    ]
    assert [row.key for row in rows(entry(7, id_sluzby=31))] == ["vysocina-31"]
    assert rows(entry(7, identifikator="0012345"))[0].interpret().service.register_id == "0012345"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"druh_sluzby_nazev": "Půjčovna pomůcek"}, "druh_sluzby_nazev"),
        ({"druh_sluzby_nazev": None}, "druh_sluzby_nazev"),
        ({"org_nazev": ""}, "org_nazev"),
        ({"ID_organizace": None}, "ID_organizace"),
    ],
)
def test_a_row_that_nothing_could_find_is_rejected_with_its_field(read, changed, field):
    told = read(**changed)
    assert told.service is None
    assert [one.field for one in told.problems] == [field]
    assert told.problems[0].message.endswith(".")


def test_an_item_that_is_no_object_is_rejected_and_one_without_its_keys_is_odd(rows):
    first, second = rows(5, {"ID_organizace": 3})
    assert first.interpret().problems
    assert second.odd


@pytest.mark.parametrize("root", ["", "data", "polozky"])
def test_the_list_may_stand_alone_or_under_a_root(rows, root):
    assert [row.key for row in rows(entry(1), entry(2), root=root)] == [
        "vysocina-1-40",
        "vysocina-2-40",
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted(entry())), value=JSON)
def test_whatever_stands_in_an_item_it_is_a_service_or_is_rejected(
    catalog, tmp_path_factory, key, value
):
    file = write_catalogue(tmp_path_factory.mktemp("fuzz") / "v.json", [entry(**{key: value})])
    order = SourceFile(path=file, as_of=TODAY)
    (row,) = vysocina_edition(order, data=data_dir(), catalog=catalog).read(TODAY)
    told = row.interpret()
    assert (told.service is None) == bool(told.problems)


@given(cut=st.integers(0, 900), noise=st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(
    catalog, tmp_path_factory, cut, noise
):
    whole = json.dumps([entry(1), entry(2)], ensure_ascii=False).encode()
    file = tmp_path_factory.mktemp("fuzz") / "v.json"
    file.write_bytes(whole[:cut] + noise + (whole[cut:] if len(noise) % 2 else b""))
    order = SourceFile(path=file, as_of=TODAY)
    with suppress(IngestError):
        for row in vysocina_edition(order, data=data_dir(), catalog=catalog).read(TODAY):
            assert row.interpret() is not None
