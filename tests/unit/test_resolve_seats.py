"""Namesakes told apart by the provider's seat, and catchments by the seat of the ORP."""

from referral.catalog.areas import AreaKind, Covers, ServiceArea
from referral.catalog.resolve import resolve_coverage
from support.build import a_municipality, a_territory

TERRITORY = a_territory(
    [
        a_municipality("500001", "Lhota", orp="Město", district="Západ", region="Kraj"),
        a_municipality("500002", "Lhota", orp="Jinde", district="Východ", region="Jiný kraj"),
        a_municipality("500003", "Město", orp="Město", district="Západ", region="Kraj"),
        a_municipality("500004", "Město", orp="Jinde", district="Východ", region="Jiný kraj"),
        a_municipality("500005", "Sousední", orp="Sousední", district="Sever", region="Kraj"),
        a_municipality("500006", "Lhota", orp="Daleko", district="Jih", region="Třetí kraj"),
        a_municipality("500007", "Lhota", orp="Dálka", district="Jih", region="Třetí kraj"),
    ]
)


def covered(name: str, *, kind: AreaKind = AreaKind.MUNICIPALITY, seat: str | None = None):
    return resolve_coverage([ServiceArea(kind=kind, name=name)], TERRITORY, seat=seat)


def test_the_namesake_in_the_district_of_the_seat_is_meant():
    assert covered("Lhota", seat="500003").certain == {"500001"}
    assert covered("Lhota", seat="500004").certain == {"500002"}


def test_else_the_only_one_in_the_region_of_the_seat():
    assert covered("Lhota", seat="500005").certain == {"500001"}


def test_a_seat_between_two_namesakes_or_far_from_all_decides_nothing():
    everyone = {"500001", "500002", "500006", "500007"}
    for seat in ("500006", None, "999999"):
        coverage = covered("Lhota", seat=seat)
        assert (coverage.certain, coverage.possible) == (frozenset(), everyone)
    assert covered("Město", seat="500007").includes("500003") is Covers.UNKNOWN


def test_of_a_catchment_the_only_seat_of_an_orp_is_meant():
    assert covered("Město", kind=AreaKind.CATCHMENT).certain == {"500001", "500003"}
    assert covered("Město").certain == frozenset()
