"""A small territory with the traps that Czech place names set, for tests of finding places."""

from referral.catalog.territory import Territory
from referral.geo import Point
from support.build import HOME, a_municipality, a_part, north_of

CHEB = Point(lat=50.08, lon=12.37)
SOKOLOV = Point(lat=50.18, lon=12.64)
VARY = Point(lat=50.23, lon=12.87)
WEST = "Karlovarský kraj"

# code, name, ORP, district, point, population
MUNICIPALITIES = (
    ("554481", "Cheb", "Cheb", "Cheb", CHEB, 31_000),
    ("560286", "Sokolov", "Sokolov", "Sokolov", SOKOLOV, 22_000),
    ("554961", "Karlovy Vary", "Karlovy Vary", "Karlovy Vary", VARY, 49_000),
    ("560294", "Březová", "Sokolov", "Sokolov", north_of(SOKOLOV, km=-4), 2_600),
    ("537870", "Březová", "Karlovy Vary", "Karlovy Vary", north_of(VARY, km=-4), 700),
    ("563404", "Vejprty", "Kadaň", "Chomutov", HOME, 2_700),
    ("563102", "Kadaň", "Kadaň", "Chomutov", north_of(HOME, km=-12), 18_000),
    ("562971", "Chomutov", "Chomutov", "Chomutov", north_of(HOME, km=-15), 46_000),
    ("563129", "Klášterec nad Ohří", "Kadaň", "Chomutov", north_of(HOME, km=-10), 13_000),
    ("567027", "Most", "Most", "Most", north_of(HOME, km=-25), 63_000),
    ("567183", "Horka", "Most", "Most", north_of(HOME, km=-26), 300),
    ("567191", "Horky", "Most", "Most", north_of(HOME, km=-27), 200),
    ("567205", "Lípa", "Most", "Most", north_of(HOME, km=-28), 210),
    ("567213", "Lipá", "Most", "Most", north_of(HOME, km=-29), 205),
    ("567221", "Dubá", "Most", "Most", north_of(HOME, km=-30), 900),
    ("567230", "Dubí", "Most", "Most", north_of(HOME, km=-31), 7_900),
    ("567248", "Blšany u Loun", "Louny", "Louny", north_of(HOME, km=-60), 300),
    ("567256", "Louny", "Louny", "Louny", north_of(HOME, km=-62), None),
    ("567264", "Hora Svaté Kateřiny", "Most", "Most", north_of(HOME, km=-33), 400),
    ("567280", "Krupka", "Teplice", "Teplice", north_of(HOME, km=30), 12_000),
    ("567272", "Místo", "Chomutov", "Chomutov", north_of(HOME, km=-9), 480),
)
PARTS = (
    ("1", "Rybáře", "554961"),
    ("2", "Rybáře", "560286"),
    ("3", "Dlouhá Louka", "563102"),
    ("4", "Klášterec", "562971"),
    ("5", "Pod Dubem", "563102"),
    ("6", "Most", "554481"),
    ("7", "Kadaň", "563102"),
    ("8", "Kadaňská Jeseň", "563102"),
    ("9", "Chomutovka", "562971"),
    ("10", "Zátiší", "554961"),
    ("11", "Zátiší", "560286"),
    ("12", "Krukanice", "562971"),
)


def a_map() -> Territory:
    """Build the territory; every number in it is near the truth, none of them exact."""
    return Territory.of(
        (
            a_municipality(
                code,
                name,
                orp=orp,
                district=district,
                region=WEST if district in {"Cheb", "Sokolov", "Karlovy Vary"} else "Ústecký kraj",
                point=point,
                population=people,
            )
            for code, name, orp, district, point, people in MUNICIPALITIES
        ),
        parts=(a_part(code, name, municipality=owner) for code, name, owner in PARTS),
    )
