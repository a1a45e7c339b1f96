"""Mistakes in the files of patterns are told with their place and cure."""

from pathlib import Path

import pytest

from referral.catalog.remarks import read_acceptance
from referral.ingest.errors import IngestError
from referral.ingest.remarks_file import (
    CIRCUMSTANCES,
    STANCES,
    STATEMENTS,
    read_acceptance_patterns,
)

FILES = {
    CIRCUMSTANCES: (
        "barrier\talone\tpattern\n# poznámka\n\nPAS\taccepts\tautis*\n-\tnothing\tmask*\n"
    ),
    STATEMENTS: "barrier\tstance\tpattern\nIMOBIL\texcludes\tneni bezbarier*\n",
    STANCES: "stance\tpattern\nexcludes\tvyjma\nsilent\tblizk*\n",
}
BARRIERS = ("PAS", "IMOBIL")


def folder_with(tmp_path: Path, **changes: str | bytes | None) -> Path:
    changed = {f"{name}.tsv": content for name, content in changes.items()}
    for name, content in {**FILES, **changed}.items():
        if content is not None:
            raw = content.encode() if isinstance(content, str) else content
            (tmp_path / name).write_bytes(raw)
    return tmp_path


def test_patterns_are_read(tmp_path):
    patterns = read_acceptance_patterns(folder_with(tmp_path), barriers=BARRIERS)
    rules = read_acceptance("Vyjma autistů, dům není bezbariérový.", patterns=patterns).rules
    assert [(rule.barrier, rule.stance) for rule in rules] == [
        ("PAS", "excludes"),
        ("IMOBIL", "excludes"),
    ]


@pytest.mark.parametrize(
    ("changes", "place", "cure"),
    [
        ({"stances": None}, "stances.tsv", "Soubor chybí"),
        ({"stances": b"stance\tpattern\nexcludes\tp\xf8i\n"}, "stances.tsv", "UTF-8"),
        ({"stances": "stance;pattern\n"}, "stances.tsv, řádek 1", "Záhlaví má být"),
        ({"stances": "stance\tpattern\nexcludes\n"}, "řádek 2", "Čekáme 2 sloupce"),
        ({"stances": "stance\tpattern\nmaybe\tslovo\n"}, "sloupec stance", "Čekáme jedno z"),
        ({"stances": "stance\tpattern\nsilent\tSlovo\n"}, "sloupec pattern", "Vzor nejde přečíst"),
        (
            {"stances": "stance\tpattern\nsilent\tslovo\nsilent\tslovo\n"},
            "řádek 3",
            "Týž řádek už je na řádku 2",
        ),
        (
            {"circumstances": "barrier\talone\tpattern\nPES\tnothing\tpes\n"},
            "sloupec barrier, hodnota „PES“",
            "Takovou překážku slovník nemá",
        ),
        (
            {"circumstances": "barrier\talone\tpattern\nPAS\tmaybe\tpes\n"},
            "sloupec alone",
            "accepts, nothing",
        ),
        (
            {"statements": "barrier\tstance\tpattern\nPAS\tsilent\tpes\n"},
            "sloupec stance",
            "accepts, conditions, excludes",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_cure(tmp_path, changes, place, cure):
    folder = folder_with(tmp_path, **changes)
    with pytest.raises(IngestError) as caught:
        read_acceptance_patterns(folder, barriers=BARRIERS)
    told = str(caught.value).replace("\N{NO-BREAK SPACE}", " ")
    assert place in told
    assert cure in told
