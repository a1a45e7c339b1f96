"""What was read in a remark: areas with the words they come from, and what could not be placed."""

from dataclasses import dataclass

from referral.catalog.areas import UNKNOWN_COVERAGE, Coverage, ServiceArea


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArea:
    """One area and why it was read: ``text`` are the words from ``start`` to ``end``.

    ``sure`` is 0–1; ``note`` says in Czech what was assumed, empty when nothing was.
    """

    area: ServiceArea
    text: str
    start: int
    end: int
    sure: float = 1.0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPiece:
    """Words that sound like a place or a territory and could not be placed; ``why`` in Czech."""

    text: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReading:
    """Where a provider says that it works, to be confirmed or corrected by a person.

    Places in the text are counted in ``text``, which is the remark as it was read (Unicode NFC).
    ``municipalities`` are codes that are surely meant, ``possible`` those of which it cannot be
    told, both in the order of codes; ``exceptions`` are already taken out of them. ``everywhere``
    stands for the whole country: then ``municipalities`` are all that are loaded, save exceptions.
    ``confidence`` is 0 when no area was read.
    """

    text: str
    areas: tuple[ReadArea, ...] = ()
    exceptions: tuple[ReadArea, ...] = ()
    municipalities: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    everywhere: bool = False
    confidence: float = 0.0
    unread: tuple[UnreadPiece, ...] = ()
    notes: tuple[str, ...] = ()
    coverage: Coverage = UNKNOWN_COVERAGE
