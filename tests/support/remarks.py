"""A small country for reading remarks, and readings written down shortly.

Names are those of real places, so that Czech inflects them as it does; codes, populations and
distances are invented. Žatec, Březová and Lhota are borne by several municipalities, Jánská is a
part whose name differs from a municipality's by one accent, Rohatce a part that looks like a case
of the far town of Rohatec.
"""

from collections.abc import Iterable
from functools import cache

from referral.catalog.places import PlaceIndex
from referral.catalog.remarks import CoverageReader, CoverageReading, ReadArea
from referral.catalog.territory import Municipality, Territory
from support.build import HOME, a_municipality, a_part, north_of

ELSEWHERE = frozenset({"Praha", "Česká Lípa", "Liberec"})
NORTH, WEST, SOUTH = "Ústecký kraj", "Karlovarský kraj", "Kraj Vysočina"

# code, name, authorised office, ORP, district, region, kilometres north, population
_ROWS = (
    ("101", "Chomutov", "Chomutov", "Chomutov", "Chomutov", NORTH, 0, 46_000),
    ("102", "Jirkov", "Jirkov", "Chomutov", "Chomutov", NORTH, 5, 19_000),
    ("103", "Kalek", "Jirkov", "Chomutov", "Chomutov", NORTH, 12, 300),
    ("104", "Březno", "Chomutov", "Chomutov", "Chomutov", NORTH, -6, 1_400),
    ("105", "Místo", "Chomutov", "Chomutov", "Chomutov", NORTH, 8, 500),
    ("111", "Kadaň", "", "Kadaň", "Chomutov", NORTH, -15, 17_000),
    ("112", "Klášterec nad Ohří", "", "Kadaň", "Chomutov", NORTH, -18, 14_000),
    ("113", "Vejprty", "", "Kadaň", "Chomutov", NORTH, -25, 2_900),
    ("114", "Rokle", "", "Kadaň", "Chomutov", NORTH, -17, 300),
    ("121", "Most", "Most", "Most", "Most", NORTH, 20, 63_000),
    ("122", "Obrnice", "Most", "Most", "Most", NORTH, 23, 2_000),
    ("123", "Bečov", "Most", "Most", "Most", NORTH, 30, 1_500),
    ("131", "Litvínov", "Litvínov", "Litvínov", "Most", NORTH, 28, 22_000),
    ("132", "Meziboří", "Litvínov", "Litvínov", "Most", NORTH, 31, 4_700),
    ("133", "Nová Ves v Horách", "Litvínov", "Litvínov", "Most", NORTH, 35, 400),
    ("141", "Žatec", "Žatec", "Žatec", "Louny", NORTH, -40, 19_000),
    ("142", "Postoloprty", "Postoloprty", "Žatec", "Louny", NORTH, -45, 4_700),
    ("143", "Lhota", "Žatec", "Žatec", "Louny", NORTH, -42, 90),
    ("151", "Louny", "Louny", "Louny", "Louny", NORTH, -55, 18_000),
    ("161", "Roudnice nad Labem", "", "Roudnice nad Labem", "Litoměřice", NORTH, -75, 13_000),
    ("162", "Hrobce", "", "Roudnice nad Labem", "Litoměřice", NORTH, -72, 700),
    ("171", "Děčín", "", "Děčín", "Děčín", NORTH, 70, 47_000),
    ("172", "Janská", "", "Děčín", "Děčín", NORTH, 75, 200),
    ("173", "Česká Kamenice", "", "Děčín", "Děčín", NORTH, 80, 5_000),
    ("201", "Sokolov", "", "Sokolov", "Sokolov", WEST, -100, 22_000),
    ("202", "Březová", "", "Sokolov", "Sokolov", WEST, -104, 2_600),
    ("211", "Karlovy Vary", "", "Karlovy Vary", "Karlovy Vary", WEST, -80, 48_000),
    ("212", "Březová", "", "Karlovy Vary", "Karlovy Vary", WEST, -84, 700),
    ("213", "Hradiště", "", "Karlovy Vary", "Karlovy Vary", WEST, -86, 50),
    ("214", "Hory", "", "Karlovy Vary", "Karlovy Vary", WEST, -88, 300),
    ("301", "Telč", "", "Telč", "Jihlava", SOUTH, -200, 5_200),
    ("302", "Žatec", "", "Telč", "Jihlava", SOUTH, -205, 170),
    ("303", "Lhota", "", "Telč", "Jihlava", SOUTH, -207, 120),
    ("304", "Rohatec", "", "Telč", "Jihlava", SOUTH, -210, 3_400),
    ("305", "Osek", "", "Telč", "Jihlava", SOUTH, -212, 4_600),
    ("311", "Třebíč", "", "Třebíč", "Třebíč", SOUTH, -230, 35_000),
    ("312", "Osek", "", "Třebíč", "Třebíč", SOUTH, -235, 800),
)
_PARTS = (
    ("901", "Souš", "121"),
    ("902", "Ciboušov", "112"),
    ("903", "Hradiště", "112"),
    ("904", "Miřetice u Klášterce nad Ohří", "112"),
    ("905", "Jánská", "202"),
    ("906", "Rohatce", "162"),
    ("907", "Zálesí", "103"),
    ("908", "Zálesí", "114"),
    ("909", "Březno", "302"),
    ("910", "Ervěnice", "102"),
    ("911", "Osek", "104"),
    ("912", "Německo", "104"),
)


def _municipality(row: tuple[str, str, str, str, str, str, float, int]) -> Municipality:
    code, name, pou, orp, district, region, km, population = row
    plain = a_municipality(
        code,
        name,
        orp=orp,
        district=district,
        region=region,
        point=north_of(HOME, km=km),
        population=population,
    )
    return Municipality(**{**_fields(plain), "pou": pou})


def _fields(municipality: Municipality) -> dict[str, object]:
    return {name: getattr(municipality, name) for name in Municipality.__slots__}


@cache
def small_country() -> Territory:
    """Return the small country with its parts of municipalities."""
    parts = (a_part(code, name, municipality=whole) for code, name, whole in _PARTS)
    return Territory.of(map(_municipality, _ROWS), parts=parts)


@cache
def small_reader() -> CoverageReader:
    """Return a reader over the small country."""
    territory = small_country()
    return CoverageReader.of(PlaceIndex.of(territory), territory, elsewhere=ELSEWHERE)


def read(text: str, *, near: str | None = None) -> CoverageReading:
    """Read a remark in the small country."""
    return small_reader().read(text, near=near)


def written(areas: Iterable[ReadArea]) -> list[str]:
    """Write areas down: ``catchment:Žatec``, ``radius:15:Most``, a code where it tells apart."""
    found = []
    for read_area in areas:
        area = read_area.area
        km = "" if area.km is None else f"{area.km:g}:"
        found.append(f"{area.kind.value}:{km}{area.name}")
    return found


def told(text: str, *, near: str | None = None) -> list[str]:
    """Return all that was read: areas, exceptions after a minus, unread pieces after a question."""
    reading = read(text, near=near)
    return [
        *written(reading.areas),
        *(f"- {one}" for one in written(reading.exceptions)),
        *(f"? {piece.text}" for piece in reading.unread),
    ]


def names(codes: Iterable[str]) -> list[str]:
    """Return the names of municipalities by their codes."""
    return [small_country().municipality(code).name for code in codes]
