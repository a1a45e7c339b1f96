"""The printed service card: the same facts as the page, in an order that fits one or two sheets."""

from collections.abc import Iterable, Iterator

from referral.catalog.model import Service
from referral.web.czech import day, sentence
from referral.web.papers.paper import (
    Answer,
    Answers,
    Blanks,
    Block,
    Cell,
    Column,
    Heading,
    Masthead,
    Note,
    Paper,
    Paragraph,
    Side,
    Sides,
    Table,
    Told,
)
from referral.web.presenters.service_page import Row
from referral.web.printed.money import AllowanceTable
from referral.web.printed.qr import qr_code
from referral.web.printed.service_card import Desk, ServiceCard, other_help, sources_told
from referral.web.translation import _

TEMPLATE = "card.typ"
UNKNOWN = _("Neznámo – zeptejte se.")


def card_paper(card: ServiceCard, service: Service, desk: Desk) -> Paper:
    """Lay out a card."""
    return Paper(
        title=_("Karta služby: {name}").format(name=service.name),
        on=desk.today,
        footer=_("Karta služby, sestaveno {day}. Před cestou zavolejte, údaje se mění.").format(
            day=day(desk.today)
        ),
        before=(_masthead(card),),
        blocks=tuple(_blocks(card, service, desk)),
    )


def _masthead(card: ServiceCard) -> Masthead:
    offer = card.page.offer
    contact = offer.contact
    ico = _("IČO {ico}").format(ico=card.page.ico) if card.page.ico else ""
    number = _("č. v registru {id}").format(id=offer.register_id) if offer.register_id else ""
    return Masthead(
        above=_("Karta služby – {what}").format(what=offer.what),
        title=offer.name,
        below=", ".join(filter(None, (offer.provider, ico))),
        call=contact.phone,
        ways=tuple(filter(None, (contact.email, contact.web_label, card.reach_us))),
        aside=tuple(filter(None, (number, card.address))),
        code=qr_code(card.address),
    )


def _blocks(card: ServiceCard, service: Service, desk: Desk) -> Iterator[Block]:
    page = card.page
    if page.ended:
        yield Note(text=page.ended)
    if page.description:
        yield Paragraph(text=sentence(page.description))
    yield Sides(left=_does(card), right=_limits(card))
    yield Heading(text=_("Pro koho, kde, kdy a kolik míst"))
    yield Answers(rows=tuple(answers_of(page.rows)))
    yield Heading(text=_("Kolik to stojí"))
    yield Answers(rows=(Answer(label=_("Platí se?"), lines=tuple(map(unknown_said, card.price))),))
    if card.allowance is not None:
        yield from allowance_blocks(card.allowance)
    yield Heading(text=_("Jak začít"))
    yield Answers(rows=tuple(_begin(card)))
    yield Heading(text=_("Koho přijímá a když odmítne"))
    yield Answers(rows=tuple(_refusing(card)))
    yield Heading(text=_("Kam dál"))
    yield Answers(rows=tuple(_further(card)))
    yield Heading(text=_("Co služba řekla"))
    yield Blanks(
        labels=(
            _("Volali jsme dne, telefon"),
            _("Volno, pořadník, čekání"),
            _("Podmínky a cena"),
            _("Další krok a kdo ho udělá"),
        )
    )
    yield Paragraph(
        text=_("Odkud údaje jsou: {sources}").format(sources=sources_told(service, desk.catalog)),
        small=True,
    )


def _does(card: ServiceCard) -> Side:
    items = (*_own(card.said.does, card), *card.does)
    return Side(title=_("Co dělá"), items=items or (UNKNOWN,), note=card.does_note)


def _limits(card: ServiceCard) -> Side:
    items = (*_own(card.said.does_not, card), *card.limits)
    title = _("Co obvykle nedělá") if card.limits else _("Co nedělá")
    return Side(title=title, items=items or (UNKNOWN,), note=card.limits_note)


def _own(text: str, card: ServiceCard) -> tuple[str, ...]:
    """Return what was verified of the service itself, before what is said of its type."""
    return (f"{text} ({card.said.note})",) if text else ()


def answers_of(rows: Iterable[Row]) -> Iterator[Answer]:
    """Yield the rows of a service's page, what is unknown with the advice to ask."""
    for row in rows:
        lines = (Told(text=one.text, note=one.note, unknown=one.unknown) for one in row.lines)
        yield Answer(label=row.label, lines=tuple(map(unknown_said, lines)))


def unknown_said(line: Told) -> Told:
    """Say of what nobody has told that it is unknown and whom to ask."""
    if not line.unknown:
        return line
    return Told(
        text=_("{unknown} {text}").format(unknown=UNKNOWN, text=line.text),
        note=line.note,
        unknown=True,
    )


def _begin(card: ServiceCard) -> Iterator[Answer]:
    if card.begins:
        note = _("obvyklá praxe")
        yield Answer(label=_("První krok"), lines=(Told(text=card.begins, note=note),))
    hello = _(
        "„Dobrý den, volám z obce … a hledám pomoc pro člověka od nás.“ Jméno zatím neříkejte."
    )
    yield Answer(
        label=_("Po telefonu"), lines=(Told(text=hello), *(Told(text=one) for one in card.ask))
    )
    if card.prepare:
        yield Answer(label=_("Co mít po ruce"), lines=card.prepare)


def _refusing(card: ServiceCard) -> Iterator[Answer]:
    said = tuple(Told(text=one.text, note=one.note) for one in card.page.refusals)
    silent = (
        Told(
            text=_("Koho služba odmítá nebo za jakých podmínek přijímá, zdroj neuvádí."),
            unknown=True,
        ),
    )
    yield Answer(label=_("Koho ano a koho ne"), lines=said or tuple(map(unknown_said, silent)))
    yield Answer(label=_("Když odmítnou"), lines=(Told(text=card.page.if_refused),))
    if card.turn_to:
        yield Answer(label=_("Kam se obrátit"), lines=card.turn_to)


def _further(card: ServiceCard) -> Iterator[Answer]:
    yield Answer(label=_("Úřad"), lines=(Told(text=sentence(card.office)),))
    if card.like:
        yield Answer(
            label=_("Stejná pomoc v okolí"),
            lines=tuple(Told(text=f"{one.name} – {one.where}") for one in card.like),
        )
    if card.beside:
        yield Answer(
            label=_("Co pomáhá vedle toho"),
            lines=(Told(text=sentence(other_help(card.beside)), note=_("obvykle")),),
        )


def allowance_blocks(table: AllowanceTable) -> Iterator[Block]:
    """Yield the care allowance as a table, with how one asks for it and on what it rests."""
    yield Table(
        name=table.title,
        columns=tuple(
            Column(title=title, share=share)
            for title, share in zip(table.heads, (3, 3, 4, 4), strict=True)
        ),
        rows=tuple(tuple(Cell(text=text) for text in row) for row in table.rows),
    )
    yield Paragraph(
        text=_("{title}. {how} Opora: {note}.").format(
            title=table.title, how=table.how, note=table.note
        ),
        small=True,
    )
