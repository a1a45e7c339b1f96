"""Values of rows, asked for by name and kind; what is wrong with one is a rejection of its row."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from referral.geo import GeoError, Point
from referral.geo.grids import Grid, grid_of

LONGEST_NAME: Final = 120
_SHOWN: Final = 80
_MUNICIPALITY: Final = re.compile(r"5\d{5}", re.ASCII)
_CODE: Final = re.compile(r"\d{1,9}", re.ASCII)
_WHOLE: Final = re.compile(r"(\d{1,8})(?:\.0+)?", re.ASCII)
_MOST_PEOPLE: Final = 20_000_000


class CellError(ValueError):
    """A cell that cannot be taken over: its field, its value, and a Czech sentence about it."""

    def __init__(self, field: str, value: object, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.value = shown(value)
        self.message = message


def shown(value: object) -> str:
    """Return a value as it is shown in a report: on one line and not too long."""
    text = "" if value is None else str(value)[: 4 * _SHOWN]
    plain = "".join(char if char.isprintable() else " " for char in text)
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


class Cells:
    """One row; a field that is missing, null or blank is empty."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def raw(self, field: str) -> object:
        """Return the value as it came, None when the field is missing."""
        return self._values.get(field)

    def optional(self, field: str) -> str:
        """Return the text of a cell, empty when there is none.

        Raises:
            CellError: it is neither text nor a number, too long, or holds control characters.
        """
        value = self._values.get(field)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise CellError(field, value, "Čekáme text; opravte hodnotu.")
        if isinstance(value, int) and abs(value) >= 10**LONGEST_NAME:
            raise CellError(field, "…", "Číslo je příliš dlouhé; opravte je.")
        text = str(value).strip()
        if len(text) > LONGEST_NAME:
            raise CellError(field, text, f"Text je delší než {LONGEST_NAME} znaků; zkraťte jej.")
        if not text.isprintable():
            raise CellError(field, text, "Text obsahuje řídicí znaky; odstraňte je.")
        return text

    def text(self, field: str) -> str:
        """Return the text of a cell that must not be empty."""
        text = self.optional(field)
        if not text:
            raise CellError(field, "", "Hodnota chybí; doplňte ji.")
        return text

    def name(self, field: str) -> str:
        """Return a name: there must be a letter in it."""
        name = " ".join(self.text(field).split())
        if not any(char.isalpha() for char in name):
            raise CellError(field, name, "Název nemá žádné písmeno; nejsou prohozené sloupce?")
        return name

    def municipality(self, field: str) -> str:
        """Return the six-digit code of a municipality."""
        code = self._unprefixed(field)
        if not _MUNICIPALITY.fullmatch(code):
            raise CellError(
                field, code, "Kód obce má šest číslic a začíná pětkou; nejsou prohozené sloupce?"
            )
        return code

    def code(self, field: str) -> str:
        """Return a code of digits only."""
        code = self._unprefixed(field)
        if not _CODE.fullmatch(code):
            raise CellError(field, code, "Kód má být číslo; nejsou prohozené sloupce?")
        return code

    def optional_code(self, field: str) -> str:
        """Return a code of digits only, empty when there is none."""
        return self.code(field) if self.optional(field) else ""

    def whole(self, field: str) -> int:
        """Return a whole number of people."""
        text = self.text(field)
        number = _WHOLE.fullmatch(text)
        if number is None or int(number[1]) > _MOST_PEOPLE:
            raise CellError(field, text, "Čekáme celé nezáporné číslo, počet lidí.")
        return int(number[1])

    def day(self, field: str) -> date | None:
        """Return a day written ``31.12.2015 00:00:00`` or ``2015-12-31``, None when empty."""
        text = self.optional(field)
        if not text:
            return None
        for shape in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"):
            try:
                return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise CellError(field, text, "Čekáme datum, například 31.12.2025.")

    def point(self, lat: str, lon: str) -> Point | None:
        """Return the point in Czechia of two fields in degrees, None when both are empty."""
        if not self.optional(lat) and not self.optional(lon):
            return None
        latitude, longitude = self._degrees(lat), self._degrees(lon)
        grid = grid_of(longitude, latitude)
        if grid is Grid.LAT_LON:
            raise CellError(lat, latitude, "Šířka a délka jsou prohozené; vyměňte sloupce.")
        if grid is not Grid.LON_LAT:
            raise CellError(lat, latitude, "Souřadnice ve stupních leží mimo Česko; opravte je.")
        try:
            return Point(lat=latitude, lon=longitude)
        except GeoError:  # pragma: no cover - the grid has ruled it out
            raise CellError(lat, latitude, "Souřadnice nejsou místo na Zemi.") from None

    def _degrees(self, field: str) -> float:
        text = self.text(field)
        try:
            degrees = float(text.replace(",", "."))
        except ValueError:
            degrees = math.nan
        if not math.isfinite(degrees):
            raise CellError(field, text, "Čekáme stupně, například 50.4713.")
        return degrees

    def _unprefixed(self, field: str) -> str:
        """Return what stands after the kind in a reference such as ``Obec/554499``."""
        text = self.text(field).rpartition("/")[2]
        # Spreadsheets write whole numbers of a column with gaps as 3402.0.
        return text.removesuffix(".0")
