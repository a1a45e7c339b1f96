"""Every mistake in a catalogue folder is refused with its file, row, column, value and a remedy."""

from datetime import date
from pathlib import Path

import pytest

from referral.catalog.areas import AreaKind, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Kind,
    Location,
    Schedule,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form, RefusalBasis, Urgency
from referral.geo import Point
from referral.ingest.embedded import read_embedded
from referral.ingest.errors import IngestError
from support.small_catalog import OPTIONAL_FILES, SMALL, write_small


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small(tmp_path)
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


# --- What a good folder gives ---------------------------------------------------------------------


def test_a_service_is_read_with_all_its_columns(folder):
    service = read_embedded(folder).catalog().service("s-2")
    assert service.kind is Kind.REGISTERED_SOCIAL
    assert service.organization.ico == "01234567"
    assert service.register_id == "1234567"
    assert service.forms == {Form.FIELD, Form.AMBULATORY}
    assert service.eligibility.target_groups == {"SENIORI", "NEVIDOMI"}
    assert service.eligibility.ages == AgeRange(min=65, max=80)
    assert service.eligibility.rules == (
        AcceptanceRule(barrier="DUS-PSY", stance=Stance.ACCEPTS),
        AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES),
    )
    assert service.coverage.areas == (
        ServiceArea(kind=AreaKind.ORP, name="Město"),
        ServiceArea(kind=AreaKind.RADIUS, name="Ves", km=10.0),
        ServiceArea(kind=AreaKind.MUNICIPALITY, name="Praha"),
    )
    assert service.coverage.status is CoverageStatus.PARSED
    assert service.coverage.certain == {"500001", "500002"}
    assert service.coverage.unresolved == ()
    assert service.locations == (
        Location(
            role=AddressRole.FACILITY,
            point=Point(lat=50.41, lon=13.2),
            municipality="500002",
            municipality_name="Ves",
        ),
    )
    assert service.places == ("Dům", "Dvůr")
    assert (service.valid_from, service.valid_to) == (date(2020, 1, 1), date(2030, 1, 1))
    assert service.provenance.as_of == date(2026, 7, 31)
    assert service.provenance.verified_on == date(2026, 8, 1)


def test_capacities_keep_their_unit_and_date_and_forms_their_hours(folder):
    service = read_embedded(folder).catalog().service("s-2")
    assert service.capacities == (
        ServiceCapacity(
            unit=CapacityUnit.CLIENTS, registered=10, as_of=date(2026, 7, 31), form=Form.FIELD
        ),
        ServiceCapacity(
            unit=CapacityUnit.CONTACTS,
            registered=3,
            as_of=date(2026, 7, 31),
            form=Form.FIELD,
            immediate=True,
            doubt="divné",
        ),
        ServiceCapacity(
            unit=CapacityUnit.CLIENTS, registered=0, as_of=date(2026, 7, 31), form=Form.AMBULATORY
        ),
    )
    assert service.schedules == (
        Schedule(form=Form.FIELD, text="Po-Pá 7:00-15:00"),
        Schedule(form=Form.AMBULATORY, round_the_clock=True),
    )


def test_an_empty_cell_stays_unknown(folder):
    catalog = read_embedded(folder).catalog()
    bare = catalog.service("s-1")
    assert bare.name == "Pečovatelská služba – Jiná z. s."
    assert bare.locations == (Location(role=AddressRole.SECRET),)
    assert (bare.forms, bare.eligibility.target_groups, bare.eligibility.ages) == (None, None, None)
    assert bare.coverage.status is CoverageStatus.UNKNOWN
    assert (bare.organization.ico, bare.register_id, bare.valid_to) == (None, None, None)
    third = catalog.service("s-3")
    assert third.locations == ()
    assert third.places == ("Dům",)
    assert third.eligibility.ages == AgeRange(min=18)


def test_the_seat_of_a_provider_may_lie_outside_the_territory(folder):
    seat = read_embedded(folder).catalog().service("s-4").locations[0]
    assert (seat.municipality, seat.municipality_name) == (None, "Praha")


def test_help_beside_the_services_is_read_from_fewer_columns(folder):
    office = read_embedded(folder).catalog().service("urad")
    assert office.type is None
    assert office.needs == {"PEC-HYG"}
    assert office.coverage.everywhere
    assert office.contact == Contact(phone="155", email="urad@example.test", web="example.test")
    assert office.description == "Poradí."


