"""Whatever has become of a register of any of its three shapes, the reader never breaks.

A file is read or refused with a sentence; a row is a service or is rejected with a reason; and
every row of an import has exactly one fate.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from referral.catalog.snapshot import Catalog
from referral.ingest.errors import IngestError
from referral.ingest.rpss.edition import rpss_edition
from referral.ingest.source_file import SourceFile
from referral.resources import data_dir
from referral.storage.engine import create_store_engine
from referral.storage.importing import SqlImportStore
from referral.storage.schema import migrate
from referral.usecases.import_services import import_services
from support.rpss_register import excerpt_item, item, portal_item

TODAY = date(2026, 11, 22)
SHAPES = {"polozky": item, "list": portal_item, "sluzby": excerpt_item}

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(
        [
            10**40, -1, 1e308, "", " ", "\ud800", "\x00", "Obec/554481", "2020-02-30", "ž" * 5000,
            "DruhSocialniSluzby/13", "9999-12-31", "0000-00-00", "../../etc", "=1+1", "<b>", "'",
        ]
    )
)  # fmt: skip
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value inside a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        yield (*path, key)
        if isinstance(one, dict | list):
            yield from places_in(one, (*path, key))


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        document = document[key]
    return document


@st.composite
def registers(draw: st.DrawFn) -> dict[str, Any]:
    """Return a register of one shape in which some things have been changed about."""
    root = draw(st.sampled_from(sorted(SHAPES)))
    rows: list[Any] = [SHAPES[root](number) for number in (1, 2, 3)]
    for _ in range(draw(st.integers(1, 6))):
        ways = list(places_in(rows))
        if not ways:
            break
        *way, key = draw(st.sampled_from(ways))
        holder = at(rows, tuple(way))
        match draw(st.sampled_from(["other", "gone", "swapped", "renamed", "twice", "deep"])):
            case "gone" if isinstance(holder, dict):
                del holder[key]
            case "swapped" if isinstance(holder, dict):
                other = draw(st.sampled_from(sorted(holder)))
                holder[key], holder[other] = holder[other], holder[key]
            case "renamed" if isinstance(holder, dict):
                holder[draw(st.text(max_size=8))] = holder.pop(key)
            case "twice" if isinstance(holder, list):
                holder.append(json.loads(json.dumps(holder[key])))
            case "deep":
                deep: Any = holder[key]
                for _ in range(draw(st.integers(1, 60))):
                    deep = [deep]
                holder[key] = deep
            case _:
                holder[key] = draw(JSON)
    rows += draw(st.lists(JSON, max_size=2))
    mixed = draw(st.sampled_from([root, root, *SHAPES]))
    return {"_zdroj": draw(LEAVES), mixed: rows}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="session")
def ready(folder: Path, embedded: Catalog) -> Iterator[SqlImportStore]:
    """A store with the shipped words and some places."""
    engine: Engine = create_store_engine(f"sqlite:///{folder / 'own.sqlite3'}")
    migrate(engine)
    store = SqlImportStore(engine)
    store.save_vocabulary(embedded.vocabulary)
    store.save_sources(embedded.sources.values())
    store.save_territory(
        [embedded.territory.municipality(code) for code in ("554481", "554961", "567027")], ()
    )
    yield store
    engine.dispose()


@pytest.fixture(scope="session")
def known(ready: SqlImportStore) -> Catalog:
    return ready.load()


def written(folder: Path, content: bytes) -> SourceFile:
    file = folder / "rpss.json"
    file.write_bytes(content)
    return SourceFile(path=file, as_of=TODAY, accept_large_change=True, dry_run=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(document=registers())
@example(document={"sluzby": [excerpt_item(1) | {"adresaKontaktni": {"obec": "ž" * 10_000_000}}]})
@example(document={"polozky": [item(1) | {"vekoveSkupiny": [{"id": "VekovaSkupinaOsoby/" * 9}]}]})
@example(document={"list": [portal_item(1) | {"poskytovatel": 10**400}]})
def test_every_row_of_a_mutated_register_is_read_or_rejected_and_has_one_fate(
    ready, known, folder, document
):
    rows = next(value for key, value in document.items() if key in SHAPES)
    order = written(folder, json.dumps(document).encode("utf-8", "surrogatepass"))
    edition = rpss_edition(order, data=data_dir(), catalog=known)
    for row in edition.read(TODAY):
        told = row.interpret()
        assert (told.service is None) == bool(told.problems)
        assert told.service is None or told.service.id == row.key
    done = import_services(edition, store=ready, today=TODAY)
    assert done.in_file == len(rows)
    assert done.in_file + done.gone == (
        done.added + done.changed + done.unchanged + done.ended + done.rejected
    )
    assert {one.row for one in done.rejections} <= set(range(1, len(rows) + 1))


@settings(max_examples=150)
@given(
    root=st.sampled_from(sorted(SHAPES)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1250", "utf-16", "utf-32", "latin2"]),
    cut=st.integers(0, 5000),
    noise=st.binary(max_size=8),
    whole=st.booleans(),
)
def test_a_damaged_file_in_any_encoding_is_read_or_refused_with_a_sentence(
    known, folder, root, encoding, cut, noise, whole
):
    document = {root: [SHAPES[root](1), SHAPES[root](2)]}
    text = json.dumps(document, ensure_ascii=False).encode(encoding, "replace")
    order = written(folder, text[:cut] + noise + (text[cut:] if whole else b""))
    edition = rpss_edition(order, data=data_dir(), catalog=known)
    with suppress(IngestError):
        for row in edition.read(TODAY):
            assert row.interpret() is not None


@pytest.mark.parametrize("root", sorted(SHAPES))
@pytest.mark.parametrize("depth", [50, 900, 5_000, 200_000])
def test_nesting_without_end_is_refused_or_the_row_is_read(known, folder, root, depth):
    text = '{"' + root + '": [' + "[" * depth + "]" * depth + "]}"
    edition = rpss_edition(written(folder, text.encode()), data=data_dir(), catalog=known)
    with suppress(IngestError):
        for row in edition.read(TODAY):
            assert row.interpret().problems
