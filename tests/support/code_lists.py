"""The ministry's code lists in their published shape, with invented numbers."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from referral.catalog.vocabulary import Vocabulary

AGE_GROUPS: Mapping[str, str] = {
    "a": "děti kojeneckého věku (do 1 roku)",
    "b": "děti předškolního věku (1–6 let)",
    "c": "mladší děti (7–10 let)",
    "d": "starší děti (11–15 let)",
    "e": "dorost (16–18 let)",
    "f": "mladí dospělí (19–26 let)",
    "g": "dospělí (27–64 let)",
    "h": "mladší senioři (65–80 let)",
    "i": "starší senioři (nad 80 let)",
    "j": "bez omezení věku",
    "k": "lidé v nejlepších letech",
}
"""Age groups by invented codes; the last has a wording that tells no ages."""


def published(kind: str, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a list of one kind as the ministry publishes it."""
    return {
        "polozky": [
            {"id": f"{kind}/{code}", "kod": code, "nazev": {"cs": name}}
            for code, name in names.items()
        ]
    }


def register_lists(vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """Return all lists that translate the register, by a name that says nothing of them."""
    types = {str(at): one.name for at, one in enumerate(vocabulary.types.values(), start=700)}
    groups = {str(at): one.name for at, one in enumerate(vocabulary.groups.values(), start=800)}
    return {
        "one.json": published("DruhSocialniSluzby", types),
        "two.json": published("CilovaSkupinaOsoby", groups),
        "three.json": published("VekovaSkupinaOsoby", AGE_GROUPS),
        "four.json": published(
            "FormaSocialniSluzby", {"x": "Ambulantní", "y": "pobytová forma", "z": "terénní"}
        ),
        "five.json": published(
            "TypKapacitySocialniSluzby",
            {
                "u": "Počet lůžek",
                "v": "Počet klientů",
                "w": "Počet kontaktů (10 min.)",
                "x": "Počet intervencí (30 min.)",
                "y": "Počet hovorů",
                "z": "Počet klientů na lůžku",
            },
        ),
        "six.json": published("DenVTydnu", {"1": "pondělí", "7": "Neděle"}),
    }


def write_lists(folder: Path, lists: Mapping[str, Mapping[str, Any]]) -> Path:
    """Write lists into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in lists.items():
        (folder / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return folder
