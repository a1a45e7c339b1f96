"""What a service of HSDS means, and what stays unknown or is rejected."""

from datetime import date

import pytest

from referral.catalog.areas import AreaKind, CoverageStatus, Covers, ServiceArea
from referral.catalog.model import AddressRole, AgeRange, CapacityUnit, Kind, Stance
from referral.catalog.vocabulary import Form
from referral.ingest.errors import IngestError
from referral.ingest.hsds.edition import hsds_edition
from referral.ingest.hsds.taxonomies import (
    Taxonomy,
    area_of,
    area_uri,
    taxonomy_id,
    taxonomy_uri,
    term_id,
    term_uri,
    terms_of,
)
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from support.hsds_package import (
    FORM,
    GROUP,
    PEOPLE,
    TYPE,
    at,
    mark,
    person,
    phone,
    place,
    service,
    write_list,
)

DAY = date(2026, 11, 22)


@pytest.fixture
def tell(embedded, tmp_path):
    """Read one service, changed in some keys, and return all that is told of it."""

    def one(mapping=None, without=(), **changed):
        item = {key: told for key, told in service(7, **changed).items() if key not in without}
        path = write_list(tmp_path / "hsds.json", [item])
        if mapping is not None:
            (tmp_path / "hsds_terms.csv").write_text(mapping, encoding="utf-8")
        edition = hsds_edition(SourceFile(path=path, as_of=DAY), data=data_dir(), catalog=embedded)
        (row,) = edition.read(DAY)
        return row.interpret()

    return one


@pytest.fixture
def read(tell):
    """Read one service that is taken over."""

    def one(mapping=None, **changed):
        told = tell(mapping, **changed)
        assert told.problems == ()
        return told.service

    return one


def fields(notes):
    return {one.field for one in notes}


# --- Whom and what --------------------------------------------------------------------------------


def test_a_service_says_what_it_is_who_gives_it_and_when_it_was_verified(read):
    found = read()
    assert (found.type, found.kind, found.forms) == ("40", Kind.REGISTERED_SOCIAL, {Form.FIELD})
    assert found.name == "Pečovatelská služba 7"
    assert found.organization.name == "Zkušební poskytovatel 2, z. s."
    assert found.organization.ico == "10000002"
    assert found.provenance.as_of == date(2026, 10, 5)
    assert found.provenance.verified_on == date(2026, 10, 1)
    assert found.description.startswith("Pomáhá lidem doma.")
    assert found.contact.phone == "+420 600000007"
    assert found.contact.email == "sluzba7@example.cz"
    assert found.contact.web == "https://sluzba7.example.cz"
    assert found.valid_to is None


def test_a_date_after_the_edition_proves_nothing(read):
    found = read(assured_date="2027-01-01", last_modified="2030-01-01T00:00:00Z")
    assert (found.provenance.as_of, found.provenance.verified_on) == (DAY, None)


def test_a_service_that_is_not_given_now_has_ended(tell):
    assert tell(status="inactive").service.valid_to == date(2026, 10, 5)
    assert tell(status="defunct", last_modified=None).service.valid_to == date(2026, 11, 21)
    closed = tell(status="temporarily closed")
    assert closed.service.valid_to == date(2026, 10, 5)
    assert "status" in fields(closed.notes)
    strange = tell(status="paused")
    assert strange.service.valid_to is None
    assert "status" in fields(strange.notes)


def test_a_service_without_a_name_is_called_by_its_type_and_provider(read):
    assert read(name=None).name == "Pečovatelská služba – Zkušební poskytovatel 2, z. s."
    need = [mark("sitpomoci-potreba", "PEC-HYG")]
    assert read(name="", attributes=need).name == "Zkušební poskytovatel 2, z. s."


def test_a_service_of_which_neither_type_nor_need_is_known_is_rejected_with_what_to_do(tell):
    told = tell(attributes=[mark("openeligibility", "1101", "Home care")])
    assert told.service is None
    (problem,) = told.problems
    assert problem.value == "openeligibility: Home care"
    assert "hsds_terms.csv" in problem.message
    nested = ("attributes", "service_at_locations", "service_areas", "phones", "schedules")
    assert "full=true" in tell(without=nested).problems[0].message
    assert [one.field for one in tell(organization=None).problems] == ["organization.name"]


