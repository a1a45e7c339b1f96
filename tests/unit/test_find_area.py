"""Which municipalities a planner means."""

import pytest

from referral.usecases.find_area import EVERYTHING, AreaLevel, UnknownAreaError, find_area
from support.build import a_municipality, a_territory

TERRITORY = a_territory(
    [
        a_municipality("1", "Kadaň", orp="Kadaň", district="Chomutov", region="Ústecký kraj"),
        a_municipality("2", "Chomutov", orp="Chomutov", district="Chomutov", region="Ústecký kraj"),
        a_municipality("3", "Aš", orp="Aš", district="Cheb", region="Karlovarský kraj"),
    ]
)


def find(name, level=None):
    return find_area(name, territory=TERRITORY, level=level)


def test_an_orp_is_found_without_case_and_diacritics():
    assert find("kadan").municipalities == ("1",)
    assert (find("kadan").name, find("kadan").level) == ("Kadaň", AreaLevel.ORP)


def test_a_name_that_an_orp_and_a_district_share_means_the_orp_unless_said_otherwise():
    assert find("Chomutov").municipalities == ("2",)
    assert find("okres Chomutov").municipalities == ("1", "2")
    assert find("Chomutov", AreaLevel.DISTRICT).municipalities == ("1", "2")
    assert find("ORP Chomutov").municipalities == ("2",)
    assert find("SO ORP Chomutov").municipalities == ("2",)


@pytest.mark.parametrize("name", ["Ústecký kraj", "ustecky", "kraj Ústecký"])
def test_a_kraj_is_found_with_and_without_the_word(name):
    assert find(name).municipalities == ("1", "2")
    assert find(name).level is AreaLevel.REGION


@pytest.mark.parametrize("name", [None, "", "  "])
def test_no_name_means_everything_loaded(name):
    area = find(name)
    assert (area.name, area.level) == (EVERYTHING, None)
    assert area.municipalities == ("1", "2", "3")


def test_a_miss_names_the_nearest_areas():
    with pytest.raises(UnknownAreaError, match="Kadaň") as caught:
        find("Kadna")
    assert "Kadaň" in caught.value.nearest


def test_a_miss_near_nothing_says_only_that():
    with pytest.raises(UnknownAreaError) as caught:
        find("xyzxyzxyzxyz")
    assert caught.value.nearest == ()
    assert "Nemysleli" not in str(caught.value)


def test_a_level_narrows_the_search():
    with pytest.raises(UnknownAreaError):
        find("Kadaň", AreaLevel.REGION)
