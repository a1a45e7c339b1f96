"""The views of the other pages: a service's card, the form's choices, the sources, the labels."""

from datetime import date

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AcceptanceRule,
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    Schedule,
    ServiceCapacity,
    Stance,
)
from referral.catalog.vocabulary import Form
from referral.web.czech import plain
from referral.web.presenters.home import AREAS, choices
from referral.web.presenters.labels import (
    area_name,
    names_of,
    service_label,
    type_label,
    unit_count,
)
from referral.web.presenters.offers import capacity_text, offer_view, where_text
from referral.web.presenters.service_page import ServicePage, service_page
from referral.web.presenters.sources import source_rows
from referral.web.presenters.surroundings import service_surroundings
from support.build import (
    SECRET,
    TODAY,
    a_group,
    a_location,
    a_need,
    a_service,
    a_source,
    a_type,
    a_vocabulary,
    covering,
)
from support.matching import NEIGHBOUR, VOCABULARY, a_world, within

LISTED = "Zkušební seznam, stav k 31. 7. 2026"


def page_of(**fields) -> ServicePage:
    service = a_service("s-1", **fields)
    return service_page(service, a_world(service), today=TODAY)


def row(page: ServicePage, label: str) -> list[tuple[str, str, bool]]:
    (found,) = [one for one in page.rows if one.label == label]
    return [(plain(line.text), plain(line.note), line.unknown) for line in found.lines]


def test_what_the_source_does_not_say_is_marked_unknown_in_words():
    page = page_of(type="37", forms=None, locations=())
    for label in ("Pro koho je", "Věk", "Kam dojíždí nebo kde působí", "Kde je", "Kdy"):
        ((text, _, unknown),) = row(page, label)
        assert unknown
        assert text.endswith(".")
    assert row(page, "Kapacita") == [("Kapacitu zdroj neuvádí.", "", True)]
    assert row(page, "Volná místa") == [("Volná místa nikdo nesdělil.", "", True)]


def test_a_default_of_the_type_is_marked_as_such():
    page = page_of(forms=None)
    note = "podle druhu služby, sama služba to neuvádí"
    assert row(page, "Pro koho je") == [("Senioři.", note, False)]
    assert row(page, "Jak pomáhá")[0] == (
        "Terénní: pracovník přijede za člověkem domů.",
        note,
        False,
    )


def test_what_the_service_states_itself_is_told_as_its_own():
    page = page_of(
        eligibility=Eligibility(
            target_groups=frozenset({"SENIORI", "SLUCH"}), ages=AgeRange(min=60)
        ),
        capacities=[
            ServiceCapacity(
                unit=CapacityUnit.BEDS,
                registered=24,
                as_of=date(2026, 7, 31),
                form=Form.FIELD,
                immediate=True,
                available=2,
            )
        ],
        schedules=[
            Schedule(form=Form.FIELD, text="Po-Pá 7:00-15:00"),
            Schedule(form=Form.AMBULATORY, round_the_clock=True),
            Schedule(form=Form.RESIDENTIAL),
        ],
    )
    assert row(page, "Pro koho je") == [
        ("Osoby se sluchovým postižením a senioři.", "okruh osob podle registru", False)
    ]
    assert row(page, "Věk") == [("Od 60 let.", "", False)]
    assert row(page, "Jak pomáhá")[0][1] == ""
    assert row(page, "Kdy") == [
        ("Terénní: Po–Pá 7:00–15:00.", "", False),
        ("Ambulantní: nepřetržitě.", "", False),
    ]
    assert row(page, "Kapacita") == [
        (
            "24 lůžek v jednu chvíli (terénní), stav k 31. 7. 2026.",
            "nejvyšší kapacita; Zkušební seznam",
            False,
        )
    ]
    assert row(page, "Volná místa") == [("2 lůžka (terénní) volno k 31. 7. 2026.", LISTED, False)]


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (CoverageStatus.DECLARED, "uvádí poskytovatel"),
        (CoverageStatus.PARSED, "vyčteno z poznámky v registru, poskytovatel to nepotvrdil"),
        (CoverageStatus.ASSUMED, "předpoklad, ověřte"),
    ],
)
def test_coverage_is_told_with_what_it_rests_on(status, note):
    areas = (ServiceArea(kind=AreaKind.ORP, name="Velké Město"),)
    coverage = Coverage(
        areas=areas,
        status=status,
        certain=frozenset({"500001", "500002", "500003"}),
        unresolved=("kdesi",),
    )
    assert row(page_of(coverage=coverage), "Kam dojíždí nebo kde působí") == [
        ("ORP Velké Město. Celkem 3 obce.", f"{note}; {LISTED}", False),
        ("Nepodařilo se zařadit: kdesi.", "", True),
    ]