def test_help_outside_the_act_names_the_needs_it_answers(read):
    found = read(
        attributes=[
            mark("sitpomoci-potreba", "FIN-NUZ"),
            mark("jinde", "x", "samota"),
            mark("sitpomoci-puvod", "ngo_followup"),
        ]
    )
    assert (found.type, found.needs) == (None, {"FIN-NUZ", "IZO-OSA"})
    assert found.kind is Kind.NGO_FOLLOWUP
    assert read(attributes=[mark("sitpomoci-potreba", "FIN-NUZ")]).kind is Kind.COMMUNITY


@pytest.mark.parametrize(
    "term",
    [
        mark("cz-108-2006-druh", "40"),
        mark("Druh sociální služby podle zákona č. 108/2006 Sb.", "§ 40"),
        mark("cokoli", "x", "Pečovatelská  SLUŽBA"),
        mark("cokoli", "x", "§ 40"),
        mark("cokoli", "x", "§ 40 – pečovatelská služba"),
        {"taxonomy_term": {"id": str(term_id(Taxonomy.TYPE, "40"))}},
        {"taxonomy_term_id": str(term_id(Taxonomy.TYPE, "40")).upper()},
        {"taxonomy_term": {"term_uri": term_uri(Taxonomy.TYPE, "40")}},
        {"taxonomy_term": {"code": "40", "taxonomy_id": str(taxonomy_id(Taxonomy.TYPE))}},
        {"taxonomy_term": {"code": "40", "taxonomy_detail": {"uri": taxonomy_uri(Taxonomy.TYPE)}}},
        {"taxonomy_term": {"id": "37", "code": "40", "taxonomy": "cz-108-2006-druh"}},
    ],
    ids=range(11),
)
def test_a_type_is_known_by_our_code_by_its_name_and_by_its_address(read, term):
    assert read(attributes=[term]).type == "40"


@pytest.mark.parametrize(
    "term",
    [
        mark("cokoli", "40"),
        mark("cokoli", "x", "pečovatelka"),
        mark("cokoli", "x", "§ 40 domovy pro seniory"),
        mark("cokoli", "x", "§ 99"),
        mark("cz-108-2006-druh", "99"),
        {"taxonomy_term": None},
        {},
    ],
    ids=range(7),
)
def test_a_term_that_only_resembles_ours_is_not_guessed(tell, term):
    assert tell(attributes=[term]).service is None


def test_of_two_types_the_first_is_taken_and_the_other_named(tell):
    told = tell(attributes=[mark(TYPE, "40"), mark(TYPE, "39")])
    assert told.service.type == "40"
    assert ("attributes", "39") in {(one.field, one.value) for one in told.notes}


def test_the_number_in_the_register_comes_with_the_attribute(tell):
    register = "cz-rpss-identifikator"
    told = tell(attributes=[mark(TYPE, "40"), mark(register, "rpss", value="123 4567")])
    assert told.service.register_id == "1234567"
    told = tell(attributes=[mark(TYPE, "40"), mark(register, "x", value=PEOPLE[0])])
    assert told.service.register_id is None
    assert PEOPLE[0] not in repr(told.notes)


def numbered(scheme, number):
    return {"organization_identifiers": [{"identifier_type": scheme, "identifier": number}]}


@pytest.mark.parametrize(
    ("organization", "ico"),
    [
        (numbered("IČO", 123456), "00123456"),
        (numbered("DUNS", "12345678"), None),
        (numbered("CZ-ICO", "123456789"), None),
        ({"tax_id": "CZ12345678"}, "12345678"),
        ({"tax_id": "CZ8001011234"}, None),
        ({"tax_id": ["x"]}, None),
    ],
    ids=range(6),
)
def test_the_number_of_a_provider_is_never_a_birth_number(tell, organization, ico):
    told = tell(organization={"name": "P"} | organization)
    assert told.service.organization.ico == ico
    assert "8001011234" not in repr(told)


