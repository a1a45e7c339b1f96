"""What planners ask: norms, gaps, ways, and the evidence beside them."""

from functools import cached_property
from typing import TYPE_CHECKING

from referral.bootstrap.state import Stating

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from referral.geo.travel import StraightLine, TravelModel
    from referral.ingest.roads.rules_file import RoadRules
    from referral.network.evidence import EvidenceReport
    from referral.network.gaps import GapReport
    from referral.network.means import Workforce
    from referral.network.norms import Norm
    from referral.usecases.record_unmet import Recorded


_KEPT_REPORTS = 16
_TO_VERIFY = 10
"""How many services a gap report names to be asked first."""


class Planning(Stating):
    """Judges the network by a norm; reports are kept until the catalogue changes."""

    def norm(self, name_or_path: str | None) -> "Norm":
        """Return a norm by the name of a shipped one or by the path of one's own file.

        Raises:
            NormError: there is none, or the file is wrong.
        """
        # Norms and gaps are the planner's: who looks for help need not load them.
        from referral.ingest.norm_file import DEFAULT_NORM, find_norm, read_norm  # noqa: PLC0415 - see above

        path = find_norm(name_or_path or DEFAULT_NORM, folder=self._data / "norms")
        return read_norm(path, vocabulary=self.catalog().vocabulary)

    @cached_property
    def workforce(self) -> "Workforce":
        """What one field worker can do."""
        from referral.ingest.workforce_file import read_workforce  # noqa: PLC0415 - as in norm()

        return read_workforce(self._data / "placement" / "workers.toml")

    @cached_property
    def travel(self) -> "StraightLine":
        """How long ways are, where nobody has measured them."""
        from referral.geo.travel import StraightLine  # noqa: PLC0415 - as in norm()
        from referral.ingest.travel_file import read_estimate  # noqa: PLC0415 - as in norm()

        return StraightLine(estimate=read_estimate(self._data / "travel" / "estimate.toml"))

    @cached_property
    def road_rules(self) -> "RoadRules":
        """How roads of OpenStreetMap are driven."""
        from referral.ingest.roads.rules_file import read_road_rules  # noqa: PLC0415 - as in norm()

        return read_road_rules(self._data / "travel" / "roads.toml")

    def gaps(
        self,
        area: str | None = None,
        level: str | None = None,
        norm: str | None = None,
        *,
        travel: "TravelModel | None" = None,
    ) -> "GapReport":
        """Return the gaps of an area: of everything loaded when no name is given.

        Raises:
            UnknownAreaError: no such area is loaded.
            NormError: no such norm, or its file is wrong.
        """
        from referral.usecases.find_area import AreaLevel, find_area  # noqa: PLC0415 - as in norm()
        from referral.usecases.find_gaps import find_gaps  # noqa: PLC0415 - as in norm()

        revision, catalog, _ = self._current()
        chosen = find_area(
            area, territory=catalog.territory, level=AreaLevel(level) if level else None
        )
        rules = self.norm(norm)
        key = (revision, chosen.name, chosen.level, rules, self.today(), travel)
        with self._lock:
            if key not in self._reports:
                while len(self._reports) >= _KEPT_REPORTS:
                    del self._reports[next(iter(self._reports))]
                self._reports[key] = find_gaps(
                    chosen.municipalities,
                    area=chosen.name,
                    norm=rules,
                    catalog=catalog,
                    policy=self.policy,
                    today=self.today(),
                    travel=travel or self.travel,
                    demand=self.age_demand,
                    ask=_TO_VERIFY,
                )
            return self._reports[key]

    @cached_property
    def age_demand(self) -> "Mapping[str, tuple[float, float, float]]":
        """How much people below 65, from 65 to 79 and from 80 need a type of service."""
        from referral.ingest.travel_file import read_age_demand  # noqa: PLC0415 - as in norm()

        return read_age_demand(self._data / "travel" / "age_demand.toml")

    def evidence(
        self, area: str | None = None, level: str | None = None, *, year: int | None = None
    ) -> "EvidenceReport":
        """Return what is known beside the norm in an area; ``year`` is that of the index.

        Raises:
            UnknownAreaError: no such area is loaded.
            StorageError: the database does not answer.
        """
        from referral.usecases.find_area import AreaLevel, find_area  # noqa: PLC0415 - as in norm()
        from referral.usecases.gather_evidence import gather_evidence  # noqa: PLC0415 - as in norm()

        catalog = self.catalog()
        chosen = find_area(
            area, territory=catalog.territory, level=AreaLevel(level) if level else None
        )
        return gather_evidence(
            chosen.municipalities,
            area=chosen.name,
            catalog=catalog,
            evidence=self.evidence_store,
            outcomes=self.store,
            today=self.today(),
            year=year,
        )

    def count_unmet(self, municipality: str, needs: "Iterable[str]") -> "Recorded":
        """Count that a search in a municipality (code) found nobody for its needs (codes).

        Only the ORP, each need and the calendar month are kept; call it when a person asks for it,
        never by itself.

        Raises:
            UnmetError: no need is given, or the vocabulary lacks one.
            UnknownCodeError: the municipality is not loaded.
            StorageError: the database does not answer or refuses.
        """
        from referral.usecases.record_unmet import record_unmet  # noqa: PLC0415 - rarely asked for

        catalog = self.catalog()
        return record_unmet(
            self.evidence_store,
            catalog.territory.municipality(municipality),
            needs=needs,
            today=self.today(),
            vocabulary=catalog.vocabulary,
        )
