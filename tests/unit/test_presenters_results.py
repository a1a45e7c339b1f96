"""The views of the results page: first step, cards, near misses, plan, unknowns, map."""

from datetime import date

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import (
    AddressRole,
    AgeRange,
    CapacityUnit,
    Contact,
    Eligibility,
    Kind,
    ServiceCapacity,
)
from referral.catalog.vocabulary import Form
from referral.matching.ranking import Counts
from referral.matching.request import AskedNeed
from referral.usecases.recommend import recommend
from referral.web.czech import plain
from referral.web.presenters.document import match_document
from referral.web.presenters.results import ResultsView, found_text, results_view
from referral.web.presenters.steps import find_office, urgent_call
from referral.web.presenters.surroundings import surroundings
from support.build import SECRET, TODAY, a_call, a_location, a_service, covering
from support.matching import (
    FAR,
    NEIGHBOUR,
    POLICY,
    TOWN,
    VILLAGE,
    a_request,
    a_world,
    within,
)


def answered(*services, needs=("PEC-HYG",), **asked):
    catalog = a_world(*services)
    return (
        recommend(a_request(*needs, **asked), catalog=catalog, policy=POLICY, today=TODAY),
        catalog,
    )


def view_of(*services, **asked) -> ResultsView:
    return results_view(*answered(*services, **asked), today=TODAY)


def here(service_id: str, **fields):
    return a_service(
        service_id, coverage=covering("500001", status=CoverageStatus.DECLARED), **fields
    )


def office(**fields):
    return a_service(
        "orp-1",
        "Úřad Velké Město",
        type=None,
        kind=Kind.AUTHORITY,
        needs=["ZAV-ALK"],
        forms=None,
        locations=(),
        coverage=Coverage(
            areas=(ServiceArea(kind=AreaKind.ORP, name="Velké Město"),),
            status=CoverageStatus.DECLARED,
            certain=frozenset({"500001"}),
        ),
        **fields,
    )


def test_page_and_document_list_the_same_services_in_the_same_order():
    services = [here(f"s-{number}") for number in range(12)]
    answer, catalog = answered(*services, a_service("x-1", coverage=covering("500005")))
    view, document = results_view(answer, catalog, today=TODAY), match_document(answer, catalog)
    assert [one.offer.id for one in view.cards] == [
        one["service_id"] for one in document["matches"]
    ]
    assert [one.offer.id for one in view.near] == [
        one["service_id"] for one in document["not_for_you"]
    ]
    drawn = [
        one["properties"]["id"]
        for one in surroundings(answer, catalog)["features"]
        if one["properties"]["kind"] == "service"
    ]
    assert drawn == [one.offer.id for one in view.cards]


def test_a_card_shows_bars_whose_points_are_those_of_the_answer():
    answer, catalog = answered(here("s-1"))
    (card,) = results_view(answer, catalog, today=TODAY).cards
    outcomes = answer.matches[0].explanation.outcomes
    assert [bar.points for bar in card.bars] == [
        f"{one.points:.2f}".rstrip("0").rstrip(".").replace(".", ",") for one in outcomes
    ]
    assert {bar.level for bar in card.bars} <= {"full", "partial", "none", "unknown"}
    assert all(0 <= bar.share <= 100 for bar in card.bars)
    assert "bez údaje" in card.unknown


def test_a_card_of_which_everything_is_known_counts_no_unknowns():
    vacancy = ServiceCapacity(
        unit=CapacityUnit.CLIENTS, registered=5, as_of=date(2026, 8, 1), available=1
    )
    known = here(
        "s-1",
        capacities=[vacancy],
        eligibility=Eligibility(target_groups=frozenset({"SENIORI"}), ages=AgeRange(min=60)),
    )
    (card,) = view_of(known, age=70, groups=["SENIORI"]).cards
    assert card.unknown == ""


@pytest.mark.parametrize(
    ("service", "icon", "text"),
    [
        (here("s"), "T", "Přijede k vám domů"),
        (
            a_service("s", coverage=covering("500001")),
            "T",
            "Přijede k vám domů (podle poznámky v registru)",
        ),
        (a_service("s"), "T", "Nejspíš přijede k vám domů, ověřte"),
        (
            a_service("s", locations=()),
            "T",
            "Jezdí za lidmi domů, zda i sem, zdroj neuvádí",
        ),
        (
            a_service("s", type="49", forms=[Form.RESIDENTIAL], locations=[within(TOWN, km=0)]),
            "P",
            "Bydlení ve službě, asi 15 km vzdušnou čarou",
        ),
        (
            a_service("s", type="49", forms=[Form.RESIDENTIAL], locations=[SECRET]),
            "P",
            "Bydlení ve službě; adresa je utajená, místo domluvíte po telefonu",
        ),
        (
            a_service(
                "s",
                forms=[Form.AMBULATORY],
                locations=[a_location(role=AddressRole.PROVIDER_SEAT)],
            ),
            "A",
            "Dochází se do služby; místo služby neznáme, jen sídlo poskytovatele",
        ),
        (
            a_service("s", forms=[Form.AMBULATORY], locations=()),
            "A",
            "Dochází se do služby; místo zdroj neuvádí",
        ),
        (
            a_service("s", type=None, needs=["PEC-HYG"], forms=None, locations=()),
            "office",
            "Zda je příslušná pro vaši obec, zdroj neuvádí",
        ),
    ],
)
def test_a_card_says_how_the_help_and_the_client_come_together(service, icon, text):
    (card,) = view_of(service).cards
    assert card.icon == icon
    assert plain(card.reach) == text