# --- The user's mapping ---------------------------------------------------------------------------


def test_a_mapping_beside_the_file_gives_foreign_terms_our_meaning(tell):
    foreign = [
        mark("openeligibility", "1101", "Home care"),
        mark("openeligibility", "1102", "Seniors"),
        mark("openeligibility", "1103", "Funding"),
        mark("openeligibility", "1104", "Other"),
    ]
    mapping = "term;ours\nHome care;40\n1102;seniori\nfunding;-\n"
    told = tell(mapping, attributes=foreign, schedules=[])
    assert told.service.type == "40"
    assert {one.value for one in told.notes} == {"openeligibility: Other"}
    assert told.service.eligibility.target_groups is None
    assert tell(mapping, attributes=foreign[:3]).service.eligibility.target_groups == {"SENIORI"}


def test_a_mapping_may_name_units(read):
    capacity = {"unit": {"name": "Beds"}, "available": 1, "maximum": 4}
    assert read("term,ours\nbeds,luzka\n", capacities=[capacity]).capacities[0].unit == "luzka"
    assert read("term,ours\nbeds,40\n", capacities=[capacity]).capacities == ()


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("term,ours\nHome care,XX\n", r"hsds_terms.csv, řádek.2, sloupec ours, hodnota „XX“"),
        ("term,jine\nHome care,40\n", r"sloupec ours: Sloupec v převodní"),
        ("term,ours\n,40\n", "Chybí pojem"),
        ("term,ours\nHome care\n", "jiný počet buněk"),
        ("term,ours\n" + "a" * 6_000_000, "příliš velká"),
    ],
    ids=range(5),
)
def test_a_wrong_mapping_is_refused_with_the_place(tell, mapping, said):
    with pytest.raises(IngestError, match=said):
        tell(mapping)


# --- For whom -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "ages"),
    [
        (18, None, AgeRange(min=18)),
        ("18.0", "64,5", AgeRange(min=18, max=64)),
        (0, 17.99, AgeRange(max=17)),
        (18, 120, AgeRange(min=18)),
        (18, 999, AgeRange(min=18)),
        (None, None, None),
        (0, 0, AgeRange(max=0)),
    ],
)
def test_ages_are_completed_years_and_what_nobody_reaches_is_no_limit(read, low, high, ages):
    assert read(minimum_age=low, maximum_age=high).eligibility.ages == ages


@pytest.mark.parametrize(
    ("low", "high"), [(60, 18), (-5, None), ("osmnáct", None), ([], {}), (True, None)]
)
def test_ages_that_make_no_sense_are_noted_and_unknown(tell, low, high):
    told = tell(minimum_age=low, maximum_age=high, eligibility_description="")
    assert told.service.eligibility.ages is None
    assert fields(told.notes) & {"minimum_age", "maximum_age"}


def test_ages_and_conditions_are_read_from_words_where_numbers_and_terms_are_missing(read):
    text = "Služba je pro lidi od 60 let. Osobám s agresivním chováním ji neposkytujeme."
    found = read(minimum_age=None, eligibility_description=text).eligibility
    assert found.ages == AgeRange(min=60)
    assert [(one.barrier, one.stance) for one in found.rules] == [("AGRESE", Stance.EXCLUDES)]
    terms = [
        mark(TYPE, "40"),
        mark("sitpomoci-prekazka", "AGRESE", value="accepts"),
        mark("sitpomoci-prekazka", "PES", value="s podmínkou", label="pes s náhubkem"),
        mark("sitpomoci-prekazka", "ALKOHOL"),
    ]
    rules = read(attributes=terms, eligibility_description=text).eligibility.rules
    assert {(one.barrier, one.stance, one.wording) for one in rules} == {
        ("AGRESE", Stance.ACCEPTS, ""),
        ("PES", Stance.CONDITIONS, "pes s náhubkem"),
    }


