"""The data of a gap map written small, so that a whole country fits into one file.

What ``gaps_map_data`` says stays the same to the letter: ``unpack`` in the page's script writes it
out again. Rows of the table are made there too; in HTML they alone would be larger than the rest.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from referral.catalog.snapshot import Catalog
from referral.geo.shared_borders import GRID, share_borders
from referral.network.gaps import GapReport
from referral.web.boundaries import Boundaries
from referral.web.presenters.document import Json

MOST_WRITTEN_OUT = 1_200
"""Municipalities whose shapes and table rows are still written out: the largest kraj has 1,144."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CLAUSE = "; "


def is_packed(report: GapReport) -> bool:
    """Tell whether a report is so large that its map and table come packed."""
    return len(report.municipalities) > MOST_WRITTEN_OUT


def packed_data(data: Mapping[str, Any]) -> dict[str, Json]:
    """Return what ``map_data`` returned, smaller.

    Lists with one item for each municipality become texts: ``keys`` has a digit each (5 more where
    uncertain), ``values`` and ``details`` numbers of ``texts`` in base 36, a comma after each
    municipality; parts of a detail are parted by a dot (a comma in the text) or a colon (a
    semicolon). ``values`` is a list where the key decides about it.
    """
    numbers = _numbers(data)
    orps = list(dict.fromkeys(row[2] for row in data["places"]))
    number_of = {orp: position for position, orp in enumerate(orps)}
    return {
        **data,
        "packed": True,
        "places": {
            "codes": ",".join(row[0] for row in data["places"]),
            "names": [row[1] for row in data["places"]],
            "orps": orps,
            "orp": ",".join(base36(number_of[row[2]]) for row in data["places"]),
            "population": [row[3] for row in data["places"]],
        },
        "texts": list(numbers),
        "views": [_view(view, data["texts"], numbers) for view in data["views"]],
    }


def packed_shapes(report: GapReport, catalog: Catalog, boundaries: Boundaries) -> dict[str, Json]:
    """Return the areas of the municipalities with common borders once, and which ORPs meet at.

    ``arcs`` are steps of a grid, ``places`` in the report's order are polygons of rings of arcs,
    ``orps`` the arcs on the borders of ORPs. See ``geo.shared_borders``.
    """
    codes = report.municipalities
    shared = share_borders({code: boundaries.areas[code] for code in codes})
    return {
        "grid": GRID,
        "arcs": shared.steps(),
        "places": [shared.polygons[code] for code in codes],
        "orps": shared.between({code: catalog.territory.municipality(code).orp for code in codes}),
    }


def base36(number: int) -> str:
    """Write a whole number of at least 0 as JavaScript's parseInt(…, 36) reads it."""
    text = _DIGITS[number % 36]
    while number := number // 36:
        text = _DIGITS[number % 36] + text
    return text


def _numbers(data: Mapping[str, Any]) -> dict[str, int]:
    """Number the clauses of all texts, those that are used most first."""
    used: Counter[str] = Counter()
    texts = data["texts"]
    for view in data["views"]:
        used.update(texts[number] for number in view["values"])
        for parts in view["details"]:
            for number in parts:
                used.update(texts[number].split(_CLAUSE))
    return {text: position for position, (text, _count) in enumerate(used.most_common())}


def _view(
    view: Mapping[str, Any], texts: Sequence[str], numbers: Mapping[str, int]
) -> dict[str, Json]:
    values = [numbers[texts[number]] for number in view["values"]]
    by_key = dict(zip(view["keys"], values, strict=True))
    decided = all(by_key[key] == value for key, value in zip(view["keys"], values, strict=True))
    small = {name: value for name, value in view.items() if name != "uncertain"}
    return {
        **small,
        "keys": "".join(
            str(int(key) + 5 * int(uncertain))
            for key, uncertain in zip(view["keys"], view["uncertain"], strict=True)
        ),
        "values": [by_key.get(str(key), 0) for key in range(len(view["legend"]))]
        if decided
        else ",".join(base36(value) for value in values),
        "details": ",".join(_detail(parts, texts, numbers) for parts in view["details"]),
    }


def _detail(parts: Sequence[int], texts: Sequence[str], numbers: Mapping[str, int]) -> str:
    return ".".join(
        ":".join(base36(numbers[clause]) for clause in texts[number].split(_CLAUSE))
        for number in parts
    )
