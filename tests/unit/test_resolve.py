"""From the areas a provider names to municipalities: certain, possible, elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, Covers, ServiceArea
from referral.catalog.resolve import CoverageResolver, resolve_coverage
from referral.catalog.territory import Municipality, Territory
from support.build import HOME, a_municipality, a_part, north_of


def village(
    code: str, name: str, *, orp: str, district: str, region: str = "Severní kraj", km: float = 0.0
) -> Municipality:
    return a_municipality(
        code, name, orp=orp, district=district, region=region, point=north_of(HOME, km=km)
    )


# Two ORPs in the district of Město, one beyond it, one in another region. The name Lhota is borne
# twice in one district, Březová in three regions or districts.
TERRITORY = Territory.of(
    [
        village("1", "Město", orp="Město", district="Město"),
        village("2", "Ves", orp="Město", district="Město", km=5),
        village("3", "Lhota", orp="Město", district="Město", km=10),
        village("4", "Hory", orp="Hory", district="Město", km=20),
        village("5", "Lhota", orp="Hory", district="Město", km=25),
        village("6", "Březová", orp="Hory", district="Město", km=30),
        village("7", "Doly", orp="Doly", district="Doly", km=40),
        village("8", "Březová", orp="Doly", district="Doly", km=45),
        village("9", "Jih", orp="Jih", district="Jih", region="Jižní kraj", km=-80),
        village("10", "Březová", orp="Jih", district="Jih", region="Jižní kraj", km=-85),
    ],
    parts=[
        a_part("901", "Zálesí", municipality="2"),
        a_part("902", "Dvory", municipality="2"),
        a_part("903", "Dvory", municipality="7"),
        a_part("904", "Dvory", municipality="9"),
        a_part("905", "Hory", municipality="1"),
    ],
)
ELSEWHERE = frozenset({"Praha", "Liberecký kraj"})
CITY, HILLS, PITS, SOUTH = {"1", "2", "3"}, {"4", "5", "6"}, {"7", "8"}, {"9", "10"}


def area(kind: AreaKind, name: str = "", **more) -> ServiceArea:
    return ServiceArea(kind=kind, name=name, **more)


def town(name: str) -> ServiceArea:
    return area(AreaKind.MUNICIPALITY, name)


def catchment(name: str) -> ServiceArea:
    return area(AreaKind.CATCHMENT, name)


def radius(name: str, km: float | None) -> ServiceArea:
    return area(AreaKind.RADIUS, name, km=km)


def resolved(*areas: ServiceArea, near: str | None = None) -> Coverage:
    return resolve_coverage(areas, TERRITORY, near=near, elsewhere=ELSEWHERE)


# --- One area -------------------------------------------------------------------------------------


def test_a_service_that_names_no_area_has_an_unknown_coverage():
    assert resolved() == Coverage()
    assert resolved().includes("1") is Covers.UNKNOWN


def test_a_municipality_is_found_by_name_whatever_its_case_and_spaces():
    coverage = resolved(town("  VES "))
    assert coverage.certain == {"2"}
    assert coverage.possible == frozenset()
    assert coverage.status is CoverageStatus.PARSED
    assert coverage.areas == (town("  VES "),)


def test_the_status_is_the_callers_to_say():
    coverage = resolve_coverage([town("Ves")], TERRITORY, status=CoverageStatus.DECLARED)
    assert coverage.status is CoverageStatus.DECLARED


@pytest.mark.parametrize(
    ("kind", "name", "codes"),
    [
        (AreaKind.ORP, "Hory", HILLS),
        (AreaKind.DISTRICT, "Město", CITY | HILLS),
        (AreaKind.REGION, "severní kraj", CITY | HILLS | PITS),
    ],
)
def test_an_orp_a_district_and_a_region_are_covered_whole(kind, name, codes):
    assert resolved(area(kind, name)).certain == codes


def test_the_whole_country_is_everywhere_and_leaves_nothing_merely_possible():
    coverage = resolved(area(AreaKind.COUNTRY), town("Březová"))
    assert coverage.everywhere
    assert coverage.possible == frozenset()
    assert coverage.includes("10") is Covers.YES


def test_the_catchment_of_the_seat_of_an_orp_is_its_whole_district():
    assert resolved(catchment("Město")).certain == CITY
    assert resolved(catchment("Město")).possible == frozenset()


def test_nobody_publishes_the_catchment_of_a_village_so_its_orp_is_only_possible():
    coverage = resolved(catchment("Ves"))
    assert coverage.certain == {"2"}
    assert coverage.possible == {"1", "3"}


def test_a_radius_holds_the_municipalities_whose_point_lies_within_it():
    assert resolved(radius("Město", 11)).certain == {"1", "2", "3"}
    assert resolved(radius("Město", 9)).certain == {"1", "2"}
    assert resolved(radius("Město", 0)).certain == {"1"}


def test_a_radius_without_kilometres_is_sure_of_its_centre_only():
    coverage = resolved(radius("Město", None))
    assert coverage.certain == {"1"}
    assert coverage.possible == {"2", "3"}


def test_a_code_says_more_than_a_name():
    assert resolved(area(AreaKind.MUNICIPALITY, "Březová", code="8")).certain == {"8"}
    assert resolved(area(AreaKind.MUNICIPALITY, "starý název", code="8")).certain == {"8"}


# --- Parts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [AreaKind.MUNICIPALITY, AreaKind.MUNICIPALITY_PART])
def test_a_part_makes_its_municipality_possible_never_certain(kind):
    coverage = resolved(area(kind, "Zálesí"))
    assert coverage.certain == frozenset()
    assert coverage.possible == {"2"}
    assert coverage.unresolved == ()


def test_a_part_means_the_one_the_other_names_point_to():
    part = area(AreaKind.MUNICIPALITY_PART, "Dvory")
    assert resolved(part).possible == {"2", "7", "9"}
    assert resolved(part, town("Březová"), near="8").possible == {"7"}
    assert resolved(part, town("Jih")).certain == {"9"}
    assert resolved(part, town("Jih")).possible == frozenset()


def test_a_part_is_never_taken_for_the_municipality_of_that_name():
    assert resolved(area(AreaKind.MUNICIPALITY_PART, "Hory")).possible == {"1"}


def test_a_part_with_a_code_that_is_not_loaded_goes_by_its_name():
    part = area(AreaKind.MUNICIPALITY_PART, "Zálesí", code="999")
    assert resolved(part).possible == {"2"}
    missing = area(AreaKind.MUNICIPALITY_PART, "Samoty", code="999")
    assert resolved(missing).unresolved == ("Samoty",)


def test_a_municipality_named_beside_its_part_is_certain():
    coverage = resolved(town("Ves"), area(AreaKind.MUNICIPALITY_PART, "Zálesí"))
    assert coverage.certain == {"2"}
    assert coverage.possible == frozenset()


# --- Names that several municipalities bear -------------------------------------------------------


def test_a_name_nothing_decides_makes_all_its_bearers_possible_and_none_certain():
    coverage = resolved(town("Březová"))
    assert coverage.certain == frozenset()
    assert coverage.possible == {"6", "8", "10"}
    assert coverage.status is CoverageStatus.PARSED


@pytest.mark.parametrize(
    ("other", "meant"),
    [
        (town("Ves"), "6"),
        (town("Doly"), "8"),
        (catchment("Jih"), "10"),
        (radius("Jih", 1), "10"),
        (area(AreaKind.ORP, "Doly"), "8"),
        (area(AreaKind.REGION, "Jižní kraj"), "10"),
    ],
)
def test_a_name_means_the_bearer_in_the_district_of_the_other_names(other, meant):
    coverage = resolved(town("Březová"), other)
    assert meant in coverage.certain
    assert {"6", "8", "10"} & (coverage.certain | coverage.possible) == {meant}


def test_names_in_two_districts_of_its_bearers_leave_a_name_ambiguous():
    coverage = resolved(town("Březová"), town("Ves"), town("Doly"))
    assert coverage.certain == {"2", "7"}
    assert coverage.possible == {"6", "8", "10"}


def test_a_name_means_the_bearer_in_the_region_when_no_district_decides():
    away = village("11", "Pole", orp="Pole", district="Pole", region="Jižní kraj")
    territory = Territory.of([*TERRITORY.municipalities.values(), away])
    assert resolve_coverage([town("Březová"), town("Pole")], territory).certain == {"10", "11"}
    north = village("11", "Pole", orp="Pole", district="Pole")
    territory = Territory.of([*TERRITORY.municipalities.values(), north])
    coverage = resolve_coverage([town("Březová"), town("Pole")], territory)
    assert coverage.certain == {"11"}
    assert coverage.possible == {"6", "8", "10"}


def test_two_of_one_name_in_one_district_are_told_apart_by_the_orp():
    assert resolved(town("Lhota"), town("Ves")).certain == {"2", "3"}
    assert resolved(town("Lhota"), town("Ves"), town("Hory")).possible == {"3", "5"}
    assert resolved(town("Lhota"), area(AreaKind.DISTRICT, "Město")).possible == frozenset()


def test_two_of_one_name_in_a_district_whose_orps_say_nothing_stay_ambiguous():
    third = village("11", "Pole", orp="Pole", district="Město")
    territory = Territory.of([*TERRITORY.municipalities.values(), third])
    coverage = resolve_coverage([town("Lhota"), town("Pole")], territory)
    assert coverage.certain == {"11"}
    assert coverage.possible == {"3", "5"}


def test_a_name_means_the_services_own_municipality_first():
    assert resolved(town("Březová"), near="10").certain == {"10"}
    assert resolved(town("Březová"), town("Ves"), near="8").certain == {"2", "8"}


def test_a_name_means_the_bearer_in_the_services_own_district():
    assert resolved(town("Březová"), near="7").certain == {"8"}


def test_a_service_that_stands_outside_the_territory_points_to_no_bearer():
    assert resolved(town("Březová"), near="554782").possible == {"6", "8", "10"}


def test_the_catchment_of_an_ambiguous_name_is_only_possible():
    coverage = resolved(catchment("Březová"))
    assert coverage.certain == frozenset()
    assert coverage.possible == HILLS | PITS | SOUTH


def test_a_radius_around_an_ambiguous_name_is_only_possible():
    coverage = resolved(radius("Březová", 6))
    assert coverage.certain == frozenset()
    assert coverage.possible == {"5", "6", "7", "8", "9", "10"}


# --- Names nobody knows, and places elsewhere -----------------------------------------------------


def test_a_hamlet_nobody_knows_makes_the_orps_of_the_other_names_possible():
    coverage = resolved(town("Ves"), town("Samota"))
    assert coverage.certain == {"2"}
    assert coverage.possible == {"1", "3"}
    assert coverage.unresolved == ("Samota",)
    assert coverage.status is CoverageStatus.PARSED
    assert coverage.includes("9") is Covers.NO


def test_a_hamlet_nobody_knows_makes_the_services_own_orp_possible_too():
    assert resolved(town("Ves"), town("Samota"), near="7").possible == {"1", "3"} | PITS


def test_when_nothing_is_understood_no_place_is_ruled_out():
    coverage = resolved(town("Samota"), town("Praha"), near="7")
    assert coverage.status is CoverageStatus.UNKNOWN
    assert coverage.certain == coverage.possible == frozenset()
    assert coverage.unresolved == ("Samota",)
    assert coverage.areas == (town("Samota"), town("Praha"))
    assert coverage.includes("1") is Covers.UNKNOWN


@pytest.mark.parametrize(
    "outside",
    [
        town("Praha"),
        catchment("praha"),
        area(AreaKind.MUNICIPALITY_PART, "Praha"),
        area(AreaKind.REGION, "Liberecký kraj"),
        area(AreaKind.MUNICIPALITY, "Březová", code="999999"),
        area(AreaKind.ORP, "Tanvald", code="5109"),
    ],
)
def test_a_service_for_places_elsewhere_covers_nothing_here(outside):
    coverage = resolved(outside)
    assert coverage.status is CoverageStatus.PARSED
    assert coverage.includes("1") is Covers.NO
    assert coverage.unresolved == ()


@pytest.mark.parametrize(
    "outside",
    [
        radius("Praha", 50),
        area(AreaKind.RADIUS, "Praha", code="554782", km=50),
        area(AreaKind.ORP, "Neznámé"),
    ],
)
def test_what_may_reach_in_from_elsewhere_is_not_understood(outside):
    assert resolved(outside).status is CoverageStatus.UNKNOWN
    assert resolved(outside).unresolved == (outside.name,)


def test_an_area_without_a_name_is_listed_by_what_it_says():
    assert resolved(area(AreaKind.ORP)).unresolved == ("orp",)
    assert resolved(area(AreaKind.MUNICIPALITY_PART, code="999")).unresolved == ("999",)


def test_a_name_of_the_territory_is_here_even_if_another_lies_elsewhere():
    assert resolve_coverage([town("Ves")], TERRITORY, elsewhere={"Ves"}).certain == {"2"}


def test_one_index_serves_many_services():
    resolver = CoverageResolver.of(TERRITORY, elsewhere=ELSEWHERE)
    assert resolver.resolve([town("Ves")]).certain == {"2"}
    assert resolver.resolve([town("Praha")]).certain == frozenset()


# --- What holds for every list of areas -----------------------------------------------------------

NAMES = ["Město", "Ves", "Lhota", "Hory", "Březová", "Doly", "Jih", "Dvory", "Samota", "Praha"]
PLAIN_NAMES = ["Město", "Ves", "Hory", "Doly", "Jih", "Zálesí", "Samota", "Praha"]


def areas(names: list[str]) -> st.SearchStrategy[ServiceArea]:
    return st.builds(
        ServiceArea,
        kind=st.sampled_from(AreaKind),
        name=st.sampled_from([*names, "Severní kraj"]),
        km=st.sampled_from([None, 0.0, 6.0, 50.0]),
    )


HOMES = st.sampled_from([None, "3", "8", "554782"])


@given(named=st.lists(areas(NAMES), max_size=5), near=HOMES)
def test_no_municipality_is_both_certain_and_merely_possible(named, near):
    coverage = resolved(*named, near=near)
    assert coverage.certain & coverage.possible == frozenset()
    assert coverage.certain | coverage.possible <= set(TERRITORY.municipalities)


@given(data=st.data(), named=st.lists(areas(NAMES), max_size=6), near=HOMES)
def test_the_order_of_areas_does_not_matter(data, named, near):
    first = resolved(*named, near=near)
    second = resolved(*data.draw(st.permutations(named)), near=near)
    assert (first.certain, first.possible, first.everywhere, first.unresolved, first.status) == (
        second.certain,
        second.possible,
        second.everywhere,
        second.unresolved,
        second.status,
    )


@given(named=st.lists(areas(PLAIN_NAMES), max_size=5), further=areas(PLAIN_NAMES), near=HOMES)
def test_a_further_area_never_takes_a_certain_municipality_away(named, further, near):
    """Lists that hold a name borne by several municipalities are apart: see the docstring."""
    assert resolved(*named, near=near).certain <= resolved(*named, further, near=near).certain


@given(named=st.lists(areas(NAMES), max_size=5), near=HOMES)
def test_a_name_that_is_not_understood_is_never_silently_dropped(named, near):
    coverage = resolved(*named, near=near)
    here = {"Samota"} & {one.name for one in named if one.kind is not AreaKind.COUNTRY}
    assert here <= set(coverage.unresolved)
    assert coverage.areas == tuple(named)


@given(km=st.floats(0, 100), further=st.floats(0, 100))
def test_a_longer_radius_never_holds_less(km, further):
    assert resolved(radius("Doly", km)).certain <= resolved(radius("Doly", km + further)).certain
