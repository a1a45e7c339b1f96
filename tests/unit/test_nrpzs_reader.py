"""What a place of care means: where it is, who gives it, what stays unknown or is rejected."""

from datetime import date

import pytest

from referral.catalog.areas import UNKNOWN_COVERAGE
from referral.catalog.model import AddressRole, Kind
from referral.catalog.territory import Municipality, MunicipalityPart, PartKind, Territory
from referral.catalog.vocabulary import Form
from referral.geo import Point
from referral.ingest.nrpzs.care import CareTable
from referral.ingest.nrpzs.edition import nrpzs_edition
from referral.ingest.nrpzs.mapping import Guide
from referral.ingest.nrpzs.reader import read_register, survey
from referral.ingest.nrpzs.whereabouts import Gazetteer
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.usecases.import_rows import Outside
from support.nrpzs_register import (
    CURRENT,
    EXPORT,
    NEVER_READ,
    OLD,
    homes,
    place,
    places,
    write_nrpzs,
)

TODAY = date(2026, 11, 22)


def municipality(code, name, district, lat, lon):
    return Municipality(
        code=code,
        name=name,
        orp=name,
        district=district,
        region="Kraj",
        point=Point(lat=lat, lon=lon),
    )


TERRITORY = Territory.of(
    [
        municipality("500001", "Lhota", "Cheb", 50.10, 12.40),
        municipality("500002", "Lhota", "Most", 50.50, 13.60),
        municipality("500003", "Březina", "Louny", 50.30, 13.50),
        municipality("500004", "Březina", "Louny", 50.30, 13.90),
        municipality("554782", "Praha", "Praha", 50.08, 14.44),
    ],
    parts=[
        MunicipalityPart(code="1", name="Praha 10", municipality="554782", kind=PartKind.BOROUGH),
        MunicipalityPart(code="2", name="Kunratice", municipality="554782"),
    ],
)


@pytest.fixture(scope="session")
def table(embedded) -> CareTable:
    """The shipped table."""
    return CareTable.read(data_dir(), embedded.vocabulary)


@pytest.fixture
def rows(table, tmp_path):
    """Write places in a layout and read them back as rows."""

    def reads(some, layout=CURRENT, territory=TERRITORY, **more):
        file = write_nrpzs(tmp_path / "nrpzs.csv", some, layout, **more)
        found = survey(file)
        guide = Guide(
            table=table,
            gazetteer=Gazetteer.of(territory),
            layout=found.layout,
            source="nrpzs",
            as_of=TODAY,
        )
        return list(read_register(file, guide=guide, first_facility=found.first_facility))

    return reads


@pytest.fixture
def told(rows):
    """Read one place that gives nursing at home, changed in some cells."""

    def one(layout=CURRENT, number=1, **cells):
        (row,) = rows([place(number, sort=0, **cells)], layout)
        return row.interpret()

    return one


@pytest.mark.parametrize("layout", [CURRENT, EXPORT, OLD])
def test_every_layout_says_the_same(told, layout):
    service = told(layout, municipality="Lhota", district="Cheb", lat="50.11", lon="12.41").service
    assert (service.id, service.kind, service.type) == ("nrpzs-200001", Kind.HEALTH, None)
    assert service.name == "Zkušební pracoviště 1"
    assert service.needs == {"ZDR-HOSP"}
    assert service.forms == {Form.FIELD}
    assert service.coverage == UNKNOWN_COVERAGE
    assert service.organization.ico == "01000000"
    assert service.organization.name == (
        "Zkušební pracoviště 1" if layout is OLD else "Zkušební zdraví 0, s. r. o."
    )
    (where,) = service.locations
    assert (where.role, where.municipality) == (AddressRole.FACILITY, "500001")
    assert where.point == Point(lat=50.11, lon=12.41)
    assert service.contact.phone == "+420 600000001"
    assert service.contact.email == "misto1@example.cz"
    assert service.contact.web == "https://www.misto1.example.cz"
    assert service.description.startswith("Domácí zdravotní péče. Obory péče: Všeobecná sestra.")


def test_nobody_but_the_provider_is_read(rows):
    for layout in (CURRENT, EXPORT, OLD):
        for row in rows(places(40), layout):
            meant = row if isinstance(row, Outside) else (row, row.interpret())
            assert not any(word in repr(meant) for word in NEVER_READ)


def test_a_change_of_what_is_never_read_is_no_change(rows):
    (one,) = rows(homes(1))
    (other,) = rows([homes(1)[0] | {"person": "jiná", "seat": "jinde"}])
    (moved,) = rows([homes(1)[0] | {"municipality": "Lhota"}])
    assert one.fingerprint == other.fingerprint != moved.fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "POINT(50.11 12.41)",
        "POINT(12.41 50.11)",
        "50.11 12.41",
        "50,11 12,41",
        "point (50.11  12.41)",
    ],
)
def test_a_point_is_read_in_whichever_order_its_axes_stand(told, text):
    service = told(EXPORT, point=text, municipality="Lhota", district="Cheb").service
    assert service.locations[0].point == Point(lat=50.11, lon=12.41)


@pytest.mark.parametrize("text", ["0 0", "POINT(52.52 13.40)", "nic", "50.11", "1 2 3", "9e9 9e9"])
def test_a_point_outside_czechia_is_noted_and_the_municipality_stands_for_it(told, text):
    meant = told(EXPORT, point=text, municipality="Lhota", district="Cheb")
    assert meant.service.locations[0].point == Point(lat=50.10, lon=12.40)
    assert [one.field for one in meant.notes] == ["GPS"]


