"""The register's file: cutting it into items, whole or damaged, whatever stands in it."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.catalog.resolve import CoverageResolver
from referral.ingest.errors import IngestError
from referral.ingest.rpss.codes import RegisterCodes
from referral.ingest.rpss.guide import Guide
from referral.ingest.rpss.reader import read_register
from referral.resources import data_dir
from support.rpss_register import item, items, write_register


@pytest.fixture(scope="session")
def guide(embedded) -> Guide:
    """Everything that reading needs, save readers of remarks."""
    return Guide(
        codes=RegisterCodes.read(data_dir()),
        vocabulary=embedded.vocabulary,
        resolver=CoverageResolver.of(embedded.territory),
        source="rpss",
        as_of=date(2026, 11, 22),
    )


# --- The file -------------------------------------------------------------------------------------


def test_the_items_of_the_list_come_one_by_one_with_their_numbers(guide, tmp_path):
    file = write_register(tmp_path / "rpss.json", items(30, facilities=70))
    rows = list(read_register(file, guide=guide))
    assert [row.number for row in rows] == list(range(1, 31))
    assert rows[4].key == "rpss-5"
    assert not any(row.odd for row in rows)


def test_an_item_longer_than_the_window_is_read_whole(guide, tmp_path):
    long = item(1) | {"doplnujiciInformaceVekoveSkupiny": "ž" * 10_000_000}
    file = write_register(tmp_path / "rpss.json", [long, item(2)])
    first, second = read_register(file, guide=guide)
    assert first.interpret().service.description.endswith("žžž")
    assert second.interpret().service.id == "rpss-2"


def test_a_number_may_end_at_the_end_of_the_window(guide, tmp_path):
    file = tmp_path / "rpss.json"
    for shift in range(4):
        gap = " " * ((1 << 19) - len('{"polozky":[') - 2 - shift)
        file.write_text('{"polozky":[' + gap + "1234, 5 ]}", encoding="utf-8")
        rows = list(read_register(file, guide=guide))
        assert [row.interpret().problems[0].value for row in rows] == ["1234", "5"]


def test_reading_tells_how_many_bytes_have_been_read(guide, tmp_path):
    file = write_register(tmp_path / "rpss.json", items(3, facilities=6))
    told = []
    assert len(list(read_register(file, guide=guide, heard=told.append))) == 3
    assert told[-1] == file.stat().st_size


def test_equal_items_have_one_fingerprint_and_others_another(guide, tmp_path):
    file = write_register(tmp_path / "rpss.json", [item(1), item(1), item(2)])
    prints = [row.fingerprint for row in read_register(file, guide=guide)]
    assert prints[0] == prints[1] != prints[2]
    salted = [row.fingerprint for row in read_register(file, guide=guide, salt="jinde")]
    assert salted[0] != prints[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "neza\u010d\u00edn\u00e1 objektem"),
        (b"[]", "neza\u010d\u00edn\u00e1 objektem"),
        (b"{}", "nen\u00ed seznam"),
        (b'{"polozky": {}}', "nen\u00ed seznam"),
        (b'{"jine": [1, {}], "dalsi": 2}', "nen\u00ed seznam"),
        (b'{"polozky": [{"a": 1}', "po\u0161kozen\u00fd nebo nen\u00ed cel\u00fd"),
        (b'{"polozky": [{"a": ', "po\u0161kozen\u00fd nebo nen\u00ed cel\u00fd"),
        (b'{"polozky" [', "po\u0161kozen\u00fd nebo nen\u00ed cel\u00fd"),
        (b'{"polozky": [1 2]}', "po\u0161kozen\u00fd nebo nen\u00ed cel\u00fd"),
        ('{"polozky": ["ž"]}'.encode("cp1250"), "UTF-8"),
        ('{"polozky": []}'.encode("utf-16"), "UTF-8"),
        (b'{"polozky": [' + b"[" * 200_000, "vno\u0159en\u00e9"),
    ],
)
def test_a_file_that_is_no_register_or_not_whole_is_refused_with_a_reason(
    guide, tmp_path, content, said
):
    file = tmp_path / "rpss.json"
    file.write_bytes(content)
    with pytest.raises(IngestError, match=said):
        list(read_register(file, guide=guide))


def test_an_item_without_an_end_is_not_read_for_ever(guide, tmp_path):
    file = tmp_path / "rpss.json"
    file.write_text('{"polozky": ["' + "a" * 40_000_000, encoding="utf-8")
    with pytest.raises(IngestError, match="32 milion"):
        list(read_register(file, guide=guide))


def test_a_missing_file_is_refused_with_a_reason(guide, tmp_path):
    with pytest.raises(IngestError, match="nejde p"):
        list(read_register(tmp_path / "nic.json", guide=guide))


def test_a_byte_order_mark_and_an_empty_list_are_fine(guide, tmp_path):
    file = tmp_path / "rpss.json"
    file.write_bytes(b'\xef\xbb\xbf{"a": NaN, "polozky" : [ ] }')
    assert list(read_register(file, guide=guide)) == []


# --- Whatever comes -------------------------------------------------------------------------------

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=20)
    | st.sampled_from(["Obec/554481", "2020-02-30", "2020-02-28T00:00", 10**40, "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def _mutated(value, at, new):
    """Put a value at one of the places of a document, counted depth first."""
    count = 0

    def walk(one):
        nonlocal count
        count += 1
        if count == at + 1:
            return new
        if isinstance(one, dict):
            return {key: walk(inner) for key, inner in one.items()}
        if isinstance(one, list):
            return [walk(inner) for inner in one]
        return one

    return walk(value)


@given(at=st.integers(0, 140), new=JSON)
def test_whatever_stands_in_an_item_it_is_a_service_or_is_rejected(
    guide, tmp_path_factory, at, new
):
    file = tmp_path_factory.mktemp("fuzz") / "rpss.json"
    document = {"polozky": [_mutated(item(3), at, new), item(4)]}
    file.write_text(json.dumps(document), encoding="utf-8")
    rows = list(read_register(file, guide=guide))
    assert len(rows) == 2
    for row in rows:
        told = row.interpret()
        assert (told.service is None) == bool(told.problems)
    assert rows[1].interpret().service is not None


@given(cut=st.integers(0, 6000), noise=st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_reader(
    guide, tmp_path_factory, cut, noise
):
    whole = json.dumps({"polozky": [item(1), item(2)]}, ensure_ascii=False).encode()
    file = tmp_path_factory.mktemp("fuzz") / "rpss.json"
    file.write_bytes(whole[:cut] + noise + (whole[cut:] if len(noise) % 2 else b""))
    with suppress(IngestError):
        for row in read_register(file, guide=guide):
            assert row.interpret() is not None
