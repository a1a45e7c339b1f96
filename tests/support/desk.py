"""A program behind the planner's desk, over the small world of ``support.planning``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask.testing import FlaskClient
from lxml import html

from referral.catalog.evidence import ExclusionValue, UnmetCount
from referral.catalog.model import CapacityUnit, ServiceCapacity
from referral.catalog.snapshot import Catalog
from referral.geo.travel import StraightLine, TravelModel
from referral.network.evidence import EvidenceReport
from referral.network.gaps import GapReport
from referral.network.means import Workforce
from referral.network.norms import Metric, Norm, Rule
from referral.settings import Settings
from referral.usecases.find_area import AreaLevel, find_area
from referral.usecases.find_gaps import find_gaps
from referral.usecases.gather_evidence import gather_evidence
from referral.web.app import create_app
from support.build import TODAY
from support.matching import POLICY
from support.planning import ASSISTANCE, DAY_CENTRE, NORM, WORKFORCE, a_plan_catalog
from support.web import StandIn, page_of

CAPACITY_RULE = Rule(
    code="45-k",
    type="45",
    need="PEC-HYG",
    metric=Metric.CAPACITY,
    threshold=2,
    unit=CapacityUnit.CLIENTS.value,
    source="vymyšleno",
)
DESK_NORM = replace(NORM, rules=(*NORM.rules, CAPACITY_RULE))
ROOMY = replace(
    DAY_CENTRE,
    capacities=(ServiceCapacity(unit=CapacityUnit.CLIENTS, registered=10, as_of=TODAY),),
)
_DATA = re.compile(r'(<script type="application/json"[^>]*>).*?</script>', re.DOTALL)


class DeskProgram(StandIn):
    """Judges the small world by a norm with places, field services and a capacity."""

    workforce: Workforce = WORKFORCE
    travel: TravelModel = StraightLine()
    age_demand: Mapping[str, Sequence[float]] = {}
    unmet: tuple[UnmetCount, ...] = ()
    exclusion: tuple[ExclusionValue, ...] = ()

    def __init__(self, catalog: Catalog | None = None) -> None:
        super().__init__(catalog or a_plan_catalog(ROOMY, ASSISTANCE))

    def norm(self, _name: str | None = None) -> Norm:
        """Return the one norm there is, whatever its name."""
        return DESK_NORM

    def gaps(
        self, area: str | None = None, level: str | None = None, _norm: str | None = None
    ) -> GapReport:
        """Judge an area."""
        catalog = self.catalog()
        where = find_area(
            area, territory=catalog.territory, level=AreaLevel(level) if level else None
        )
        return find_gaps(
            where.municipalities,
            area=where.name,
            norm=DESK_NORM,
            catalog=catalog,
            policy=POLICY,
            today=TODAY,
            ask=10,
        )

    def evidence(self, area: str | None = None, level: str | None = None) -> EvidenceReport:
        """Return what ``unmet`` and ``exclusion`` say of an area; nobody has counted refusals."""
        catalog = self.catalog()
        where = find_area(
            area, territory=catalog.territory, level=AreaLevel(level) if level else None
        )
        return gather_evidence(
            where.municipalities,
            area=where.name,
            catalog=catalog,
            evidence=HeldEvidence(self.unmet, self.exclusion),
            outcomes=NoOutcomes(),
            today=TODAY,
        )


class HeldEvidence:
    """Holds counts and indexes in memory."""

    def __init__(
        self, unmet: tuple[UnmetCount, ...], exclusion: tuple[ExclusionValue, ...]
    ) -> None:
        self._unmet, self._exclusion = unmet, exclusion

    def unmet_counts(self) -> tuple[UnmetCount, ...]:
        """Return all counts."""
        return self._unmet

    def exclusion_values(self) -> tuple[ExclusionValue, ...]:
        """Return all indexes."""
        return self._exclusion


class NoOutcomes:
    """Nobody has told how any service answered."""

    def outcome_counts(self) -> tuple[()]:
        """Return no count."""
        return ()


def a_desk(program: DeskProgram | None = None) -> FlaskClient:
    """Open the application over the small world."""
    app = create_app(program or DeskProgram(), settings=Settings(), today=lambda: TODAY)
    app.testing = True
    return app.test_client()


def strictly(text: str) -> html.HtmlElement:
    """Parse a page as ``page_of`` does; the data of its map, which hold braces, are left out."""
    return page_of(_DATA.sub(r"\1</script>", text))


def words(node: html.HtmlElement) -> str:
    """Return the text of an element as a person reads it, on one line."""
    text = node.text_content().replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())
