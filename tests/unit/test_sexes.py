"""For which sex a service is, as far as its own names say."""

import pytest

from referral.catalog.sexes import Sex, sex_in, sex_told


@pytest.mark.parametrize(
    ("names", "sex"),
    [
        (["Azylový dům pro ženy"], Sex.WOMAN),
        (["Dům pro matky s dětmi"], Sex.WOMAN),
        (["Noclehárna pro muže"], Sex.MAN),
        (["Dům pro muže a ženy"], None),
        (["Dům pro rodiny"], None),
        (["Ženy v nouzi"], None),
        (["Dům pro ženy", "Dům pro matky s dětmi"], Sex.WOMAN),
        (["Dům pro ženy", "Dům pro muže"], None),
        (["Dům pro ženy", "Dům"], None),
        ([], None),
    ],
)
def test_a_name_tells_the_sex_only_when_all_names_tell_the_same(names, sex):
    assert sex_in(names) is sex


@pytest.mark.parametrize(
    ("name", "places", "sex"),
    [
        ("Azylový dům pro matky s dětmi", ["Dům svaté Anny"], Sex.WOMAN),
        ("Azylový dům pro matky s dětmi", [], Sex.WOMAN),
        ("Azylový dům pro matky s dětmi", ["Dům pro muže"], Sex.MAN),
        ("Azylový dům pro matky s dětmi", ["Dům pro ženy", "Dům"], None),
        ("Azylový dům", ["Dům svaté Anny"], None),
    ],
)
def test_a_service_tells_the_sex_where_its_places_tell_nothing(name, places, sex):
    assert sex_told(name, places) is sex
