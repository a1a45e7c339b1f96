"""Links by which the staff of a service answer without an account: one answer each."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from referral.catalog.edit_store import EditStore
from referral.catalog.editing import Author, AuthorKind, Signature, same_content
from referral.catalog.known import known_value
from referral.catalog.links import MOST_DAYS, LinkState, Purpose, RecordLink
from referral.catalog.model import Service
from referral.catalog.oddness import doubts_of
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy
from referral.catalog.proposals import Decision, Proposal
from referral.usecases.edit_own import (
    EditError,
    OvertakenError,
    Wish,
    edits_after,
    write_wish,
)

PROVIDER = "provider"
"""The role that stands under what comes by a link."""

_UNGUESSABLE_BYTES = 16


class SpentLinkError(Exception):
    """The link takes no answer any more; nothing was written."""

    def __init__(self, state: LinkState) -> None:
        """Keep why."""
        super().__init__(f"the link is {state}")
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of an answer: fields that hold at once, and those that wait for an editor."""

    held: tuple[OwnField, ...]
    waiting: tuple[OwnField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A service as it is shown, its records, and our own values of them all."""

    service: Service
    records: Collection[str]
    own: tuple[OwnValue, ...]


def make_link(
    store: EditStore, service: str, purpose: Purpose, *, days: int, at: datetime, by: str = ""
) -> RecordLink:
    """Keep a new link to a service that nobody can guess; ``by`` is the id of an account.

    Raises:
        EditError: it would live too shortly or too long.
        StorageError: there is no such service, or the database does not answer.
    """
    if not 1 <= days <= MOST_DAYS:
        raise EditError(f"Odkaz může platit 1 až {MOST_DAYS} dní; {days} to není.")
    link = RecordLink(
        id=secrets.token_urlsafe(_UNGUESSABLE_BYTES),
        service=service,
        purpose=purpose,
        made_at=at,
        expires_at=at + timedelta(days=days),
        made_by=by,
    )
    with store.editing() as writer:
        writer.add_link(link)
    return link


def withdraw_link(store: EditStore, link_id: str, *, at: datetime) -> bool:
    """Take an unspent link back; tell whether it could be."""
    with store.editing() as writer:
        return writer.withdraw_link(link_id, at=at)


def answer_link(
    store: EditStore,
    link: RecordLink,
    wishes: Iterable[Wish],
    *,
    subject: Subject,
    at: datetime,
    note: str = "",
) -> Answered:
    """Spend a link on one answer: what is plain holds at once, what is odd waits for an editor.

    ``note`` is what the staff add for the editor.

    Raises:
        SpentLinkError: the link was used, has expired or was taken back.
        OvertakenError: a field was edited since the answer was begun; the link stays unspent.
        StorageError: the database does not answer or refuses.
    """
    signed = Signature(author=_by_link(link), at=at, reason=note)
    held: list[OwnField] = []
    waiting: list[OwnField] = []
    with store.editing() as writer:
        if not writer.spend_link(link.id, at=at):
            stored = writer.link(link.id)
            raise SpentLinkError(LinkState.WITHDRAWN if stored is None else stored.state(at))
        for wish in wishes:
            unseen = edits_after(writer, subject.records, wish.field, wish.seen)
            if unseen:
                raise OvertakenError(unseen)
            proposal = _proposal(link, wish, subject=subject, at=at, note=note)
            if proposal is None:
                write_wish(writer, subject.service.id, wish, signed=signed)
                held.append(wish.field)
            else:
                writer.propose(proposal)
                waiting.append(wish.field)
    return Answered(held=tuple(held), waiting=tuple(waiting))


def _proposal(
    link: RecordLink, wish: Wish, *, subject: Subject, at: datetime, note: str
) -> Proposal | None:
    value = wish.value
    if value is None:
        return None
    before = known_value(
        subject.service,
        wish.field,
        own=subject.own,
        on=value.verified_on,
        by=VerifiedBy.PROVIDER,
    )
    if before is not None and same_content(before, value):
        return None
    doubts = doubts_of(value, before=before, service=subject.service)
    if not doubts:
        return None
    return Proposal(
        number=0, link=link.id, value=value, doubts=doubts, seen=wish.seen, sent_at=at, note=note
    )


def approve_proposal(
    store: EditStore,
    number: int,
    *,
    records: Collection[str],
    seen: int,
    at: datetime,
    by: str,
) -> None:
    """Let a proposal hold; its author is the link, and ``by`` the account that let it through.

    ``seen`` is the number of the latest edit of the field that the editor has seen.

    Raises:
        EditError: there is no such proposal, or it was decided.
        OvertakenError: the field was edited since the editor looked.
        StorageError: the database does not answer or refuses.
    """
    with store.editing() as writer:
        proposal = writer.proposal(number)
        if proposal is None or not writer.decide_proposal(number, Decision.APPROVED, at=at, by=by):
            raise EditError("Tento návrh už někdo vyřídil.")
        value = proposal.value
        unseen = edits_after(writer, records, value.field, seen)
        if unseen:
            raise OvertakenError(unseen)
        author = Author(kind=AuthorKind.LINK, id=proposal.link, role=PROVIDER)
        signed = Signature(author=author, at=at, reason=proposal.note, approved_by=by)
        writer.save_own([value], signed=signed)


def reject_proposal(store: EditStore, number: int, *, at: datetime, by: str) -> None:
    """Turn a proposal down; it stays in the record of proposals.

    Raises:
        EditError: there is no such proposal, or it was decided.
        StorageError: the database does not answer or refuses.
    """
    with store.editing() as writer:
        if not writer.decide_proposal(number, Decision.REJECTED, at=at, by=by):
            raise EditError("Tento návrh už někdo vyřídil.")


def _by_link(link: RecordLink) -> Author:
    return Author(kind=AuthorKind.LINK, id=link.id, role=PROVIDER)
