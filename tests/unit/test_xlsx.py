"""The workbook of gaps, opened again by another program."""

from collections import defaultdict
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from referral.network.gaps import GapStatus
from referral.web.gaps_sentences import STATUSES
from referral.web.xlsx import gaps_workbook
from support.gaps import a_faultless_report, a_gap_catalog, a_gap_report

SHEETS = [
    "Souhrn",
    "Mezery",
    "Neznámé",
    "Co ověřit nejdřív",
    "Všechny výsledky",
    "Norma a zdroje",
]


@pytest.fixture(scope="module")
def report():
    return a_gap_report()


@pytest.fixture(scope="module")
def book(report):
    return load_workbook(BytesIO(gaps_workbook(report, a_gap_catalog())))


def rows_of(sheet):
    """Return the rows of a sheet's table as mappings by heading, the table found by its filter."""
    area = sheet[sheet.auto_filter.ref]
    headings = [cell.value for cell in area[0]]
    rows = [dict(zip(headings, (cell.value for cell in row), strict=True)) for row in area[1:]]
    return [row for row in rows if any(value is not None for value in row.values())]


def test_the_workbook_has_the_six_sheets_in_their_order(book):
    assert book.sheetnames == SHEETS


def test_the_summary_holds_the_numbers_of_the_report(book, report):
    rows = rows_of(book["Souhrn"])
    assert [row["Pravidlo"] for row in rows] == [one.rule for one in report.summary]
    for row, one in zip(rows, report.summary, strict=True):
        assert row["Obcí"] == one.municipalities
        assert row["Splněno"] == one.met_municipalities
        assert row["Částečně"] == one.partial_municipalities
        assert row["Mezera"] == one.gap_municipalities
        assert row["Neznámo"] == one.unknown_municipalities
        assert row["Nejisté"] == one.uncertain_municipalities
        assert row["Obyvatel v mezeře"] == one.gap_population
        assert row["Obyvatel v neznámém"] == one.unknown_population


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("Mezery", {GapStatus.GAP}),
        ("Neznámé", {GapStatus.UNKNOWN}),
        ("Všechny výsledky", set(GapStatus)),
    ],
)
def test_a_sheet_of_results_lists_exactly_those_with_its_status(book, report, name, statuses):
    shown = [(row["Kód obce"], row["Pravidlo"]) for row in rows_of(book[name])]
    expected = [(one.municipality, one.rule) for one in report.results if one.status in statuses]
    assert shown == expected


def test_people_on_the_sheet_of_gaps_add_up_to_the_summary(book, report):
    people = defaultdict(int)
    for row in rows_of(book["Mezery"]):
        people[row["Pravidlo"]] += row["Obyvatel"] or 0
    assert people == {one.rule: one.gap_population for one in report.summary}


def test_a_result_is_told_in_words_and_numbers(book):
    rows = rows_of(book["Všechny výsledky"])
    uncertain = next(row for row in rows if row["Nejisté"] == "ano")
    assert uncertain == {
        "Kód obce": "500012",
        "Obec": "=Nová Ves",
        "ORP": "Bystrá",
        "Okres": "Okres",
        "Kraj": "Zkušební kraj",
        "Obyvatel": None,
        "Pravidlo": "40",
        "Služba": "pečovatelská služba",
        "Stav": "částečně",
        "Nejisté": "ano",
        "Nejbližší (km po silnici)": 20,
        "Mez": 15,
        "Jednotka": "km",
        "Z čeho to plyne": "nejbližší 20\u00a0km po silnici",
    }


def test_no_text_becomes_a_formula_and_no_code_a_number(book):
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type in {"s", "n"} for cell in row)
    (source,) = [row for row in rows_of(book["Norma a zdroje"]) if row["Pravidlo"] == "49"]
    assert source["Zdroj čísla"] == "=HYPERLINK(1)"


def test_headings_stay_in_sight_and_can_filter(book):
    for name in SHEETS[:4]:
        sheet = book[name]
        first_row = sheet[sheet.auto_filter.ref][0][0].row
        assert sheet.freeze_panes == f"C{first_row + 1}"
        assert sheet.print_title_rows == f"${first_row}:${first_row}"


def test_long_remarks_above_a_table_are_not_frozen(book):
    assert book["Norma a zdroje"].freeze_panes is None


def test_counts_of_people_have_groups_of_thousands_and_columns_their_width(book):
    sheet = book["Mezery"]
    people = next(cell for cell in sheet[1] if cell.value == "Obyvatel").column
    assert sheet.cell(row=2, column=people).number_format == "#,##0"
    assert sheet.column_dimensions["H"].width > 40


def test_the_norm_and_how_binding_it_is_stand_above_the_summary(book):
    texts = [cell.value for row in book["Souhrn"].iter_rows(max_row=6) for cell in row]
    assert "Orientační norma: není úředním standardem a nezakládá nárok." in texts
    assert "Zkušební norma (orientační)" in texts
    assert "2026-09-01" in texts


def test_the_sheet_of_sources_says_what_the_norm_asks_and_where_the_data_come_from(book):
    sheet = book["Norma a zdroje"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Jen pro zkoušku." in texts
    assert any(text.startswith("Zkušební seznam – Zkušebna, stav k") for text in texts)
    rules = {row["Pravidlo"]: row for row in rows_of(sheet)}
    assert rules["40"]["Proč tolik"] == "Cesta nemá být delší než péče."
    assert rules["39-t"]["Forma"] == "terénní"
    assert (rules["49"]["Částečně"], rules["40"]["Částečně"]) == (None, 25)


def test_the_workbook_says_in_its_properties_what_it_is_and_from_when(book):
    assert book.properties.title == "Mezery v síti služeb: Zkušební kraj"
    assert book.properties.created == datetime(2026, 9, 1)  # noqa: DTZ001 - openpyxl gives no zone


def test_an_area_without_gaps_makes_a_workbook_with_empty_tables():
    book = load_workbook(BytesIO(gaps_workbook(a_faultless_report(), a_gap_catalog())))
    assert rows_of(book["Mezery"]) == []
    assert rows_of(book["Neznámé"]) == []
    assert len(rows_of(book["Všechny výsledky"])) == 15


def test_the_same_report_makes_the_same_workbook(report):
    first, second = (gaps_workbook(report, a_gap_catalog()) for _ in range(2))
    assert first == second


def test_a_country_has_a_row_for_each_municipality_instead_of_one_for_each_result(
    report, monkeypatch
):
    monkeypatch.setattr("referral.web.gaps_packed.MOST_WRITTEN_OUT", 1)
    book = load_workbook(BytesIO(gaps_workbook(report, a_gap_catalog())))
    assert "Všechny výsledky" not in book.sheetnames
    heading, *rows = book["Obce a pravidla"].iter_rows(values_only=True)
    rules = [rule.code for rule in report.norm.rules]
    assert list(heading[7:]) == rules
    assert [row[0] for row in rows] == list(report.municipalities)
    words = {
        (row[0], rule): word for row in rows for rule, word in zip(rules, row[7:], strict=True)
    }
    assert words == {(one.municipality, one.rule): STATUSES[one.status] for one in report.results}
    assert [row[6] for row in rows] == [list(row[7:]).count("mezera") for row in rows]
