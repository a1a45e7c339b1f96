"""Sheets of workbooks of Excel and LibreOffice, and files that only look like them."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import MAC_EPOCH

from referral.catalog.areas import CoverageStatus
from referral.catalog.places import PlaceIndex
from referral.catalog.snapshot import Catalog
from referral.ingest import ods_rows as room
from referral.ingest.errors import IngestError
from referral.ingest.ods_rows import ods_sheets
from referral.ingest.sheet import book as book_room
from referral.ingest.sheet.book import read_book
from referral.ingest.sheet.cells import CellReader
from referral.ingest.sheet.edition import places_of
from referral.ingest.sheet.finding import coverage_text
from referral.ingest.sheet.layout import COLUMNS, Choices, SheetKind
from referral.ingest.sheet.prefill import own_filled
from referral.ingest.sheet.template import sheet_template
from referral.ingest.sheet.words import Words
from referral.ingest.xlsx_rows import xlsx_sheets
from support.build import a_municipality, a_service, a_territory
from support.invented import WORDS as INVENTED
from support.sheet_files import as_csv, as_ods, as_xlsx, write_ods
from support.territory_files import zipped

WORDS = Words.of(INVENTED)
TODAY = date(2026, 11, 22)
ROW = {"služba": "a", "kde působí": "Most", "ověřeno dne": "1. 11. 2026", "kdo ověřil": "úřad"}


def ods_of(path):
    return [(one.title, [(n, dict(c)) for n, c in one.rows]) for one in ods_sheets(path, name="s")]


def table(rows: str, name: str = "A") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


# --- XLSX -----------------------------------------------------------------------------------------


def test_sheets_come_with_their_titles_in_their_order_and_hidden_ones_do_not(tmp_path):
    book = Workbook()
    book.active.title = "První"
    book.active.append(["a"])
    book.create_sheet("Skrytý").sheet_state = "hidden"
    book.create_sheet("Druhý").append(["b"])
    book.move_sheet("Druhý", -2)
    file = tmp_path / "b.xlsx"
    book.save(file)
    found = [(one.title, list(one.rows)) for one in xlsx_sheets(file, name="b")]
    assert found == [("Druhý", [(1, {0: "b"})]), ("První", [(1, {0: "a"})])]


def test_the_calendar_of_old_macs_is_told(tmp_path):
    book = Workbook()
    book.epoch = MAC_EPOCH
    book.save(tmp_path / "b.xlsx")
    assert [one.from_1904 for one in xlsx_sheets(tmp_path / "b.xlsx", name="b")] == [True]


def test_a_sheet_that_points_nowhere_is_passed_over():
    book = zipped(
        {
            "xl/workbook.xml": b'<w><sheets><sheet name="A" id="x"/></sheets></w>',
            "xl/_rels/workbook.xml.rels": b'<r><n Id="x" Target="/etc/passwd"/></r>',
            "xl/worksheets/sheet1.xml": b"<s/>",
        }
    )
    assert list(xlsx_sheets(io.BytesIO(book), name="b")) == []


# --- ODS ------------------------------------------------------------------------------------------


def test_values_come_as_they_are_stored_and_comments_do_not(tmp_path):
    rows = (
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="3.5"><text:p>3,50</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2026-11-21"><text:p>x'
        "</text:p></table:table-cell>"
        "<table:table-cell><office:annotation><text:p>poznámka</text:p></office:annotation>"
        "<text:p>a<text:s/>b<text:line-break/>c</text:p><text:p>d</text:p></table:table-cell>"
        '<table:covered-table-cell/><table:table-cell office:boolean-value="true"/>'
        "</table:table-row>"
    )
    file = write_ods(tmp_path / "a.ods", table(rows) + table("", "B"))
    assert ods_of(file) == [
        ("A", [(1, {0: "3.5", 1: "2026-11-21", 2: "a b\nc\nd", 4: "true"})]),
        ("B", []),
    ]


def test_what_is_repeated_a_million_times_costs_nothing(tmp_path):
    cell = '<table:table-cell table:number-columns-repeated="999999999999"'
    rows = (
        f'<table:table-row table:number-rows-repeated="999999999999">{cell}/></table:table-row>'
        f"<table:table-row>{cell}><text:p>x</text:p></table:table-cell></table:table-row>"
    )
    ((_, found),) = ods_of(write_ods(tmp_path / "a.ods", table(rows)))
    assert [(number, len(cells)) for number, cells in found] == [
        (1_000_000_000_000, room.MOST_COLUMNS)
    ]


def test_a_row_repeated_without_end_ends_with_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(book_room, "MOST_ROWS", 50)
    header = "".join(
        f"<table:table-cell><text:p>{one.heading}</text:p></table:table-cell>"
        for one in COLUMNS[SheetKind.COVERAGE]
    )
    rows = (
        f"<table:table-row>{header}</table:table-row>"
        '<table:table-row table:number-rows-repeated="99999999999999"><table:table-cell>'
        "<text:p>x</text:p></table:table-cell></table:table-row>"
    )
    file = write_ods(tmp_path / "a.ods", table(rows, "Působnost"))
    with pytest.raises(IngestError, match="rozdělte"):
        read_book(file)


def test_an_entity_bomb_in_a_spreadsheet_is_refused(tmp_path):
    file = write_ods(tmp_path / "a.ods", table(""), head='<!DOCTYPE a [<!ENTITY a "b">]>')
    with pytest.raises(IngestError, match="deklaraci typu"):
        ods_of(file)


def test_a_spreadsheet_that_would_unpack_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "MOST_BYTES", 1000)
    file = write_ods(tmp_path / "a.ods", table("<table:table-row/>" * 1000))
    with pytest.raises(IngestError, match="rozdělte"):
        ods_of(file)


@pytest.mark.parametrize(
    "content",
    [b"", b"neni zip", zipped({"a": b""}), zipped({"content.xml": b"<a>"}),
     zipped({"content.xml": b'<t:table-row xmlns:t="t" t:number-rows-repeated="'
             + b"9" * 5000 + b'"/>'})],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_a_sentence(content):
    with pytest.raises(IngestError, match=r"s\.ods"):
        list(ods_sheets(io.BytesIO(content), name="s.ods"))


# --- Recognising sheets ---------------------------------------------------------------------------


def test_headings_are_known_without_case_and_diacritics_and_below_a_title(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "PUSOBNOST"
    for line in (
        ["Tabulka ORP"],
        [],
        ["ID", "Kde pusobi", "OVERENO DNE", "Kdo_overil"],
        ["a", "Most", "1. 11. 2026", "úřad"],
    ):
        sheet.append(line)
    book.save(tmp_path / "a.xlsx")
    (found,) = read_book(tmp_path / "a.xlsx").tables
    assert [(row.number, row.cells["covers"]) for row in found.rows] == [(4, "Most")]


def test_examples_rows_left_as_they_were_and_empty_rows_are_passed_over(tmp_path):
    rows = [
        {**ROW, "služba": "PŘÍKLAD (tento řádek se nenahrává)"},
        {"služba": "jen předvyplněná"},
        ROW,
    ]
    (found,) = read_book(as_xlsx(tmp_path / "a.xlsx", {"Působnost": rows})).tables
    assert [row.number for row in found.rows] == [4]


def test_one_sheet_in_two_files_of_a_folder_is_refused(tmp_path):
    for name in ("a.csv", "b.csv"):
        as_csv(tmp_path / name, [ROW])
    with pytest.raises(IngestError, match="dvakrát"):
        read_book(tmp_path)


def test_a_folder_without_csv_a_sheet_without_header_and_a_huge_file_are_refused(
    tmp_path, monkeypatch
):
    with pytest.raises(IngestError, match="žádný soubor CSV"):
        read_book(tmp_path)
    file = as_ods(tmp_path / "a.ods", {"Síť": [{"x": 1}]})
    with pytest.raises(IngestError, match="nemá záhlaví"):
        read_book(file)
    monkeypatch.setattr(book_room, "MOST_BYTES", 10)
    with pytest.raises(IngestError, match="rozdělte"):
        read_book(file)


def test_a_line_that_does_not_fit_the_header_of_a_csv_is_rejected_alone(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text(
        "služba;kde působí;ověřeno dne;kdo ověřil\na;Most\nb;Most;1. 11. 2026;úřad\n",
        encoding="utf-8",
    )
    (found,) = read_book(file).tables
    assert [(row.number, row.fits) for row in found.rows] == [(2, False), (3, True)]


# --- Cells ----------------------------------------------------------------------------------------


def cells(**values):
    row = book_room.TableRow(number=2, cells=values)
    return CellReader(SheetKind.VACANCY, row, WORDS, today=TODAY)


@pytest.mark.parametrize(
    "written",
    ["2026-11-21", "2026-11-21T00:00:00", "21. 11. 2026", "21.11.2026", "21/11/2026", "46347",
     "46347.5"],
)  # fmt: skip
def test_a_day_is_read_however_people_write_it(written):
    assert cells(on=written).day("on") == date(2026, 11, 21)


def test_a_day_of_an_old_mac_is_counted_from_1904():
    row = book_room.TableRow(number=2, cells={"on": "44885"}, from_1904=True)
    reader = CellReader(SheetKind.VACANCY, row, WORDS, today=TODAY)
    assert reader.day("on") == date(2026, 11, 21)


@pytest.mark.parametrize(
    "written", ["30. 2. 2026", "2026-13-01", "1", "999999", "včera", "1.1.0001"]
)
def test_what_is_no_day_is_rejected(written):
    reader = cells(on=written)
    assert reader.day("on") is None
    assert [one.field for one in reader.problems] == ["Volná místa: ke dni"]


@pytest.mark.parametrize(
    ("written", "number"), [("3,5", 3.5), ("3.50", 3.5), ("12", 12), ("1 200", 1200), ("2e1", 20)]
)
def test_a_number_may_have_a_decimal_comma(written, number):
    assert cells(free=written).number("free", whole=False) == number


def test_words_are_known_by_code_name_label_and_case():
    need = next(iter(INVENTED.needs.values()))
    for text in (need.code, need.name.upper(), f"{need.name} ({need.code})", f"{need.code} – nic"):
        assert WORDS.code(Choices.NEEDS, text) == need.code
    assert WORDS.code(Choices.YES, "ANO") == WORDS.code(Choices.YES, "x") == "1"
    assert WORDS.code(Choices.ROLES, "x") is None


def test_a_telephone_kept_as_a_number_is_written_out():
    assert cells(form="7.77123456E8").text("form") == "777123456"
    assert cells(form="777123456.0").text("form") == "777123456"


# --- The template ---------------------------------------------------------------------------------


def test_the_template_has_lists_hints_examples_and_no_formula():
    service = a_service(name="=cmd|' /C calc'!A1")
    content = sheet_template(WORDS, own=own_filled([service], {}))
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Jak na to", *SheetKind, "Seznamy"]
    assert book["Seznamy"].sheet_state == "hidden"
    for kind in SheetKind:
        sheet = book[kind]
        columns = COLUMNS[kind]
        assert [cell.value for cell in sheet[1]] == [one.heading for one in columns]
        assert all(cell.comment is not None for cell in sheet[1])
        assert sheet["A2"].value.startswith("PŘÍKLAD")
        assert sheet.freeze_panes == "B2"
        offered = sum(one.choices is not None for one in columns)
        assert len(sheet.data_validations.dataValidation) == offered
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert book["Síť"]["A3"].value == "=cmd|' /C calc'!A1 (s-1)"


# --- Territory ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def places():
    """A village, a town that is the seat of an ORP, and a namesake of it elsewhere."""
    territory = a_territory(
        [
            a_municipality(),
            a_municipality("500003", "Velké Město"),
            a_municipality("500004", "Jiné Město", orp="Jiné Město"),
            a_municipality("500005", "Osada", orp="Jiné Město"),
        ]
    )
    catalog = Catalog.of(vocabulary=INVENTED, territory=territory)
    return places_of(catalog, PlaceIndex.of(territory), elsewhere=frozenset())


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ORP Velké Město; Jiné Město", {"500001", "500003", "500004"}),
        ("ORP Velké Město, Jiné Město", {"500001", "500003", "500004", "500005"}),
        ("Osada [500005]; ORP Velké Město", {"500001", "500003", "500005"}),
        ("500001, Osada [500005]", {"500001", "500005"}),
    ],
)
def test_a_semicolon_ends_a_list_of_districts_and_codes_stand_as_they_are(places, text, codes):
    coverage, remarks = places.coverage(text, near=None)
    assert (coverage.status, coverage.certain, remarks) == (CoverageStatus.DECLARED, codes, ())
    again, _ = places.coverage(coverage_text(coverage), near=None)
    assert again.certain == codes


def test_what_is_no_territory_covers_nothing_and_is_remarked(places):
    coverage, remarks = places.coverage("kdekoli po domluvě", near=None)
    assert coverage.areas == ()
    assert remarks
