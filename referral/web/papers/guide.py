"""What papers say beyond the answer itself: grounds of § 92, roles, the agenda, tasks, deadlines.

All of it is data (``data/papers``) with a source beside each row; this module knows its shape only.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TypeVar, get_type_hints

from referral.matching.errors import PolicyError

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Conditions, any of which is enough; codes are those of the vocabulary.

    Two narrow the others: ``unanswered`` to needs that no found service surely takes, and
    ``care_level_unknown`` to clients of whom nobody has told a degree of care.
    """

    always: bool = False
    needs: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    barriers: frozenset[str] = frozenset()
    discharge: bool = False
    eviction: bool = False
    eviction_within_days: int = 0
    planned: bool = False
    refused: bool = False
    refused_at_least: int = 0
    open_needs: bool = False
    unanswered: bool = False
    age_below: int = 0
    care_level_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One duty of the office: ``firm`` when the data name it, else the office is to consider it."""

    letter: str
    firm: bool
    task: str
    asks: str
    source: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """In how many days an answer is asked for, by how much it hurries."""

    now_days: int
    soon_days: int
    else_days: int
    before_due_days: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Which authority of the catalogue a role is: it answers a need and works in such an area."""

    need: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody to invite; ``of`` is "plan" or "refused" when services of the answer are meant."""

    id: str
    who: str
    why: str
    brings: str
    source: str
    when: When
    of: str = ""
    authority: Authority | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long before and how long a conference lasts; days and minutes."""

    lead_min_days: int
    lead_max_days: int
    proposals: int
    short_lead_days: int
    minutes: int
    invite_within_days: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One point of the agenda and who leads it."""

    minutes: int
    topic: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """What to mind before anybody is invited."""

    text: str
    source: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task that follows from what the client lacks, to be done in ``days``."""

    what: str
    owner: str
    days: int
    source: str
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """All of it, in the order of the files."""

    grounds: tuple[Ground, ...]
    deadline: Deadline
    roles: tuple[Role, ...]
    timing: Timing
    cautions: tuple[Caution, ...]
    agenda: tuple[Topic, ...]
    tasks: tuple[Task, ...]


@cache
def read_guide(folder: Path) -> Guide:
    """Read the three files of a folder.

    Raises:
        PolicyError: a file cannot be read or used; the message names it and what to mend.
    """
    law = _file(
        folder / "section92.toml",
        lambda it: (_rows(it, "ground", Ground), _one(it, "deadline", Deadline)),
    )
    roles = _file(folder / "roles.toml", lambda it: _rows(it, "role", Role))
    meeting = _file(
        folder / "conference.toml",
        lambda it: (
            _one(it, "timing", Timing),
            _rows(it, "warning", Caution),
            _rows(it, "agenda", Topic),
            _rows(it, "task", Task),
        ),
    )
    return Guide(
        grounds=law[0],
        deadline=law[1],
        roles=roles,
        timing=meeting[0],
        cautions=meeting[1],
        agenda=meeting[2],
        tasks=meeting[3],
    )


def _file(path: Path, read: Callable[[Mapping[str, object]], _T]) -> _T:
    try:
        return read(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: is not valid TOML in UTF-8: {error}") from error
    except PolicyError as error:
        raise PolicyError(f"{path}: {error}") from error


def _rows(document: Mapping[str, object], name: str, kind: type[_T]) -> tuple[_T, ...]:
    rows = document.get(name)
    if not isinstance(rows, list) or not rows:
        raise PolicyError(f"there is no [[{name}]]: add at least one")
    return tuple(_built(row, name, kind) for row in rows)


def _one(document: Mapping[str, object], name: str, kind: type[_T]) -> _T:
    return _built(document.get(name), name, kind)


def _built(row: object, name: str, kind: type[_T]) -> _T:
    """Build a value whose fields are the keys of a table, each of its own type."""
    if not isinstance(row, Mapping):
        raise PolicyError(f"{name} must be a table")
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]  # kinds are dataclasses
    if strange := sorted(set(row) - set(known)):
        raise PolicyError(f"{name}.{strange[0]} is unknown: use {', '.join(known)}")
    hints = get_type_hints(kind)
    values = {}
    for field, one in known.items():
        if field in row:
            values[field] = _value(row[field], f"{name}.{field}", hints[field])
        elif one.default is MISSING:
            raise PolicyError(f"a {name} lacks {field}: add it")
    return kind(**values)


def _value(value: object, name: str, hint: object) -> object:
    if hint is When:
        return _built(value, name, When)
    if hint == Authority | None:
        return _built(value, name, Authority)
    if hint == frozenset[str]:
        if isinstance(value, Sequence) and not isinstance(value, str):
            return frozenset(map(str, value))
        raise PolicyError(f"{name} must be a list of codes")
    if type(value) is not hint or value == "":
        word = {str: "a text", int: "a whole number", bool: "true or false"}
        raise PolicyError(f"{name} = {value!r} must be {word.get(hint, 'something else')}")  # type: ignore[call-overload]  # hints are types here
    return value.strip() if isinstance(value, str) else value
