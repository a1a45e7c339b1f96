"""What an item of the register means, and what stays unknown or is rejected."""

import json
from dataclasses import replace
from datetime import date

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, Covers, ServiceArea
from referral.catalog.model import AcceptanceRule, AddressRole, AgeRange, CapacityUnit, Stance
from referral.catalog.resolve import CoverageResolver
from referral.catalog.vocabulary import Form
from referral.ingest.rpss.codes import RegisterCodes
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.reader import read_register
from referral.resources import data_dir
from support.rpss_register import (
    PEOPLE,
    address,
    facility,
    group_numbers,
    item,
    write_group_list,
)

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def guide(embedded, tmp_path_factory) -> Guide:
    """Everything that reading needs, save readers of remarks."""
    listed = write_group_list(tmp_path_factory.mktemp("ciselniky"), embedded.vocabulary)
    return Guide(
        codes=RegisterCodes.read(data_dir()).with_lists_beside(listed, embedded.vocabulary),
        vocabulary=embedded.vocabulary,
        resolver=CoverageResolver.of(embedded.territory),
        source="rpss",
        as_of=TODAY,
    )


@pytest.fixture
def read(guide, tmp_path):
    """Read registrations and return what each means."""

    def reads(*registrations, root="polozky", with_guide=guide):
        file = tmp_path / "rpss.json"
        file.write_text(json.dumps({"_zdroj": ["x"], root: registrations}), encoding="utf-8")
        return [row.interpret() for row in read_register(file, guide=with_guide)]

    return reads


@pytest.fixture
def service(read):
    """Read one registration, changed in some keys, as a service."""

    def one(with_guide=None, **changed):
        options = {} if with_guide is None else {"with_guide": with_guide}
        told = read(item(7) | changed, **options)[0]
        assert told.problems == ()
        return told.service

    return one


def form(code="ter", *capacities, **other):
    return {
        "forma": {"id": f"FormaSocialniSluzby/{code}"},
        "nepretrzitePoskytovani": False,
        "casoveRozsahy": None,
        "kapacity": [
            {"pocet": count, "popis": note, "typ": {"id": f"TypKapacitySocialniSluzby/{unit}"}}
            for count, unit, note in capacities
        ],
    } | other


# --- What an item means ---------------------------------------------------------------------------


def test_a_registration_becomes_a_service_of_the_register(service):
    found = service(identifikator="0012345")
    assert (found.id, found.register_id, found.type) == ("rpss-7", "0012345", found.type)
    assert found.organization.name == "Zkušební poskytovatel 2, z. s."
    assert found.organization.ico == "10000002"
    assert found.contact.phone == "600000007"
    assert found.contact.email == "sluzba7@example.cz"
    assert found.contact.web == "https://sluzba7.example.cz"
    assert len(found.eligibility.target_groups) == 3
    assert found.provenance.as_of == TODAY
    assert found.valid_to is None


def test_the_names_of_people_never_leave_the_parser(read):
    told = repr(read(item(1), item(2) | {"druhSocialniSluzby": {"id": "DruhSocialniSluzby/999"}}))
    assert [name for name in PEOPLE if name in told] == []


def test_capacities_stay_apart_by_form_and_unit_however_many_facilities_there_are(service):
    found = service(
        formy=[
            form("pob", (32, "luzka", "Okamžitá kapacita."), (32, "luzka", "Okamžitá kapacita.")),
            form("ter", (10, "kontakt", None), (3, "interv", None), (1, "hovor", None)),
        ],
        zarizeni=[facility("A"), facility("B"), facility("A")],
    )
    assert [(one.form, one.unit, one.registered, one.immediate) for one in found.capacities] == [
        (Form.RESIDENTIAL, CapacityUnit.BEDS, 32, True),
        (Form.FIELD, CapacityUnit.CONTACTS, 10, False),
        (Form.FIELD, CapacityUnit.INTERVENTIONS, 3, False),
        (Form.FIELD, CapacityUnit.CALLS, 1, False),
    ]
    assert found.forms == {Form.RESIDENTIAL, Form.FIELD}
    assert found.places == ("A", "B")
    assert len(found.locations) == 1


def test_the_other_name_of_the_list_of_capacities_is_known(service):
    one = form("ter")
    del one["kapacity"]
    one["kapacita"] = [{"pocet": "12", "typ": {"id": "TypKapacitySocialniSluzby/klient"}}]
    assert [cap.registered for cap in service(formy=[one]).capacities] == [12]


