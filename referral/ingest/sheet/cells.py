"""Read single cells of our own spreadsheet as people fill them in.

A day may be a real one of the spreadsheet (a number of days), ``2026-11-21`` or ``21. 11. 2026``; a
number may have a decimal comma. Whatever cannot be read rejects the row with a sentence.
"""

import re
from datetime import date, timedelta
from typing import Final

from referral.catalog.own_fields import VerifiedBy
from referral.ingest.row_values import LONGEST, shown, tidy
from referral.ingest.sheet.book import TableRow
from referral.ingest.sheet.layout import Choices, SheetKind, heading_of
from referral.ingest.sheet.words import Words
from referral.usecases.import_rows import Problem

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?")
_CZECH: Final = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})")
_SLASHED: Final = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})")
_SERIAL: Final = re.compile(r"\d{4,6}(?:\.\d{1,17})?")
_NUMBER: Final = re.compile(r"\d{1,9}(?:[.,]\d{1,17})?(?:[eE][+-]?\d{1,2})?")
_WRITTEN: Final = re.compile(r"\d{1,15}\.0+|\d(?:\.\d{1,16})?[eE]\+?\d{1,2}")
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_FIRST_DAY: Final = date(1990, 1, 1)
_LAST_YEAR: Final = 2200
_MOST: Final = 100_000
_BETWEEN: Final = re.compile(r"[;\n]+")


