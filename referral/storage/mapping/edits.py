"""Edits, links and proposals as rows, and back; moments are stored in UTC without a zone."""

from dataclasses import replace
from datetime import UTC, datetime

from referral.catalog.editing import Author, Edit, Signature
from referral.catalog.links import RecordLink
from referral.catalog.oddness import Doubt
from referral.catalog.proposals import Proposal
from referral.storage.mapping.own import own_value_from, own_value_row, verified_from, verified_text
from referral.storage.rows import EditRow, OwnValueRow, ProposalRow, RecordLinkRow


def edit_row(edit: Edit) -> EditRow:
    """Return the row of an edit."""
    signed = edit.signed
    return EditRow(
        number=edit.number,
        at=stored_moment(signed.at),
        author_kind=signed.author.kind,
        author_id=signed.author.id,
        author_role=signed.author.role,
        approved_by=signed.approved_by,
        service_id=edit.service,
        field=edit.field,
        before=verified_text(edit.before),
        after=verified_text(edit.after),
        reason=signed.reason,
        undoes=edit.undoes,
    )


def edit_from(row: EditRow) -> Edit:
    """Return the edit of a row."""
    return Edit(
        number=row.number,
        service=row.service_id,
        field=row.field,
        before=verified_from(row.before, service=row.service_id, field=row.field),
        after=verified_from(row.after, service=row.service_id, field=row.field),
        signed=Signature(
            author=Author(kind=row.author_kind, id=row.author_id, role=row.author_role),
            at=_moment(row.at),
            reason=row.reason,
            approved_by=row.approved_by,
        ),
        undoes=row.undoes,
    )


def link_row(link: RecordLink) -> RecordLinkRow:
    """Return the row of a link."""
    return RecordLinkRow(
        id=link.id,
        service_id=link.service,
        purpose=link.purpose,
        made_at=stored_moment(link.made_at),
        expires_at=stored_moment(link.expires_at),
        made_by=link.made_by,
        used_at=None if link.used_at is None else stored_moment(link.used_at),
        withdrawn_at=None if link.withdrawn_at is None else stored_moment(link.withdrawn_at),
    )


def link_from(row: RecordLinkRow) -> RecordLink:
    """Return the link of a row."""
    return RecordLink(
        id=row.id,
        service=row.service_id,
        purpose=row.purpose,
        made_at=_moment(row.made_at),
        expires_at=_moment(row.expires_at),
        made_by=row.made_by,
        used_at=None if row.used_at is None else _moment(row.used_at),
        withdrawn_at=None if row.withdrawn_at is None else _moment(row.withdrawn_at),
    )


def proposal_row(proposal: Proposal, *, number: int) -> ProposalRow:
    """Return the row of a proposal under a number."""
    written = own_value_row(proposal.value)
    decided = proposal.decided_at
    return ProposalRow(
        number=number,
        link_id=proposal.link,
        service_id=written.service_id,
        field=written.field,
        verified_on=written.verified_on,
        verified_by=written.verified_by,
        value=written.value,
        doubts=[one.value for one in proposal.doubts],
        seen=proposal.seen,
        sent_at=stored_moment(proposal.sent_at),
        note=proposal.note,
        decision=proposal.decision,
        decided_at=None if decided is None else stored_moment(decided),
        decided_by=proposal.decided_by,
    )


def proposal_from(row: ProposalRow) -> Proposal:
    """Return the proposal of a row."""
    written = OwnValueRow(
        service_id=row.service_id,
        field=row.field,
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        value=row.value,
    )
    proposal = Proposal(
        number=row.number,
        link=row.link_id,
        value=own_value_from(written),
        doubts=tuple(Doubt(one) for one in row.doubts),
        seen=row.seen,
        sent_at=_moment(row.sent_at),
        note=row.note,
        decision=row.decision,
        decided_by=row.decided_by,
    )
    return (
        proposal
        if row.decided_at is None
        else replace(proposal, decided_at=_moment(row.decided_at))
    )


def stored_moment(at: datetime) -> datetime:
    """Return a moment as it is stored."""
    return at.astimezone(UTC).replace(tzinfo=None)


def _moment(stored: datetime) -> datetime:
    return stored.replace(tzinfo=UTC)
