"""One row for each municipality, one column for each rule: a whole country on one sheet."""

from collections import Counter
from collections.abc import Iterable, Sequence

from referral.catalog.snapshot import Catalog
from referral.network.gaps import GapReport, GapStatus
from referral.web.gaps_document import results_by_place
from referral.web.gaps_sentences import STATUSES
from referral.web.translation import _
from referral.web.workbook import PEOPLE, Cell, Column

_PLACE = (
    Column(heading=_("Kód obce"), width=10),
    Column(heading=_("Obec"), width=26),
    Column(heading=_("ORP"), width=20),
    Column(heading=_("Okres"), width=18),
    Column(heading=_("Kraj"), width=18),
    Column(heading=_("Obyvatel"), width=11, number=PEOPLE),
    Column(heading=_("Pravidel s mezerou"), width=11),
)


def overview_columns(report: GapReport) -> Sequence[Column]:
    """Return the columns: the municipality, its number of gaps, then the rules by their codes."""
    return (*_PLACE, *(Column(heading=rule.code, width=10) for rule in report.norm.rules))


def overview_rows(report: GapReport, catalog: Catalog) -> Iterable[Sequence[Cell]]:
    """Yield a row for each municipality with the word for its status under each rule."""
    of_place = results_by_place(report)
    for code in report.municipalities:
        place, results = catalog.territory.municipality(code), of_place[code]
        counts = Counter(result.status for result in results.values())
        yield (
            code,
            place.name,
            place.orp,
            place.district,
            place.region,
            place.population,
            counts[GapStatus.GAP],
            *(STATUSES[results[rule.code].status] for rule in report.norm.rules),
        )