def test_help_at_a_distance_says_that_distance_plays_no_part():
    (card,) = view_of(a_service("s", type="41"), needs=("PEC-NOC",)).cards
    assert card.icon == "remote"
    assert "na dálku" in card.reach


def test_a_competent_office_is_shown_as_such():
    (card,) = view_of(office(), needs=("ZAV-ALK",)).cards
    assert card.reach == "Příslušná pro vaši obec"


def test_a_second_way_to_a_service_is_told_too():
    both = here("s", forms=[Form.FIELD, Form.AMBULATORY], locations=[within(NEIGHBOUR, km=0)])
    (card,) = view_of(both).cards
    assert card.reach == "Přijede k vám domů"
    assert [plain(text) for text in card.more_reaches] == [
        "dochází se do služby, asi 8 km vzdušnou čarou"
    ]


def test_the_first_step_rings_the_service_when_its_number_is_known():
    view = view_of(here("s-1", contact=Contact(phone="474123456")))
    assert view.first.href == "+420474123456"
    assert view.first.service_id == "s-1"
    assert view.first.text.startswith("Zavolejte a zeptejte se na volné místo")
    assert "ORP Velké Město" in view.first.fallback
    assert any("Horní Lhota" in question for question in view.first.questions)


@pytest.mark.parametrize(
    ("service", "text"),
    [
        (here("s", contact=Contact(email="a@example.test")), "Telefon zdroj neuvádí. Napište"),
        (here("s", register_id="1234567"), "pod číslem 1234567"),
        (here("s"), "pod jménem poskytovatele"),
    ],
)
def test_without_a_number_the_first_step_says_where_to_find_one(service, text):
    first = view_of(service).first
    assert text in plain(first.text)
    assert first.href == ""


def test_the_first_step_to_an_office_asks_other_questions():
    first = view_of(office(), needs=("ZAV-ALK",)).first
    assert first.who == "Úřad Velké Město"
    assert "spojení má organizace na svém webu" in first.text
    assert "Co si máme připravit" in " ".join(first.questions)


def test_when_nothing_surely_reaches_the_client_the_orp_is_the_first_step():
    unsure = a_service("s-1", locations=())
    first = view_of(unsure, office()).first
    assert first.service_id == "orp-1"
    assert "§ 92" in plain(first.text)
    bare = view_of(unsure).first
    assert bare.service_id == ""
    assert bare.who == "Sociální odbor úřadu ORP Velké Město"
    reachable = view_of(unsure, office(contact=Contact(phone="474000000"))).first
    assert reachable.href == "+420474000000"


def test_an_office_of_another_orp_is_not_taken_for_ours():
    assert find_office("Jiné Město", a_world(office(), here("s-1"))) is None


def test_an_urgent_need_puts_a_number_first():
    view = view_of(needs=("ZDR-SUI",))
    assert [call.href for call in view.urgent] == ["155"]
    assert view.first.who == "155 – zdravotnická záchranná služba"
    assert view.first.href == "155"


def test_a_call_without_a_number_goes_by_its_name_and_is_no_link():
    told = urgent_call(a_call("OSPOD", "orgán ochrany dětí"))
    assert (told.call, told.href) == ("OSPOD", "")
    nameless = urgent_call(a_call("", "orgán ochrany dětí"))
    assert nameless.call == "orgán ochrany dětí"


@pytest.mark.parametrize(
    ("found", "shown", "text"),
    [
        (1, 1, "Našli jsme 1 možnost. Nejlepší je nahoře."),
        (3, 3, "Našli jsme 3 možnosti. Nejlepší je nahoře."),
        (30, 20, "Našli jsme 30 možností, ukazujeme 20 nejlepších."),
    ],
)
def test_it_is_said_how_many_were_found_and_how_many_are_shown(found, shown, text):
    counts = Counts(found=found, excluded=0, coverage_unknown=0, place_unknown=0)
    assert plain(found_text(counts, shown=shown)) == text


