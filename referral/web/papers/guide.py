"""What papers say beyond the answer itself: grounds of § 92, roles, the agenda, tasks, deadlines.

All of it is data (``data/papers``) with a source beside each row; this module knows its shape only.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from referral.web.papers.tables import one, read_tables, rows


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
    law = read_tables(
        folder / "section92.toml",
        lambda it: (rows(it, "ground", Ground), one(it, "deadline", Deadline)),
    )
    roles = read_tables(folder / "roles.toml", lambda it: rows(it, "role", Role))
    meeting = read_tables(
        folder / "conference.toml",
        lambda it: (
            one(it, "timing", Timing),
            rows(it, "warning", Caution),
            rows(it, "agenda", Topic),
            rows(it, "task", Task),
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
