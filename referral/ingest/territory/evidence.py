"""What the files say, gathered: each row's record, each rejection, each fact with who said it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from referral.catalog.districts import Tier
from referral.catalog.territory import MunicipalityPart
from referral.geo import Point
from referral.ingest.report import Rejection
from referral.ingest.territory.cells import CellError, shown
from referral.usecases.found_territory import (
    Ages,
    FoundBoundary,
    FoundCode,
    Given,
    Subject,
    What,
)

_PRAGUE: Final = {"Hlavní město Praha", "území Hlavního města Prahy", "Hlavní město Praha (ORP)"}


@dataclass(slots=True, kw_only=True)
class FileRows:
    """The rows of one file: which record each is about, which were refused, which have ended."""

    file: str
    content: str
    about: list[tuple[int, Subject]] = field(default_factory=list)
    ended: int = 0
    rejected: int = 0
    rejections: list[Rejection] = field(default_factory=list)

    def refuse(self, row: int, *, column: str, value: object, message: str) -> None:
        """Take note of a row that is not taken over, and why."""
        self.rejected += 1
        self.rejections.append(
            Rejection(row=row, field=column, value=shown(value), message=message)
        )

    @contextmanager
    def row(self, number: int) -> Iterator[None]:
        """Read one row; a wrong cell in it becomes its rejection."""
        try:
            yield
        except CellError as error:
            self.refuse(number, column=error.field, value=error.value, message=error.message)

    def took(self, number: int, what: What, key: str) -> None:
        """Take note that a row says something about a record."""
        self.about.append((number, Subject(what, key)))


@dataclass(slots=True, kw_only=True)
class DistrictFacts:
    """What is said about one administrative district; names are counted, for they may differ."""

    names: Counter[str] = field(default_factory=Counter)
    other_code: str = ""
    parent: str = ""


@dataclass(slots=True, kw_only=True)
class MunicipalityFacts:
    """What is said about one municipality, by whom."""

    names: dict[Given, str] = field(default_factory=dict)
    districts: dict[Given, str] = field(default_factory=dict)
    district_names: dict[Given, str] = field(default_factory=dict)
    regions: dict[Given, str] = field(default_factory=dict)
    orps: dict[Given, str] = field(default_factory=dict)
    pou: str = ""
    pou_name: str = ""
    points: dict[Given, Point] = field(default_factory=dict)
    inside: Point | None = None
    ages: dict[Given, Ages] = field(default_factory=dict)
    given: set[Given] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class Evidence:
    """All that the files of one import say."""

    files: list[FileRows] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    municipalities: defaultdict[str, MunicipalityFacts] = field(
        default_factory=lambda: defaultdict(MunicipalityFacts)
    )
    districts: dict[tuple[Tier, str], DistrictFacts] = field(default_factory=dict)
    cisorp: dict[str, str] = field(default_factory=dict)
    parts: dict[str, MunicipalityPart] = field(default_factory=dict)
    boundaries: dict[str, FoundBoundary] = field(default_factory=dict)
    codes: dict[str, FoundCode] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    orp_of_pou: dict[str, str] = field(default_factory=dict)
    days: list[date] = field(default_factory=list)

    def rows_of(self, file: str, content: str) -> FileRows:
        """Open the account of one file."""
        rows = FileRows(file=file, content=content)
        self.files.append(rows)
        return rows

    def facts(self, code: str, given: Given) -> MunicipalityFacts:
        """Return the facts of a municipality, to which a kind of file has something to add."""
        facts = self.municipalities[code]
        facts.given.add(given)
        return facts

    def district(
        self, tier: Tier, code: str, *, name: str = "", other_code: str = "", parent: str = ""
    ) -> str:
        """Add to what is known of a district; return its key."""
        facts = self.districts.setdefault((tier, code), DistrictFacts())
        if name:
            facts.names[plain_name(tier, name)] += 1
        facts.other_code = other_code or facts.other_code
        facts.parent = parent or facts.parent
        return f"{tier}/{code}"

    def name_of(self, tier: Tier, code: str) -> str:
        """Return the name of a district that most rows give, empty when none does."""
        facts = self.districts.get((tier, code))
        return facts.names.most_common(1)[0][0] if facts and facts.names else ""


def plain_name(tier: Tier, name: str) -> str:
    """Call the district and the ORP of the capital as its municipality: Praha."""
    return "Praha" if tier is not Tier.REGION and name in _PRAGUE else name