def test_a_circle_of_persons_with_an_unknown_group_is_unknown_as_a_whole(read):
    known = [mark(TYPE, "40"), mark(GROUP, "SENIORI"), mark("jinde", "y", "osoby v krizi")]
    assert read(attributes=known).eligibility.target_groups == {"SENIORI", "KRIZE"}
    for unknown in (
        mark("jinde", "x", "Carers"),
        mark(GROUP, "NEVIM"),
        mark("ještě jinde", "x", "Carers", link_type="eligibility"),
        {"taxonomy_term": {"name": "Carers"}},
    ):
        assert read(attributes=[*known, unknown]).eligibility.target_groups is None
    beside = mark("ještě jinde", "x", "Free")
    assert read(attributes=[*known, beside]).eligibility.target_groups == {"SENIORI", "KRIZE"}


# --- Where ----------------------------------------------------------------------------------------


def test_the_place_of_a_service_has_its_point_and_its_municipality(read):
    (found,) = read().locations
    assert (found.role, found.municipality) == (AddressRole.FACILITY, "563102")
    assert (found.point.lat, found.point.lon) == (50.3785, 13.2702)
    assert read().places == ("Dům Kadaň",)


@pytest.mark.parametrize(
    ("changed", "lat", "noted"),
    [
        ({"latitude": 13.2702, "longitude": 50.3785}, 50.3785, True),
        ({"latitude": "50,3785", "longitude": "13.2702"}, 50.3785, False),
        ({"latitude": 0, "longitude": 0}, 50.3761, True),
        ({"latitude": 49.2, "longitude": 16.6}, 50.3761, True),
        ({"latitude": None}, 50.3761, False),
        ({"latitude": "x"}, 50.3761, True),
        ({"latitude": 1e308, "longitude": -1e308}, 50.3761, True),
    ],
    ids=range(7),
)
def test_a_point_is_checked_and_otherwise_that_of_the_municipality(tell, changed, lat, noted):
    told = tell(service_at_locations=[at(place(**changed))])
    assert told.service.locations[0].point.lat == lat
    assert ("latitude" in fields(told.notes)) is noted


def test_a_municipality_is_found_by_its_code_its_name_and_the_region_beside_it(tell):
    def code(city, **other):
        spot = place(latitude=None)
        spot["addresses"][0] |= {"city": city} | other
        told = tell(service_at_locations=[at(spot)])
        return told.service.locations[0].municipality if told.service.locations else None

    assert code("kadan") == code("Kadaň 1") == code("432 01 Kadaň") == "563102"
    assert code("Březová", state_province="okres Sokolov") == "560294"
    assert code("Březová", state_province="") is None
    assert code("Kadan1x") is None
    assert code("Kadaň", country="DE") is None
    coded = place("Nikde", external_identifier="563102", external_identifier_type="CZ-OBEC")
    assert tell(service_at_locations=[at(coded)]).service.locations[0].municipality == "563102"
    near = place(latitude=50.1458, longitude=12.6499)
    near["addresses"][0] |= {"city": "Březová", "state_province": ""}
    assert tell(service_at_locations=[at(near)]).service.locations[0].municipality == "560294"


def test_an_unknown_municipality_is_noted_and_its_point_kept(tell):
    told = tell(service_at_locations=[at(place("Xyzov"))])
    (found,) = told.service.locations
    assert (found.municipality, found.point.lat) == (None, 50.3785)
    assert ("city", "Xyzov") in {(one.field, one.value) for one in told.notes}


def test_a_place_one_cannot_go_to_is_none(read):
    spots = [at(place(location_type="virtual")), at(place("Most", location_type="postal"))]
    assert read(service_at_locations=spots).locations == ()


def test_places_of_the_provider_are_its_seat_and_only_where_there_is_no_other(read):
    owner = service(7)["organization"] | {"locations": [place("Most", latitude=None)]}
    (seat,) = read(service_at_locations=[], organization=owner).locations
    assert (seat.role, seat.municipality) == (AddressRole.PROVIDER_SEAT, "567027")
    assert read(service_at_locations=[], organization=owner).places == ()
    assert [one.municipality for one in read(organization=owner).locations] == ["563102"]


