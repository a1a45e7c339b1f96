"""Decisions about records and counts of outcomes as rows, and back."""

from referral.catalog.experience import OutcomeCount
from referral.catalog.merging import MergeDecision
from referral.storage.rows import MergeDecisionRow, OutcomeCountRow


def decision_row(decision: MergeDecision) -> MergeDecisionRow:
    """Return the row of a decision about two records."""
    return MergeDecisionRow(
        kept=decision.kept,
        other=decision.other,
        verdict=decision.verdict,
        decided_on=decision.decided_on,
        decided_by=decision.decided_by,
    )


def decision_from(row: MergeDecisionRow) -> MergeDecision:
    """Return the decision of a row."""
    return MergeDecision(
        kept=row.kept,
        other=row.other,
        verdict=row.verdict,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
    )


def outcome_count_row(count: OutcomeCount) -> OutcomeCountRow:
    """Return the row of a count of outcomes."""
    return OutcomeCountRow(
        service_id=count.service,
        barrier=count.barrier,
        accepted=count.accepted,
        refused=count.refused,
        last_month=count.last_month,
    )


def outcome_count_from(row: OutcomeCountRow) -> OutcomeCount:
    """Return the count of outcomes of a row."""
    return OutcomeCount(
        service=row.service_id,
        barrier=row.barrier,
        accepted=row.accepted,
        refused=row.refused,
        last_month=row.last_month,
    )
