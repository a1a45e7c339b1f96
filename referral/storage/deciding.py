"""Write what people decide about records, and count how services have answered clients."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import delete, select, tuple_

from referral.catalog.experience import OutcomeCount
from referral.catalog.merging import MergeDecision, MergeVerdict
from referral.catalog.ports import Origin
from referral.storage.errors import RefusedError
from referral.storage.fates import fates_of
from referral.storage.mapping.decisions import decision_row, outcome_count_row
from referral.storage.putting import accumulate_rows, insert_rows
from referral.storage.reading import Stored, read_decisions
from referral.storage.rows import BarrierRow, MergeDecisionRow
from referral.storage.writing import SqlCatalogWriter


class SqlDecisionWriter(SqlCatalogWriter):
    """Writes decisions and counts through one open transaction."""

    def decide(self, decisions: Iterable[MergeDecision]) -> None:
        """Add decisions about records, replacing earlier ones on the same two.

        Raises:
            RefusedError: a service is not stored, or two of the decisions are on the same two.
        """
        given = [_in_order(one) for one in decisions]
        self._require_services(name for one in given for name in (one.kept, one.other))
        stored = read_decisions(self._connection)
        known = {_pair(one): Stored(record=one, origin=Origin.OWN) for one in stored}
        fates = fates_of(given, known, key=_pair, origin=Origin.OWN)
        for one in fates.to_write:
            self._forget(one.kept, one.other)
        insert_rows(self._connection, [decision_row(one) for one in fates.to_write])
        self._noted(fates)

    def withdraw(self, one: str, other: str) -> bool:
        """Take back the decision about two records; tell whether there was one."""
        there_was = self._forget(one, other)
        self.changed = self.changed or there_was
        return there_was

    def count_outcome(
        self, service: str, *, barriers: Iterable[str], accepted: bool, on: date
    ) -> None:
        """Add one outcome to the counts of a service, once for each barrier or once without any.

        Raises:
            RefusedError: the service is not stored, or the vocabulary lacks a barrier.
        """
        self._require_services([service])
        named = set(barriers)
        self._require_barriers(named)
        counts = [
            OutcomeCount(
                service=service,
                barrier=barrier,
                accepted=int(accepted),
                refused=int(not accepted),
                last_month=on.replace(day=1),
            )
            for barrier in sorted(named or {""})
        ]
        accumulate_rows(
            self._connection,
            [outcome_count_row(count) for count in counts],
            sums=("accepted", "refused"),
            latest=("last_month",),
        )
        self.changed = True

    def _forget(self, one: str, other: str) -> bool:
        table = MergeDecisionRow
        both = tuple_(table.kept, table.other).in_([(one, other), (other, one)])
        return self._connection.execute(delete(table).where(both)).rowcount > 0

    def _require_barriers(self, named: set[str]) -> None:
        missing = named - set(self._connection.scalars(select(BarrierRow.code)))
        if missing:
            message = (
                f"Překážku {min(missing)} slovník nezná; použijte kód ze seznamu překážek. "
                "Nic se nezměnilo."
            )
            raise RefusedError(message)


def _pair(decision: MergeDecision) -> tuple[str, str]:
    low, high = sorted((decision.kept, decision.other))
    return low, high


def _in_order(decision: MergeDecision) -> MergeDecision:
    """Give two different records in the one order in which they are stored."""
    if decision.verdict is MergeVerdict.SAME:
        return decision
    low, high = _pair(decision)
    return replace(decision, kept=low, other=high)
