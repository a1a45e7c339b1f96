"""Broken and hostile files: one clear sentence or a rejected row, never anything else."""

import io
import json
import zipfile
import zlib
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.catalog.ports import Fate
from referral.ingest.errors import IngestError
from referral.ingest.territory import files as files_room
from referral.ingest.territory.account import accounted
from referral.ingest.territory.reading import read_territory
from referral.usecases.found_territory import Subject, What
from referral.usecases.import_territory import TerritoryOutcome
from support.territory_files import (
    LINKS,
    MASTER,
    RUIAN,
    ages_workbook,
    as_bytes,
    everything,
    geojson,
    municipalities_list,
    parts_list,
    shapefile_zip,
    topology,
    write_all,
    zipped,
)

TODAY = date(2026, 9, 1)
SAMPLES = {
    **everything(),
    "borders.zip": shapefile_zip(),
    "borders.geojson": as_bytes(geojson()),
}


def account_of(folder: Path):
    """Read a folder and give every record found the fate ADDED."""
    found, evidence = read_territory(folder, today=TODAY)
    keys = {
        What.MUNICIPALITY: [one.code for one in found.municipalities],
        What.PART: [one.code for one in found.parts],
        What.DISTRICT: [one.key for one in found.districts],
        What.BOUNDARY: [f"{one.around}/{one.code}" for one in found.boundaries],
    }
    fates = {Subject(what, key): Fate.ADDED for what, some in keys.items() for key in some}
    outcome = TerritoryOutcome(fates=fates, refusals={}, ended=found.ended, services={})
    return accounted(evidence, outcome, dry_run=False)


def survives(name: str, content: bytes) -> None:
    """Read one file; it is either refused with a sentence or every row has a fate."""
    with TemporaryDirectory() as folder:
        try:
            account = account_of(write_all(Path(folder) / "in", {name: content}))
        except IngestError:
            return  # the whole file is refused, with a sentence
    report = account.report
    fates = report.added + report.changed + report.unchanged + report.ended + report.rejected
    assert report.read == fates
    json.dumps(account.document())
    for rejection in report.rejections:
        assert rejection.message.endswith((".", "?"))
        assert len(rejection.value) <= 80


@settings(max_examples=150)
@given(
    name=st.sampled_from(sorted(SAMPLES)),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 0.02), st.binary(max_size=12)), max_size=4
    ),
    end=st.none() | st.floats(0, 1),
    bom=st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe"]),
)
def test_a_mutilated_file_is_refused_or_accounted_for(name, cuts, end, bom):
    content = SAMPLES[name]
    for start, length, instead in cuts:
        at = int(start * len(content))
        content = content[:at] + instead + content[at + int(length * len(content)) :]
    if end is not None:
        content = content[: int(end * len(content))]
    survives(name, bom + content)


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**5000)
    | st.floats()
    | st.text(max_size=20)
    | st.just("x" * 10_000)
    | st.lists(st.integers(), max_size=3)
    | st.dictionaries(st.text(max_size=5), st.integers(), max_size=2)
)
DOCUMENTS = (municipalities_list, parts_list, topology, geojson)


