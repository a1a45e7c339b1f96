"""A row of a source of services on its way in, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass

from referral.catalog.model import Service


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with a field of a row; ``message`` is one Czech sentence."""

    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreted:
    """What a row means: a service, or the problems for which it is rejected.

    ``notes`` are what stays unknown although the row is taken over. ``silent`` names fields of the
    service that this source does not speak of at all: what is stored of them stays.
    """

    service: Service | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A row of the file that is sound but not for this catalogue; ``message`` is why, in Czech.

    ``field`` and ``value`` say by what it was told; rows are counted by them, not one by one.
    """

    number: int
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A row as it comes: read and named, but not yet interpreted.

    ``key`` is the id of its service, None when it cannot be told, and ``key_field`` the field of
    the source that it comes from. Rows with the same fingerprint mean the same, so the second is
    not interpreted again. ``odd`` marks a row that lacks what
    every row of this source has: many of them mean that the source has changed its shape. A
    ``partial`` row comes from an answer to a question, not from the whole source: what is absent
    beside it has not ended.
    """

    number: int
    key: str | None
    key_field: str
    fingerprint: str
    interpret: Callable[[], Interpreted]
    odd: bool = False
    partial: bool = False
