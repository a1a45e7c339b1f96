"""Bring our own spreadsheet in: help beside the register and verified values, all or nothing.

Help goes the way of every other source of services. Verified values of one service and field make
one value together: what the sheet no longer says of a field that it speaks of has ended, and a
field that it does not speak of stays. A value of an older day never replaces a newer one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from referral.catalog.areas import Coverage
from referral.catalog.editing import Signature
from referral.catalog.importing import ImportStore, ImportWriter
from referral.catalog.model import AcceptanceRule
from referral.catalog.own_fields import (
    NetworkMembership,
    OwnCapacity,
    OwnField,
    OwnValue,
    Vacancy,
    VerifiedBy,
)
from referral.usecases.import_rows import Problem
from referral.usecases.import_services import (
    Edition,
    RowProblem,
    ServicesImported,
    Unknown,
    import_edition,
)

OwnItem = Coverage | Vacancy | OwnCapacity | AcceptanceRule | NetworkMembership


class RowFate(StrEnum):
    """What becomes of a row, or of a stored item that has no row any more."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    ENDED = "ended"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a row says: one item of a field, and who verified it when."""

    item: OwnItem
    on: date
    by: VerifiedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """A row of verified values; ``verified`` None has problems for which it is rejected.

    ``service`` is the id of a known service, None when it cannot be told which one is meant, and
    ``where`` the field of the report that stands for the row as a whole.
    """

    number: int
    sheet: str
    where: str
    field: OwnField
    service: str | None
    verified: Verified | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEdition:
    """The whole spreadsheet; ``help`` None: it holds no sheet of help, so no help ends."""

    help: Edition | None
    rows: tuple[OwnRow, ...]
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetImported:
    """How an import went: that of the help, and the fates of verified values by sheet.

    ``gone`` items of values were stored and are no longer said; they are counted as ended.
    """

    help: ServicesImported | None
    fates: Mapping[str, Mapping[RowFate, int]]
    gone: int
    rejections: tuple[RowProblem, ...]
    unknown: tuple[Unknown, ...]


class _DryRunError(Exception):
    """Leaves the transaction of a dry run, so that nothing of it takes effect."""


def import_sheet(
    edition: SheetEdition, *, store: ImportStore, today: date, signed: Signature
) -> SheetImported:
    """Import a spreadsheet in one transaction; its verified values are logged as edits.

    Raises:
        LargeChangeError: more than 5 % of the source's help would end.
        StorageError: the database does not answer or refuses.
    """
    done: list[SheetImported] = []
    with suppress(_DryRunError), store.importing() as writer:
        helped = (
            None
            if edition.help is None
            else import_edition(edition.help, writer=writer, today=today)
        )
        own = _OwnImport(writer, signed)
        own.run(edition.rows)
        done.append(own.told(helped))
        if edition.dry_run:
            raise _DryRunError
    return done[0]


_Key = tuple[str, OwnField]


