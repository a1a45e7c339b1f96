"""Files of HSDS in JSON: a list, a page, objects in a row; whole or damaged."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.ingest.errors import IngestError
from support.hsds_package import (
    PEOPLE,
    files_of,
    service,
    services,
    write_list,
    write_page,
    write_zip,
)
from support.hsds_reading import guide_of, quick_rows, rows_of


@pytest.fixture(scope="session")
def rows(embedded):
    """Return the rows of a file."""
    return lambda path, **options: rows_of(path, embedded, **options)


@pytest.fixture(scope="session")
def quick(embedded):
    """Return the rows of a file with everything around them made ready once."""
    guide = guide_of(embedded)
    return lambda path: quick_rows(path, guide)


def meant(found):
    return [row.interpret().service for row in found]


# --- The shapes of JSON ---------------------------------------------------------------------------


def test_every_shape_of_json_and_the_tables_give_the_same_services(rows, tmp_path):
    found = services(5)
    whole = meant(rows(write_list(tmp_path / "list.json", found)))
    assert len(whole) == 5
    assert None not in whole
    lines = tmp_path / "lines.ndjson"
    lines.write_text("\n".join(map(json.dumps, found)) + "\n", encoding="utf-8")
    single = tmp_path / "one.json"
    single.write_text(json.dumps(found[0], indent=2), encoding="utf-8")
    folder = tmp_path / "package"
    folder.mkdir()
    for name, content in files_of(found).items():
        (folder / name).write_text(content, encoding="utf-8")
    assert meant(rows(write_page(tmp_path / "page.json", found))) == whole
    assert meant(rows(lines)) == whole
    assert meant(rows(single)) == whole[:1]
    assert meant(rows(write_zip(tmp_path / "package.zip", files_of(found)))) == whole
    assert meant(rows(folder)) == whole


def test_a_page_that_holds_everything_is_the_whole_source(rows, tmp_path):
    found = rows(write_page(tmp_path / "page.json", services(3)))
    assert not any(row.partial for row in found)


@pytest.mark.parametrize(
    "page",
    [
        {"total_pages": 2},
        {"total_items": 4},
        {"page_number": 2},
        {"first_page": False},
        {"last_page": False},
        {"totalElements": 9},
    ],
)
def test_a_page_out_of_more_is_only_a_part_wherever_it_says_so(rows, tmp_path, page):
    file = write_page(tmp_path / "page.json", services(3), **page)
    assert any(row.partial for row in rows(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    told_first = {"contents": document.pop("contents")} | document
    file.write_text(json.dumps(told_first), encoding="utf-8")
    assert any(row.partial for row in rows(file))


def test_an_empty_page_out_of_more_is_refused_since_it_would_end_everything(rows, tmp_path):
    with pytest.raises(IngestError, match="prázdná"):
        rows(write_page(tmp_path / "page.json", [], total_items=7))
    assert rows(write_page(tmp_path / "page.json", [])) == []


def test_rows_have_numbers_names_and_say_when_they_lack_what_all_have(rows, tmp_path):
    found = services(3)
    del found[1]["status"]
    read = rows(write_list(tmp_path / "list.json", found))
    assert [row.number for row in read] == [1, 2, 3]
    assert [row.odd for row in read] == [False, True, False]
    assert read[0].key == f"hsds-{found[0]['id']}"


@pytest.mark.parametrize(
    ("number", "source", "key"),
    [
        ("17", None, "hsds-17"),
        (18, None, "hsds-18"),
        ("17", "olomouc", "hsds-olomouc-17"),
        ("A4D1C2B0-0000-4000-8000-000000000001", None, "hsds-a4d1c2b0-0000-4000-8000-000000000001"),
    ],
)
def test_ids_stay_readable_where_they_are_safe(rows, tmp_path, number, source, key):
    file = write_list(tmp_path / "list.json", [service(1, id=number)])
    row = rows(file, source=source)[0]
    assert row.key == key
    assert row.interpret().service.id == key


def test_odd_ids_are_made_safe_and_never_fall_together(rows, tmp_path):
    names = ["a/b", "a b", "a-b", "../x", "ž", "<script>", "a" * 5000, "\ud800", "x", "X"]
    found = rows(write_list(tmp_path / "list.json", [service(1, id=name) for name in names]))
    keys = [row.key for row in found]
    assert len(set(keys)) == len(names)
    assert all(len(key) < 60 and key.replace("-", "").isalnum() and key.isascii() for key in keys)


def test_a_newer_file_has_other_fingerprints_so_that_records_keep_their_own_dates(rows, tmp_path):
    first = rows(write_list(tmp_path / "a.json", services(2)))
    again = rows(write_list(tmp_path / "b.json", services(2)))
    other = rows(write_list(tmp_path / "c.json", services(3)))
    assert [row.fingerprint for row in first] == [row.fingerprint for row in again]
    assert first[0].fingerprint != other[0].fingerprint


def test_another_mapping_of_terms_makes_the_rows_be_read_again(rows, tmp_path):
    file = write_list(tmp_path / "a.json", services(1))
    before = rows(file)[0].fingerprint
    (tmp_path / "hsds_terms.csv").write_text("term,ours\nHome care,40\n", encoding="utf-8")
    assert rows(file)[0].fingerprint != before


# --- Damaged and hostile --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nezačíná"),
        (b"ahoj", "nezačíná"),
        (b"[", "není celý"),
        (b'[{"id": 1}', "není celý"),
        (b'{"id": 1', "není celý"),
        (b'{"contents": [{"id": 1}]', "není celý"),
        (b'{"contents": [{"id": 1}], "total_pages"', "není celý"),
        (b"[] []", "Za koncem"),
        (b'{"id": 1} x', "Za koncem"),
        (b'{"contents": []} {"id": 1}', "Za koncem"),
        ('[{"id": "ž"}]'.encode("cp1250"), "UTF-8"),
        ("[]".encode("utf-16"), "UTF-8"),
        (b"[" * 200_000, "vnořené"),
        (b'{"a": ' + b"[" * 200_000, "vnořené"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_with_a_reason(rows, tmp_path, content, said):
    file = tmp_path / "a.json"
    file.write_bytes(content)
    with pytest.raises(IngestError, match=said):
        rows(file)


def test_an_object_without_an_end_is_not_read_for_ever(rows, tmp_path):
    file = tmp_path / "a.json"
    with file.open("w", encoding="utf-8") as out:
        out.write("{")
        for number in range(40):
            out.write(f'"k{number}": "{"a" * 1_000_000}",')
    with pytest.raises(IngestError, match="32 milion"):
        rows(file)


def test_a_byte_order_mark_and_a_missing_file(rows, tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(services(1)).encode())
    assert len(rows(file)) == 1
    with pytest.raises(IngestError, match="nejde přečíst"):
        rows(tmp_path / "nic.json")


def test_texts_of_ten_million_characters_are_cut_or_left_out(quick, tmp_path):
    long = "1<b>a" * 2_000_000
    texts = ("id", "description", "email")
    found = [service(3, **{key: long}) for key in texts]
    found.append(service(3, phones=[{"number": long}], service_areas=[{"name": long}]))
    for row in quick(write_list(tmp_path / "a.json", found)):
        told = row.interpret()
        assert len(repr(told)) < 40_000
        assert (told.service is None) == bool(told.problems)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(
        ["2020-02-30", "40", "secret", "24:00", 10**40, -1, 1e308, "\ud800", "MO,2XX"]
    )
    | st.builds(lambda size: "ž" * size, st.sampled_from([0, 100, 5000])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def _mutated(value, spot, new):
    """Put a value at one of the places of a document, counted depth first."""
    count = 0

    def walk(one):
        nonlocal count
        count += 1
        if count == spot + 1:
            return new
        if isinstance(one, dict):
            return {key: walk(inner) for key, inner in one.items()}
        if isinstance(one, list):
            return [walk(inner) for inner in one]
        return one

    return walk(value)


@given(spot=st.integers(0, 165), new=JSON)
def test_whatever_stands_in_a_service_it_is_taken_or_rejected(quick, tmp_path_factory, spot, new):
    file = write_list(
        tmp_path_factory.mktemp("fuzz") / "a.json", [_mutated(service(3), spot, new), service(4)]
    )
    first, second = quick(file)
    told = first.interpret()
    assert (told.service is None) == bool(told.problems)
    assert second.interpret().service is not None
    written = repr((told.problems, told.notes, told.service))
    assert [name for name in PEOPLE if name in written] == []


@given(cut=st.integers(0, 7000), noise=st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(
    quick, tmp_path_factory, cut, noise
):
    whole = json.dumps(services(2), ensure_ascii=False).encode()
    file = tmp_path_factory.mktemp("fuzz") / "a.json"
    file.write_bytes(whole[:cut] + noise + (whole[cut:] if len(noise) % 2 else b""))
    with suppress(IngestError):
        for row in quick(file):
            assert row.interpret() is not None
