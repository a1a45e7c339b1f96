"""One call on a slip of paper (A5): whom to ring, who else, what to say, what to have ready.

Nothing of the person's own words is on it.
"""

from datetime import date

from referral.catalog.snapshot import Catalog
from referral.matching.advice import Advice
from referral.matching.ranking import Recommendation
from referral.web.czech import day
from referral.web.papers.paper import Blanks, Block, Facts, Heading, Note, Paper, Paragraph, Points
from referral.web.presenters.calling import Alternative, CallSheet, call_sheet
from referral.web.presenters.steps import FirstStep, first_step, urgent_call
from referral.web.translation import _

TEMPLATE = "slip.typ"
STEM = "komu-zavolat"
"""The name of the file, which says nothing of the client."""


def slip(answer: Recommendation, catalog: Catalog, *, advice: Advice, today: date) -> Paper:
    """Write the slip of an answer."""
    first = first_step(answer, catalog)
    call = call_sheet(answer, catalog, first=first, advice=advice)
    return Paper(
        title=_("Komu zavolat: {place}").format(place=answer.request.place.name),
        on=today,
        footer=_("Síť pomoci, {day}. Jméno ani vaše slova tu nejsou.").format(day=day(today)),
        blocks=(
            *_urgent(answer),
            *_first(first),
            *_instead(call, first),
            *_script(call, first),
            *_ready(call),
            Heading(text=_("Domluveno")),
            Blanks(labels=(_("S kým a kdy"), _("Co bude dál"))),
        ),
    )


def _urgent(answer: Recommendation) -> tuple[Block, ...]:
    return tuple(
        Note(text=_("Nejdřív volejte {call}. {why}").format(call=one.call, why=one.why))
        for one in map(urgent_call, answer.urgent)
    )


def _first(first: FirstStep) -> tuple[Block, ...]:
    rows = [(_("Kdo"), first.who)]
    if first.what:
        rows.append((_("Co to je"), first.what))
    if first.phone:
        rows.append((_("Telefon"), first.phone))
    return (
        Heading(text=_("První krok")),
        Facts(rows=tuple(rows)),
        Paragraph(text=first.text),
    )


def _instead(call: CallSheet, first: FirstStep) -> tuple[Block, ...]:
    others = [*call.instead, *((call.with_phone,) if call.with_phone else ())]
    if not others:
        return (Paragraph(text=first.fallback),) if first.fallback else ()
    items = (*map(_other, others), *((first.fallback,) if first.fallback else ()))
    return (Heading(text=_("Když to nevyjde")), Points(items=items))


def _other(one: Alternative) -> str:
    parts = [one.name, one.what, one.reach]
    parts.append(one.phone or _("telefon zdroj neuvádí"))
    return "; ".join(parts)


def _script(call: CallSheet, first: FirstStep) -> tuple[Block, ...]:
    if not first.service_id:
        return ()
    said: tuple[Block, ...] = (
        Heading(text=_("Co říct do telefonu")),
        Paragraph(text=" ".join(call.say)),
    )
    if not first.questions:
        return said
    return (*said, Heading(text=_("Na co se zeptat")), Points(items=first.questions))


def _ready(call: CallSheet) -> tuple[Block, ...]:
    if not call.ready:
        return ()
    return (Heading(text=_("Co si připravit (obvykle)")), Points(items=call.ready))