def places_in(document: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Return the paths to every value in a document."""
    found = [path] if path else []
    if isinstance(document, dict):
        for key, value in document.items():
            found += places_in(value, (*path, key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            found += places_in(value, (*path, position))
    return found


@settings(max_examples=150)
@given(data=st.data(), make=st.sampled_from(DOCUMENTS))
def test_any_value_in_the_place_of_any_other_is_refused_or_accounted_for(data, make):
    document = json.loads(json.dumps(make()))
    for path in data.draw(st.lists(st.sampled_from(places_in(document)), min_size=1, max_size=3)):
        target = document
        try:
            for step in path[:-1]:
                target = target[step]
            target[path[-1]] = data.draw(VALUES)
        except (TypeError, KeyError, IndexError):
            continue  # an earlier change has taken this place away
    try:
        content = json.dumps(document).encode()
    except ValueError:
        return  # more digits than Python writes
    survives("zmena.json", content)


@settings(max_examples=100)
@given(
    table=st.sampled_from([RUIAN, MASTER, LINKS]),
    seed=st.randoms(use_true_random=False),
    junk=st.lists(st.text(max_size=30), max_size=3),
)
def test_shuffled_columns_and_junk_cells_are_refused_or_accounted_for(table, seed, junk):
    lines = [line.split(";" if table is RUIAN else ",") for line in table.splitlines()]
    for line in lines[1:]:
        if seed.random() < 0.5:
            seed.shuffle(line)
    for text in junk:
        line = seed.choice(lines)
        line[seed.randrange(len(line))] = text
    joined = "\n".join((";" if table is RUIAN else ",").join(line) for line in lines)
    survives("tabulka.csv", joined.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "content",
    [
        b'{"polozky": [',
        b"[" * 100_000,
        b'{"polozky": ' + b"1" * 5000 + b"}",
        b'{"polozky": NaN}',
        b'{"polozky": "\xc5"}',
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\x00" * 100,
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path, content):
    with pytest.raises(IngestError):
        read_territory(write_all(tmp_path / "in", {"soubor": content}), today=TODAY)


def test_a_file_that_is_too_big_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files_room, "MOST_BYTES", 100)
    with pytest.raises(IngestError, match="rozdělte"):
        read_territory(write_all(tmp_path / "in"), today=TODAY)


def test_a_bomb_in_a_zip_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(files_room, "MOST_BYTES", 1_000_000)
    bomb = zipped({"obce.json": b" " * 50_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(IngestError, match="rozdělte"):
        read_territory(write_all(tmp_path / "in", {"b.zip": bomb}), today=TODAY)


def test_a_zip_that_lies_about_the_size_of_its_members_is_refused(tmp_path):
    true = zipped({"obce.json": b" " * 5_000_000})
    lying = true.replace((5_000_000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != true
    with pytest.raises(IngestError):
        read_territory(write_all(tmp_path / "in", {"b.zip": lying}), today=TODAY)


def test_a_shapefile_that_would_unpack_to_too_much_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("referral.ingest.territory.features.MOST_SHAPE_BYTES", 10)
    with pytest.raises(IngestError, match="stáhněte menší území"):
        read_territory(write_all(tmp_path / "in", {"b.zip": shapefile_zip()}), today=TODAY)


def test_too_many_files_are_refused_in_a_folder_and_in_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(files_room, "MOST_FILES", 3)
    with pytest.raises(IngestError, match="přes 3 souborů"):
        read_territory(write_all(tmp_path / "in"), today=TODAY)
    packed = tmp_path / "vse.zip"
    packed.write_bytes(zipped(everything()))
    with pytest.raises(IngestError, match="přes 3 souborů"):
        read_territory(packed, today=TODAY)


def test_a_member_that_breaks_in_the_middle_is_refused(tmp_path):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("obce.json", as_bytes(municipalities_list()))
    broken = kept.getvalue().replace(b"Lhota", b"LHOTA", 1)
    with pytest.raises(IngestError):
        read_territory(write_all(tmp_path / "in", {"b.zip": broken}), today=TODAY)


def test_a_password_is_not_asked_for(tmp_path):
    locked = bytearray(zipped({"obce.json": b"{}"}))
    central = locked.index(b"PK\x01\x02")
    locked[6] |= 1
    locked[central + 8] |= 1
    with pytest.raises(IngestError, match="nelze přečíst"):
        read_territory(write_all(tmp_path / "in", {"b.zip": bytes(locked)}), today=TODAY)


def test_a_sheet_in_a_zip_in_a_zip_is_still_a_sheet(tmp_path):
    packed = zipped({"vek_2020.xlsx": ages_workbook()})
    found, _ = read_territory(write_all(tmp_path / "in", {"b.zip": packed}), today=TODAY)
    assert len(found.municipalities) == 4


def test_the_samples_are_sound_before_they_are_broken(tmp_path):
    assert account_of(write_all(tmp_path / "in", SAMPLES)).report.rejected == 0
    assert zlib.crc32(b"") == 0