@pytest.mark.parametrize("where", ["service", "at", "location", "address"])
@pytest.mark.parametrize(
    "term",
    [
        mark("sitpomoci-adresa", "secret"),
        mark("sitpomoci-adresa", "nesrozumitelné"),
        mark("cokoli", "x", "Utajená adresa"),
    ],
    ids=["ours", "unclear", "named"],
)
def test_a_secret_address_hides_every_place_wherever_it_is_marked(tell, where, term):
    spot = place()
    secret = at(spot)
    marks = [mark(TYPE, "57")]
    holder = {"at": secret, "location": spot, "address": spot["addresses"][0]}.get(where, {})
    holder["attributes"] = [term]
    if where == "service":
        marks.append(term)
    areas = [{"name": "do 5 km od sídla služby"}]
    told = tell(service_at_locations=[secret, at(place("Most"))], attributes=marks,
                service_areas=areas)  # fmt: skip
    assert [one.role for one in told.service.locations] == [AddressRole.SECRET]
    assert told.service.places == ()
    written = repr((told.service.locations, told.service.places, told.service.coverage, told.notes))
    assert "563102" not in written
    assert "Dům" not in written


# --- How far --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "areas"),
    [
        ({"name": "Kadaň"}, [(AreaKind.MUNICIPALITY, "Kadaň")]),
        ({"name": "ORP Kadaň"}, [(AreaKind.ORP, "Kadaň")]),
        ({"name": "okres Chomutov"}, [(AreaKind.DISTRICT, "Chomutov")]),
        ({"name": "Ústecký kraj"}, [(AreaKind.REGION, "Ústecký kraj")]),
        ({"name": "Česká republika"}, [(AreaKind.COUNTRY, "Česká republika")]),
        ({"name": "", "uri": "https://example.cz/obec/563102"}, [(AreaKind.MUNICIPALITY, "Kadaň")]),
        ({"name": "563102"}, [(AreaKind.MUNICIPALITY, "Kadaň")]),
        ({"uri": "urn:x-sitpomoci:uzemi:municipality:563102"}, [(AreaKind.MUNICIPALITY, "Kadaň")]),
        (
            {"name": "Kadaň a Klášterec nad Ohří"},
            [(AreaKind.MUNICIPALITY, "Kadaň"), (AreaKind.MUNICIPALITY, "Klášterec nad Ohří")],
        ),
    ],
    ids=range(9),
)
def test_a_code_or_a_plain_name_of_a_territory_is_declared(tell, area, areas):
    told = tell(service_areas=[area], service_at_locations=[])
    found = told.service.coverage
    assert found.status is CoverageStatus.DECLARED
    assert [(one.kind, one.name) for one in found.areas] == areas
    assert found.includes("563102") is Covers.YES
    assert told.notes == ()


def test_any_other_wording_is_only_read(tell):
    found = tell(service_areas=[{"name": "Jezdíme do Kadaně a okolí"}]).service.coverage
    assert found.status is CoverageStatus.PARSED
    assert found.includes("563102") is Covers.YES
    mixed = tell(service_areas=[{"name": "ORP Kadaň"}, {"name": "jezdíme také do Mostu"}])
    assert mixed.service.coverage.status is CoverageStatus.PARSED
    assert mixed.service.coverage.includes("567027") is Covers.YES


def test_what_cannot_be_read_is_named_and_makes_the_neighbourhood_possible(tell):
    areas = [{"name": "Kadaň"}, {"name": "MyCity area"}]
    told = tell(service_areas=areas)
    found = told.service.coverage
    assert found.unresolved == ("MyCity area",)
    assert found.includes("563129") is Covers.UNKNOWN
    assert ("service_areas", "MyCity area") in {(one.field, one.value) for one in told.notes}
    alone = tell(service_areas=[{"extent": "{}", "extent_type": "geojson"}])
    assert alone.service.coverage.status is CoverageStatus.UNKNOWN
    assert "Hranici" in alone.notes[0].message


