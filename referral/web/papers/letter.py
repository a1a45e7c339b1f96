"""The letter to the ORP: who it is about, what the office is asked and by when; then an annex."""

from collections.abc import Iterator

from referral.web.czech import day, listing, phone_text
from referral.web.papers.annex import annex
from referral.web.papers.matter import Matter, answer_by, reasons_for
from referral.web.papers.paper import (
    Address,
    Blanks,
    Block,
    Heading,
    Note,
    Paper,
    Paragraph,
    Signature,
)
from referral.web.papers.telling import facts_known, urgent_note
from referral.web.presenters.steps import find_office, office_name
from referral.web.translation import _


def letter(matter: Matter) -> Paper:
    """Write the letter; the client's name and whatever a pen knows better is left blank."""
    return Paper(
        title=_("Žádost o pomoc podle § 92 zákona o sociálních službách"),
        on=matter.today,
        footer=_("Žádost podle § 92 zákona č. 108/2006 Sb., sestaveno {day}").format(
            day=day(matter.today)
        ),
        before=(
            Address(
                sender=(
                    _("Odesílatel"),
                    _("Adresa"),
                    _("Vyřizuje"),
                    _("Telefon, e-mail"),
                    _("Číslo jednací"),
                ),
                to=_addressee(matter),
            ),
        ),
        blocks=(
            *_opening(matter),
            *_client(matter),
            *_asked(matter),
            *_closing(),
            *annex(matter),
        ),
    )


def _addressee(matter: Matter) -> tuple[str, ...]:
    orp = matter.request.place.orp
    office = find_office(orp, matter.catalog)
    if office is None:
        return (office_name(orp),)
    phone = office.contact.phone or ""
    told = _("tel. {phone}").format(phone=phone_text(phone)) if phone else ""
    return tuple(filter(None, (office.name, told)))


def _opening(matter: Matter) -> Iterator[Block]:
    yield Paragraph(
        text=_(
            "obracíme se na vás jako na obec s rozšířenou působností ve věci člověka, kterému "
            "se nedaří zajistit pomoc. Zákon č. 108/2006 Sb., o sociálních službách, vám v § 92 "
            "svěřuje koordinaci služeb a sociální práci ve vašem obvodu. Prosíme o odpověď "
            "do {day}; lhůtu zákon neurčuje, žádáme o ni kvůli tomu, co popisujeme níže."
        ).format(day=day(answer_by(matter))),
        strong=_("Vážení,"),
    )

    if matter.answer.urgent:
        yield urgent_note(matter)


def _client(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("O koho jde"))
    yield Blanks(
        labels=(
            _("Jméno a příjmení"),
            _("Datum narození"),
            _("Kde teď je a kde ho najít"),
            _("Trvalý pobyt, je-li jinde"),
            _("Telefon, nebo přes koho"),
        ),
        ticks=(
            _("o této žádosti ví a souhlasí s ní"),
            _("souhlas nemáme, protože (doplňte)"),
        ),
    )
    yield facts_known(matter)


def _asked(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Co od úřadu žádáme"))
    given: set[str] = set()
    for ground in matter.guide.grounds:
        reasons = reasons_for(ground.when, matter)
        if reasons is None or ground.letter in given:
            continue
        given.add(ground.letter)
        because = (
            _(" Důvod: {reasons}.").format(reasons=listing(reasons, at_most=8)) if reasons else ""
        )
        yield Paragraph(
            strong=_("§ 92 písm. {letter})").format(letter=ground.letter),
            text=f"{ground.task}.{because} {ground.asks}",
        )
    yield Paragraph(
        text=_(
            "Úkoly podle § 92 jsou řečeny vlastními slovy; které písmeno se použije, posoudí "
            "úřad podle platného znění zákona."
        ),
        small=True,
    )
    yield Note(
        text=_(
            "Prosíme do {day} o písemnou odpověď: kdo se člověka ujal, jaký bude první krok "
            "a do kdy, a není-li úřad příslušný, komu žádost předal."
        ).format(day=day(answer_by(matter)))
    )


def _closing() -> Iterator[Block]:
    yield Blanks(
        labels=(),
        ticks=(
            _("přikládáme písemná odmítnutí služeb"),
            _("přikládáme zprávu lékaře nebo nemocnice"),
            _("přikládáme souhlas člověka"),
        ),
    )
    yield Signature(labels=(_("Místo a datum"), _("Jméno, funkce a podpis")))
    yield Paragraph(
        text=_(
            "Dopis obsahuje údaje o zdravotním a sociálním stavu: pošlete ho datovou schránkou "
            "nebo předejte osobně, ne běžným e-mailem."
        ),
        small=True,
    )
