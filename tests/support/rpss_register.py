"""Generate a register in the shape of the ministry's open data, of any size, always the same.

Everything in it is invented. The people in it (managers, statutory bodies, notes beside telephone
numbers) bear names from ``PEOPLE``, so that a test can look for them where they must not be.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from referral.catalog.vocabulary import Vocabulary

PEOPLE = ("Vymyslislava", "Nevěřímská", "Smyšlenka", "Neexistoval")
"""Names that stand in every generated item and nowhere else."""

_TYPES = (1, 3, 4, 8, 9, 10, 13, 14, 20, 23, 25, 28, 29, 32, 33)
_UNITS = {"amb": "klient", "ter": "klient", "pob": "luzka"}
_MUNICIPALITIES = ("554481", "554961", "554499", "567027", "562971", "566985", "563889")
_TOWNS = ("Cheb", "Karlovy Vary", "Aš", "Most", "Chomutov", "Žatec", "Liberec")
_FILLER = (
    "Služba pomáhá lidem v nepříznivé sociální situaci zůstat doma a žít běžným životem. "
    "Rozsah pomoci se domlouvá s každým zvlášť a zapisuje se do plánu. "
)


def item(number: int, *, facilities: int = 3, filler: int = 0, seed: int = 0) -> dict[str, Any]:
    """Return one registration with this number."""
    chance = Random(seed * 1_000_003 + number)  # noqa: S311 - invented data, not a secret
    town = chance.randrange(len(_TOWNS))
    form = chance.choice(tuple(_UNITS))
    return {
        "portalId": number,
        "id": f"SocialniSluzba/{number}",
        "identifikator": f"{1_000_000 + number}",
        "datumPoskytovaniOd": f"20{chance.randrange(10, 26)}-01-01",
        "datumPoskytovaniDo": None,
        "druhSocialniSluzby": {"id": f"DruhSocialniSluzby/{chance.choice(_TYPES)}"},
        "rozsirenePusobnostiVKraji": [{"id": "Kraj/60"}] if chance.random() < 0.1 else [],
        "kontaktniAdresy": [{"adresa": address(town)}],
        "ciloveSkupiny": [
            {
                "cilovaSkupina": {"id": f"CilovaSkupinaOsoby/{code}"},
                "doplnujiciInformace": chance.choice(
                    (
                        None,
                        f"Působíme ve městě {_TOWNS[town]} a v jeho spádových obcích.",
                        "Zařízení není bezbariérové.",
                    )
                ),
            }
            for code in chance.sample(range(1, 25), 3)
        ],
        "vekoveSkupiny": [{"id": "VekovaSkupinaOsoby/5"}],
        "doplnujiciInformaceVekoveSkupiny": "Od 18 let.",
        "emaily": [{"email": f"sluzba{number}@example.cz", "poznamka": " ".join(PEOPLE[:2])}],
        "telefony": [{"telefon": f"{600_000_000 + number}", "poznamka": PEOPLE[1]}],
        "faxy": [],
        "weby": [{"web": f"https://sluzba{number}.example.cz", "poznamka": None}],
        "formy": [
            {
                "forma": {"id": f"FormaSocialniSluzby/{form}"},
                "nepretrzitePoskytovani": form == "pob",
                "casoveRozsahy": None,
                "kapacity": [
                    {
                        "pocet": chance.randrange(5, 90),
                        "popis": _FILLER,
                        "typ": {"id": f"TypKapacitySocialniSluzby/{_UNITS[form]}"},
                    }
                ],
            }
        ],
        "zarizeni": [
            facility(f"Zařízení {number}/{one} {_TOWNS[town]}", town) for one in range(facilities)
        ],
        "poskytovatel": {
            "nazev": f"Zkušební poskytovatel {number // 3}, z. s.",
            "ico": f"{10_000_000 + number // 3}",
            "dic": None,
            "adresa": address(town),
            "weby": [],
            "emaily": [{"email": f"urad{number}@example.cz", "poznamka": PEOPLE[3]}],
            "telefony": [],
            "statutarniOrgany": [{"clen": {"jmeno": PEOPLE[2], "prijmeni": PEOPLE[3]}}],
        },
        "doplnkoveUdaje": {
            "realizacePoskytovani": [
                {"priloha": {"url": f"https://example.cz/{one}", "popis": _FILLER}}
                for one in range(filler)
            ],
            "planyFinancnihoZajisteni": [],
            "personalniZajisteni": [],
        },
    }


def portal_item(number: int) -> dict[str, Any]:
    """Return one service in the shape of the portal's search answer."""
    return {
        "sluzba": {
            "id": number,
            "identifikator": f"{1_000_000 + number}",
            "datumPoskytovaniOd": "2020-01-01",
            "datumPoskytovaniDo": None,
            "druhSocialniSluzbyId": 3838,
            "sluzbyVZarizeni": [
                {
                    "poskytovaniSluzbyOd": "2020-01-01",
                    "poskytovaniSluzbyDo": None,
                    "utajenaAdresa": False,
                    "nazevZarizeni": f"Dům {number}",
                    "odpovednyVedouci": {"jmeno": PEOPLE[0], "prijmeni": PEOPLE[1]},
                }
            ],
            "formySocialniSluzby": [
                {
                    "nepretrzitePoskytovani": 0,
                    "formaId": 3884,
                    "kapacitySocialniSluzby": [
                        {"pocet": 5, "popisKapacity": None, "typKapacityId": 7374}
                    ],
                    "casoveRozsahySocialniSluzby": [
                        {"interval": "8:00 - 16:00", "denVTydnuId": 3774}
                    ],
                }
            ],
            "ciloveSkupinySocialniSluzby": [
                {"cilovaSkupinaOsobyId": 3765, "doplnujiciInformace": "Působíme ve městě Cheb."}
            ],
            "vekoveSkupinySocialniSluzby": [{"vekovaSkupinaOsoby": 4597}],
            "doplnujiciInformaceVekoveSkupiny": [{"doplnujiciInformace": "Od 18 let."}],
            "rozsirenePusobnostiVKrajiSocialniSluzby": [],
            "spojeni": [{"telefon": "600000000", "poznamka": PEOPLE[2]}],
        },
        "poskytovatel": {
            "id": number,
            "nazevPoskytovatele": f"Zkušební poskytovatel {number}, z. s.",
            "osobaPoskytovatele": {"ico": f"{10_000_000 + number}", "prijmeni": PEOPLE[3]},
            "povereneOsoby": [{"jmeno": PEOPLE[2], "prijmeni": PEOPLE[3]}],
            "statutarniOrgany": [{"clen": {"jmeno": PEOPLE[0], "prijmeni": PEOPLE[1]}}],
        },
    }


