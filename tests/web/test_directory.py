"""Browsing the catalogue: facets that count, pages that neither lose nor repeat."""

import json

import pytest
from flask.testing import FlaskClient

from referral.catalog.model import Eligibility
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.web.browsing import (
    CursorError,
    Facets,
    browse,
    facet_counts,
    read_cursor,
    sort_key,
    write_cursor,
)
from support.build import SECRET, a_service, covering
from support.matching import a_world
from support.web import an_app, page_of


def pages_of(catalog: Catalog, facets: Facets, *, size: int) -> list[str]:
    ids: list[str] = []
    after = ""
    while True:
        page = browse(catalog, facets, after=after, size=size)
        ids += [one.id for one in page.services]
        if not page.after:
            return ids
        after = page.after


@pytest.mark.parametrize("size", [1, 2, 7, 100])
def test_walking_all_pages_meets_every_service_once(world: Catalog, size: int):
    assert sorted(pages_of(world, Facets(), size=size)) == sorted(world.services)


def test_services_of_one_name_are_parted_by_their_ids():
    catalog = a_world(*(a_service(f"s-{number}", "Stejná") for number in range(5)))
    assert pages_of(catalog, Facets(), size=2) == [f"s-{number}" for number in range(5)]


def test_a_service_added_meanwhile_repeats_no_other():
    before = [a_service(f"s-{number}", f"Služba {number}") for number in (1, 2, 3, 4)]
    first = browse(a_world(*before), Facets(), size=2)
    grown = a_world(*before, a_service("s-0", "Adresář"))
    second = browse(grown, Facets(), after=first.after, size=2)
    assert [one.id for one in (*first.services, *second.services)] == ["s-1", "s-2", "s-3", "s-4"]


def test_a_cursor_survives_the_end_of_its_service():
    services = [a_service(f"s-{number}", f"Služba {number}") for number in (1, 2, 3, 4)]
    first = browse(a_world(*services), Facets(), size=2)
    shrunk = a_world(*(one for one in services if one.id != "s-2"))
    assert [one.id for one in browse(shrunk, Facets(), after=first.after).services] == [
        "s-3",
        "s-4",
    ]


def test_a_cursor_reads_back_as_it_was_written():
    key = sort_key(a_service("š-1", "Žluťoučký dům"))
    assert read_cursor(write_cursor(key)) == key


@pytest.mark.parametrize("text", ["!", "WyJhIl0", "WzEsMl0", "e30", "bm9uZQ", "//8", "é"])
def test_a_made_up_cursor_is_refused(text: str):
    with pytest.raises(CursorError):
        read_cursor(text)


def test_a_facet_narrows_the_catalogue(world: Catalog):
    assert {one.type for one in browse(world, Facets(type="49"), size=99).services} == {"49"}
    assert [one.id for one in browse(world, Facets(kind="authority")).services] == ["orp-1"]
    assert browse(world, Facets(kind="nic")).total == 0
    assert browse(world, Facets(type="999")).services == ()


def test_a_facet_counts_what_its_choice_would_leave(world: Catalog):
    counts = facet_counts(world, Facets(type="49"))
    for value, count in counts.orps.items():
        assert browse(world, Facets(type="49", orp=value), size=99).total == count
    for value, count in counts.types.items():
        if value:
            assert browse(world, Facets(type=value), size=99).total == count
    assert counts.kinds == {"registered_social": counts.types["49"]}


def test_the_orp_facet_knows_where_a_service_is_and_where_it_goes(world: Catalog):
    ids = {one.id for one in browse(world, Facets(orp="Daleké Město"), size=99).services}
    assert ids == {"s-5"}
    near = {one.id for one in browse(world, Facets(orp="Velké Město"), size=99).services}
    assert {"s-1", "s-2", "s-4", "orp-1"} <= near
    assert "s-3" not in near


def test_help_for_the_whole_country_stands_under_no_single_town():
    line = a_service("s-1", locations=(), coverage=covering("500001", everywhere=True))
    assert browse(a_world(line), Facets(orp="Velké Město")).total == 0