def test_what_nobody_told_is_counted_in_words():
    told = [
        plain(text)
        for text in view_of(
            a_service("s-1", locations=()),
            a_service("s-2", forms=[Form.AMBULATORY], locations=()),
            needs=("PEC-HYG",),
            barriers=["ALKOHOL"],
        ).unknowns
    ]
    assert told == [
        "U 1 služby zdroj neuvádí, kam pracovníci dojíždějí.",
        "U 1 služby neznáme místo poskytování, a tedy ani vzdálenost.",
        "Volná místa nesdělila žádná ze zobrazených služeb.",
        "U 2 zobrazených služeb zdroj neuvádí věkovou hranici.",
        "U 2 zobrazených služeb nevíme, jak se staví k zadaným překážkám.",
    ]


def test_services_that_told_of_free_places_are_not_counted_among_the_silent():
    vacancy = ServiceCapacity(
        unit=CapacityUnit.CLIENTS, registered=5, as_of=date(2026, 8, 1), available=1
    )
    told = view_of(here("s-1", capacities=[vacancy]), here("s-2")).unknowns
    assert plain(told[0]) == "Volná místa nesdělila 1 služba ze zobrazených."
    assert "Volná místa" not in " ".join(view_of(here("s-1", capacities=[vacancy])).unknowns)


def test_the_plan_names_the_services_with_their_ranks_and_what_stays_open():
    view = view_of(here("s-1"), needs=("PEC-HYG", "VOLNY"))
    (row,) = view.plan
    assert (row.service_id, row.rank) == ("s-1", 1)
    assert row.covers == ("Péče o vlastní osobu a hygiena",)
    assert [one.text for one in view.open_needs] == ["Volný čas"]


def test_what_was_understood_is_said_with_how_sure_it_is():
    answer, catalog = answered(here("s-1"))
    chosen, *_ = results_view(answer, catalog, today=TODAY).understood
    assert chosen.certainty == ""
    request = a_request()
    unsure = type(request)(place=request.place, needs=(AskedNeed(code="PEC-HYG", confidence=0.62),))
    guessed = recommend(unsure, catalog=catalog, policy=POLICY, today=TODAY)
    (need,) = results_view(guessed, catalog, today=TODAY).understood
    assert plain(need.certainty) == "jistota 62 %"


def test_what_was_told_about_the_client_is_repeated_in_words():
    view = view_of(
        here("s-1"),
        age=82,
        care_level=2,
        groups=["SENIORI"],
        barriers=["ALKOHOL"],
        forms=[Form.FIELD],
    )
    assert [plain(text) for text in view.details] == [
        "věk 82 let",
        "stupeň závislosti: II – středně těžká závislost",
        "senioři",
        "užívá alkohol nebo drogy",
        "jen služba terénní",
    ]


def test_a_near_miss_is_told_with_its_distance_unless_its_address_is_withheld():
    near, secret = view_of(
        a_service("s-1", coverage=covering("500005"), locations=[within(NEIGHBOUR, km=0)]),
        a_service("s-2", coverage=covering("500005"), locations=[SECRET]),
    ).near
    assert plain(near.where) == "Dolní Lhota, asi 8 km vzdušnou čarou"
    assert secret.where == "adresa je ze zákona utajená"


def test_the_map_never_draws_a_secret_a_seat_or_what_is_far():
    answer, catalog = answered(
        a_service("s-1", type="49", forms=[Form.RESIDENTIAL], locations=[within(TOWN, km=1)]),
        a_service("s-2", type="49", forms=[Form.RESIDENTIAL], locations=[SECRET]),
        a_service(
            "s-3",
            type="49",
            forms=[Form.RESIDENTIAL],
            locations=[a_location(role=AddressRole.PROVIDER_SEAT)],
        ),
        a_service("s-4", type="49", forms=[Form.RESIDENTIAL], locations=[within(FAR, km=0)]),
        a_service(
            "s-5", type="49", forms=[Form.RESIDENTIAL], locations=[SECRET, within(TOWN, km=1)]
        ),
        a_service("s-6", type="49", forms=[Form.RESIDENTIAL], locations=()),
    )
    assert len(answer.matches) == 6
    features = surroundings(answer, catalog)["features"]
    services = [one["properties"] for one in features if one["properties"]["kind"] == "service"]
    assert [one["id"] for one in services] == ["s-1"]


def test_the_map_knows_home_and_the_places_around_it():
    answer, catalog = answered(here("s-1"))
    features = surroundings(answer, catalog)["features"]
    home, *rest = features
    assert home["properties"] == {"kind": "home", "name": "Horní Lhota"}
    assert home["geometry"]["coordinates"] == [VILLAGE.point.lon, VILLAGE.point.lat]
    names = [one["properties"]["name"] for one in rest if one["properties"]["kind"] == "place"]
    assert names[0] == "Velké Město"
    assert "Daleké Město" not in names
    assert len(names) == len(set(names))