def excerpt_item(number: int) -> dict[str, Any]:
    """Return one service in the shape of an excerpt made by hand."""
    return {
        "id": number,
        "identifikator": f"{1_000_000 + number}",
        "poskytovatel": {
            "id": number,
            "nazev": f"Zkušební poskytovatel {number}, z. s.",
            "ico": f"{10_000_000 + number}",
            "zastupce": " ".join(PEOPLE[:2]),
        },
        "druhSocialniSluzbyId": 3838,
        "druh": "pečovatelská služba",
        "datumPoskytovaniOd": "2020-01-01",
        "datumPoskytovaniDo": None,
        "pusobnostVKrajiDleAdresy": False,
        "nazevZarizeni": f"Dům {number}",
        "vedouci": {"jmeno": PEOPLE[2], "prijmeni": PEOPLE[3]},
        "adresaKontaktni": {
            "ulice": "Zkušební",
            "cislo": "1",
            "obec": "Cheb",
            "kraj": "Karlovarský kraj",
            "lat": 50.08,
            "lon": 12.37,
        },
        "ciloveSkupiny": [
            {"cilovaSkupinaOsobyId": 3765, "doplnujiciInformace": "Působíme ve městě Cheb."}
        ],
    }


def facility(name: str, town: int = 0, **other: Any) -> dict[str, Any]:
    """Return one facility in a town of the generator."""
    return {
        "nazev": name,
        "poskytujeOd": "2015-01-01",
        "poskytujeDo": None,
        "utajenaAdresa": False,
        "adresa": address(town),
        "vedouci": {"jmeno": PEOPLE[0], "prijmeni": PEOPLE[1]},
    } | other


def address(town: int = 0) -> dict[str, Any]:
    """Return an address in a town of the generator."""
    return {
        "cisloDomovni": 100 + town,
        "cisloOrientacni": None,
        "dodatekAdresy": None,
        "kodAdresnihoMista": 20_000_000 + town,
        "psc": "35002",
        "typCislaDomovniho": {"id": "TypStavebnihoObjektu/1"},
        "kraj": {"id": "Kraj/51"},
        "okres": {"id": "Okres/3402"},
        "obec": {"id": f"Obec/{_MUNICIPALITIES[town]}"},
        "castObce": {"id": "CastObce/500000"},
        "mestskyObvodMestskaCast": None,
        "mestskyObvodVPraze": None,
        "ulice": {"nazev": "Zkušební"},
    }


def items(services: int, *, facilities: int, filler: int = 0, seed: int = 0) -> Iterator[dict]:
    """Yield so many registrations that hold so many facilities together, as evenly as it goes."""
    for number in range(1, services + 1):
        share = number * facilities // services - (number - 1) * facilities // services
        yield item(number, facilities=share, filler=filler, seed=seed)


def write_register(path: Path, registrations) -> Path:
    """Write registrations as the ministry's file, one at a time."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"polozky":[')
        for number, one in enumerate(registrations):
            file.write(("," if number else "") + json.dumps(one, ensure_ascii=False))
        file.write("]}")
    return path


def group_numbers(vocabulary: Vocabulary) -> dict[str, int]:
    """Return an invented number for each target group; the ministry's own stand in its list."""
    return {code: number for number, code in enumerate(sorted(vocabulary.groups), start=1)}


def write_group_list(folder: Path, vocabulary: Vocabulary) -> Path:
    """Write a list of target groups in the ministry's shape, under invented numbers."""
    path = folder / "cilove-skupiny-osoby.json"
    rows = [
        {
            "id": f"CilovaSkupinaOsoby/{number}",
            "kod": str(number),
            "nazev": {"cs": vocabulary.group(code).name.capitalize()},
        }
        for code, number in group_numbers(vocabulary).items()
    ]
    path.write_text(json.dumps({"polozky": rows}, ensure_ascii=False), encoding="utf-8")
    return path
