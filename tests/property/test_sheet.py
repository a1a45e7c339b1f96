"""Our own spreadsheet under anything that people and machines can put into it.

Whatever a file holds, reading it ends with rows that each have one fate, or with one sentence.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.catalog.model import AcceptanceRule, CapacityUnit, Stance
from referral.catalog.own_fields import NetworkMembership, OwnField, Vacancy, VerifiedBy
from referral.catalog.places import PlaceIndex
from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Form
from referral.ingest.errors import IngestError
from referral.ingest.sheet.edition import places_of, sheet_edition
from referral.ingest.sheet.layout import COLUMNS, SheetKind
from referral.ingest.sheet.prefill import own_filled
from referral.ingest.sheet.template import sheet_template
from referral.ingest.sheet.words import Words
from referral.ingest.source_file import SourceFile
from referral.usecases.import_rows import Problem
from referral.usecases.import_sheet import (
    OwnRow,
    RowFate,
    SheetEdition,
    Verified,
    import_sheet,
)
from support.build import a_municipality, a_service, a_territory
from support.edits import SIGNED
from support.invented import SOURCES, WORDS
from support.sheet_files import as_csv, as_ods, as_xlsx

TODAY = date(2026, 11, 22)
CATALOG = Catalog.of(
    vocabulary=WORDS,
    territory=a_territory([a_municipality(), a_municipality("500002", "Dolní Lhota")]),
    services=[a_service("s-1"), a_service("s-2", "Jiná služba")],
    sources=SOURCES,
)
PLACES = places_of(CATALOG, PlaceIndex.of(CATALOG.territory), elsewhere=frozenset())
NASTY = (
    "", " ", "=1+1", "+SUM(A1)", "@x", "-2", "1e999", "9" * 400, "NaN", "inf", "-0", "1,5", "\x00",
    "\u202e", "🙂", "s-1", "Horní Lhota", "500001", "ORP Velké Město", "ano", "úřad", "1. 11. 2026",
    "46347", "99999", "přijímá", "klient", "lůžko", "T", "x" * 5000, "ﬁ", "İ", "ß" * 99, "a\nb;c,d",
    "PŘÍKLAD", "help-sheet-a", "help-sheet-", "((((", "[500001]", "§ 91/3 b",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)


@st.composite
def tables(draw):
    """Draw sheets with some of their columns, in any order, full of anything."""
    found = {}
    for kind in draw(st.sets(st.sampled_from(SheetKind), min_size=1)):
        columns = draw(st.permutations([one.heading for one in COLUMNS[kind]]))
        dropped = draw(st.sets(st.sampled_from(columns), max_size=1))
        kept = [one for one in columns if one not in dropped]
        row = st.fixed_dictionaries(dict.fromkeys(kept, VALUES))
        found[kind.value] = draw(st.lists(row, min_size=1, max_size=4))
    return found


def read(path: Path):
    """Read a file; return how many rows it has, or nothing when it was refused in a sentence."""
    file = SourceFile(path=path, as_of=TODAY)
    try:
        edition, book = sheet_edition(file, catalog=CATALOG, places=PLACES, today=TODAY)
    except IngestError:
        return None
    for row in edition.rows:
        assert (row.verified is None) == bool(row.problems)
        assert row.service is not None or row.problems
    if edition.help is not None:
        for row in edition.help.read(TODAY):
            told = row.interpret()
            assert (told.service is None) == bool(told.problems)
            if told.service is not None:
                assert told.service.id == row.key
                assert row.key.startswith("help-sheet-")
                assert row.key.isascii()
    return sum(len(one.rows) for one in book.tables)


def clean(value):
    """Leave out what no workbook can hold."""
    return "".join(one for one in value if one >= " ") if isinstance(value, str) else value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets=tables(), kind=st.sampled_from(("xlsx", "ods")))
def test_a_workbook_full_of_anything_is_read_or_refused_in_a_sentence(sheets, kind):
    cleaned = {
        name: [{key: clean(value) for key, value in row.items()} for row in rows]
        for name, rows in sheets.items()
    }
    with TemporaryDirectory() as folder:
        write = as_ods if kind == "ods" else as_xlsx
        read(write(Path(folder) / f"a.{kind}", cleaned))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheets=tables(), delimiter=st.sampled_from(";,\t"))
def test_a_csv_full_of_anything_is_read_or_refused_in_a_sentence(sheets, delimiter):
    with TemporaryDirectory() as folder:
        for number, rows in enumerate(sheets.values()):
            as_csv(Path(folder) / f"{number}.csv", rows, delimiter=delimiter)
        read(Path(folder))


@pytest.fixture(scope="module")
def template() -> bytes:
    """A template with two services, as a file."""
    rows = own_filled(CATALOG.services.values(), {})
    return sheet_template(Words.of(WORDS), own=rows)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_damaged_workbook_is_read_or_refused_in_a_sentence(template, seed):
    chance = random.Random(seed)  # noqa: S311 - chooses what to damage, not a secret
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    names = [one for one in members if one.endswith((".xml", ".rels"))]
    for _ in range(chance.randrange(1, 4)):
        member = members[chance.choice(names)]
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(member))
            member[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(3))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, bytes(content))
        read(path)
        whole = bytearray(path.read_bytes())
        for _ in range(chance.randrange(1, 8)):
            whole[chance.randrange(len(whole))] = chance.randrange(256)
        path.write_bytes(whole)
        read(path)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_a_text_of_ten_megabytes_in_a_cell_does_no_harm(tmp_path, suffix):
    row = {
        "služba": "s-1", "kde působí": "Horní Lhota " * 900_000, "ověřeno dne": "1. 11. 2026",
        "kdo ověřil": "úřad",
    }  # fmt: skip
    path = tmp_path / f"a.{suffix}"
    if suffix == "csv":
        as_csv(path, [row])
    else:
        write = as_ods if suffix == "ods" else as_xlsx
        write(path, {"Působnost": [row]})
    assert read(path) in {None, 1}


# --- Fates ----------------------------------------------------------------------------------------


class FakeStore:
    """Keeps own values in memory; a block left by an exception keeps nothing."""

    def __init__(self) -> None:
        self.values = {}

    @contextmanager
    def importing(self) -> Iterator["FakeStore"]:
        before = dict(self.values)
        try:
            yield self
        except BaseException:
            self.values = before
            raise

    def own_values(self):
        return tuple(self.values.values())

    def save_own(self, values, *, signed):
        assert signed is SIGNED
        self.values |= {(one.service, one.field): one for one in values}
        return {}


DAYS = st.integers(0, 5).map(lambda days: TODAY - timedelta(days=days))
ITEMS = {
    OwnField.VACANCY: st.builds(
        Vacancy,
        unit=st.sampled_from((CapacityUnit.BEDS, CapacityUnit.CLIENTS)),
        available=st.integers(0, 2),
        form=st.sampled_from((None, Form.FIELD)),
    ),
    OwnField.ACCEPTANCE: st.builds(
        AcceptanceRule, barrier=st.sampled_from("ABC"), stance=st.sampled_from(Stance)
    ),
    OwnField.NETWORK: st.builds(NetworkMembership, network=st.sampled_from(("a", "A", "b"))),
}


@st.composite
def own_sheets(draw):
    """Draw rows of verified values, some of them rejected."""
    rows = []
    for number in range(2, 2 + draw(st.integers(0, 8))):
        field = draw(st.sampled_from(sorted(ITEMS)))
        verified = None
        if draw(st.integers(0, 4)):
            verified = Verified(
                item=draw(ITEMS[field]), on=draw(DAYS), by=draw(st.sampled_from(VerifiedBy))
            )
        known = verified is not None or draw(st.booleans())
        rows.append(
            OwnRow(
                number=number,
                sheet=field.value,
                where="x",
                field=field,
                service=draw(st.sampled_from(("s-1", "s-2"))) if known else None,
                verified=verified,
                problems=() if verified else (Problem(field="x", value="", message="ne"),),
            )
        )
    return SheetEdition(help=None, rows=tuple(rows))


def counted(done) -> dict[RowFate, int]:
    return {fate: sum(one.get(fate, 0) for one in done.fates.values()) for fate in RowFate}


@settings(max_examples=300, deadline=None)
@given(first=own_sheets(), second=own_sheets())
def test_every_row_has_one_fate_and_the_same_sheet_again_changes_nothing(first, second):
    store = FakeStore()
    for edition in (first, second):
        before = dict(store.values)
        done = import_sheet(edition, store=store, today=TODAY, signed=SIGNED)
        fates = counted(done)
        assert sum(fates.values()) == len(edition.rows) + done.gone
        assert fates[RowFate.ENDED] == done.gone
        assert {one.row for one in done.rejections} <= {row.number for row in edition.rows}
        assert len({(one.row) for one in done.rejections}) == fates[RowFate.REJECTED]
        spoken = {(row.service, row.field) for row in edition.rows}
        assert all(store.values[key] == one for key, one in before.items() if key not in spoken)
        kept = dict(store.values)
        again = counted(import_sheet(edition, store=store, today=TODAY, signed=SIGNED))
        assert store.values == kept
        assert again[RowFate.ADDED] == again[RowFate.CHANGED] == again[RowFate.ENDED] == 0
