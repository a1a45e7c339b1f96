"""What the planner's desk says in cases that are rare on its pages."""

from dataclasses import replace

import pytest

from referral.catalog.places import PlaceIndex
from referral.catalog.vocabulary import Form
from referral.network.capacity_plan import CapacityWish
from referral.network.means import Means
from referral.network.scenarios import (
    AddService,
    CloseService,
    ExtendService,
    MoveService,
    SetCapacity,
)
from referral.network.sites import Served
from referral.usecases.add_capacity import add_capacity
from referral.web import capacity_presenter, sites_presenter
from referral.web.capacity_presenter import capacity_view
from referral.web.planning import BusyError, Turns
from referral.web.scenario_asking import BuilderError, ChangeDraft, change_of
from referral.web.scenario_sentences import change_sentence
from support.build import TODAY, a_service
from support.desk import CAPACITY_RULE, DESK_NORM, ROOMY, DeskProgram
from support.matching import POLICY
from support.planning import ASSISTANCE, CODES, DAY_CENTRE, a_plan_catalog, suggested

CATALOG = a_plan_catalog(
    ROOMY,
    ASSISTANCE,
    a_service("d-1", "Domov Jih", type="49", forms=[Form.RESIDENTIAL]),
    a_service("d-2", "Domov Sever", type="49", forms=[Form.RESIDENTIAL]),
    *(a_service(f"p-{at}", f"Pečovatelka {at}") for at in range(20)),
)
PLACES = PlaceIndex.of(CATALOG.territory)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# --- How sure a suggestion is ---------------------------------------------------------------------


def test_a_search_that_ran_out_of_time_says_how_much_better_it_could_be():
    report = replace(suggested("45"), optimal=False, stopped=True, bound=2_000, value=1_470)
    told = plain(sites_presenter.certainty(report))
    assert told.startswith("Není dokázáno, že je výběr nejlepší: přesný výpočet se za 30 s")
    assert "Lepší výběr by přidal nejvýš 530 lidí." in told


def test_a_quick_choice_promises_its_share_only_where_nothing_is_limited():
    quick = suggested("45", exact=False)
    report = replace(quick, optimal=False, bound=2_000, value=1_470)
    assert "aspoň 63 % nejlepšího" in plain(sites_presenter.certainty(report))
    limited = replace(report, capacity=100.0)
    assert sites_presenter.certainty(limited).startswith("Není dokázáno")
    assert "%" not in sites_presenter.certainty(limited)


def capacity(**wish):
    return add_capacity(
        CODES,
        area="Zkušební kraj",
        wish=CapacityWish(rule=CAPACITY_RULE.code, units=40, new=True, **wish),
        norm=DESK_NORM,
        catalog=a_plan_catalog(ROOMY, ASSISTANCE),
        policy=POLICY,
        today=TODAY,
    )


def test_added_capacity_says_whether_it_is_proved():
    report = capacity()
    assert capacity_presenter.certainty(replace(report, optimal=True)) == (
        "Je dokázáno, že lepší rozdělení není."
    )
    late = replace(report, optimal=False, stopped=True, bound=report.value + 10)
    assert "nejvýš o 10 lidí víc" in plain(capacity_presenter.certainty(late))
    assert "nedokončil" in capacity_presenter.certainty(late)
    quick = replace(late, stopped=False)
    assert plain(capacity_presenter.certainty(quick)).startswith("Rychlý výběr")


def test_services_of_unknown_capacity_are_counted_beside_what_is_added():
    program = DeskProgram(a_plan_catalog(DAY_CENTRE, ASSISTANCE))
    view = capacity_view(replace(capacity(), unknown_services=3), program.gaps(), program.catalog())
    assert any("kapacitu nikdo neuvádí: 3" in plain(line) for line in view.estimates)


def test_a_place_of_unknown_population_shows_no_number():
    report = suggested("45")
    site = replace(
        report.sites[0],
        serves=(Served(code="500006", name="Samota", population=None, people=0),),
    )
    program = DeskProgram()
    view = sites_presenter.sites_view(
        replace(report, sites=(site,)), program.gaps(), program.catalog(), program.workforce
    )
    assert [(one.population, one.people) for one in view.sites[0].serves] == [("–", "–")]


def test_days_say_the_way_there_and_back():
    report = suggested("40", 2, means=Means.DAYS)
    program = DeskProgram()
    view = sites_presenter.sites_view(report, program.gaps(), program.catalog(), program.workforce)
    assert all(plain(one.way).startswith("Cesta tam a zpět:") for one in view.sites)


# --- A change out of the form ---------------------------------------------------------------------


def built(**fields):
    return change_of(ChangeDraft(**fields), catalog=CATALOG, places=PLACES)


def refused(**fields) -> BuilderError:
    with pytest.raises(BuilderError) as caught:
        built(**fields)
    return caught.value


def test_a_name_that_several_services_bear_is_asked_back():
    error = refused(kind="close", service="Domov")
    assert [one.id for one in error.services] == ["d-1", "d-2"]
    assert error.field == "sluzba"


def test_a_name_that_too_many_services_bear_has_to_be_longer():
    error = refused(kind="close", service="Pečovatelka")
    assert (error.services, error.field) == ((), "sluzba")
    assert "moc" in str(error)


@pytest.mark.parametrize(
    ("text", "covers"),
    [
        ("okres Okres", ("district:Okres",)),
        ("Kraj", ("region:Kraj",)),
        ("celá ČR", ("country",)),
        ("Údolí; Konec, údolí", ("Údolí", "Konec")),
    ],
)
def test_areas_are_written_as_people_say_them(text, covers):
    assert built(kind="extend", service="s-39", covers=text).covers == covers


def test_an_extension_without_an_area_is_no_change():
    assert refused(kind="extend", service="s-39").field == "kam"


def test_a_move_may_say_from_where():
    change = built(kind="move", service="s-45", to="Kopec", origin="Město")
    assert change == MoveService(service="s-45", to="Kopec", origin="Město")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            AddService(type="39", form=Form.FIELD, at=("500004",), covers=("orp:Město", "country")),
            "místo: Údolí; jezdí: ORP Město, celá země",
        ),
        (AddService(type="999", form=Form.FIELD, at=("Nikde",)), "Přidat: 999"),
        (CloseService(service="neznámá"), "Zavřít: neznámá"),
        (
            MoveService(service="s-45", to="500003", origin="500001"),
            "Přestěhovat: Denní centrum (s-45) do obce Kopec (z obce Město)",
        ),
        (
            ExtendService(service="s-39", covers=("radius:10:500003", "district:Okres", "x:y")),
            "bude jezdit i sem: do 10 km od obce Kopec, okres Okres, x:y",
        ),
        (
            SetCapacity(service="s-45", unit="luzka", amount=12.0),
            "Kapacita: Denní centrum (s-45) bude mít 12 (lůžek)",
        ),
    ],
)
def test_a_change_is_told_in_words(change, words):
    assert words in plain(change_sentence(change, CATALOG))


def test_a_long_list_of_municipalities_is_cut():
    change = ExtendService(service="s-39", covers=tuple(["500001"] * 20))
    assert plain(change_sentence(change, CATALOG)).endswith("Město a dalších 10")


# --- Taking turns ---------------------------------------------------------------------------------


def test_two_may_compute_at_once_and_the_third_is_sent_away(monkeypatch):
    monkeypatch.setattr("referral.web.planning._PATIENCE_S", 0.0)
    turns = Turns()
    with turns.turn(), turns.turn(), pytest.raises(BusyError):
        turns.turn().__enter__()
    with turns.turn():
        pass
