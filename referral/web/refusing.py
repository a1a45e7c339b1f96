"""Refusals as they are written or filled in: which service, why, when, how long one would wait."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from referral.catalog.model import Service
from referral.catalog.snapshot import Catalog
from referral.matching.request import Refusal, RefusalReason
from referral.text import fold
from referral.web.answers import Reader, day_of
from referral.web.draft import RefusalRow
from referral.web.translation import _

OFFERED = 12
"""How many services a name may be asked back with; a wider name has to be narrowed first."""

_WRITTEN = re.compile(
    r"^(?P<service>[^:]+):(?P<reason>[^:@+]+)(?::(?P<barrier>[^:@+]*))?"
    r"(?:@(?P<on>[^@+]+))?(?:\+(?P<wait>\d{1,6}))?$"
)
_LABELLED = re.compile(r"\((?P<id>[^()]+)\)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The services a name could mean: one when it is found, none when nobody is called so."""

    services: tuple[Service, ...]
    more: bool = False


def refusals_of(
    written: Sequence[str],
    rows: Sequence[RefusalRow],
    *,
    catalog: Catalog,
    today: date,
    reader: Reader,
) -> tuple[Refusal, ...]:
    """Return the refusals; a row is a form's, a text is written as the contract does.

    A text names a service by its id, and an id nobody knows stays as it is (the answer says so); a
    name in a row has to be found.
    """
    told = [_from_text(text, reader) for text in written]
    told += [_from_row(row, catalog=catalog, reader=reader) for row in rows if row.filled]
    found = dict.fromkeys(one for one in told if one is not None)
    if any(one.on is not None and one.on > today for one in found):
        reader.wrong("refused", _("Den odmítnutí je v budoucnosti; opravte ho."))
    return tuple(found)


def refusal_text(refusal: Refusal) -> str:
    """Write a refusal as the contract does: ``4711:jine:ALKOHOL@2026-10-01+90``."""
    text = ":".join(filter(None, (refusal.service_id, refusal.reason.value, refusal.barrier)))
    on = f"@{refusal.on.isoformat()}" if refusal.on is not None else ""
    wait = f"+{refusal.wait_days}" if refusal.wait_days is not None else ""
    return f"{text}{on}{wait}"


def row_of(text: str, catalog: Catalog) -> RefusalRow:
    """Return the row of a form that says the same as a written refusal."""
    parts = _WRITTEN.match(text.strip())
    if parts is None:
        return RefusalRow(service=text)
    service = catalog.services.get(catalog.shown_id(parts["service"]))
    return RefusalRow(
        service=parts["service"] if service is None else service_label(service),
        reason=parts["reason"],
        barrier=parts["barrier"] or "",
        on=parts["on"] or "",
        wait=parts["wait"] or "",
    )


def service_label(service: Service) -> str:
    """Name a service so that the field it is filled into reads it back."""
    return f"{service.name} ({service.id})"


def find_service(text: str, catalog: Catalog) -> Named:
    """Return the services that a person means by an id, a register number, a name or its words."""
    written = text.strip()
    labelled = _LABELLED.search(written)
    for code in filter(None, (written, labelled["id"] if labelled else "")):
        known = catalog.services.get(catalog.shown_id(code))
        if known is not None:
            return Named(services=(known,))
    wanted = fold(written)
    if not wanted:
        return Named(services=())
    numbered = [one for one in catalog.services.values() if one.register_id == written]
    same = numbered or [one for one in catalog.services.values() if fold(one.name) == wanted]
    words = wanted.split()
    found = same or [
        one
        for one in catalog.services.values()
        if all(word in fold(f"{one.name} {one.organization.name}") for word in words)
    ]
    ordered = sorted(found, key=lambda one: (fold(one.name), one.id))
    return Named(services=tuple(ordered[:OFFERED]), more=len(ordered) > OFFERED)


def _from_text(text: str, reader: Reader) -> Refusal | None:
    reasons = ", ".join(RefusalReason)
    message = _(
        "Odmítnutí zapište jako ID_SLUŽBY:DŮVOD[:PŘEKÁŽKA][@DATUM][+DNÍ], "
        "kde důvod je jeden z: {reasons}."
    ).format(reasons=reasons)
    try:
        return _refusal(text)
    except ValueError:
        if all(message != error.message for error in reader.errors):
            reader.wrong("refused", message)
        return None


def _refusal(text: str) -> Refusal:
    parts = _WRITTEN.match(text.strip())
    if parts is None:
        raise ValueError(text)
    return Refusal(
        service_id=parts["service"],
        reason=RefusalReason(parts["reason"]),
        barrier=parts["barrier"] or None,
        on=day_of(parts["on"].strip()) if parts["on"] else None,
        wait_days=int(parts["wait"]) if parts["wait"] else None,
    )


def _from_row(row: RefusalRow, *, catalog: Catalog, reader: Reader) -> Refusal | None:
    known = len(reader.errors)
    service = _service(row.service, catalog, reader)
    reason = reader.one_of(RefusalReason, row.reason, "refused", _("Důvod odmítnutí"))
    if not row.reason:
        reader.wrong("refused", _("U odmítnutí vyberte, jaký důvod služba uvedla."))
    on = reader.day(row.on, "refused", _("Den odmítnutí"))
    wait = reader.number(row.wait, "refused", _("Čekání napište počtem dní, například 90."))
    if service is None or reason is None or len(reader.errors) > known:
        return None
    return Refusal(
        service_id=service.id,
        reason=reason,
        barrier=row.barrier or None,
        on=on,
        wait_days=wait,
    )


def _service(text: str, catalog: Catalog, reader: Reader) -> Service | None:
    named = find_service(text, catalog)
    if len(named.services) == 1:
        return named.services[0]
    if not text.strip():
        message = _("U odmítnutí napište, která služba odmítla.")
    elif not named.services:
        message = _("Službu „{text}“ v katalogu nemáme. Zkuste jiné slovo z jejího názvu.")
    elif named.more:
        message = _("Názvu „{text}“ odpovídá mnoho služeb. Přidejte další slovo, třeba město.")
    else:
        message = _("Názvu „{text}“ odpovídá víc služeb. Vyberte u odmítnutí, kterou myslíte.")
    reader.wrong("refused", message.format(text=text.strip()))
    return None
