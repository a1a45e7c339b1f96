"""Rows of workbooks, and workbooks that are none."""

import io
import zipfile

import pytest

from referral.ingest import xlsx_rows as room
from referral.ingest.errors import IngestError
from referral.ingest.xlsx_rows import is_workbook, xlsx_rows
from support.territory_files import workbook, zipped

SHEET = "xl/worksheets/sheet1.xml"


def rows_of(content: bytes) -> list[tuple[int, dict[int, str]]]:
    return [
        (number, dict(cells)) for number, cells in xlsx_rows(io.BytesIO(content), name="s.xlsx")
    ]


def a_book(sheet: str, *, texts: str | None = None) -> bytes:
    """Build a workbook whose sheet is this XML."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    members = {"xl/workbook.xml": "<workbook/>", SHEET: f"{head}<worksheet>{sheet}</worksheet>"}
    if texts is not None:
        members["xl/sharedStrings.xml"] = f"{head}<sst>{texts}</sst>"
    return zipped({name: one.encode() for name, one in members.items()})


def test_texts_and_numbers_come_as_they_are_written():
    assert rows_of(workbook([["Žďár ", 1, 2.5], [], ["", None, "x"]])) == [
        (1, {0: "Žďár", 1: "1", 2: "2.5"}),
        (3, {2: "x"}),
    ]


def test_a_cell_far_to_the_right_and_far_below_costs_nothing():
    near = '<row r="1"><c r="A1"><v>1</v></c></row>'
    far = near + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert rows_of(a_book(far)) == [(1, {0: "1"}), (1048576, {16383: "2"})]


def test_rows_and_cells_without_a_place_follow_each_other():
    assert rows_of(
        a_book("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    ) == [
        (1, {0: "1", 1: "2"}),
        (2, {0: "3"}),
    ]


def test_a_text_of_several_runs_and_one_written_in_the_cell_are_whole():
    texts = "<si><r><t>Velké </t></r><r><t>Město</t></r></si>"
    sheet = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="B1" t="inlineStr"><is><t>Lhota</t></is></c>'
        '<c r="C1" t="s"><v>9</v></c><c r="D1" t="s"><v>x</v></c></row>'
    )
    assert rows_of(a_book(sheet, texts=texts)) == [(1, {0: "Velké Město", 1: "Lhota"})]


def test_prefixed_names_are_the_same_names():
    sheet = '<x:row xmlns:x="u" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    assert rows_of(a_book(sheet)) == [(1, {0: "1"})]


def test_the_first_sheet_is_read():
    book = zipped(
        {
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet10.xml": b"<a/>",
            "xl/worksheets/sheet2.xml": b"<s><row r='1'><c r='A1'><v>2</v></c></row></s>",
        }
    )
    assert rows_of(book) == [(1, {0: "2"})]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"neni to zip",
        zipped({"xl/workbook.xml": b"<workbook/>"}),
        zipped({SHEET: b"<worksheet/>"}),
        a_book("<row>"),
        a_book('<row r="1"><c t="s"><v>' + "9" * 5000 + "</v></c></row>"),
        workbook([["a"]])[:-40],
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(content):
    with pytest.raises(IngestError, match=r"s\.xlsx"):
        rows_of(content)


def test_an_entity_bomb_is_refused():
    sheet = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        b"<worksheet><row><c><v>&b;</v></c></row></worksheet>"
    )
    with pytest.raises(IngestError, match="deklaraci typu"):
        rows_of(zipped({"xl/workbook.xml": b"<workbook/>", SHEET: sheet}))


def test_a_sheet_that_would_unpack_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(room, "MOST_BYTES", 1000)
    with pytest.raises(IngestError, match="rozdělte"):
        rows_of(workbook([["x" * 5000] * 10] * 10))


def test_a_sheet_that_lies_about_its_size_is_refused():
    book = a_book("<row>" + " " * 100_000 + "</row>")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        size = archive.getinfo(SHEET).file_size
    lying = book.replace(size.to_bytes(4, "little"), (60).to_bytes(4, "little"))
    with pytest.raises(IngestError):
        rows_of(lying)


def test_a_workbook_is_known_by_its_members():
    assert is_workbook(["xl/workbook.xml"])
    assert not is_workbook(["a.csv"])