class _OwnImport:
    """Verified values on their way in."""

    def __init__(self, writer: ImportWriter, signed: Signature) -> None:
        self._writer = writer
        self._signed = signed
        self._stored = {(one.service, one.field): one for one in writer.own_values()}
        self._fates: dict[str, Counter[RowFate]] = {}
        self._gone = 0
        self._rejections: list[RowProblem] = []
        self._unknown: dict[tuple[str, str, str], tuple[int, int]] = {}

    def run(self, rows: Iterable[OwnRow]) -> None:
        """Give every row its fate and save what has changed."""
        groups: dict[_Key, _Group] = {}
        for row in rows:
            self._fates.setdefault(row.sheet, Counter())
            for note in row.notes:
                told = (note.field, note.value, note.message)
                count, first = self._unknown.get(told, (0, row.number))
                self._unknown[told] = (count + 1, first)
            group = (
                _Group()
                if row.service is None
                else groups.setdefault((row.service, row.field), _Group())
            )
            if row.verified is None:
                group.partly = True
                self._reject(row, row.problems)
            elif (key := _item_key(row.verified.item)) in group.rows:
                first = group.rows[key].number
                message = f"Totéž už říká řádek {first}; platí první výskyt."
                self._reject(row, [Problem(field=row.where, value="", message=message)])
            else:
                group.rows[key] = row
        self._writer.save_own(
            [
                value
                for key, group in groups.items()
                if group.rows and (value := self._judge(key, group)) is not None
            ],
            signed=self._signed,
        )

    def _judge(self, key: _Key, group: "_Group") -> OwnValue | None:
        """Give the rows on one field their fates; return the new value, None when it stays."""
        before = self._stored.get(key)
        value = _value(key, group, before)
        if before is not None and _contents(before) == _contents(value):
            if value.verified_on < before.verified_on or value == before:
                self._count(group, RowFate.UNCHANGED)
                return None
        elif before is not None and group.newest < before.verified_on:
            told = before.verified_on
            message = (
                f"V katalogu je jiný údaj ověřený později ({told.day}. {told.month}. {told.year}); "
                "ověřte znovu a napište nový den."
            )
            for row in group.rows.values():
                self._reject(row, [Problem(field=row.where, value="", message=message)])
            return None
        self._compare(group, before, value)
        return value

    def _compare(self, group: "_Group", before: OwnValue | None, value: OwnValue) -> None:
        old = {} if before is None else {_item_key(one): one for one in _items(before)}
        same_day = before is not None and (before.verified_on, before.verified_by) == (
            value.verified_on,
            value.verified_by,
        )
        for key, row in group.rows.items():
            fate = RowFate.CHANGED
            if key not in old:
                fate = RowFate.ADDED
            elif same_day and row.verified is not None and old[key] == row.verified.item:
                fate = RowFate.UNCHANGED
            self._fates[row.sheet][fate] += 1
        ended = old.keys() - {_item_key(one) for one in _items(value)}
        sheet = next(iter(group.rows.values())).sheet
        self._fates[sheet][RowFate.ENDED] += len(ended)
        self._gone += len(ended)

    def _count(self, group: "_Group", fate: RowFate) -> None:
        for row in group.rows.values():
            self._fates[row.sheet][fate] += 1

    def _reject(self, row: OwnRow, problems: Iterable[Problem]) -> None:
        self._fates[row.sheet][RowFate.REJECTED] += 1
        for one in problems:
            self._rejections.append(
                RowProblem(row=row.number, field=one.field, value=one.value, message=one.message)
            )

    def told(self, helped: ServicesImported | None) -> SheetImported:
        """Return how it went."""
        return SheetImported(
            help=helped,
            fates=self._fates,
            gone=self._gone,
            rejections=tuple(self._rejections),
            unknown=tuple(
                Unknown(field=field, value=value, message=message, rows=rows, first_row=first)
                for (field, value, message), (rows, first) in self._unknown.items()
            ),
        )


@dataclass(slots=True)
class _Group:
    """The good rows on one field of one service; ``partly`` when another one was rejected."""

    rows: dict[object, OwnRow] = field(default_factory=dict)
    partly: bool = False

    @property
    def verified(self) -> list[Verified]:
        return [row.verified for row in self.rows.values() if row.verified is not None]

    @property
    def newest(self) -> date:
        return max(one.on for one in self.verified)


def _value(key: _Key, group: _Group, before: OwnValue | None) -> OwnValue:
    """Return the value of the rows on one field; it is as old as the oldest of them.

    A rejected row may have been about anything stored, so beside one nothing stored ends.
    """
    service, own_field = key
    verified = group.verified
    oldest = min(verified, key=lambda one: one.on)
    items = [one.item for one in verified]
    on, by = oldest.on, oldest.by
    if group.partly and before is not None:
        kept = [one for one in _items(before) if _item_key(one) not in group.rows]
        items += kept
        if kept and before.verified_on < on:
            on, by = before.verified_on, before.verified_by
    return OwnValue(
        service=service,
        field=own_field,
        verified_on=on,
        verified_by=by,
        coverage=next((one for one in items if isinstance(one, Coverage)), None),
        vacancies=tuple(one for one in items if isinstance(one, Vacancy)),
        capacities=tuple(one for one in items if isinstance(one, OwnCapacity)),
        rules=tuple(one for one in items if isinstance(one, AcceptanceRule)),
        networks=tuple(one for one in items if isinstance(one, NetworkMembership)),
    )


def _item_key(item: OwnItem) -> object:
    """Return what tells items of one field apart."""
    match item:
        case Vacancy() | OwnCapacity():
            return (item.form, item.unit)
        case AcceptanceRule():
            return item.barrier
        case NetworkMembership():
            return item.network.casefold()
    return None


def _items(value: OwnValue) -> list[OwnItem]:
    coverage = [] if value.coverage is None else [value.coverage]
    return [*coverage, *value.vacancies, *value.capacities, *value.rules, *value.networks]


def _contents(value: OwnValue) -> dict[object, OwnItem]:
    """Return what a value says, whatever its day and order."""
    return {
        _item_key(one): replace(one, verified_on=None) if isinstance(one, AcceptanceRule) else one
        for one in _items(value)
    }
