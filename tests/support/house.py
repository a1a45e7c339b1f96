"""The files of this house, as its own tests read them."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file under version control, or every file at hand where there is no git."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z"],  # noqa: S607 - found on PATH, as in a shell
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if not _hidden(path)]
    return tuple(path for path in files if path.is_file())


def _hidden(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return "__pycache__" in parts or parts[0] in {".venv", "var", "out", "build", "dist"}


def under(folder: str, *, suffix: str = "") -> list[Path]:
    """Return the tracked files of a folder, in order."""
    base = ROOT / folder
    return sorted(
        path for path in tracked() if path.is_relative_to(base) and path.name.endswith(suffix)
    )


def shown(path: Path) -> str:
    """Return the path as a person would write it, from the top of the checkout."""
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    """Return a text file's content; a binary file counts as empty."""
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8")


@cache
def pyproject() -> dict[str, dict]:
    """Return pyproject.toml."""
    return tomllib.loads(text_of(ROOT / "pyproject.toml"))


def locked(name: str) -> dict[str, set[str]]:
    """Return the versions that a lock pins, by package (several where markers differ)."""
    versions: dict[str, set[str]] = {}
    pin = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
    for package, version in pin.findall(text_of(ROOT / "requirements" / f"{name}.txt")):
        versions.setdefault(package, set()).add(version)
    return versions


def matches(pattern: str, paths: list[Path]) -> Iterator[str]:
    """Yield "file:line: text" for every line that the pattern finds."""
    wanted = re.compile(pattern)
    for path in paths:
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            if wanted.search(line):
                yield f"{shown(path)}:{number}: {line.strip()}"