def test_a_service_is_found_by_a_part_of_its_name_or_its_provider_s_without_accents():
    catalog = a_world(a_service("s-1", "Žluťoučký dům"), a_service("s-2", "Poradna"))
    provider = catalog.service("s-1").organization.name
    assert [one.id for one in browse(catalog, Facets(name="ZLUTOUCKY")).services] == ["s-1"]
    assert [one.id for one in browse(catalog, Facets(name="dum zlut")).services] == ["s-1"]
    assert browse(catalog, Facets(name=provider.upper())).total == 2
    assert browse(catalog, Facets(name="modrý dům")).total == 0


def test_form_and_circle_of_persons_narrow_and_count():
    old = Eligibility(target_groups=frozenset({"SENIORI"}))
    world = a_world(
        a_service("s-1", eligibility=old),
        a_service("s-2", eligibility=old, forms=(Form.AMBULATORY, Form.RESIDENTIAL)),
        a_service("s-3"),
    )
    counts = facet_counts(world, Facets())
    assert len(counts.forms) == 3
    assert counts.groups == {"SENIORI": 2}
    for form, count in counts.forms.items():
        found = browse(world, Facets(form=form), size=99)
        assert found.total == count
        assert all(form in one.forms for one in found.services)
    for group, count in counts.groups.items():
        found = browse(world, Facets(group=group), size=99)
        assert found.total == count
        assert all(group in one.eligibility.target_groups for one in found.services)
    assert browse(world, Facets(form="X")).total == 0


def test_the_map_has_the_listed_places_of_service_and_no_other():
    world = a_world(
        a_service("s-1"),
        a_service("s-2", locations=()),
        a_service("s-3", "Utajený domov", type="49", locations=[SECRET]),
        a_service("s-4", "Azyl"),
    )
    client = an_app(world).test_client()
    page = page_of(client.get("/katalog").text)
    rows = page.xpath("//li[@class='row']//h2/a/@href")
    (data,) = page.xpath("//script[@id='mapa-data']/text()")
    drawn = [
        one["properties"]
        for one in json.loads(data)["features"]
        if one["properties"]["kind"] == "service"
    ]
    assert drawn
    for one in drawn:
        service = world.service(one["id"])
        assert rows[one["rank"] - 1] == f"/karta/{service.id}"
        assert not service.secret
    assert {one["id"] for one in drawn} == {"s-1", "s-4"}


def test_where_nothing_may_be_drawn_there_is_no_map():
    seat = a_service("s-1", locations=())
    page = page_of(an_app(a_world(seat)).test_client().get("/katalog").text)
    assert not page.xpath("//*[@data-map]|//script")


def test_the_page_carries_only_facets_in_its_addresses(client: FlaskClient):
    page = page_of(client.get("/katalog?druh=40&orp=Velké+Město").text)
    (following,) = page.xpath("//a[@rel='next']/@href")
    names = {pair.partition("=")[0] for pair in following.partition("?")[2].split("&")}
    assert names == {"po", "druh", "orp"}
    second = page_of(client.get(following).text)
    assert second.xpath("//a[contains(., 'Na začátek')]")
    first_ids = page.xpath("//li[@class='row']//h2/a/@href")
    second_ids = second.xpath("//li[@class='row']//h2/a/@href")
    assert first_ids
    assert second_ids
    assert not set(first_ids) & set(second_ids)


def test_the_chosen_facets_stay_chosen(client: FlaskClient):
    page = page_of(client.get("/katalog?druh=49&puvod=registered_social").text)
    assert page.xpath("//option[@selected]/@value") == ["49", "registered_social"]
    assert page.xpath("//a[contains(., 'Zrušit výběr')]/@href") == ["/katalog"]


def test_an_empty_choice_says_so(client: FlaskClient):
    page = page_of(client.get("/katalog?druh=999").text)
    assert "není žádná služba" in page.text_content()


def test_a_broken_link_to_a_further_page_is_a_400_with_a_page(client: FlaskClient):
    answer = client.get("/katalog?po=!!!")
    assert answer.status_code == 400
    page_of(answer.text)


def test_a_small_catalogue_fits_one_page():
    page = page_of(an_app(a_world(a_service("s-1"))).test_client().get("/katalog").text)
    assert not page.xpath("//a[@rel='next']")
