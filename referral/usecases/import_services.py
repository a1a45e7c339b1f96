"""Bring a new state of a source of services into the catalogue: all of it, or nothing.

Every row meets one fate. ``ended`` are the services whose registration has ended since the last
state, and those of this source that are not in the file any more; the latter are not rows of the
file, so they are counted as read beside them.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from referral.catalog.changes import (
    GONE,
    Change,
    ChangedField,
    changes_between,
    keep_points,
    keep_silent,
)
from referral.catalog.importing import ImportRun, ImportStore, ImportWriter
from referral.catalog.model import Service, Source
from referral.usecases.import_rows import Incoming, Interpreted, Outside, Problem

MOST_ENDED: Final = 0.05
MOST_ODD: Final = 0.05
FEWEST_GUARDED: Final = 20
"""From how many services on a share of them tells anything: one of a list of three is a third."""

_AT_ONCE: Final = 500
"""Rows that are held in memory together; one query reads what is stored of them."""


class LargeChangeError(ValueError):
    """A file would change more than files usually do; the Czech message says what and how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of a source.

    The digest of its file tells whether it is the one imported last. ``read`` gives the rows, as
    they stand on the day of the edition, some of them perhaps outside the catalogue.
    """

    source: Source
    digest: str
    read: Callable[[date], Iterable[Incoming | Outside]]
    accept_large_change: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong with a field of the row of this number."""

    row: int
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A value that stays unknown, or outside: in how many rows, and the first of them."""

    field: str
    value: str
    message: str
    rows: int
    first_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesImported:
    """How an import went.

    Of the ``in_file`` rows of the file all but those ``outside`` the catalogue have a fate, and so
    have the services that are ``gone``. ``outside`` counts rows by what told them, as ``unknown``
    does.
    """

    in_file: int
    gone: int
    added: int
    changed: int
    unchanged: int
    ended: int
    rejected: int
    rejections: tuple[RowProblem, ...]
    unknown: tuple[Unknown, ...]
    outside: tuple[Unknown, ...]
    changes: tuple[Change, ...]


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What has been found so far."""

    rows: int = 0
    odd: int = 0
    partial: bool = False
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    rejected: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    rejections: list[RowProblem] = field(default_factory=list)
    unknown: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    outside: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def count(self, row: Incoming) -> None:
        self.rows += 1
        self.odd += row.odd
        self.partial = self.partial or row.partial

    def judge(self, before: Service | None, after: Service, *, on: date, detail: str = "") -> None:
        """Give a service its fate and keep its changes."""
        changes = changes_between(before, after, on=on, detail=detail)
        self.changes += changes
        if before is None:
            self.added += 1
        elif any(one.field is ChangedField.ENDED for one in changes):
            self.ended += 1
        elif changes:
            self.changed += 1
        else:
            self.unchanged += 1

    def told(self, *, gone: int) -> ServicesImported:
        return ServicesImported(
            in_file=self.rows + sum(rows for rows, _ in self.outside.values()),
            gone=gone,
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
            ended=self.ended,
            rejected=self.rejected,
            rejections=tuple(self.rejections),
            unknown=_counted(self.unknown),
            outside=_counted(self.outside),
            changes=tuple(self.changes),
        )

    def reject(self, row: Incoming, problems: Iterable[Problem]) -> None:
        self.rejected += 1
        for one in problems:
            self.rejections.append(
                RowProblem(row=row.number, field=one.field, value=one.value, message=one.message)
            )

    def note(self, row: Incoming, notes: Iterable[Problem]) -> None:
        for key in dict.fromkeys((one.field, one.value, one.message) for one in notes):
            rows, first = self.unknown.get(key, (0, row.number))
            self.unknown[key] = (rows + 1, first)

    def leave(self, row: Outside) -> None:
        key = (row.field, row.value, row.message)
        rows, first = self.outside.get(key, (0, row.number))
        self.outside[key] = (rows + 1, first)


def _counted(found: Mapping[tuple[str, str, str], tuple[int, int]]) -> tuple[Unknown, ...]:
    return tuple(
        Unknown(field=field, value=value, message=message, rows=rows, first_row=first)
        for (field, value, message), (rows, first) in found.items()
    )


class _DryRunError(Exception):
    """Leaves the transaction of a dry run, so that nothing of it takes effect."""


def import_services(edition: Edition, *, store: ImportStore, today: date) -> ServicesImported:
    """Import the rows of one edition of a source in one transaction.

    What an earlier import read out of an equal row is not read again. Services that are not in
    the file end on the day before the edition, unless the file is only an answer to a question. A
    file that is the same as the last one keeps the day of that one. With ``dry_run`` nothing is
    kept.

    Raises:
        LargeChangeError: more than 5 % of the running services would end, or more than 5 % of the
            rows lack what every row has, and the edition does not say that this is all right.
        StorageError: the database does not answer or refuses.
    """
    done: list[ServicesImported] = []
    with suppress(_DryRunError), store.importing() as writer:
        done.append(import_edition(edition, writer=writer, today=today))
        if edition.dry_run:
            raise _DryRunError
    return done[0]