def test_areas_of_the_places_count_too_and_words_stand_in_where_there_are_none(read):
    spot = at(place(), service_areas=[{"name": "Most"}])
    found = read(service_areas=[], service_at_locations=[spot]).coverage
    assert found.includes("567027") is Covers.YES
    text = "Pomáháme lidem z okresu Most."
    found = read(service_areas=[], eligibility_description=text).coverage
    assert (found.status, found.includes("567027")) == (CoverageStatus.PARSED, Covers.YES)


@pytest.mark.parametrize(
    "area",
    [
        ServiceArea(kind=AreaKind.COUNTRY, name="Česká republika"),
        ServiceArea(kind=AreaKind.ORP, name="Ústí nad Labem"),
        ServiceArea(kind=AreaKind.MUNICIPALITY, code="563102"),
        ServiceArea(kind=AreaKind.MUNICIPALITY_PART, name="Tušimice: hráz/1"),
        ServiceArea(kind=AreaKind.RADIUS, name="Most", km=20),
        ServiceArea(kind=AreaKind.CATCHMENT, name="Most"),
    ],
    ids=lambda area: area.kind.value,
)
def test_an_area_is_written_as_an_address_and_read_back(area):
    assert area_of(area_uri(area)) == area


@pytest.mark.parametrize(
    "uri",
    ["", "http://x", "urn:x-sitpomoci:uzemi", "urn:x-sitpomoci:uzemi:hvozd:x",
     "urn:x-sitpomoci:uzemi:radius:x:Most", "urn:x-sitpomoci:uzemi:radius:20",
     "urn:x-sitpomoci:uzemi:orp:", "urn:x-sitpomoci:uzemi:country:x",
     "urn:x-sitpomoci:uzemi:orp:a:b"],
)  # fmt: skip
def test_another_address_is_no_area(uri):
    assert area_of(uri) is None


def test_every_word_of_ours_is_read_back_from_what_it_is_written_as(embedded):
    written = {
        term_uri(one, code) for one in Taxonomy for code in terms_of(one, embedded.vocabulary)
    }
    assert len(written) > 100
    assert all(uri.isascii() and " " not in uri for uri in written)


# --- When and how many ----------------------------------------------------------------------------


def hours(**other):
    return {"byday": "MO,TU", "opens_at": "08:00", "closes_at": "12:30", "freq": "WEEKLY"} | other


@pytest.mark.parametrize(
    ("schedules", "text"),
    [
        ([hours()], "Po, Út 8:00 - 12:30"),
        ([hours(), hours(byday="FR")], "Po, Út, Pá 8:00 - 12:30"),
        ([hours(), hours(opens_at="13:00", closes_at="15:00")],
         "Po, Út 8:00 - 12:30; Po, Út 13:00 - 15:00"),
        ([hours(interval=2)], "Po, Út 8:00 - 12:30 (každý 2. týden)"),
        ([hours(byday="1SA", freq="MONTHLY")], "1. So 8:00 - 12:30 (každý měsíc)"),
        ([hours(byday="-1SU", freq="MONTHLY")], "poslední Ne 8:00 - 12:30 (každý měsíc)"),
        ([hours(valid_to="2026-10-01"), hours(byday="WE")], "St 8:00 - 12:30"),
    ],
    ids=range(7),
)  # fmt: skip
def test_opening_hours_are_written_for_people(read, schedules, text):
    (found,) = read(schedules=schedules).schedules
    assert (found.form, found.text, found.round_the_clock) == (Form.FIELD, text, False)


def test_hours_round_the_clock_are_known(read):
    days = "MO,TU,WE,TH,FR,SA,SU"
    (found,) = read(schedules=[hours(byday=days, opens_at="00:00", closes_at="23:59")]).schedules
    assert found.round_the_clock


@pytest.mark.parametrize(
    "wrong",
    [{"byday": "XX"}, {"opens_at": None}, {"closes_at": "pozdě"}, {"byday": "5XX"}],
    ids=range(4),
)
def test_hours_that_are_not_understood_are_noted(tell, wrong):
    told = tell(schedules=[hours(**wrong)])
    assert told.service.schedules == ()
    assert told.notes


