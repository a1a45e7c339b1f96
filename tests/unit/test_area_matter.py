"""Which places a service reaches, in words; which area is meant; the order of Czech names."""

import pytest

from referral.catalog.areas import AreaKind, Coverage, CoverageStatus, ServiceArea
from referral.catalog.model import AddressRole, Kind
from referral.catalog.vocabulary import Form
from referral.matching.errors import RequestError
from referral.usecases.find_area import AreaLevel, UnknownAreaError
from referral.web.czech import plain
from referral.web.printed.alphabet import alphabetical
from referral.web.printed.area_matter import AreaMatter, area_named, gaps_in
from referral.web.printed.reaching import reach_lines
from support.build import a_location, a_municipality, a_service, a_territory, covering
from support.matching import NEIGHBOUR, PLACES, TERRITORY, TOWN, VILLAGE, within
from support.papers import an_authority
from support.printed import a_small_area

EVERY = tuple(one.code for one in PLACES[:3])


def reached(service) -> str:
    return plain("; ".join(reach_lines(service, a_small_area(service))))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"coverage": covering(*EVERY)}, "terénní, jezdí do celého území (3 obce)"),
        (
            {"coverage": covering("500001", "500003", status=CoverageStatus.DECLARED)},
            "terénní, jezdí všude kromě: Dolní Lhota",
        ),
        (
            {"coverage": covering("500002", status=CoverageStatus.PARSED)},
            "terénní, jezdí sem: Dolní Lhota (vyčteno z registru)",
        ),
        ({"locations": ()}, "terénní, kam jezdí, zdroj neuvádí – zeptejte se"),
        (
            {"type": "37", "forms": [Form.AMBULATORY], "locations": [within(TOWN, km=0)]},
            "ambulantní: Velké Město, 0–15 km vzdušnou čarou",
        ),
        (
            {"type": "49", "forms": [Form.RESIDENTIAL], "locations": [within(TOWN, km=0)]},
            "pobytová: Velké Město",
        ),
        (
            {
                "type": "49",
                "forms": [Form.RESIDENTIAL],
                "locations": [a_location(role=AddressRole.PROVIDER_SEAT)],
            },
            "pobytová: Horní Lhota (sídlo poskytovatele)",
        ),
        ({"type": "41", "forms": [Form.FIELD], "locations": ()}, "na dálku, odkudkoli"),
    ],
)
def test_it_is_said_which_places_a_service_reaches_and_how_surely(fields, told):
    assert told in reached(a_service("s-1", **fields))


def test_an_office_is_said_to_be_competent_and_not_to_come():
    office = an_authority("u-1", "Úřad", AreaKind.ORP, "Velké Město", "PEC-HYG")
    assert reached(office) == "příslušný pro území"
    whole = Coverage(
        areas=(ServiceArea(kind=AreaKind.COUNTRY),),
        status=CoverageStatus.DECLARED,
        everywhere=True,
    )
    line = a_service(
        "l-1", type=None, kind=Kind.AUTHORITY, needs=["PEC-HYG"], forms=None, locations=(),
        coverage=whole,
    )  # fmt: skip
    assert reached(line) == "působí na celém území"


def test_one_municipality_is_named_and_not_counted():
    service = a_service("s-1", coverage=covering("500001"))
    matter = a_small_area(service)
    one = AreaMatter(
        area=area_named("Horní Lhota", TERRITORY), desk=matter.desk, policy=matter.policy,
        survey=matter.survey,
    )  # fmt: skip
    assert reach_lines(service, one) == ("terénní, jezdí Horní Lhota (vyčteno z registru)",)


def test_czech_names_are_put_in_czech_order():
    names = ["Žatec", "Cheb", "Hora", "Chomutov", "Čáslav", "Citov", "Řím", "Ústí", "Unhošť", "Rok"]
    assert sorted(names, key=alphabetical) == [
        "Citov", "Čáslav", "Hora", "Cheb", "Chomutov", "Rok", "Řím", "Unhošť", "Ústí", "Žatec",
    ]  # fmt: skip


def test_an_area_is_an_orp_before_a_municipality_and_a_namesake_is_asked_for_its_code():
    assert area_named("velke mesto", TERRITORY).level is AreaLevel.ORP
    assert area_named("Dolní Lhota", TERRITORY).municipalities == ("500002",)
    assert area_named("500001", TERRITORY).name == "Horní Lhota"
    twice = a_territory((VILLAGE, NEIGHBOUR, a_municipality("500009", "Dolní Lhota", orp="Jinde")))
    with pytest.raises(RequestError, match=r"500002 .ORP Velké Město. a.500009 .ORP Jinde."):
        area_named("Dolní Lhota", twice)
    with pytest.raises(UnknownAreaError):
        area_named("Nikde", TERRITORY)


def test_gaps_of_a_municipality_are_those_of_its_orp():
    asked = []
    gaps_in(area_named("Dolní Lhota", TERRITORY), TERRITORY, gaps=lambda *of: asked.append(of))
    gaps_in(area_named("okres Okres", TERRITORY), TERRITORY, gaps=lambda *of: asked.append(of))
    assert asked == [("Velké Město", "orp", None), ("Okres", "okres", None)]
