"""What all editing pages share: the service that is edited, and the signature of who edits."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final

from flask import abort, current_app, request

from referral.accounts.model import Role
from referral.catalog.editing import Author, AuthorKind, Signature
from referral.catalog.errors import UnknownCodeError
from referral.catalog.own_fields import OwnField, OwnValue
from referral.usecases.record_links import Subject
from referral.web.access import here
from referral.web.editing.fields import BY_SLUG
from referral.web.program import Site

_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def subject_of(site: Site, service_id: str) -> Subject:
    """Return a service with its records and our own values of them, or answer that it is none."""
    catalog = site.program.catalog()
    try:
        service = catalog.service(service_id)
    except UnknownCodeError:
        abort(HTTPStatus.NOT_FOUND)
    records = catalog.records_of(service.id)
    own = site.program.history.own_values_of(records)
    return Subject(service=service, records=records, own=own)


def field_of(slug: str) -> OwnField:
    """Return the field of an address, or answer that there is none."""
    field = BY_SLUG.get(slug)
    if field is None:
        abort(HTTPStatus.NOT_FOUND)
    return field


def signed(reason: str) -> Signature:
    """Return the signature of who is signed in, now."""
    author = Author(kind=AuthorKind.ACCOUNT, id=here().id, role=Role.EDITOR.value)
    return Signature(author=author, at=now(), reason=reason)


def latest_own(subject: Subject, field: OwnField) -> OwnValue | None:
    """Return the own value of a field that holds: the newest among the records of a service."""
    values = sorted(
        (one for one in subject.own if one.field is field),
        key=lambda one: (one.verified_on, one.service == subject.service.id),
    )
    return values[-1] if values else None


def logins() -> Mapping[str, str]:
    """Return the logins of accounts by their ids."""
    accounts = current_app.extensions.get("accounts")
    if accounts is None:
        return {}
    return {one.id: one.login for one in accounts.store.accounts()}


def seen_number(name: str = "videno") -> int:
    """Return the number of the latest edit that the sent form knows of, 0 for none."""
    text = request.form.get(name, "")
    return int(text) if _NUMBER.fullmatch(text) else 0