def test_hours_and_numbers_of_a_service_with_more_forms_need_to_say_which(tell):
    forms = [mark(TYPE, "40"), mark(FORM, "T"), mark(FORM, "A")]
    told = tell(attributes=forms)
    assert told.service.schedules == ()
    assert "schedules" in fields(told.notes)
    assert [one.form for one in told.service.capacities] == [None]
    marked = [hours(attributes=[mark(FORM, "A")])]
    assert [one.form for one in tell(attributes=forms, schedules=marked).service.schedules] == ["A"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, (CapacityUnit.CLIENTS, 30, 2, date(2026, 10, 20))),
        ({"unit": {"name": "Lůžka"}}, (CapacityUnit.BEDS, 30, 2, date(2026, 10, 20))),
        ({"unit": {"name": "Beds", "identifier": "luzka"}},
         (CapacityUnit.BEDS, 30, 2, date(2026, 10, 20))),
        ({"available": 31}, (CapacityUnit.CLIENTS, 30, None, date(2026, 10, 20))),
        ({"available": -1}, (CapacityUnit.CLIENTS, 30, None, date(2026, 10, 20))),
        ({"updated": None}, (CapacityUnit.CLIENTS, 30, 2, date(2026, 10, 5))),
        ({"updated": "2099-01-01"}, (CapacityUnit.CLIENTS, 30, 2, DAY)),
        ({"maximum": "30"}, (CapacityUnit.CLIENTS, 30, 2, date(2026, 10, 20))),
    ],
    ids=range(8),
)  # fmt: skip
def test_a_capacity_has_our_unit_and_its_own_day(read, changed, found):
    (one,) = read(capacities=[service(7)["capacities"][0] | changed]).capacities
    assert (one.unit, one.registered, one.available, one.as_of) == found
    assert one.form is Form.FIELD


@pytest.mark.parametrize(
    "changed",
    [{"unit": {"name": "Kilogram"}}, {"unit": None}, {"maximum": None}, {"maximum": 10**9},
     {"maximum": 2.5}],
    ids=range(5),
)  # fmt: skip
def test_a_capacity_of_an_unknown_unit_or_number_is_not_taken(tell, changed):
    told = tell(capacities=[service(7)["capacities"][0] | changed])
    assert told.service.capacities == ()
    assert any(one.field.startswith("capacities") for one in told.notes)


# --- Contacts, and people -------------------------------------------------------------------------


def test_the_contact_is_the_services_own_else_the_places_else_the_providers(read):
    owner = service(7)["organization"] | {"phones": [phone(9)], "website": "www.example.cz"}
    spot = at(place(phones=[phone(8)]))
    assert read(phones=[], service_at_locations=[spot]).contact.phone == "+420 600000008"
    found = read(phones=[], email=None, url=None, organization=owner).contact
    assert (found.phone, found.email) == ("+420 600000009", "urad2@example.cz")
    assert found.web == "www.example.cz"


@pytest.mark.parametrize(
    "changed",
    [
        {"email": f"{PEOPLE[0]} <a@example.cz>"},
        {"phones": [{"number": f"{PEOPLE[0]}: 600 100 200"}]},
        {"url": f"javascript:{PEOPLE[0]}"},
        {"url": f"https://x.cz/ {PEOPLE[0]}"},
        {"email": [PEOPLE[0]], "phones": [{"number": {"x": PEOPLE[0]}}]},
    ],
    ids=range(5),
)
def test_a_contact_with_something_beside_it_is_neither_taken_nor_shown(tell, changed):
    told = tell(**changed)
    assert told.notes
    assert PEOPLE[0] not in repr(told)


def test_no_name_of_a_person_is_read(tell):
    spot = at(place(phones=[phone(3)]), contacts=[person(4)], phones=[phone(4)])
    told = tell(service_at_locations=[spot], contacts=[person(n) for n in range(3)])
    written = repr((told.service, told.notes, told.problems))
    assert [name for name in PEOPLE if name in written or name.lower() in written] == []
    assert "999 888 777" not in written
