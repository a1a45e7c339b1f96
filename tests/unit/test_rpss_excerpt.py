"""An excerpt of the register: a list of services under ``sluzby`` with the portal's codes."""

import json
from datetime import date

import pytest

from referral.catalog.model import AddressRole
from referral.catalog.resolve import CoverageResolver
from referral.catalog.territory import Territory
from referral.geo import Point
from referral.ingest.rpss.codes import RegisterCodes
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.reader import read_register
from referral.resources import data_dir
from support.build import a_municipality
from support.rpss_register import excerpt_item

HERE = [
    a_municipality("500001", name="Lhota", region="Zkušební kraj", point=Point(lat=50.0, lon=13.0)),
    a_municipality("500002", name="Lhota", region="Zkušební kraj", point=Point(lat=50.9, lon=13.0)),
    a_municipality("500003", name="Lhota", region="Jiný kraj", point=Point(lat=49.0, lon=17.0)),
    a_municipality("500004", name="Město", region="Jiný kraj", point=Point(lat=49.1, lon=17.0)),
]


@pytest.fixture
def read(embedded, tmp_path):
    """Read one item of an excerpt."""

    def reads(**changed):
        guide = Guide(
            codes=RegisterCodes.read(data_dir()),
            vocabulary=embedded.vocabulary,
            resolver=CoverageResolver.of(Territory.of(HERE)),
            source="rpss",
            as_of=date(2026, 11, 22),
        )
        file = tmp_path / "vyber.json"
        file.write_text(json.dumps({"sluzby": [excerpt_item(7) | changed]}), encoding="utf-8")
        row = next(read_register(file, guide=guide))
        return row, row.interpret()

    return reads


def address(**given) -> dict[str, object]:
    return {"obec": "Lhota", "kraj": "Zkušební kraj", "lat": None, "lon": None} | given


def test_an_item_becomes_a_service_and_leaves_alone_what_it_does_not_tell(read):
    row, told = read()
    assert (row.key, row.partial, row.odd) == ("rpss-7", True, False)
    service = told.service
    assert (service.type, service.register_id) == ("40", "1000007")
    assert service.organization.name == "Zkušební poskytovatel 7, z. s."
    assert service.description == "Působíme ve městě Cheb."
    assert told.silent >= {
        "locations", "places", "contact", "forms", "capacities", "schedules", "ages", "remarks",
    }  # fmt: skip


def test_the_name_of_a_facility_is_not_read_since_nobody_says_whether_it_is_secret(read):
    service = read(nazevZarizeni="Dům v Tajné ulici")[1].service
    assert service.name == "Pečovatelská služba – Zkušební poskytovatel 7, z. s."
    assert service.places == ()


def test_the_types_own_name_decides_and_a_code_alone_will_do(read):
    assert read(druh="domovy pro seniory")[1].service.type == "49"
    assert read(druh="něco, co neznáme")[1].service.type == "40"
    assert read(druh=None)[1].service.type == "40"
    assert read(druhSocialniSluzbyId=None)[1].service.type == "40"
    rejected = read(druhSocialniSluzbyId=99, druh="kouzelná služba")[1]
    assert [(one.field, one.value) for one in rejected.problems] == [("druhSocialniSluzby", "99")]
    assert "zdroj ho nazývá „kouzelná služba“" in rejected.problems[0].message
    nothing = read(druhSocialniSluzbyId=None, druh=None)[1]
    assert [one.field for one in nothing.problems] == ["druhSocialniSluzbyId"]


@pytest.mark.parametrize(
    ("where", "code"),
    [
        (address(lat=50.01, lon=13.01), "500001"),
        (address(lat=50.91, lon=13.01), "500002"),
        (address(kraj="Jiný kraj"), "500003"),
        (address(obec="Město", kraj=None), "500004"),
        (address(), None),
        (address(lat=51.9, lon=13.0), None),
        (address(lat="50.01", lon=13.0), None),
        (address(lat=10**400, lon=13.0), None),
        (address(lat=500.0, lon=13.0), None),
        (address(obec="Nikde"), None),
    ],
)
def test_the_seat_is_the_one_municipality_that_name_kraj_and_point_agree_on(read, where, code):
    told = read(adresaKontaktni=where)[1]
    found = [(one.role, one.municipality) for one in told.service.locations]
    assert found == ([] if code is None else [(AddressRole.PROVIDER_SEAT, code)])
    assert ("adresaKontaktni.obec" in {one.field for one in told.notes}) == (code is None)
    if code == "500004":
        assert told.service.locations[0].point == Point(lat=49.1, lon=17.0)


def test_an_address_without_a_municipality_is_no_place(read):
    told = read(adresaKontaktni=None)[1]
    assert told.service.locations == ()
    assert "adresaKontaktni.obec" not in {one.field for one in told.notes}


def test_a_row_without_a_provider_is_rejected_and_one_without_its_key_is_odd(read):
    row, told = read(poskytovatel={"ico": "10000001"})
    assert [one.field for one in told.problems] == ["poskytovatel.nazev"]
    assert not row.odd