@pytest.mark.parametrize("count", [None, -1, True, "mnoho", 10**30, 1.5, [3]])
def test_a_capacity_that_is_no_number_stays_unknown_and_is_noted(read, count):
    told = read(item(7) | {"formy": [form("ter", (count, "klient", None))]})[0]
    assert told.service.capacities == ()
    assert [note.field for note in told.notes].count("kapacity.pocet") == 1


def test_hours_keep_their_days_and_round_the_clock_is_said(service):
    times = [
        {"interval": "8-12", "denVTydnu": {"id": "DenVTydnu/3774"}},
        {"interval": "8-12", "denVTydnu": {"id": "3776"}},
        {"interval": "9-10", "denVTydnu": None},
        {"interval": None, "denVTydnu": None},
        {"interval": "7-8", "denVTydnu": {"id": "DenVTydnu/nevim"}},
    ]
    found = service(
        formy=[
            form("ter", casoveRozsahy=times),
            form("pob", nepretrzitePoskytovani=True),
            form("amb", casoveRozsahy="denně 8–16"),
        ]
    )
    assert [(one.form, one.round_the_clock, one.text) for one in found.schedules] == [
        (Form.FIELD, False, "Po, St 8-12; 9-10"),
        (Form.RESIDENTIAL, True, ""),
        (Form.AMBULATORY, False, "denně 8–16"),
    ]


def test_a_secret_facility_hides_every_place_and_name_of_the_service(service):
    found = service(zarizeni=[facility("Veřejné"), facility("Skryté", utajenaAdresa=True)])
    assert [one.role for one in found.locations] == [AddressRole.SECRET]
    assert found.places == ()
    assert "Skryté" not in repr(found)
    assert "Veřejné" not in repr(found)


@pytest.mark.parametrize("said", [None, "ano", 1, [], {}, "true", 2])
def test_an_address_is_public_only_when_the_source_says_so(service, said):
    assert service(zarizeni=[facility("A", utajenaAdresa=said)]).secret


@pytest.mark.parametrize("said", [False, 0, "false", " Ne "])
def test_an_address_that_is_said_to_be_public_is(service, said):
    assert not service(zarizeni=[facility("A", utajenaAdresa=said)]).secret


def test_a_facility_that_has_ended_is_left_out_although_the_service_runs(service):
    found = service(
        zarizeni=[
            facility("Dřív", 3, poskytujeDo="2020-01-01"),
            facility("Brzy", 4, poskytujeOd="2030-01-01"),
            facility("Teď", 0),
        ]
    )
    assert found.places == ("Teď",)
    assert found.name == "Teď"
    assert [(one.role, one.municipality) for one in found.locations] == [
        (AddressRole.FACILITY, "554481")
    ]
    assert found.locations[0].point is not None


def test_a_service_that_has_ended_keeps_its_end_and_its_last_facilities(service):
    found = service(
        datumPoskytovaniOd="2010-01-01",
        datumPoskytovaniDo="2020-06-30",
        zarizeni=[facility("Poslední", poskytujeDo="2020-06-30"), facility("Nové")],
    )
    assert found.valid_to == date(2020, 6, 30)
    assert found.places == ("Poslední", "Nové")
    assert not found.offered_on(TODAY)


def test_the_seat_of_the_provider_never_passes_for_the_place_of_service(service):
    found = service(zarizeni=[])
    assert [one.role for one in found.locations] == [AddressRole.PROVIDER_SEAT]
    assert service(zarizeni=[], poskytovatel={"nazev": "Kdosi"}).locations == ()


def test_a_municipality_that_is_not_loaded_keeps_its_code_and_has_no_point(service):
    elsewhere = facility("Praha", adresa=address() | {"obec": {"id": "Obec/599999"}})
    place = service(zarizeni=[elsewhere]).locations[0]
    assert (place.municipality, place.point, place.municipality_name) == ("599999", None, "")


def test_an_address_without_a_code_is_counted_and_one_without_numbers_stays_unknown(read):
    bare = facility("A", adresa=address() | {"kodAdresnihoMista": None, "obec": {"id": "Obec/x"}})
    told = read(item(7) | {"zarizeni": [bare, facility("B", adresa=None)]})[0]
    assert [note.field for note in told.notes].count("adresa.kodAdresnihoMista") == 2
    assert "adresa.obec" in {note.field for note in told.notes}