def test_a_list_of_municipalities_is_not_counted_again():
    coverage = covering("500001", status=CoverageStatus.DECLARED)
    assert row(page_of(coverage=coverage), "Kam dojíždí nebo kde působí") == [
        ("500001.", f"uvádí poskytovatel; {LISTED}", False)
    ]


def test_facilities_are_listed_unless_they_only_repeat_the_name():
    page = page_of(places=["Pečovatelská služba Horní Lhota", "Dům u Lesa"])
    assert row(page, "Kde je") == [
        ("Horní Lhota.", "", False),
        ("Zařízení: Dům u Lesa.", "", False),
    ]


def test_a_secret_service_is_located_nowhere():
    service = a_service("s-1", locations=[SECRET, a_location()], places=["Dům v Lesní"])
    catalog = a_world(service)
    page = service_page(service, catalog, today=TODAY)
    assert row(page, "Kde je") == [("Adresa je ze zákona utajená.", "", False)]
    assert service_surroundings(service, catalog) is None
    assert "Lhota" not in where_text(service, catalog)


def test_a_seat_says_that_it_is_only_a_seat():
    seat = a_location(role=AddressRole.PROVIDER_SEAT)
    service = a_service("s-1", locations=[seat])
    catalog = a_world(service)
    assert where_text(service, catalog) == "Horní Lhota (sídlo poskytovatele)"
    assert service_surroundings(service, catalog) is None


def test_a_place_outside_the_loaded_territory_keeps_its_published_name():
    service = a_service("s-1", locations=[a_location("999999", municipality_name="Praha")])
    assert where_text(service, a_world(service)) == "Praha"
    nameless = a_service("s-1", locations=[a_location(None)])
    assert "jen bod na mapě" in where_text(nameless, a_world(nameless))
    unknown = a_service("s-1", locations=[])
    assert where_text(unknown, a_world(unknown)) == "místo zdroj neuvádí"


def test_the_map_of_a_service_shows_its_places_among_their_neighbours():
    service = a_service("s-1", locations=[a_location(), within(NEIGHBOUR, km=0)])
    kinds = [
        one["properties"]["kind"]
        for one in service_surroundings(service, a_world(service))["features"]
    ]
    assert kinds.count("service") == 2
    assert "place" in kinds
    stray = a_service("s-1", locations=[a_location("999999")])
    features = service_surroundings(stray, a_world(stray))["features"]
    assert [one["properties"]["kind"] for one in features] == ["service"]


def test_a_stated_exclusion_that_the_law_does_not_know_is_marked():
    page = page_of(
        eligibility=Eligibility(
            rules=(
                AcceptanceRule(barrier="ALKOHOL", stance=Stance.EXCLUDES, wording="pijani"),
                AcceptanceRule(barrier="INFEKCE", stance=Stance.EXCLUDES),
                AcceptanceRule(barrier="PAS", stance=Stance.ACCEPTS),
                AcceptanceRule(barrier="NEVIM", stance=Stance.EXCLUDES),
            )
        )
    )
    told = {plain(line.text): line.note for line in page.refusals}
    assert next(iter(told)) == "Přijímá i lidi s touto překážkou: PAS."
    assert (
        "mezi důvody"
        in told["Uvádí, že nepřijímá lidi s touto překážkou: užívá alkohol nebo drogy („pijani“)."]
    )
    assert "pobytové" in told["Uvádí, že nepřijímá lidi s touto překážkou: infekce."]
    assert plain(told["Uvádí, že nepřijímá lidi s touto překážkou: cokoli."]) == LISTED


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"valid_to": date(2026, 1, 31)}, "Registrace této služby skončila 31. 1. 2026."),
        ({"valid_from": date(2027, 1, 1)}, "Služba začíná až 1. 1. 2027."),
    ],
)
def test_a_service_that_is_not_offered_today_says_so(fields, text):
    assert plain(page_of(**fields).ended) == text


def test_a_card_lists_the_needs_it_answers_by_type_or_by_its_own_word():
    assert "Péče o vlastní osobu a hygiena" in page_of().needs
    assert page_of(type=None, needs=["VOLNY"], kind=Kind.COMMUNITY).needs == ("Volný čas",)


def test_help_outside_the_act_does_not_guess_its_forms():
    page = page_of(type=None, needs=["PEC-HYG"], forms=None)
    assert row(page, "Jak pomáhá") == [("Formu pomoci zdroj neuvádí.", "", True)]


def test_only_web_addresses_become_links():
    def web(text: str) -> tuple[str, str]:
        service = a_service("s-1", contact=Contact(web=text))
        contact = offer_view(service, a_world(service)).contact
        return contact.web, contact.web_label

    assert web("https://www.example.test/") == ("https://www.example.test/", "www.example.test")
    assert web("javascript:alert(1)")[0] == ""


