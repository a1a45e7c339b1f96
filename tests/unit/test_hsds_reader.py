"""What a service of HSDS is, for whom, and what is rejected."""

from datetime import date

import pytest

from referral.catalog.model import AgeRange, Kind, Stance
from referral.catalog.vocabulary import Form
from referral.ingest.errors import IngestError
from referral.ingest.hsds.taxonomies import (
    Taxonomy,
    taxonomy_id,
    taxonomy_uri,
    term_id,
    term_uri,
)
from support.hsds_package import GROUP, PEOPLE, TYPE, mark
from support.hsds_reading import DAY, fields, taken, teller


@pytest.fixture
def tell(embedded, tmp_path):
    """Read one service, changed in some keys, and return all that is told of it."""
    return teller(embedded, tmp_path)


@pytest.fixture
def read(tell):
    """Read one service that is taken over."""
    return lambda *mapping, **changed: taken(tell(*mapping, **changed))


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


def test_a_day_that_is_none_is_noted_and_the_service_kept(tell):
    told = tell(last_modified="včera", assured_date=5)
    assert (told.service.provenance.as_of, told.service.provenance.verified_on) == (DAY, None)
    assert fields(told.notes) == {"last_modified", "assured_date"}


def test_where_help_comes_from_is_told_by_its_own_mark(read):
    marks = [mark(TYPE, "40"), mark("sitpomoci-puvod", "municipal")]
    assert read(attributes=marks).kind is Kind.MUNICIPAL


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
