"""The file of the register: whole, damaged or hostile, it is read, rejected or refused."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.ingest.errors import IngestError
from referral.ingest.nrpzs.edition import nrpzs_edition
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.usecases.import_rows import Outside
from support.nrpzs_register import CURRENT, EXPORT, OLD, homes, place, places, write_nrpzs, written

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def read(embedded):
    """Read a file as an edition and return its rows with their meaning."""

    def reads(path, heard=None):
        order = SourceFile(path=path, as_of=TODAY, heard=heard)
        edition = nrpzs_edition(order, data=data_dir(), catalog=embedded)
        return [
            (row, None if isinstance(row, Outside) else row.interpret())
            for row in edition.read(TODAY)
        ]

    return reads


@pytest.mark.parametrize(
    ("layout", "encoding"),
    [
        (CURRENT, "utf-8-sig"),
        (CURRENT, "utf-16"),
        (CURRENT, "cp1250"),
        (EXPORT, "utf-8"),
        (OLD, ""),
    ],
)
def test_any_layout_is_read_in_any_encoding(read, tmp_path, layout, encoding):
    plain = read(write_nrpzs(tmp_path / "a.csv", homes(5), CURRENT))
    other = read(write_nrpzs(tmp_path / "b.csv", homes(5), layout, encoding))
    assert [told.service.needs for _, told in other] == [told.service.needs for _, told in plain]
    assert [told.service.locations for _, told in other] == [
        told.service.locations for _, told in plain
    ]


def test_columns_may_stand_in_any_order_and_case(read, tmp_path):
    cells = [[name.upper() for name in CURRENT[::-1]], *(written(one)[::-1] for one in homes(3))]
    file = tmp_path / "swapped.csv"
    file.write_text("\n".join("\t".join(row) for row in cells), encoding="utf-8")
    assert [row.key for row, _ in read(file)] == ["nrpzs-200001", "nrpzs-200002", "nrpzs-200003"]


def test_headings_over_other_cells_make_odd_rows_and_no_wrong_service(read, tmp_path):
    file = tmp_path / "shifted.csv"
    rows = [CURRENT, *([*written(one)[1:], ""] for one in homes(3))]
    file.write_text("\n".join("|".join(row) for row in rows), encoding="utf-8")
    assert all(isinstance(row, Outside) or row.odd for row, _ in read(file))


@pytest.mark.parametrize("missing", ["ZZ_misto_poskytovani_ID", "ZZ_druh_nazev", "ZZ_obec"])
def test_a_file_without_a_key_column_is_refused_by_its_name(read, tmp_path, missing):
    file = write_nrpzs(tmp_path / "nrpzs.csv", homes(1))
    text = file.read_text(encoding="utf-8").replace(missing, "jiny").replace("ZZ_ID", "cislo")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(IngestError, match=f"Chybí sloupec.*{missing}"):
        read(file)


@pytest.mark.parametrize("content", [b"", b"\0" * 99, b"PK\x03\x04", b"{}", b"a,b\n1,2\n", b"\xff"])
def test_what_is_no_register_is_refused_in_one_sentence(read, tmp_path, content):
    file = tmp_path / "nrpzs.csv"
    file.write_bytes(content)
    with pytest.raises(IngestError):
        read(file)


def test_a_row_with_fewer_cells_than_the_header_is_rejected_alone(read, tmp_path):
    file = write_nrpzs(tmp_path / "nrpzs.csv", homes(2))
    with file.open("a", encoding="utf-8") as end:
        end.write("1,2,3\r\n")
    *_, (row, told) = read(file)
    assert (row.number, row.key, row.odd) == (4, None, True)
    assert "tolik buněk" in told.problems[0].message


def test_a_cell_of_ten_million_characters_is_refused_with_its_row(read, tmp_path):
    file = write_nrpzs(tmp_path / "nrpzs.csv", [*homes(2), place(3, name="x" * 10_000_000)])
    with pytest.raises(IngestError) as caught:
        read(file)
    assert caught.value.row == 4


def test_a_long_cell_is_cut_and_noted(read, tmp_path):
    ((_, told),) = read(write_nrpzs(tmp_path / "a.csv", [place(1, sort=0, name="ž" * 100_000)]))
    assert len(told.service.name) == 300
    assert any("delší" in one.message for one in told.notes)


def test_reading_tells_how_many_bytes_have_been_read_once(read, tmp_path):
    file = write_nrpzs(tmp_path / "nrpzs.csv", places(200))
    told = []
    read(file, heard=told.append)
    assert told == sorted(told)
    assert told[-1] == file.stat().st_size


_CELLS = st.sampled_from(
    ["", "\0", "x" * 5000, "Lhota", "-1", "999999999999999", "1e5", "=1+1", '"']
)
_COLUMNS = st.sampled_from([*place(1)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(st.tuples(st.integers(0, 11), _COLUMNS, _CELLS | st.text(max_size=30))),
    layout=st.sampled_from([CURRENT, EXPORT, OLD]),
    damage=st.lists(st.tuples(st.integers(0, 6000), st.binary(max_size=5)), max_size=3),
    end=st.none() | st.integers(0, 6000),
)
def test_whatever_stands_in_a_file_every_row_has_one_fate(
    read, tmp_path_factory, changes, layout, damage, end
):
    some = list(places(12))
    for number, column, cell in changes:
        some[number][column] = cell
    file = tmp_path_factory.mktemp("fuzz") / "nrpzs.csv"
    write_nrpzs(file, some, layout, "utf-8-sig" if layout is CURRENT else "utf-8")
    content = bytearray(file.read_bytes())
    for at, junk in damage:
        content[at : at + len(junk)] = junk
    file.write_bytes(content[:end])
    with suppress(IngestError):
        for row, told in read(file):
            if told is not None:
                assert (told.service is None) == bool(told.problems)
                assert told.service is None or told.service.id == row.key
