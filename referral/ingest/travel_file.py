"""The numbers by which ways and needs are estimated, kept as TOML files with their reasons."""

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from referral.geo import GeoError
from referral.geo.travel import Estimate, SpeedStep
from referral.ingest.errors import IngestError


def read_estimate(path: Path) -> Estimate:
    """Read the estimate of travel.

    Raises:
        IngestError: the file cannot be read or a number is missing, has no reason or no sense.
    """
    document = _read(path)
    numbers = {
        name: _reasoned(document.get(name), "value", name, path)
        for name in ("detour", "low_detour", "high_detour", "fixed_minutes")
    }
    steps = document.get("steps")
    if not isinstance(steps, list) or not steps:
        raise IngestError("chybí rychlosti [[steps]]; doplňte aspoň jednu", file=str(path))
    try:
        return Estimate(
            **numbers,
            steps=tuple(
                SpeedStep(
                    upto_km=_reasoned(step, "upto_km", "steps", path)
                    if "upto_km" in step
                    else math.inf,
                    kmh=_reasoned(step, "kmh", "steps", path),
                )
                for step in steps
            ),
        )
    except GeoError as error:
        raise IngestError(f"s těmito čísly nelze počítat: {error}", file=str(path)) from error


def read_age_demand(path: Path) -> Mapping[str, tuple[float, float, float]]:
    """Read how much people below 65, from 65 to 79 and from 80 need a type of service.

    Raises:
        IngestError: the file cannot be read or a row is not three numbers of at least 0.
    """
    rows = _read(path).get("weights")
    if not isinstance(rows, dict):
        raise IngestError("chybí tabulka [weights]; doplňte ji", file=str(path))
    found: dict[str, tuple[float, float, float]] = {}
    for kind, row in rows.items():
        if not isinstance(row, list) or len(row) != 3 or not all(map(_weight, row)):  # noqa: PLR2004 - ages
            raise IngestError(
                "čekají se tři čísla od nuly výš: do 64 let, od 65 do 79 a od 80 let",
                file=str(path),
                column=str(kind),
                value=str(row),
            )
        young, old, oldest = map(float, row)
        found[str(kind)] = (young, old, oldest)
    return found


def _weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise IngestError(f"nejde přečíst: {error.strerror}", file=str(path)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise IngestError(f"není platný TOML v UTF-8: {error}", file=str(path)) from error


def _reasoned(table: object, key: str, name: str, path: Path) -> float:
    if not isinstance(table, Mapping) or not str(table.get("why", "")).strip():
        raise IngestError(f"u „{name}“ chybí důvod „why“; doplňte ho", file=str(path))
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise IngestError(
            f"„{key}“ u „{name}“ musí být číslo", file=str(path), value=str(value or "")
        )
    return float(value)
