"""Tables for Czech Excel."""

import csv
import io

from referral.web.gaps_csv import gaps_csv, table_csv
from referral.web.gaps_sentences import STATUSES
from support.gaps import a_gap_catalog, a_gap_report


def rows():
    text = gaps_csv(a_gap_report(), a_gap_catalog()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_result_is_a_row_with_the_status_of_the_report():
    report = a_gap_report()
    assert [(row["Kód obce"], row["Pravidlo"], row["Stav"]) for row in rows()] == [
        (one.municipality, one.rule, STATUSES[one.status]) for one in report.results
    ]


def test_the_sums_of_the_table_are_those_of_the_report():
    for summary in a_gap_report().summary:
        gaps = [
            row for row in rows() if row["Pravidlo"] == summary.rule and row["Stav"] == "mezera"
        ]
        assert len(gaps) == summary.gap_municipalities
        people = sum(int(row["Obyvatel"] or 0) for row in gaps)
        assert people == summary.gap_population


def test_the_file_opens_in_czech_excel():
    file = gaps_csv(a_gap_report(), a_gap_catalog())
    assert file.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in file
    first = rows()[3]
    assert first["Nejbližší km po silnici"] == "26,5"
    assert first["Mez"] == "15"
    assert first["Norma a den výpočtu"] == "Zkušební norma (orientační), 2026-09-01"


def test_what_a_spreadsheet_would_take_for_a_formula_is_a_text():
    assert {row["Obec"] for row in rows()} >= {"'=Nová Ves"}
    table = table_csv(["a", "b", "c"], [["@x", -1.5, None]]).decode("utf-8-sig")
    assert table.splitlines() == ["a;b;c", "'@x;-1,5;"]


def test_a_number_keeps_three_decimals_at_most_and_no_idle_zeros():
    table = table_csv(["a"], [[0.1234567], [2.0], [0.0]]).decode("utf-8-sig")
    assert table.splitlines() == ["a", "0,123", "2", "0"]
