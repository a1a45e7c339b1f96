"""What became of every row of a source that was read in."""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One mistake for which a row was not taken over; ``message`` is a Czech sentence."""

    row: int
    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The fate of the rows of one import; every row read has exactly one fate.

    A rejected row has at least one rejection and may have several.

    Raises:
        ValueError: the counts do not add up, or rejected rows and rejections contradict.
    """

    kind: str
    read: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    rejected: int = 0
    rejections: tuple[Rejection, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a report that loses or invents rows."""
        fates = (self.added, self.changed, self.unchanged, self.ended, self.rejected)
        if min(fates) < 0:
            message = f"{self.kind}: a row cannot have a negative fate: {fates}"
            raise ValueError(message)
        if self.read != sum(fates):
            message = f"{self.kind}: {self.read} rows were read but {sum(fates)} have a fate"
            raise ValueError(message)
        if self.rejected > len(self.rejections) or (self.rejections and not self.rejected):
            message = (
                f"{self.kind}: {self.rejected} rejected rows do not agree with "
                f"{len(self.rejections)} rejections"
            )
            raise ValueError(message)

    def document(self) -> dict[str, Any]:
        """Return the report in the shape of the contract, ready for JSON."""
        shape = asdict(self)
        shape["rejections"] = list(shape["rejections"])
        return shape

    def to_json(self) -> str:
        """Return the report as one readable JSON document."""
        return json.dumps(self.document(), ensure_ascii=False, indent=2)
