"""Where a service of HSDS stands and how far it reaches."""

import pytest

from referral.catalog.areas import AreaKind, CoverageStatus, Covers, ServiceArea
from referral.catalog.model import AddressRole
from referral.ingest.hsds.taxonomies import (
    Taxonomy,
    area_of,
    area_uri,
    term_uri,
    terms_of,
)
from support.hsds_package import TYPE, at, mark, place, service
from support.hsds_reading import fields, taken, teller


@pytest.fixture
def tell(embedded, tmp_path):
    """Read one service, changed in some keys, and return all that is told of it."""
    return teller(embedded, tmp_path)


@pytest.fixture
def read(tell):
    """Read one service that is taken over."""
    return lambda *mapping, **changed: taken(tell(*mapping, **changed))


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