def import_edition(edition: Edition, *, writer: ImportWriter, today: date) -> ServicesImported:
    """Import the rows of one edition in a transaction that others share; its end is theirs.

    Raises:
        LargeChangeError: as for ``import_services``.
    """
    return _Import(edition, writer).run(today)


class _Import:
    """One import on its way."""

    def __init__(self, edition: Edition, writer: ImportWriter) -> None:
        self._edition = edition
        self._writer = writer
        last = writer.last_import(edition.source.id)
        self._same_file = last is not None and last.digest == edition.digest
        as_of = last.as_of if last is not None and self._same_file else edition.source.as_of
        self._source = replace(edition.source, as_of=as_of)
        self._known = writer.fingerprints(edition.source.id)
        self._tally = _Tally()

    def run(self, today: date) -> ServicesImported:
        source, tally = self._source, self._tally
        running = self._writer.running(source.id, on=source.as_of)
        if not self._same_file:
            self._writer.save_sources([source])
        rows = iter(self._edition.read(source.as_of))
        while some := list(islice(rows, _AT_ONCE)):
            self._take(some)
        gone = [] if tally.partial else sorted(running - tally.seen.keys())
        ending = tally.ended + len(gone)
        if not self._edition.accept_large_change:
            _guard(tally, running=len(running), ending=ending)
        self._end(gone)
        self._writer.record(
            ImportRun(
                source=source.id,
                digest=self._edition.digest,
                as_of=source.as_of,
                on=today,
                in_file=tally.rows,
                added=tally.added,
                changed=tally.changed,
                unchanged=tally.unchanged,
                ended=tally.ended,
                rejected=tally.rejected,
            ),
            tally.changes,
        )
        return tally.told(gone=len(gone))

    def _take(self, rows: list[Incoming | Outside]) -> None:
        fresh: list[Incoming] = []
        same: list[str] = []
        for row in rows:
            if isinstance(row, Outside):
                self._tally.leave(row)
                continue
            self._tally.count(row)
            if row.key is None:
                self._tally.reject(row, row.interpret().problems)
            elif row.key in self._tally.seen:
                self._tally.reject(row, [_twice(row, self._tally.seen[row.key])])
            else:
                self._tally.seen[row.key] = row.number
                if self._known.get(row.key) == row.fingerprint:
                    same.append(row.key)
                else:
                    fresh.append(row)
        self._tally.unchanged += len(same)
        if not self._same_file:
            self._writer.refresh(same, as_of=self._source.as_of)
        self._save(fresh)

    def _save(self, rows: list[Incoming]) -> None:
        stored = self._writer.stored(row.key for row in rows if row.key is not None)
        to_save: list[Service] = []
        prints: dict[str, str] = {}
        newly_secret: list[str] = []
        for row in rows:
            told = row.interpret()
            self._tally.note(row, told.notes)
            if told.service is None:
                self._tally.reject(row, told.problems)
                continue
            before = stored.get(told.service.id)
            after = _merged(told, told.service, before)
            self._tally.judge(before, after, on=self._source.as_of)
            prints[after.id] = row.fingerprint
            if before != after:
                to_save.append(after)
            if after.secret and before is not None and not before.secret:
                newly_secret.append(after.id)
        self._writer.save_services(to_save)
        self._writer.keep_fingerprints(self._source.id, prints)
        self._writer.forget_whereabouts(newly_secret)

    def _end(self, gone: list[str]) -> None:
        """End services that are not in the file; they stay in the catalogue with their history."""
        last_day = self._source.as_of - timedelta(days=1)
        stored = self._writer.stored(gone)
        ended = [replace(stored[name], valid_to=last_day) for name in gone]
        for service in ended:
            before = stored[service.id]
            self._tally.judge(before, service, on=self._source.as_of, detail=GONE)
        self._writer.save_services(ended)
        self._writer.drop_fingerprints(gone)


def _merged(told: Interpreted, service: Service, before: Service | None) -> Service:
    if before is None:
        return service
    return keep_points(keep_silent(service, before, told.silent), before)


def _twice(row: Incoming, first: int) -> Problem:
    message = f"Táž služba je v souboru už na místě {first}; platí první výskyt."
    return Problem(field=row.key_field, value=row.key or "", message=message)


def _guard(tally: _Tally, *, running: int, ending: int) -> None:
    if tally.odd > MOST_ODD * tally.rows:
        message = (
            f"V {tally.odd} z {tally.rows} položek souboru chybí údaje, které má mít každá; "
            "zdroj asi změnil podobu. Nic se nezměnilo. Zkontrolujte soubor; je-li v pořádku, "
            "přidejte --accept-large-change."
        )
        raise LargeChangeError(message)
    if running >= FEWEST_GUARDED and ending > MOST_ENDED * running:
        message = (
            f"Soubor by ukončil {ending} z {running} služeb tohoto zdroje, tedy víc než 5 %. "
            "Nic se nezměnilo. Zkontrolujte, že je soubor celý; je-li v pořádku, přidejte "
            "--accept-large-change."
        )
        raise LargeChangeError(message)