class CellReader:
    """Reads the cells of one row and collects what is wrong with it."""

    def __init__(self, kind: SheetKind, row: TableRow, words: Words, *, today: date) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self._kind = kind
        self._row = row
        self._words = words
        self._today = today
        if not row.fits:
            self._problem("", "", "Řádek má jiný počet buněk než záhlaví; uložte soubor znovu.")

    def reject(self, key: str, message: str, *, show: bool = True) -> None:
        """Say why the row cannot be taken over."""
        if self._row.fits:
            value = self._row.cells.get(key, "") if show else ""
            self._problem(f"{self._kind}: {heading_of(self._kind, key)}", value, message)

    def note(self, key: str, message: str, value: str | None = None) -> None:
        """Say what is left unknown although the row is taken over."""
        field = f"{self._kind}: {heading_of(self._kind, key)}"
        told = self._row.cells.get(key, "") if value is None else value
        self.notes.append(Problem(field=field, value=shown(told), message=message))

    def text(self, key: str, *, at_most: int = LONGEST) -> str:
        """Return a text on one line, empty when there is none."""
        raw = self._row.cells.get(key, "")
        if _WRITTEN.fullmatch(raw):
            # A workbook keeps a telephone number that looks like a number as one.
            whole = float(raw)
            raw = str(int(whole)) if whole.is_integer() else raw
        text = tidy(raw)
        if len(text) > at_most:
            self.note(key, f"Text je delší než {at_most} znaků; zbytek jsme vynechali.")
            text = text[:at_most].rstrip()
        return text

    def required(self, key: str) -> str:
        """Return a text of a cell that must not be empty."""
        text = self.text(key, at_most=300)
        if not text:
            self.reject(key, "Buňka je prázdná; doplňte ji.")
        return text

    def day(self, key: str) -> date | None:
        """Return a day, None when the cell is empty or holds none."""
        raw = tidy(self._row.cells.get(key, ""))
        if not raw:
            return None
        found = self._as_day(raw)
        if found is None or not found >= _FIRST_DAY or found.year > _LAST_YEAR:
            self.reject(key, "Datu nerozumíme; pište je jako 21. 11. 2026.")
            return None
        return found

    def verified(self, key: str) -> date | None:
        """Return a day of verifying, which cannot be in the future."""
        found = self.day(key)
        if found is not None and found > self._today:
            self.reject(key, "Den ověření je v budoucnosti; opravte jej.")
            return None
        return found

    def _as_day(self, raw: str) -> date | None:
        for pattern, order in ((_ISO, (1, 2, 3)), (_CZECH, (3, 2, 1)), (_SLASHED, (3, 2, 1))):
            if match := pattern.fullmatch(raw):
                year, month, day = (int(match[one]) for one in order)
                try:
                    return date(year, month, day)
                except ValueError:
                    return None
        if _SERIAL.fullmatch(raw):
            epoch = _EPOCH_1904 if self._row.from_1904 else _EPOCH
            return epoch + timedelta(days=int(float(raw)))
        return None

    def number(self, key: str, *, whole: bool) -> float | None:
        """Return a number that is not negative; ``whole`` refuses decimals."""
        raw = tidy(self._row.cells.get(key, "")).replace(" ", "")
        if not raw:
            self.reject(key, "Buňka je prázdná; doplňte číslo.")
            return None
        value = float(raw.replace(",", ".")) if _NUMBER.fullmatch(raw) else None
        if value is None or value > _MOST or (whole and not value.is_integer()):
            what = "celé nezáporné číslo" if whole else "nezáporné číslo"
            self.reject(key, f"Čekáme {what} do {_MOST}; pište je číslicemi.")
            return None
        return int(value) if value.is_integer() else round(value, 2)

    def choice(self, key: str, choices: Choices, *, needed: bool = True) -> str | None:
        """Return the code of a word out of a list, None when it is empty or not among them."""
        raw = tidy(self._row.cells.get(key, ""))
        if not raw:
            if needed:
                self.reject(key, "Buňka je prázdná; vyberte ze seznamu.")
            return None
        found = self._words.code(choices, raw)
        if found is None:
            self.reject(key, f"Slovo neznáme; použijte jedno z těchto: {self._offer(choices)}.")
        return found

    def codes(self, key: str, choices: Choices) -> tuple[str, ...]:
        """Return the codes of several words; between them stands a semicolon, or a comma."""
        raw = self._row.cells.get(key, "")
        parts = [tidy(one) for one in _BETWEEN.split(raw[:LONGEST]) if tidy(one)]
        if any(self._words.code(choices, one) is None for one in parts):
            parts = [tidy(one) for part in parts for one in part.split(",") if tidy(one)]
        found = {one: self._words.code(choices, one) for one in parts}
        unknown = [one for one, code in found.items() if code is None]
        if unknown:
            words = ", ".join(f"„{shown(one)}“" for one in unknown[:3])
            self.reject(key, f"{words} v seznamu není; použijte: {self._offer(choices)}.")
        return tuple(dict.fromkeys(code for code in found.values() if code is not None))

    def yes(self, key: str) -> bool | None:
        """Tell yes from no, None when the cell is empty; anything else rejects the row."""
        found = self.choice(key, Choices.YES, needed=False)
        return None if found is None else found == "1"

    def role(self, key: str, *, needed: bool = True) -> VerifiedBy | None:
        """Return in what role somebody verified; a name is never kept, not even in a report."""
        raw = tidy(self._row.cells.get(key, ""))
        if not raw and not needed:
            return None
        found = self._words.code(Choices.ROLES, raw)
        if found is None:
            self.reject(
                key,
                "Pište roli: poskytovatel, koordinátor, nebo úřad. Jména neukládáme.",
                show=False,
            )
            return None
        return VerifiedBy(found)

    def digits(self, key: str, *, count: int) -> str | None:
        """Return a number of so many digits; zeros lost in front are given back."""
        text = self.text(key).replace(" ", "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= count):
            self.reject(key, f"Čekáme {count} číslic; opravte je.")
            return None
        return text.zfill(count)

    def _offer(self, choices: Choices) -> str:
        words = list(self._words.offered[choices].values())
        most = 8
        more = " … (celý seznam je v šabloně)" if len(words) > most else ""
        return f"{', '.join(words[:most])}{more}"

    def _problem(self, field: str, value: str, message: str) -> None:
        self.problems.append(Problem(field=field, value=shown(value), message=message))
