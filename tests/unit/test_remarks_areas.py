"""Sentences in the style of providers, and the areas that a person reads in them."""

import pytest

from support.remarks import read, told

PLACES = [
    ("v Žatci a Lounech", ["municipality:Žatec", "municipality:Louny"]),
    ("Služba je poskytována na úžemí města Kadaň.", ["municipality:Kadaň"]),
    ("Terénní služba v Mostě, v Litvínově i v Meziboří.", ["Most", "Litvínov", "Meziboří"]),
    ("TERÉNNÍ SLUŽBA V CHOMUTOVĚ A JIRKOVĚ", ["Chomutov", "Jirkov"]),
    ("sluzba v chomutove a v jirkove", ["Chomutov", "Jirkov"]),
    ("kadan, most", ["Kadaň", "Most"]),
    ("Občanům Vejprt", ["Vejprty"]),
    ("Služba je určena občanům Kadaně a Vejprt.", ["Kadaň", "Vejprty"]),
    ("Působnost: Most – Kadaň – Louny", ["Most", "Kadaň", "Louny"]),
    ("Chomutov; Jirkov\nKalek", ["Chomutov", "Jirkov", "Kalek"]),
    ("v K. Varech a Klášterci n/O", ["Karlovy Vary", "Klášterec nad Ohří"]),
    ("v Roudnici n. L.", ["Roudnice nad Labem"]),
    ("na katastrálním území obce Obrnice", ["Obrnice"]),
    ("v k. ú. Obrnice", ["Obrnice"]),
    ("obce Kalek, Místo a Březno", ["Kalek", "Místo", "Březno"]),
    ("na území měst (Chomutov a Jirkov) a obcí: Kalek", ["Chomutov", "Jirkov", "Kalek"]),
    ("v Teplicích v Čechách a v Mostě v Čechách", ["Most", "? Teplicích v Čechách"]),
    ("V případě potřeby dojíždíme i do Loun.", ["Louny"]),
    ("v Praze a České Lípě", ["Praha", "Česká Lípa"]),
    ("Terénní služba pro Most", ["Most"]),
    ("převážně v Mostě", ["Most"]),
    ("v oblasti Mostu", ["radius:Most"]),
    ("v lokalitě Souš", ["municipality_part:Souš"]),
    ("lokality v Mostě", ["Most"]),
    ("v Mostě a v pondělí", ["Most"]),
    ("v Mostě mimo víkendy", ["Most"]),
    ("v „Mostě“!! Dojíždíme i do Kadaně?", ["Most", "Kadaň"]),
    ("v Mostě-", ["Most"]),
    ("v Roudnici n.L. a okolí.", ["radius:Roudnice nad Labem"]),
    ("v Mostě od 1.1.2020 a 26. roku i v Kadani", ["Most", "Kadaň"]),
    ("v obci Most a ve městě Kadaň", ["Most", "Kadaň"]),
    ("Most", ["Most"]),
    ("kadan", ["Kadaň"]),
    ("Obyvatelé Mostu", ["Most"]),
    ("Terénní služba Most, Kadaň", ["Most", "Kadaň"]),
    ("v Nové Vsi v Horách a v Horách", ["Nová Ves v Horách", "Hory"]),
    ("Hrobce: ", ["Hrobce"]),
    ("Působnost: Most, Klášterec n. O.", ["Most", "Klášterec nad Ohří"]),
]
CATCHMENTS = [
    ("v Žatci a jeho spádových obcích a v Lounech", ["catchment:Žatec", "Louny"]),
    ("v Mostě včetně spádových obcí", ["catchment:Most"]),
    ("v Kadani, Lounech a jejich spádových obcích", ["catchment:Kadaň", "catchment:Louny"]),
    ("v Kadani, Lounech a spádových obcích", ["catchment:Kadaň", "catchment:Louny"]),
    ("v Kadani, Lounech a jejím spádovém území", ["Kadaň", "catchment:Louny"]),
    (
        "na území města Most a v Kadani, Lounech a jejich spádových obcích",
        ["Most", "catchment:Kadaň", "catchment:Louny"],
    ),
    ("ve spádové oblasti města Kadaň a města Louny", ["catchment:Kadaň", "catchment:Louny"]),
    ("spádové obce Kadaně", ["catchment:Kadaň"]),
    ("ve spádových obcích", ["? spádových obcích"]),
    ("spádový lékař", []),
    ("Most je město. V jeho spádových obcích působíme.", ["? spádových obcích"]),
    ("Působíme v Mostě. Dojíždíme do jeho spádových obcí.", ["catchment:Most"]),
    ("okres Most a jeho spádové obce", ["district:Most", "? spádové obce"]),
    ("v Jirkově a okolí", ["radius:Jirkov"]),
    ("v Jirkově a okolních obcích", ["radius:Jirkov"]),
    ("v okolí obce Kalek", ["radius:Kalek"]),
    ("v okolních obcích", ["? okolních obcích"]),
    ("rodina a okolí klienta", []),
    ("v Kadani a jejích spádových obcích a okolí", ["catchment:Kadaň"]),
    ("okres Most a okolí", ["district:Most", "? okolí"]),
    ("v okolí bydliště", []),
]
DISTRICTS = [
    ("SO ORP Kadaň", ["orp:Kadaň"]),
    ("ORP Žatec, Louny", ["orp:Žatec", "orp:Louny"]),
    (
        "ve správním obvodu obce s rozšířenou působností Chomutov a Jirkov",
        ["orp:Chomutov", "Jirkov"],
    ),
    ("Žatec (ORP)", ["orp:Žatec"]),
    ("v Kadani a jejím správním obvodu", ["orp:Kadaň"]),
    ("v Jirkově a jeho správním obvodu", ["radius:Jirkov"]),
    ("ve správním obvodu města Louny", ["orp:Louny"]),
    ("ve správním obvodu města Jirkov", ["catchment:Jirkov"]),
    ("SO POÚ Jirkov", ["catchment:Jirkov"]),
    ("obce s pověřeným obecním úřadem Vejprty", ["catchment:Vejprty"]),
    ("okresy Most a Louny", ["district:Most", "district:Louny"]),
    ("okres Most a Kalek", ["district:Most", "Kalek"]),
    ("okres Česká Lípa", ["district:Česká Lípa"]),
    ("v okr. Louny a v Mostě", ["district:Louny", "Most"]),
    ("Ústecký kraj", ["region:Ústecký kraj"]),
    ("v Ústeckém a Libereckém kraji", ["region:Ústecký kraj", "region:Liberecký kraj"]),
    ("v Ústeckém i Karlovarském kraji", ["region:Ústecký kraj", "region:Karlovarský kraj"]),
    ("v krajích Ústeckém, Karlovarském", ["region:Ústecký kraj", "region:Karlovarský kraj"]),
    ("obyvatelé kraje Vysočina", ["region:Kraj Vysočina"]),
    ("z kraje Ústeckého", ["region:Ústecký kraj"]),
    ("obyvatelé Ústeckého kraje", ["region:Ústecký kraj"]),
    ("v regionu Ústeckého kraje", ["region:Ústecký kraj"]),
    ("Krajský úřad Ústeckého kraje vydal rozhodnutí.", []),
    ("na území hlavního města Prahy", ["region:Hlavní město Praha"]),
    ("celá ČR", ["country:Česká republika"]),
    ("Služba působí v České republice.", ["country:Česká republika"]),
    ("Působnost: Česká republika", ["country:Česká republika"]),
    ("osoby s pobytem na území ČR", []),
    ("Služba je určena občanům České republiky.", []),
    ("Ve městě Mostě žijí lidé z celého kraje.", ["Most", "? celého kraje"]),
    ("v Mostě a Ústeckém kraji", ["Most", "region:Ústecký kraj"]),
    ("Kraj Vysočina", ["region:Kraj Vysočina"]),
    ("Rada seniorů České republiky", []),
]
RADII = [
    ("do 15 km od města Most", ["radius:15:Most"]),
    ("v okruhu 10 km kolem Mostu a Kadaně", ["radius:10:Most", "radius:10:Kadaň"]),
    ("do 7,5 km od Kadaně", ["radius:7.5:Kadaň"]),
    ("do 20-ti km od Loun, Mostu", ["radius:20:Louny", "radius:20:Most"]),
    ("v Mostě a Lounech a dojezdové vzdálenosti 25 km od těchto měst", None),
    ("v Mostě a do 10 km", ["Most", "radius:10:Most"]),
    ("v Mostě a do 10 km od něj", ["Most", "radius:10:Most"]),
    ("v Mostě a do 10 km od jeho hranic", ["Most", "radius:10:Most"]),
    ("v Mostě a okolí do 10 km", ["Most", "radius:10:Most"]),
    ("v Mostě a okolí (10 km)", ["Most", "radius:10:Most"]),
    ("v okolí Mostu do 10 km", ["radius:10:Most"]),
    ("do 10 km v okolí Mostu", ["radius:10:Most"]),
    ("do 10 km města Most", ["radius:10:Most"]),
    ("Působíme v Mostě. Dojezd je do 20 km.", ["Most", "radius:20:Most"]),
    ("do 20 km", ["? do 20 km"]),
    ("do 20 km od Neznámova", ["? do 20 km od Neznámova"]),
    ("do 20 km od sídla služby", ["? do 20 km od sídla"]),
    ("do 20 km od pracoviště v Mostě", ["radius:20:Most"]),
    ("do 20 km od České Lípy", ["radius:20:Česká Lípa", "? do 20 km od České Lípy"]),
    ("do 900 km od Mostu", []),
    ("dojezd do 30 minut od Mostu a Loun", ["? dojezd do 30 minut od Mostu a Loun"]),
    ("dojezdový čas 1 hodina", ["? dojezdový čas 1 hodina"]),
    ("Jeden kontakt trvá 30 minut.", []),
    ("do 20 km od řeky", ["? do 20 km od"]),
    ("do 20 km od", ["? do 20 km od"]),
    ("v Mostě 12,a dál", ["Most"]),
    ("v Mostě a okolí v dojezdu", ["radius:Most"]),
]
EXCEPTIONS = [
    ("ORP Chomutov vyjma obcí Kalek a Místo", ["orp:Chomutov", "- Kalek", "- Místo"]),
    ("okres Most (mimo Litvínov), Kadaň", ["district:Most", "Kadaň", "- Litvínov"]),
    ("v okrese Most kromě Litvínova a v Kadani", ["district:Most", "Kadaň", "- Litvínov"]),
    ("okres Most s výjimkou území obce Bečov", ["district:Most", "- Bečov"]),
    ("Kromě Mostu působíme i v Kadani.", ["Most", "Kadaň"]),
    ("Mimo Most poskytujeme službu také v Kadani.", ["Most", "Kadaň"]),
    ("Kromě Mostu a také Kadaně působíme v okrese Louny.", ["Most", "Kadaň", "district:Louny"]),
    ("Mimo okres Most službu neposkytujeme.", ["district:Most"]),
    ("Službu neposkytujeme v Mostě.", ["- Most"]),
    ("V Mostě službu poskytujeme, neposkytujeme ji v Kadani.", ["Most", "- Kadaň"]),
    ("osoby mimo osob hluchoslepých", []),
    ("v Mostě, nikoliv v Kadani", ["Most", "- Kadaň"]),
]
PARTS = [
    ("Most-Souš", ["municipality_part:Souš"]),
    ("Most – Souš", ["municipality_part:Souš"]),
    ("v Kadani-Prunéřově", ["municipality_part:Prunéřově"]),
    ("v Kadani – Prunéřově", ["municipality_part:Prunéřově"]),
    ("Most-Kadaň", ["Most", "Kadaň"]),
    ("Most – Neznámov – Kadaň", ["Most", "Kadaň", "? Neznámov"]),
    ("Most – Souše a jiné", []),
    ("v Klášterci nad Ohří a jeho částech Ciboušov a Hradiště", None),
    ("v Kadani a jejích místních částech Prunéřov, Tušimice", None),
    ("v místních částech obce Kadaň: Prunéřov", ["Kadaň", "? Prunéřov"]),
    ("v Mostě včetně všech místních částí", ["Most"]),
    ("v části Souš města Most", ["municipality_part:Souš"]),
    ("v části Březno města Kadaň", ["municipality_part:Březno"]),
    ("v části Bečov", ["Bečov"]),
    ("v obcích a osadách Kalek, Místo", ["Kalek", "Místo"]),
    ("v části zařízení", []),
    ("v Praze 6", ["municipality_part:Praha 6"]),
    ("Praha 4, 5 a 12", None),
    ("v Mostě 3 klienti", ["Most"]),
    ("v Mostě 434 01", ["Most"]),
    ("v Praze 99", ["Praha"]),
    ("v Praze 5 km od centra", ["Praha", "radius:5:Praha", "? 5 km od centra"]),
    ("Praha 4, Most", ["municipality_part:Praha 4", "Most"]),
    ("v Kadani a jejích částech Ciboušov", ["Kadaň", "municipality_part:Ciboušov"]),
    ("v Kadani a jejích částech: Prunéřov", ["Kadaň", "municipality_part:Prunéřov"]),
    ("v části Souš města", ["municipality_part:Souš"]),
    ("v části Souš a města Most", ["municipality_part:Souš", "Most"]),
    ("v Kadani (pouze místní část Prunéřov)", ["Kadaň", "municipality_part:Prunéřov"]),
    ("v přilehlých částech obcí Hradiště a Karlovy Vary", ["Hradiště", "Karlovy Vary"]),
]
UNREAD = [
    ("mikroregion Podřipsko", ["? mikroregion Podřipsko"]),
    ("MAS Vladař a Kadaň", ["Kadaň", "? MAS Vladař"]),
    ("na Mostecku", ["? Mostecku"]),
    ("v Českém středohoří", ["? Českém středohoří"]),
    ("v oblasti Šluknovského výběžku", ["? oblasti Šluknovského výběžku"]),
    ("v regionu Neznámovo", ["? regionu Neznámovo"]),
    ("v oblasti péče", []),
    ("v Neznámově", ["? Neznámově"]),
    ("v obcích Kalek, Neznámov a Most", ["Kalek", "Most", "? Neznámov"]),
    ("v Neznámově nad Řekou a v Mostě", ["Most", "? Neznámově nad Řekou"]),
    ("v NZDM Orion", []),
    ("v Krásném Březně", ["? Krásném Březně"]),
    ("na území kraje", ["? území kraje"]),
    ("na území města", ["? území města"]),
    ("na území obcí", []),
    ("v Lhotě", ["municipality:Lhota", "? Lhotě"]),
    ("v Mostu a Kadanni", ["Most", "Kadaň"]),
    ("v Mostě a Obrnicí", ["Most", "Obrnice"]),
    ("na území města Chomotov", ["Chomutov"]),
    ("na území obce Kaleek", ["Kalek"]),
    ("na území obce Obrlice", ["? Obrlice"]),
    ("v okrese Chomutov a v Klášterci", ["district:Chomutov", "Klášterec nad Ohří"]),
    ("v Klášterci", ["? Klášterci"]),
    ("na území obce Kade", ["? Kade"]),
    ("na území obce Ciboušof", ["? Ciboušof"]),
    ("v Ústeckém kraji a v Klášterci", ["region:Ústecký kraj", "Klášterec nad Ohří"]),
    ("v ORP Kadaň a v Klášterci", ["orp:Kadaň", "Klášterec nad Ohří"]),
    ("na Místě hoře", ["? Místě hoře"]),
    ("v Mostecku", ["? Mostecku"]),
    ("v Bečovsku", ["? Bečovsku"]),
    ("mas Vladař", []),
    ("v Německu", ["? Německu"]),
    ("v lokalitách Neznámov a Nevídov", ["? Neznámov", "? Nevídov"]),
    ("v lokalitě bydliště", []),
]
SILENT = [
    "",
    "   \n",
    "Cílovou skupinou jsou osoby se zdravotním postižením.",
    "Poradna v Mostě pomáhá lidem.",
    "Ambulantní služba je poskytována v Mostě.",
    "Ambulantní služba je poskytována ve městě Most.",
    "Město Most poskytuje službu seniorům.",
    "Sociální služby města Loun pečují o seniory.",
    "Senioři nad 65 let, kteří žijí doma.",
    "Most k domovu je projekt.",
    "Kontakt 12, 5 dní v týdnu.",
    "Provoz 12,5 hodin denně.",
    "Poradna v obci.",
    "Věznice Most",
    "kalek",
    "Kalku",
    "Domov Mosty nad Mostem",
    "Domov Nová Ves v Horách",
    "na území okolí klienta",
]


def full(expected: list[str]) -> list[str]:
    """Fill in the kind of what is only named."""
    lead = {"-": "- municipality:", "?": "? "}
    return [
        one
        if ":" in one or one.startswith("?")
        else lead[one[0]] + one[2:]
        if one[0] in lead
        else f"municipality:{one}"
        for one in expected
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(text, expected, id=text[:40])
        for group in (PLACES, CATCHMENTS, DISTRICTS, RADII, EXCEPTIONS, PARTS, UNREAD)
        for text, expected in group
        if expected is not None
    ],
)
def test_a_sentence_is_read_as_a_person_reads_it(text, expected):
    assert told(text) == full(expected)


@pytest.mark.parametrize("text", SILENT)
def test_a_text_about_other_things_names_no_area_and_leaves_nothing_unread(text):
    reading = read(text)
    assert (reading.areas, reading.exceptions, reading.unread) == ((), (), ())
    assert reading.confidence == 0