def test_words_are_read_with_all_their_columns(folder):
    words = read_embedded(folder).vocabulary
    kind = words.service_type("40")
    assert kind.forms == (Form.FIELD, Form.AMBULATORY)
    assert (kind.free_of_charge, kind.remote, kind.repealed) == (False, False, None)
    assert (kind.portal_id, kind.note, kind.typical_groups) == (3838, "poznámka", {"SENIORI"})
    line = words.service_type("55")
    assert (line.free_of_charge, line.remote, line.repealed) == (True, True, "38/2025 Sb.")
    assert words.need("PEC-HYG").service_types == ("40", "55")
    assert words.need("PEC-HYG").other_help == ("půjčovna", "soused")
    assert words.need("ZDR-SUI").urgency is Urgency.NOW
    assert words.need("PEC-HYG").implied_groups == frozenset()
    assert words.need("ZDR-SUI").implied_groups == {"POSTIZENI"}
    assert [code for code, group in words.groups.items() if group.seniors] == ["SENIORI"]
    assert words.barrier("DUS-PSY").bases == (RefusalBasis.CIRCLE, RefusalBasis.HEALTH)
    assert words.with_broader(["NEVIDOMI"]) == {"NEVIDOMI", "POSTIZENI"}
    assert [call.number for call in words.calls] == ["155", "150"]


def test_municipalities_come_in_the_order_of_their_codes(folder):
    found = read_embedded(folder)
    assert [municipality.code for municipality in found.municipalities] == ["500001", "500002"]
    assert found.municipalities[0].population is None
    assert found.municipalities[1].population_65_plus == 60
    assert [part.name for part in found.parts] == ["Zálesí"]


@pytest.mark.parametrize("name", OPTIONAL_FILES)
def test_a_file_that_only_adds_may_be_missing(folder, name):
    (folder / name).unlink()
    assert read_embedded(folder).services


def test_a_byte_order_mark_spare_columns_order_and_empty_lines_do_no_harm(folder):
    (folder / "territory/parts.csv").write_text(
        "\ufeffmunicipality,code,name\r\n500002,900001,Zálesí\r\n\r\n", encoding="utf-8", newline=""
    )
    assert [part.code for part in read_embedded(folder).parts] == ["900001"]


# --- What a mistaken folder gives -----------------------------------------------------------------

ALL_MUST_BE_THERE = [name for name in SMALL if name not in OPTIONAL_FILES]


@pytest.mark.parametrize("name", ALL_MUST_BE_THERE)
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(IngestError, match="Soubor chybí") as raised:
        read_embedded(folder)
    assert (raised.value.file, raised.value.row) == (name, None)


@pytest.mark.parametrize("name", SMALL)
def test_a_missing_column_is_named(folder, name):
    first = SMALL[name].split(",", 1)[0]
    change(folder, name, first, "jiny")
    with pytest.raises(IngestError, match="Sloupec v záhlaví chybí") as raised:
        read_embedded(folder)
    assert (raised.value.file, raised.value.row, raised.value.column) == (name, 1, first)


@pytest.mark.parametrize("name", SMALL)
def test_an_unknown_column_is_named_not_ignored(folder, name):
    header = SMALL[name].split("\n", 1)[0]
    change(folder, name, header, header + ",adresa")
    with pytest.raises(IngestError, match="Sloupec neznáme") as raised:
        read_embedded(folder)
    assert (raised.value.file, raised.value.column) == (name, "adresa")


@pytest.mark.parametrize("name", [name for name in SMALL if name != "catalog/capacities.csv"])
def test_a_row_that_stands_twice_is_refused(folder, name):
    path = folder / name
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[1]]), encoding="utf-8")
    with pytest.raises(IngestError, match="Stejná hodnota je už na řádku") as raised:
        read_embedded(folder)
    assert raised.value.file == name
    assert raised.value.row == len(rows) + 1


def test_a_file_that_is_empty_lacks_its_columns(folder):
    (folder / "sources.csv").write_text("", encoding="utf-8")
    with pytest.raises(IngestError, match="Sloupec v záhlaví chybí"):
        read_embedded(folder)


def test_a_column_named_twice_is_refused(folder):
    change(folder, "territory/parts.csv", "code,name", "code,code,name")
    with pytest.raises(IngestError, match="v záhlaví dvakrát"):
        read_embedded(folder)


def test_a_file_in_another_encoding_is_refused(folder):
    (folder / "sources.csv").write_bytes("id,title\nx,Příliš\n".encode("cp1250"))
    with pytest.raises(IngestError, match="není v kódování UTF-8"):
        read_embedded(folder)


