"""Areas as they stand in a text, before it is decided which of the places of a name are meant."""

from dataclasses import dataclass, replace

from referral.catalog.areas import AreaKind
from referral.catalog.remarks.gazetteer import Named
from referral.catalog.remarks.reading import UnreadPiece


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One area named in a text; ``start`` and ``end`` are its words, counted in characters.

    ``town`` when the text calls it a town, ``office`` when it means the district of its authorised
    office (POÚ); ``parent`` what a part of a municipality belongs to;
    ``label`` is the name as typed where nothing known bears it. ``sure`` 0–1 and ``notes`` say what
    was assumed while reading.
    """

    kind: AreaKind
    named: Named
    start: int
    end: int
    km: float | None = None
    excluded: bool = False
    town: bool = False
    office: bool = False
    parent: Named | None = None
    label: str = ""
    sure: float = 1.0
    notes: tuple[str, ...] = ()

    def doubted(self, sure: float, note: str) -> "Mention":
        """Return the mention with one more assumption, made this surely."""
        return replace(self, sure=self.sure * sure, notes=(*self.notes, note))


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that stands in a text."""

    mentions: tuple[Mention, ...] = ()
    unread: tuple[UnreadPiece, ...] = ()
    notes: tuple[str, ...] = ()
