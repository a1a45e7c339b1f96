"""The history of imports as pages and documents show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from referral.catalog.changes import ChangedField
from referral.catalog.history import KeptChange, KeptRun
from referral.catalog.snapshot import Catalog
from referral.web.czech import NBSP, counted, day, number
from referral.web.presenters.changes import change_document, change_text
from referral.web.presenters.document import Json
from referral.web.translation import _

_MARKS: Final = {
    ChangedField.REGISTERED: "new",
    ChangedField.RENEWED: "new",
    ChangedField.ENDED: "end",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change; ``mark`` is new, end or empty, ``card`` the id of the service it is about."""

    day: str
    iso: str
    text: str
    source: str
    card: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """The changes that one import brought; ``number`` tells which of them."""

    number: int
    heading: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One import in a few words."""

    number: int
    title: str
    counts: str
    first: bool
    changes: int


def day_views(
    kept: Sequence[KeptChange], runs: Iterable[KeptRun], catalog: Catalog
) -> tuple[DayView, ...]:
    """Put changes under the imports that brought them, in the order in which they come."""
    known = {one.number: one for one in runs}
    grouped: dict[int, list[ChangeView]] = {}
    for one in kept:
        grouped.setdefault(one.key.run, []).append(change_view(one, catalog))
    return tuple(
        DayView(number=number, heading=_heading(known[number], catalog), changes=tuple(views))
        for number, views in grouped.items()
    )


def change_view(kept: KeptChange, catalog: Catalog, *, named: bool = True) -> ChangeView:
    """Tell one change; not ``named`` on the card of its service."""
    change = kept.change
    return ChangeView(
        day=day(change.on),
        iso=change.on.isoformat(),
        text=_capital(change_text(change, catalog, named=named)),
        source=_title(change.source, catalog),
        card=catalog.shown_id(change.service),
        mark=_MARKS.get(change.field, ""),
    )


def run_view(kept: KeptRun, catalog: Catalog) -> RunView:
    """Tell one import: what it read and what became of the rows."""
    run = kept.run
    fates = (
        (_("přibylo {n}"), run.added),
        (_("změněno {n}"), run.changed),
        (_("beze změny {n}"), run.unchanged),
        (_("skončilo {n}"), run.ended),
        (_("odmítnuto {n}"), run.rejected),
    )
    told = [text.format(n=number(count)) for text, count in fates if count]
    read = counted(run.in_file, "položka", "položky", "položek")
    return RunView(
        number=kept.number,
        title=_heading(kept, catalog),
        counts=_("{read} v{nbsp}souboru: {fates}.").format(
            read=read, nbsp=NBSP, fates=", ".join(told) or _("nic")
        ),
        first=kept.first,
        changes=run.added + run.changed + run.ended,
    )


def history_document(
    kept: Iterable[KeptChange], runs: Iterable[KeptRun], catalog: Catalog
) -> dict[str, Json]:
    """Return changes and imports as plain JSON values."""
    return {
        "changes": [change_document(one.change, catalog) | {"import": one.key.run} for one in kept],
        "imports": [run_document(one) for one in runs],
    }


def run_document(kept: KeptRun) -> dict[str, Json]:
    """Return one import as plain JSON values."""
    run = kept.run
    return {
        "number": kept.number,
        "source": run.source,
        "as_of": run.as_of.isoformat(),
        "on": run.on.isoformat(),
        "first": kept.first,
        "in_file": run.in_file,
        "added": run.added,
        "changed": run.changed,
        "unchanged": run.unchanged,
        "ended": run.ended,
        "rejected": run.rejected,
    }


def _heading(kept: KeptRun, catalog: Catalog) -> str:
    run = kept.run
    return _("{title}, stav k{nbsp}{as_of}, nahráno {on}").format(
        title=_title(run.source, catalog), nbsp=NBSP, as_of=day(run.as_of), on=day(run.on)
    )


def _title(source: str, catalog: Catalog) -> str:
    known = catalog.sources.get(source)
    return source if known is None else known.title


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