@pytest.mark.parametrize(
    ("changed", "field", "value"),
    [
        ({"druhSocialniSluzby": {"id": "DruhSocialniSluzby/99"}}, "druhSocialniSluzby", "99"),
        ({"druhSocialniSluzby": None}, "druhSocialniSluzby", ""),
        ({"poskytovatel": None}, "poskytovatel.nazev", ""),
        ({"datumPoskytovaniDo": "loni"}, "datumPoskytovaniDo", "loni"),
        ({"datumPoskytovaniDo": "1990-01-01"}, "datumPoskytovaniDo", "1990-01-01"),
        ({"portalId": None, "id": None}, "portalId", "None"),
    ],
)
def test_a_row_is_rejected_with_its_field_its_value_and_a_sentence(read, changed, field, value):
    told = read(item(7) | changed)[0]
    assert told.service is None
    assert [(one.field, one.value) for one in told.problems] == [(field, value)]
    assert told.problems[0].message.endswith(".")


def test_without_the_ministrys_list_the_circle_is_unknown_and_a_known_one_is_kept(
    read, guide, embedded, tmp_path
):
    bare = RegisterCodes.read(data_dir())
    assert bare.with_lists_beside(tmp_path / "rpss.json", embedded.vocabulary) is bare
    told = read(item(7), with_guide=replace(guide, codes=bare))[0]
    assert told.service.eligibility.target_groups is None
    assert "groups" in told.silent
    assert "groups" not in read(item(7))[0].silent


def test_an_unknown_code_stays_unknown_with_its_raw_value(read):
    groups = [{"cilovaSkupina": {"id": code}} for code in ("CilovaSkupinaOsoby/24", "X/77")]
    odd = form("jina")
    unit = form("ter", (5, "kus", None))
    told = read(
        item(7)
        | {
            "ciloveSkupiny": groups,
            "formy": [odd, unit],
            "rozsirenePusobnostiVKraji": [{"kraj": {"id": "Kraj/999"}}, "Kraj/60"],
        }
    )[0]
    assert told.service.eligibility.target_groups is None
    assert told.service.forms is None
    assert told.service.capacities == ()
    raw = {(note.field, note.value) for note in told.notes}
    assert raw >= {
        ("ciloveSkupiny", "77"),
        ("formy.forma", "jina"),
        ("kapacity.typ", "kus"),
        ("rozsirenePusobnostiVKraji", "999"),
    }


def test_further_regions_are_declared_and_the_own_one_is_only_possible(service):
    found = service(zarizeni=[facility("A")], rozsirenePusobnostiVKraji=[{"id": "Kraj/60"}])
    assert found.coverage.status is CoverageStatus.DECLARED
    assert found.coverage.includes("567027") is Covers.YES
    assert found.coverage.includes("554481") is Covers.UNKNOWN
    assert service(rozsirenePusobnostiVKraji=None).coverage == Coverage()
    assert service(rozsirenePusobnostiVKraji="Kraj/60").coverage.areas != ()


def test_what_remarks_say_is_read_by_the_readers_that_are_given(guide, service, read):
    told = Coverage(
        areas=(ServiceArea(kind=AreaKind.MUNICIPALITY, name="Cheb"),),
        status=CoverageStatus.PARSED,
        certain=frozenset({"554481"}),
        possible=frozenset({"567027"}),
    )
    heard = []

    def read_coverage(text, near):
        heard.append((text, near))
        return told

    rule = AcceptanceRule(barrier="IMOBIL", stance=Stance.EXCLUDES, wording="není bezbariérové")
    able = replace(
        guide,
        read_coverage=read_coverage,
        read_ages=lambda text: AgeRange(min=18) if "18" in text else None,
        read_acceptance=lambda text: (rule,) if "bariér" in text else (),
    )
    groups = [
        {"cilovaSkupina": {"id": "X/24"}, "doplnujiciInformace": "Není  bezbariérové.\u0000"},
        {"cilovaSkupina": {"id": "X/24"}, "doplnujiciInformace": "Město Cheb."},
    ]
    changed = {"ciloveSkupiny": groups, "zarizeni": [facility("A")]}
    found = service(with_guide=able, rozsirenePusobnostiVKraji=[], **changed)
    assert found.coverage == told
    assert heard == [("Není bezbariérové.\nMěsto Cheb.\nOd 18 let.", "554481")]
    assert found.description == heard[0][0]
    assert found.eligibility.ages == AgeRange(min=18)
    assert found.eligibility.rules == (rule,)
    hidden = changed | {"zarizeni": [facility("A"), facility("B", utajenaAdresa=True)]}
    service(with_guide=able, **hidden)
    assert heard[-1] == (heard[0][0], None)
    both = service(with_guide=able, rozsirenePusobnostiVKraji=["Kraj/60"], **changed)
    assert both.coverage.status is CoverageStatus.PARSED
    assert both.coverage.includes("567027") is Covers.YES
    assert read(item(7), with_guide=able)[0].silent == frozenset()


