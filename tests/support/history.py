"""A history of imports held in memory, as a stand-in for the one in a database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from referral.catalog.changes import Change, ChangedField
from referral.catalog.history import EVERYTHING, ChangeKey, KeptChange, KeptRun, Wanted
from referral.catalog.importing import ImportRun
from referral.catalog.own_fields import OwnValue
from support.build import AS_OF, SOURCE, TODAY


@dataclass
class HeldHistory:
    """Implements ``referral.catalog.history.HistoryStore`` over lists."""

    runs: list[tuple[ImportRun, list[Change]]] = field(default_factory=list)
    own: list[OwnValue] = field(default_factory=list)

    def history(
        self,
        wanted: Wanted = EVERYTHING,
        *,
        after: ChangeKey | None = None,
        limit: int | None = None,
    ) -> tuple[KeptChange, ...]:
        """Return changes, those of the latest import first."""
        kept = [
            KeptChange(key=ChangeKey(run=number, position=position), change=change)
            for number, (_, changes) in reversed(list(enumerate(self.runs, start=1)))
            for position, change in enumerate(changes)
        ]
        found = [
            one
            for one in kept
            if (wanted.since is None or one.change.on >= wanted.since)
            and wanted.source in {"", one.change.source}
            and (not wanted.fields or one.change.field in wanted.fields)
            and (wanted.services is None or one.change.service in wanted.services)
            and wanted.run in {None, one.key.run}
            and (after is None or (-one.key.run, one.key.position) > (-after.run, after.position))
        ]
        return tuple(found[:limit])

    def imports(self) -> tuple[KeptRun, ...]:
        """Return all imports, the latest first."""
        seen: set[str] = set()
        found = []
        for number, (run, _) in enumerate(self.runs, start=1):
            found.append(KeptRun(number=number, run=run, first=run.source not in seen))
            seen.add(run.source)
        return tuple(reversed(found))

    def own_values_of(self, services: Iterable[str]) -> tuple[OwnValue, ...]:
        """Return our own values of some services."""
        wanted = set(services)
        return tuple(
            sorted((one for one in self.own if one.service in wanted), key=lambda one: one.service)
        )


def a_run(
    source: str = SOURCE, *, as_of: date = AS_OF, on: date = TODAY, **counts: int
) -> ImportRun:
    """Build a finished import; what is not counted is none."""
    fates = dict.fromkeys(("in_file", "added", "changed", "unchanged", "ended", "rejected"), 0)
    return ImportRun(source=source, digest="d", as_of=as_of, on=on, **(fates | counts))


def a_change(
    service: str,
    what: ChangedField = ChangedField.REGISTERED,
    before: str | None = None,
    after: str | None = None,
    *,
    on: date = AS_OF,
    source: str = SOURCE,
    detail: str = "",
) -> Change:
    """Build a change; without more a service that has appeared."""
    return Change(
        service=service, field=what, before=before, after=after, on=on, source=source, detail=detail
    )