def test_a_record_says_its_source_its_date_and_whether_it_was_verified():
    service = a_service("s-1")
    view = offer_view(service, a_world(service))
    assert plain(view.source.text) == (
        "Zkušební seznam, stav k 31. 7. 2026; u služby nikdo neověřil"
    )
    verified = a_service("s-1", verified_on=date(2026, 8, 20))
    view = offer_view(verified, a_world(verified))
    assert plain(view.source.text).endswith("ověřeno u služby 20. 8. 2026")
    assert not view.contact.known


def test_a_doubtful_capacity_keeps_its_doubt_beside_it():
    capacity = ServiceCapacity(
        unit=CapacityUnit.INTERVENTIONS, registered=832, as_of=date(2026, 7, 31), doubt="divné"
    )
    assert plain(capacity_text(capacity)) == (
        "832 intervencí (po 30 minutách), stav k 31. 7. 2026 – divné"
    )


@pytest.mark.parametrize("unit", CapacityUnit)
def test_every_unit_of_capacity_is_declined(unit):
    one, few, many = (plain(unit_count(unit, count)) for count in (1, 3, 7))
    assert one.startswith("1 ")
    assert one[2:] != few[2:]
    assert few[2:] != many[2:]


def test_a_unit_nobody_knows_stands_as_it_is():
    assert plain(unit_count("porce", 3)) == "3 porce"


@pytest.mark.parametrize(
    ("area", "text"),
    [
        (ServiceArea(kind=AreaKind.MUNICIPALITY, name="Kadaň"), "Kadaň"),
        (ServiceArea(kind=AreaKind.MUNICIPALITY_PART, name="Tušimice"), "Tušimice"),
        (ServiceArea(kind=AreaKind.CATCHMENT, name="Kadaň"), "Kadaň a spádové obce"),
        (ServiceArea(kind=AreaKind.ORP, name="Kadaň"), "ORP Kadaň"),
        (ServiceArea(kind=AreaKind.DISTRICT, name="Most"), "okres Most"),
        (ServiceArea(kind=AreaKind.REGION, name="Ústecký kraj"), "Ústecký kraj"),
        (ServiceArea(kind=AreaKind.COUNTRY), "celá Česká republika"),
        (ServiceArea(kind=AreaKind.RADIUS, name="Most", km=15), "do 15 km od: Most"),
        (ServiceArea(kind=AreaKind.RADIUS, name="Most"), "do ? km od: Most"),
    ],
)
def test_every_kind_of_area_has_a_name(area, text):
    assert plain(area_name(area)) == text


def test_a_type_carries_its_paragraph_when_it_has_one():
    assert plain(type_label(a_type("60a", "intervenční centra"))) == "Intervenční centra (§ 60a)"
    assert type_label(a_type("CDZ", "centrum duševního zdraví")) == "Centrum duševního zdraví"


def test_help_without_a_type_is_labelled_by_its_kind():
    service = a_service("s-1", type=None, needs=["PEC-HYG"], kind=Kind.HEALTH)
    assert service_label(service, VOCABULARY) == "Zdravotní služba"


def test_an_unknown_code_stands_for_itself():
    assert names_of(["SENIORI", "NEVIM"], VOCABULARY.groups) == ("NEVIM", "senioři")


def test_the_form_offers_situations_by_area_in_the_order_people_look():
    vocabulary = a_vocabulary(
        needs=(
            a_need("X-1", "něco nového", area="vesmír"),
            a_need("BYD-1", "bydlení", area="bydlení"),
            a_need("PEC-1", "péče", area="péče"),
        )
    )
    offered = choices(vocabulary, needs=["BYD-1"])
    assert [group.title for group in offered.situations] == ["Péče", "Bydlení", "Vesmír"]
    assert offered.any_situation
    assert not offered.any_detail
    assert not choices(vocabulary).any_situation
    assert len(set(AREAS)) == len(AREAS)


@pytest.mark.parametrize("chosen", [{"groups": ["SENIORI"]}, {"forms": ["T"]}, {"care_level": "3"}])
def test_a_detail_that_was_given_keeps_the_details_open(chosen):
    assert choices(VOCABULARY, **chosen).any_detail


def test_choices_stand_in_the_order_of_the_alphabet():
    vocabulary = a_vocabulary(groups=(a_group("B", "žáci"), a_group("SENIORI", "senioři")))
    offered = choices(vocabulary)
    assert [choice.label for choice in offered.groups] == ["Senioři", "Žáci"]


def test_every_source_is_listed_with_what_it_gave():
    service = a_service("s-1")
    catalog = a_world(service)
    more = type(catalog).of(
        vocabulary=catalog.vocabulary,
        territory=catalog.territory,
        services=(service,),
        sources=(a_source(), a_source("jiny")),
    )
    first, second = source_rows(more)
    assert (first.id, plain(first.gave)) == ("zkouska", "1 služba, 5 obcí")
    assert (second.id, second.gave) == ("jiny", "slovník nebo jednotlivé údaje")
    assert first.url == "https://example.test/"