def test_the_portals_answer_is_read_and_says_nothing_of_places_and_contacts(read, guide):
    answer = {
        "sluzba": {
            "id": 412,
            "identifikator": "1234567",
            "datumPoskytovaniOd": "2007-01-01",
            "datumPoskytovaniDo": None,
            "druhSocialniSluzbyId": 3863,
            "sluzbyVZarizeni": [
                {"nazevZarizeni": "Dřív", "poskytovaniSluzbyDo": "2014-07-31", "utajenaAdresa": 0},
                {
                    "nazevZarizeni": "Teď",
                    "poskytovaniSluzbyOd": "2015-01-01",
                    "utajenaAdresa": False,
                    "odpovednyVedouci": {"jmeno": PEOPLE[0]},
                },
            ],
            "formySocialniSluzby": [
                {
                    "formaId": 3882,
                    "nepretrzitePoskytovani": 0,
                    "kapacitySocialniSluzby": [
                        {"pocet": 15, "popisKapacity": "okamžitá", "typKapacityId": 7374}
                    ],
                    "casoveRozsahySocialniSluzby": [{"interval": "10-16", "denVTydnuId": 3775}],
                }
            ],
            "ciloveSkupinySocialniSluzby": [
                {
                    "cilovaSkupinaOsobyId": group_numbers(guide.vocabulary)["DUS-ONEM"],
                    "doplnujiciInformace": "Psychózy.",
                }
            ],
            "vekoveSkupinySocialniSluzby": [{"vekovaSkupinaOsoby": 4597}],
            "doplnujiciInformaceVekoveSkupiny": [{"doplnujiciInformace": "Od 18 let."}],
        },
        "poskytovatel": {
            "nazevPoskytovatele": "Zkouška, z. ú.",
            "osobaPoskytovatele": {"ico": 123456},
            "statutarniOrgany": [{"jmeno": PEOPLE[1]}],
        },
    }
    told = read(answer, root="list")[0]
    assert told.silent == {"locations", "contact", "coverage", "ages", "rules"}
    found = told.service
    assert (found.id, found.type, found.organization.ico) == ("rpss-412", "66", "00123456")
    assert found.places == ("Teď",)
    assert found.eligibility.target_groups == {"DUS-ONEM"}
    assert [(one.registered, one.immediate) for one in found.capacities] == [(15, True)]
    assert [one.text for one in found.schedules] == ["Út 10-16"]
    assert found.description == "Psychózy.\nOd 18 let."
    answer["sluzba"]["sluzbyVZarizeni"] = [{"nazevZarizeni": "Skryté", "utajenaAdresa": True}]
    assert read(answer, root="list")[0].service.secret
    answer["sluzba"] |= {"druhSocialniSluzbyId": None}
    answer["poskytovatel"] = None
    assert [one.field for one in read(answer, root="list")[0].problems] == [
        "nazevPoskytovatele",
        "druhSocialniSluzbyId",
    ]


def test_a_name_that_is_no_text_stays_unknown_and_is_noted(read):
    told = read(item(7) | {"zarizeni": [facility(5.5), facility("A", nazev=True)]})[0]
    assert told.service.places == ()
    assert {(note.field, note.value) for note in told.notes} >= {
        ("nazev", "5.5"),
        ("nazev", "True"),
    }


def test_long_remarks_are_cut_and_said_to_be(read):
    told = read(item(7) | {"doplnujiciInformaceVekoveSkupiny": "slovo " * 2_000_000})[0]
    assert len(told.service.description) < 5000
    assert any("delší" in note.message for note in told.notes)
