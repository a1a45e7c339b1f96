"""Take the Index of social exclusion over from a table, all of it or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from referral.catalog.evidence import EvidenceStore, ExclusionValue
from referral.catalog.model import Source
from referral.catalog.ports import Fate
from referral.usecases.import_rows import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCell:
    """The index of a municipality (code) in a year."""

    municipality: str
    year: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """A row of the table: its number, what it says, or the problems for which it is rejected."""

    number: int
    cells: tuple[IndexCell, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexImported:
    """What became of the rows, each by its number; ``rejections`` say why some were rejected."""

    fates: dict[int, Fate]
    rejections: tuple[tuple[int, Problem], ...]
    years: tuple[int, ...]
    elsewhere: int


def import_index(
    rows: Iterable[IndexRow],
    *,
    store: EvidenceStore,
    source: Source,
    loaded: Iterable[str],
    dry_run: bool = False,
) -> IndexImported:
    """Save the values of sound rows; a municipality and year that stand twice are rejected.

    Values of municipalities that are not ``loaded`` (codes) are kept for the day they are, and
    counted as ``elsewhere``. A row with several years is as new as its newest value.

    Raises:
        StorageError: the database does not answer or refuses.
    """
    known = {(one.municipality, one.year): one for one in store.exclusion_values()}
    taken: dict[tuple[str, int], int] = {}
    fates: dict[int, Fate] = {}
    rejections: list[tuple[int, Problem]] = []
    values: list[ExclusionValue] = []
    for row in rows:
        twice = [cell for cell in row.cells if (cell.municipality, cell.year) in taken]
        problems = [
            *row.problems,
            *(
                Problem(
                    field="",
                    value=f"{cell.municipality}, {cell.year}",
                    message="Obec a rok už stojí na řádku "
                    f"{taken[cell.municipality, cell.year]}; ponechte jen jeden.",
                )
                for cell in twice
            ),
        ]
        if problems:
            rejections += [(row.number, one) for one in problems]
            continue
        own = []
        for cell in row.cells:
            taken[cell.municipality, cell.year] = row.number
            value = ExclusionValue(
                municipality=cell.municipality,
                year=cell.year,
                value=cell.value,
                source=source.id,
            )
            values.append(value)
            own.append(_fate(value, known.get((cell.municipality, cell.year))))
        fates[row.number] = next(fate for fate in _NEWEST_FIRST if fate in own)
    if values and not dry_run:
        store.save_exclusion(values, source=source)
    here = set(loaded)
    return IndexImported(
        fates=fates,
        rejections=tuple(rejections),
        years=tuple(sorted({year for _, year in taken})),
        elsewhere=sum(code not in here for code, _ in taken),
    )


_NEWEST_FIRST = (Fate.ADDED, Fate.CHANGED, Fate.UNCHANGED)


def _fate(value: ExclusionValue, known: ExclusionValue | None) -> Fate:
    if known is None:
        return Fate.ADDED
    return Fate.UNCHANGED if known == value else Fate.CHANGED
