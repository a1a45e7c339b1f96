"""Write the workbook that people fill in: lists to choose from, hints, and what we already know.

Every text is written as a text, whatever it begins with, so no cell is ever a formula or a link.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from referral.ingest.sheet.layout import COLUMNS, Choices, Column, SheetKind
from referral.ingest.sheet.prefill import Filled
from referral.ingest.sheet.words import Words

_GUIDE: Final = "Jak na to"
_LISTS: Final = "Seznamy"
_FREE_ROWS: Final = 300
"""Rows below those filled in that offer lists too."""

_LONGEST: Final = 32_767
_SEVERAL: Final = frozenset({Choices.NEEDS, Choices.FORMS})
_DAY: Final = "d. m. yyyy"

_TEXT: Final = (
    ("Vlastní tabulka: místní pomoc a ověřené údaje", True),
    ("", False),
    ("1. Vyplňte jen to, co jste si ověřili. Prázdné řádky a listy se přeskočí.", False),
    ("2. Řádek PŘÍKLAD ukazuje, jak psát; při nahrání se vynechá, smazat ho nemusíte.", False),
    ("3. Soubor uložte a nahrajte: referral import sheet SOUBOR.xlsx", False),
    ("   Nejdřív nanečisto: přidejte --dry-run. Zprávu o každém řádku zapíše --report.", False),
    ("", False),
    ("Listy", True),
    ("Místní pomoc – pomoc vedle registru: potravinová banka, dobrovolníci, půjčovna …", False),
    ("   Co z listu smažete, to při dalším nahrání skončí. List bez řádků neukončí nic.", False),
    ("Působnost – kam služba opravdu jezdí nebo pro koho je.", False),
    ("Volná místa – kolik je volno a ke kterému dni. 0 znamená plno, prázdno nevíme.", False),
    ("Kapacity – co registr nemá, hlavně úvazky.", False),
    ("Koho přijímá – každá překážka na svůj řádek: přijímá, za podmínky, nepřijímá.", False),
    ("Síť – do které sítě kraj nebo ORP službu zařadil.", False),
    ("", False),
    ("Dobré vědět", True),
    ("Služba se pozná podle id, sedmimístného čísla z registru, nebo „název (id)“.", False),
    ("Kdo ověřil je role, nikdy jméno. Jména klientů ani pracovníků nikam nepište.", False),
    ("Řádky o téže službě na jednom listu platí dohromady a nahradí, co o ní víme dnes.", False),
    ("Údaj se starším dnem ověření nikdy nepřepíše novější; řádek se odmítne a řekne proč.", False),
    ("Víc potřeb nebo forem v jedné buňce oddělte středníkem.", False),
    ("Den pište jako 21. 11. 2026, číslo s desetinnou čárkou.", False),
    ("U utajené adresy neuvádějte obec ani nic, z čeho by se místo poznalo.", False),
)


def sheet_template(
    words: Words,
    *,
    helped: Iterable[Filled] = (),
    own: Mapping[SheetKind, Sequence[Filled]] | None = None,
) -> bytes:
    """Return the workbook; ``helped`` and ``own`` are rows that it holds from the beginning."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        writer = _Writer(book, words)
        writer.guide()
        for kind in SheetKind:
            rows = list(helped) if kind is SheetKind.HELP else (own or {}).get(kind, ())
            writer.sheet(kind, rows)
        writer.lists()
    return target.getvalue()


class _Writer:
    """Writes sheets in one look."""

    def __init__(self, book: xlsxwriter.Workbook, words: Words) -> None:
        self._book = book
        self._words = words
        wrapped = {"text_wrap": True, "valign": "top"}
        head = {"bold": True, "bottom": 1, **wrapped}
        self._needed = book.add_format({**head, "bg_color": "#CFE0EE"})
        self._other = book.add_format({**head, "bg_color": "#EEF2F6"})
        self._example = book.add_format({"italic": True, "font_color": "#5A6672", **wrapped})
        self._known = book.add_format({"font_color": "#5A6672", "bg_color": "#F5F6F7", **wrapped})
        self._plain = book.add_format(wrapped)
        self._day = book.add_format({"num_format": _DAY, "valign": "top", "align": "left"})
        self._example_day = book.add_format(
            {"num_format": _DAY, "italic": True, "font_color": "#5A6672", "align": "left"}
        )

    def guide(self) -> None:
        """Write the page that says how."""
        sheet = self._book.add_worksheet(_GUIDE)
        sheet.set_column(0, 0, 96, self._plain)
        bold = self._book.add_format({"bold": True, "font_size": 12})
        for row, (line, heading) in enumerate(_TEXT):
            sheet.write_string(row, 0, line, bold if heading else self._plain)

    def sheet(self, kind: SheetKind, rows: Sequence[Filled]) -> None:
        """Write one sheet: header, an example, and the rows it begins with."""
        sheet = self._book.add_worksheet(kind.value)
        columns = COLUMNS[kind]
        sheet.freeze_panes(1, 1)
        last = len(rows) + 1 + _FREE_ROWS
        for position, column in enumerate(columns):
            look = self._day if column.day else self._known if column.shown else self._plain
            sheet.set_column(position, position, column.width, look)
            head = self._needed if column.needed else self._other
            sheet.write_string(0, position, column.heading, head)
            sheet.write_comment(0, position, column.hint, {"x_scale": 2, "author": ""})
            self._write_example(sheet, position, column)
            self._offer(sheet, position, column, last)
        for number, row in enumerate(rows, start=2):
            for position, column in enumerate(columns):
                if column.key in row:
                    self._write(sheet, number, position, row[column.key], column)

    def _write_example(self, sheet: Worksheet, position: int, column: Column) -> None:
        if column.day and column.example:
            day = date.fromisoformat(column.example)
            sheet.write_datetime(1, position, day, self._example_day)
        else:
            sheet.write_string(1, position, column.example, self._example)

    def _write(
        self,
        sheet: Worksheet,
        row: int,
        position: int,
        value: str | float | date,
        column: Column,
    ) -> None:
        look: Format = self._known if column.shown else self._plain
        if isinstance(value, date):
            sheet.write_datetime(row, position, value, self._day)
        elif isinstance(value, str):
            sheet.write_string(row, position, value[:_LONGEST], look)
        else:
            sheet.write_number(row, position, value, look)

    def _offer(self, sheet: Worksheet, position: int, column: Column, last: int) -> None:
        """Let people choose from a list; where several words may stand, they may write them too."""
        if column.choices is None:
            return
        at = list(Choices).index(column.choices)
        letter = chr(ord("A") + at)
        count = len(self._words.offered[column.choices])
        if not count:
            return
        several = column.choices in _SEVERAL
        sheet.data_validation(
            1,
            position,
            last,
            position,
            {
                "validate": "list",
                "source": f"={_LISTS}!${letter}$1:${letter}${count}",
                "show_error": not several,
                "error_type": "warning",
                "error_title": "Slovo není v seznamu",
                "error_message": "Vyberte ze seznamu, jinak se řádek při nahrání odmítne.",
                "input_title": column.heading[:32],
                "input_message": column.hint[:255],
            },
        )

    def lists(self) -> None:
        """Write the lists, hidden: a list inside a cell may have 255 characters at most."""
        sheet = self._book.add_worksheet(_LISTS)
        for position, choices in enumerate(Choices):
            for row, label in enumerate(self._words.offered[choices].values()):
                sheet.write_string(row, position, label)
        sheet.hide()
