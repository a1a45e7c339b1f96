"""What is being read: it grows mention by mention and can be taken back to an earlier state."""

from typing import NamedTuple

from referral.catalog.remarks.mentions import Findings, Mention
from referral.catalog.remarks.reading import UnreadPiece
from referral.catalog.remarks.view import View


class Mark(NamedTuple):
    """A state to come back to."""

    mentions: tuple[Mention, ...]
    unread: int
    notes: int
    group: tuple[int, ...]
    recent: tuple[int, ...]


class Draft:
    """Mentions so far.

    ``group`` are those of the present list, by their positions; ``recent`` those of the last list
    that named anything, for words like "od těchto měst".
    """

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self.unread: list[UnreadPiece] = []
        self.notes: list[str] = []
        self.group: list[int] = []
        self.recent: list[int] = []

    def mark(self) -> Mark:
        """Return the present state."""
        return Mark(
            tuple(self.mentions),
            len(self.unread),
            len(self.notes),
            tuple(self.group),
            tuple(self.recent),
        )

    def go_back(self, mark: Mark) -> None:
        """Forget what was read since."""
        self.mentions[:] = mark.mentions
        del self.unread[mark.unread :]
        del self.notes[mark.notes :]
        self.group[:] = mark.group
        self.recent[:] = mark.recent

    def has_grown(self, mark: Mark) -> bool:
        """Tell whether anything was read since."""
        return len(self.mentions) > len(mark.mentions) or len(self.unread) > mark.unread

    def start_group(self) -> None:
        """Begin a new list."""
        if self.group:
            self.recent[:] = self.group
        self.group.clear()

    def add(self, mention: Mention) -> None:
        """Add a mention to the present list."""
        self.group.append(len(self.mentions))
        self.mentions.append(mention)

    def put(self, position: int, mention: Mention) -> None:
        """Correct a mention by what stands after it."""
        self.mentions[position] = mention

    def leave(self, view: View, start: int, end: int, why: str) -> None:
        """Say that the words between two tokens could not be placed."""
        self.unread.append(
            UnreadPiece(
                text=" ".join(view.stretch(start, end).split()),
                start=view.tokens[start].start,
                end=view.tokens[end - 1].end,
                why=why,
            )
        )

    def findings(self) -> Findings:
        """Return what was read."""
        return Findings(
            mentions=tuple(self.mentions),
            unread=tuple(self.unread),
            notes=tuple(dict.fromkeys(self.notes)),
        )