def test_a_point_far_from_its_address_is_not_believed(told):
    meant = told(municipality="Lhota", district="Cheb", lat="49.20", lon="16.60")
    assert meant.service.locations[0].point == Point(lat=50.10, lon=12.40)
    assert "daleko" in meant.notes[0].message


@pytest.mark.parametrize(
    ("name", "district", "lat", "lon", "code"),
    [
        ("Lhota", "Most", "", "", "500002"),
        ("LHOTA", "most", "", "", "500002"),
        ("Lhota", "", "50.12", "12.42", "500001"),
        ("Lhota", "", "", "", None),
        ("Lhota", "Louny", "50.10", "12.40", None),
        ("Lhota", "Znojmo", "50.10", "12.40", None),
        ("Lhota", "", "49.20", "16.60", None),
        ("Březina", "Louny", "50.301", "13.501", "500003"),
        ("Březina", "Louny", "50.30", "13.70", None),
        ("Březina", "Louny", "", "", None),
        ("Praha 10", "Hlavní město Praha", "", "", "554782"),
        ("Praha 4", "Praha", "", "", "554782"),
        ("Praha", "", "50.08", "14.44", "554782"),
        ("Praha", "", "49.20", "16.60", None),
        ("Praha", "", "", "", None),
        ("Kunratice", "Praha", "", "", None),
        ("", "Cheb", "50.10", "12.40", None),
    ],
)
def test_namesakes_are_told_apart_by_district_and_point_and_never_guessed(
    told, name, district, lat, lon, code
):
    meant = told(municipality=name, district=district, lat=lat, lon=lon)
    found = [one.municipality for one in meant.service.locations]
    assert found == ([code] if code or lat else [])
    assert bool(meant.notes) == (code is None)


def test_facilities_of_one_place_are_services_of_their_own_whatever_their_order(rows):
    shared = [place(1, sort=0, place="7", facility=number) for number in ("30", "20", "0040")]
    assert [row.key for row in rows(shared)] == ["nrpzs-7-30", "nrpzs-7", "nrpzs-7-40"]
    assert [row.key for row in rows(shared[::-1])] == ["nrpzs-7-40", "nrpzs-7", "nrpzs-7-30"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"place": ""}, "Chybí číslo místa"),
        ({"place": "x1"}, "Chybí číslo místa"),
        ({"kind": "", "specialties": "", "forms": ""}, "Chybí druh zařízení"),
        ({"name": "", "provider": ""}, "Chybí název"),
    ],
)
def test_a_row_that_nothing_could_name_or_find_is_rejected(told, cells, said):
    meant = told(**cells)
    assert meant.service is None
    assert said in meant.problems[0].message


def test_a_row_without_its_key_columns_is_odd(rows):
    sound, *lacking = rows(
        [
            place(1, sort=0),
            *(place(2, sort=0, **{column: ""}) for column in ("place", "municipality")),
        ]
    )
    assert not sound.odd
    assert all(row.odd for row in lacking)


def test_a_place_without_a_name_is_called_by_its_kind_and_provider(told):
    assert told(name="").service.name == "Domácí zdravotní péče – Zkušební zdraví 0, s. r. o."


@pytest.mark.parametrize(
    ("cells", "contact"),
    [
        ({"web": "http://a.cz/b"}, ("web", "http://a.cz/b")),
        ({"web": "javascript:alert(1)"}, ("web", None)),
        ({"web": "nemáme"}, ("web", None)),
        ({"email": "a@b.cz; c@d.cz"}, ("email", "a@b.cz")),
        ({"email": "nemá"}, ("email", None)),
        ({"phone": ""}, ("phone", None)),
        ({"phone": "222 333 444, 605 111 222"}, ("phone", "222 333 444")),
    ],
)
def test_contacts_are_taken_over_only_when_they_are_such(told, cells, contact):
    field, value = contact
    assert getattr(told(**cells).service.contact, field) == value


def test_lost_zeros_of_a_company_number_are_given_back_and_nonsense_is_noted(told):
    assert told(ico="123456").service.organization.ico == "00123456"
    meant = told(ico="12 34x")
    assert meant.service.organization.ico is None
    assert meant.notes[-1].field == "ico"


def test_care_that_answers_no_need_is_outside_with_its_kind_and_reason(rows):
    (row,) = rows([place(1, sort=9)])
    assert isinstance(row, Outside)
    assert (row.number, row.field, row.value) == (2, "ZZ_druh_nazev", "Lékárna")


@pytest.mark.parametrize(
    ("name", "layout", "dated", "day"),
    [
        ("nrpzs.csv", EXPORT, False, date(2026, 8, 31)),
        ("export-2026-07.csv", OLD, False, date(2026, 7, 1)),
        ("nrpzs-2026-07-15.csv", CURRENT, False, date(2026, 7, 15)),
        ("nrpzs-2027-07-15.csv", CURRENT, False, TODAY),
        ("nrpzs-2026-02-31.csv", CURRENT, False, TODAY),
        ("export-2026-07.csv", EXPORT, True, TODAY),
    ],
)
def test_the_day_is_the_ordered_one_else_what_the_rows_or_the_name_tell(
    embedded, tmp_path, name, layout, dated, day
):
    file = write_nrpzs(tmp_path / name, homes(3), layout)
    order = SourceFile(path=file, as_of=TODAY, dated=dated)
    edition = nrpzs_edition(order, data=data_dir(), catalog=embedded)
    assert edition.source.as_of == day
    assert edition.source.licence == "CC BY 4.0"
