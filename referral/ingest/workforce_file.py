"""What one field worker can do, kept as a TOML file with the source of each number."""

import math
import tomllib
from pathlib import Path

from referral.network.errors import PlacementError
from referral.network.means import Sourced, Workforce

_NAMES = ("people_per_worker", "worker_km", "week_km")
_PLAIN = ("value", "source", "why")
_RANGE = ("low", "high")


def read_workforce(path: Path) -> Workforce:
    """Read the numbers; each table needs ``value``, ``source`` and ``why``, and may have a range.

    Raises:
        PlacementError: the file is not as it should be; the Czech sentence says where.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlacementError(f"soubor {path} nejde přečíst: {error}") from error
    for name in document:
        if name not in _NAMES:
            raise PlacementError(f"{path}: neznámé číslo „{name}“; známá: {', '.join(_NAMES)}")
    return Workforce(**{name: _sourced(document.get(name), name, path) for name in _NAMES})


def _sourced(table: object, name: str, path: Path) -> Sourced:
    if not isinstance(table, dict):
        raise PlacementError(f"{path}: chybí tabulka [{name}]; doplňte ji")
    for key in table:
        if key not in {*_PLAIN, *_RANGE}:
            raise PlacementError(f"{path}: v [{name}] je neznámý klíč „{key}“")
    numbers = {key: table[key] for key in ("value", *_RANGE) if key in table}
    for key, number in numbers.items():
        plain = isinstance(number, int | float) and not isinstance(number, bool)
        if not plain or not 0 < number < math.inf:
            raise PlacementError(f"{path}: „{key}“ v [{name}] musí být číslo větší než nula")
    for key in _PLAIN:
        if not table.get(key):
            raise PlacementError(f"{path}: v [{name}] chybí „{key}“; doplňte jej")
    return Sourced(
        value=float(table["value"]),
        source=str(table["source"]),
        why=str(table["why"]),
        low=float(table["low"]) if "low" in table else None,
        high=float(table["high"]) if "high" in table else None,
    )
