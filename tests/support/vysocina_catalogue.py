"""Invented items in the shape of the catalogue of Kraj Vysočina."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

PEOPLE = ("Vymyslislava", "Nevěřímská", "Smyšlenka", "Neexistoval")
"""Names that stand in every item and nowhere else."""


def entry(number: int = 1, **changed: Any) -> dict[str, Any]:
    """Return one item of the kraj's catalogue."""
    return {
        "ID_organizace": str(number),
        "org_nazev": f"Zkušební pomoc {number}, z. ú.",
        "popis": f"Pomáháme doma. Vedoucí Mgr. {PEOPLE[0]} {PEOPLE[1]}, https://pomoc.example.cz/a.",
        "druh_sluzby_nazev": "Pečovatelská služba",
        "cilova_skupina": ["senioři", "lidé po úrazu"],
        "zivotni_situace": ["Potřebuji pomoc doma"],
        "klicova_slova": ["hygiena", "nákup"],
        "misto_pusobnosti": [
            {"obec": "Horní Lhota", "okres": "Východ"},
            {"obec": "Velké Město", "okres": "Východ"},
        ],
        "pobytova": "0",
        "ambulantni": "0",
        "terenni": "1",
        "kontaktni_osoba": " ".join(PEOPLE[2:]),
        "statutarni_zastupce": {"jmeno": PEOPLE[2], "prijmeni": PEOPLE[3]},
    } | changed


def write_catalogue(path: Path, items: Iterable[Any], *, root: str = "") -> Path:
    """Write items as a list, or as an object with the list under a root."""
    listed = list(items)
    document = {root: listed} if root else listed
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
