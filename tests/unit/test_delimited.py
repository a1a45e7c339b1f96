"""Tables of text read row by row, in whatever encoding and dialect, whole or damaged."""

import csv
from contextlib import suppress
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.ingest.delimited import delimited_rows
from referral.ingest.errors import IngestError

TEXT = 'Název;Obec\r\n"Domov ""Žlutý"";\nkřídlo B";Aš\r\nDům;Čáslav\r\n'


def read(path, **more):
    table = delimited_rows(path, **more)
    return table.header, list(table.rows)


@pytest.fixture
def write(tmp_path):
    def writes(content, encoding="utf-8"):
        file = tmp_path / "sluzby.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return file

    return writes


# --- Encodings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_table_reads_the_same_in_every_encoding(write, encoding):
    header, rows = read(write(TEXT, encoding))
    assert header == ("Název", "Obec")
    assert rows == [
        (2, {"Název": 'Domov "Žlutý";\nkřídlo B', "Obec": "Aš"}),
        (3, {"Název": "Dům", "Obec": "Čáslav"}),
    ]


def test_the_first_letter_of_windows_1250_may_stand_far_behind_the_beginning(write):
    plain = "".join(f"{number};Most\n" for number in range(150_000))
    table = delimited_rows(write(f"id;obec\n{plain}x;Žatec\n", "cp1250"))
    assert "windows-1250" in table.note
    *_, (number, last) = table.rows
    assert (number, last) == (150_002, {"id": "x", "obec": "Žatec"})


def test_only_an_assumed_encoding_is_noted(write):
    assert delimited_rows(write(TEXT)).note == ""
    assert delimited_rows(write(TEXT, "utf-16")).note == ""


def test_damaged_utf_8_does_not_pass_for_windows_1250(write):
    whole = TEXT.encode()
    for content in (whole + b"\xff;x\n", whole[: whole.rindex("Č".encode()) + 1]):
        with pytest.raises(IngestError, match="není celý"):
            delimited_rows(write(content))


@pytest.mark.parametrize(
    "content",
    [
        b"id;n\xe1zev\n1;\x81\n",
        b"\xff\xfei\x00d\x00;",
        b"\xef\xbb\xbfid;\xe1\n",
        b"\xff\xfe\x00\xd8",
    ],
)
def test_what_no_encoding_fits_is_refused_before_a_row_is_read(write, content):
    with pytest.raises(IngestError, match="není v kódování"):
        delimited_rows(write(content))


# --- Dialects -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_the_delimiter_is_what_divides_the_header_most(write, mark):
    others = "".join(one for one in ";,|\t" if one != mark) + "."
    header, rows = read(write(f'a{mark}"b{others}{others}"{mark}c\n1{mark}2{mark}{others}\n'))
    assert header == ("a", f"b{others}{others}", "c")
    assert rows == [(2, {"a": "1", f"b{others}{others}": "2", "c": others})]


def test_one_column_and_no_line_end_are_a_table(write):
    assert read(write("id\n1\n2")) == (("id",), [(2, {"id": "1"}), (3, {"id": "2"})])


def test_blank_rows_are_skipped_and_counted_and_ragged_ones_given_as_such(write):
    _, rows = read(write("a;b\n\n;\n1;2;3\n1\n1;2;;\n"))
    assert rows == [(4, None), (5, None), (6, {"a": "1", "b": "2"})]


def test_columns_without_a_name_are_left_out(write):
    assert read(write("a;;b;\n1;x;2;\n")) == (("a", "b"), [(2, {"a": "1", "b": "2"})])


def test_characters_that_a_database_refuses_do_not_come_through(write):
    assert read(write("a\0;b\n\0001;2\0\n"))[1] == [(2, {"a": "1", "b": "2"})]


# --- Limits and damage ----------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", "\n", ";;\n1;2;3\n"])
def test_a_table_needs_a_header(write, content):
    with pytest.raises(IngestError, match="záhlaví"):
        delimited_rows(write(content))


def test_two_columns_of_one_name_are_refused(write):
    with pytest.raises(IngestError, match="stejné jméno"):
        delimited_rows(write("a;b; a\n"))


def test_a_file_that_is_not_there_is_said(tmp_path):
    for path in (tmp_path / "nic.csv", tmp_path):
        with pytest.raises(IngestError, match="nejde přečíst"):
            delimited_rows(path)


def test_a_quote_that_is_never_closed_ends_with_its_row(write):
    with pytest.raises(IngestError, match="nikdo nezavřel") as caught:
        read(write('a;b\n1;2\n3;"4\n5;6\n'))
    assert caught.value.row == 3


@pytest.mark.parametrize(
    "row", ["x" * 10_000_000, '1;"' + "x\n" * 5_000_000, '1;"' + "x" * 200_000 + '"']
)
def test_a_row_or_a_field_over_the_limit_ends_with_its_row(write, row):
    with pytest.raises(IngestError) as caught:
        read(write(f"a;b\n1;2\n{row}\n"))
    assert caught.value.row == 3


def test_the_limit_on_a_row_holds_whatever_the_limit_on_a_field(write):
    before = csv.field_size_limit(1 << 30)
    try:
        with pytest.raises(IngestError, match="dva miliony"):
            read(write('a;b\n1;"' + "x\n" * 5_000_000))
    finally:
        csv.field_size_limit(before)


def test_the_limit_of_the_process_on_a_field_is_left_alone(write):
    before = csv.field_size_limit()
    read(write(TEXT))
    assert csv.field_size_limit() == before


def test_rows_are_read_as_they_are_asked_for_and_the_bytes_told(write):
    file = write("a;b\n" + "1;2\n" * 100_000)
    told = []
    rows = delimited_rows(file, heard=told.append).rows
    assert len(list(islice(rows, 10))) == 10
    assert told[-1] < file.stat().st_size / 4
    assert len(list(rows)) == 99_990
    assert told[-1] == file.stat().st_size
    assert told == sorted(told)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=300) | st.text('a;,"\n\r\t|ž\0', max_size=60).map(str.encode))
def test_any_file_is_a_table_or_a_sentence(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "any.csv"
    file.write_bytes(content)
    with suppress(IngestError):
        table = delimited_rows(file)
        for _, cells in table.rows:
            assert cells is None or set(cells) == set(table.header)