def test_a_file_with_an_open_quotation_mark_is_refused(folder):
    change(folder, "sources.csv", "Zkušební seznam", '"Zkušební seznam')
    with pytest.raises(IngestError, match="není správné CSV"):
        read_embedded(folder)


def test_a_row_with_too_many_cells_is_refused(folder):
    change(folder, "sources.csv", "Zkušebna", "Zkušebna, z. s.")
    with pytest.raises(IngestError, match="Řádek má 7 buněk a záhlaví 6") as raised:
        read_embedded(folder)
    assert raised.value.row == 2


MISTAKES = [
    # file, what stands there, what stands there instead, row, column, value, remedy
    ("sources.csv", "2026-07-31", "31. 7. 2026", 2, "as_of", "31. 7. 2026", "RRRR-MM-DD"),
    ("sources.csv", "2026-07-31", "", 2, "as_of", "", "prázdná"),
    ("sources.csv", "CC0 1.0", " ", 2, "licence", " ", "prázdná"),
    ("vocabulary/target_groups.csv", "POSTIZENI,,", "JINA,,", 3, "broader", "JINA", "Neznáme"),
    (
        "vocabulary/target_groups.csv",
        "lidé s postižením,",
        "lidé s postižením,NEVIDOMI",
        3,
        "broader",
        "POSTIZENI",
        "kruh přerušte",
    ),
    ("vocabulary/target_groups.csv", "65,", "65,12", 2, "min_age", "65", "nad horní (12)"),
    ("vocabulary/target_groups.csv", "lidé s postižením", "senioři", 4, "name", "senioři", "už na"),
    ("vocabulary/service_types.csv", "T;A", "T;X", 2, "forms", "T;X", "T, A, P"),
    ("vocabulary/service_types.csv", "T;A", "", 2, "forms", "", "aspoň jednu"),
    ("vocabulary/service_types.csv", "paid", "", 2, "fee", "", "prázdná"),
    ("vocabulary/service_types.csv", "paid", "drahá", 2, "fee", "drahá", "free, paid"),
    ("vocabulary/service_types.csv", "0,,3838", "ano,,3838", 2, "remote", "ano", "1 (ano)"),
    ("vocabulary/service_types.csv", "3838", "-1", 2, "portal_id", "-1", "celé nezáporné"),
    ("vocabulary/service_types.csv", "SENIORI", "X", 2, "typical_groups", "X", "cílovou skupinu"),
    ("vocabulary/needs.csv", "40;55", "40;99", 2, "service_types", "40;99", "„99“"),
    ("vocabulary/needs.csv", "40;55", "40;40", 2, "service_types", "40;40", "dvakrát"),
    ("vocabulary/needs.csv", "POSTIZENI", "X", 3, "implied_groups", "X", "cílovou skupinu"),
    ("vocabulary/needs.csv", "now", "hned", 3, "urgency", "hned", "now, soon"),
    ("vocabulary/barriers.csv", "mimo zákon", "zvyk", 2, "bases", "zvyk", "mimo zákon"),
    ("vocabulary/calls.csv", "ZDR-SUI", "ZDR", 2, "needs", "ZDR", "potřebu"),
    ("vocabulary/calls.csv", "ZDR-SUI,seznam", "ZDR-SUI,jiny", 2, "source", "jiny", "zdroj"),
    ("territory/municipalities.csv", "500002", "50000", 2, "code", "50000", "šest číslic"),
    ("territory/municipalities.csv", "500002", "50000A", 2, "code", "50000A", "šest číslic"),
    ("territory/municipalities.csv", "50.41,13.2", ",", 2, "lat", "", "nemá souřadnice"),
    ("territory/municipalities.csv", "50.41,13.2", "50.41,", 2, "lon", "", "prázdná"),
    ("territory/municipalities.csv", "50.41,13.2", "13.2,50.41", 2, "lat", "13.2", "prohozené"),
    ("territory/municipalities.csv", "50.41,13.2", "50.41,nan", 2, "lon", "nan", "mimo Česko"),
    ("territory/municipalities.csv", "50.41", "50°", 2, "lat", "50°", "desetinnou tečkou"),
    ("territory/municipalities.csv", "300,60", "60,300", 2, "population_65_plus", "300", "víc než"),
    ("territory/municipalities.csv", "2025-12-31", "", 2, "population_as_of", "", "nemá datum"),
    (
        "territory/municipalities.csv",
        "2025-12-31,seznam",
        "2025-12-31,x",
        2,
        "source",
        "x",
        "zdroj",
    ),
    ("territory/parts.csv", "500002", "599999", 2, "municipality", "599999", "obec"),
    ("territory/elsewhere.csv", "Praha,", ",", 2, "name", "", "prázdná"),
    ("catalog/services.csv", "s-2,1234567", "s-2,123", 2, "register_id", "123", "7 číslic"),
    ("catalog/services.csv", "01234567", "1234567", 2, "ico", "1234567", "úvodních nul"),
    ("catalog/services.csv", "l,40,Péče", "l,99,Péče", 2, "type", "99", "druh služby"),
    ("catalog/services.csv", "l,40,Péče", "l,,Péče", 2, "type", "", "nic by ji nenašlo"),
    ("catalog/services.csv", "registered_social", "neznámý", 2, "kind", "neznámý", "municipal"),
    ("catalog/services.csv", "65,80", "80,65", 2, "age_min", "80", "nad horní (65)"),
    ("catalog/services.csv", "65,80", "šedesát,80", 2, "age_min", "šedesát", "číslicemi"),
    ("catalog/services.csv", "DUS-PSY,", "PES,", 2, "accepts", "PES", "překážku"),
    ("catalog/services.csv", "DUS-PSY,", "ALKOHOL,", 2, "excludes", "ALKOHOL", "přijímanými"),
    ("catalog/services.csv", "parsed", "", 2, "coverage_status", "", "prázdná"),
    ("catalog/services.csv", "orp:Město;", "kolonie:X;", 2, "covers", None, "„kolonie“"),
    ("catalog/services.csv", "orp:Město;", "orp;", 2, "covers", None, "druh:název"),
    ("catalog/services.csv", "orp:Město;", "country:X;", 2, "covers", None, "jen country"),
    ("catalog/services.csv", "radius:10:Ves", "radius:Ves", 2, "covers", None, "radius:20:Most"),
    ("catalog/services.csv", "radius:10:Ves", "radius:10", 2, "covers", None, "druh:název"),
    (
        "catalog/services.csv",
        "500002,Ves,",
        "500009,Ves,",
        2,
        "municipality_code",
        "500009",
        "obec",
    ),
    ("catalog/services.csv", "2030-01-01", "2010-01-01", 2, "valid_to", "2010-01-01", "Konec je"),
    ("catalog/services.csv", "facility", "secret", 2, "municipality_code", "500002", "utajená"),
    ("catalog/services.csv", "facility", "", 2, "municipality_code", "500002", "Role adresy"),
    ("catalog/services.csv", "secret,,,,,,", "secret,,,,,Dům,", 3, "places", "Dům", "utajená"),
    ("catalog/services.csv", "2026-08-01,seznam", "2026-08-01,x", 2, "source", "x", "zdroj"),
    ("catalog/help.csv", "Úřad", "", 2, "name", "", "prázdná"),
    ("catalog/help.csv", "PEC-HYG", "", 2, "type", "", "nic by ji nenašlo"),
    ("catalog/capacities.csv", "s-2,T", "s-9,T", 2, "service_id", "s-9", "službu"),
    ("catalog/capacities.csv", "klient", "lidi", 2, "unit", "lidi", "klient"),
    ("catalog/capacities.csv", "klient,10", "klient,", 2, "registered", "", "prázdná"),
    ("catalog/capacities.csv", "15:00,divné", "16:00,divné", 3, "hours", None, "jinou dobu"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "row", "column", "value", "remedy"),
    MISTAKES,
    ids=[f"{name}:{column}:{new}" for name, _, new, _, column, _, _ in MISTAKES],
)
def test_a_mistake_is_told_with_its_place_and_remedy(
    folder, name, old, new, row, column, value, remedy
):
    change(folder, name, old, new)
    with pytest.raises(IngestError) as raised:
        read_embedded(folder)
    error = raised.value
    assert (error.file, error.row, error.column) == (name, row, column)
    assert value is None or error.value == value
    assert remedy in error.message
    assert error.message.endswith((".", ")."))
    assert f"řádek\N{NO-BREAK SPACE}{row}" in str(error)


def test_the_sentence_of_a_mistake_names_only_what_is_known():
    assert str(IngestError("Soubor chybí.", file="a.csv")) == "a.csv: Soubor chybí."
    assert str(IngestError("Oprava.", file="a.csv", row=3, column="lat", value="x")) == (
        "a.csv, řádek\N{NO-BREAK SPACE}3, sloupec lat, hodnota „x“: Oprava."
    )
