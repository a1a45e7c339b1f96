"""What both papers tell alike: the facts, the needs, the refusals and the sources."""

from collections.abc import Iterable, Iterator, Mapping

from referral.catalog.model import Service
from referral.catalog.vocabulary import RefusalBasis, Urgency
from referral.matching.refusals import Consequence, consequence_of
from referral.matching.request import Refusal
from referral.web.czech import capitalised, counted, day, listing, phone_text, sentence
from referral.web.papers.matter import Matter
from referral.web.papers.paper import Cell, Column, Facts, Note, Table
from referral.web.presenters.labels import (
    CARE_LEVELS,
    REFUSAL_REASONS,
    names_of,
    service_label,
)
from referral.web.presenters.reasons import CITATIONS
from referral.web.presenters.understood import SURE
from referral.web.translation import _

_URGENCIES: Mapping[Urgency | None, str] = {
    Urgency.NOW: _("nesnese odkladu"),
    Urgency.SOON: _("spěchá"),
    None: "",
}
BLANK_REFUSALS = 2


def facts_known(matter: Matter) -> Facts:
    """Tell the place, the needs and what is known about the client, and nothing else."""
    return Facts(rows=tuple(_facts(matter)))


def _facts(matter: Matter) -> Iterator[tuple[str, str]]:
    request, vocabulary = matter.request, matter.catalog.vocabulary
    place = request.place
    yield (
        _("Obec"),
        _("{place}, správní obvod ORP {orp}, okres {district}").format(
            place=place.name, orp=place.orp, district=place.district
        ),
    )
    yield _("Co je potřeba vyřešit"), capitalised("; ".join(_needs(matter)))
    if request.age is not None:
        yield _("Věk"), counted(request.age, "rok", "roky", "let")
    if request.care_level is not None:
        yield _("Příspěvek na péči"), capitalised(CARE_LEVELS[request.care_level])
    if request.groups:
        yield _("Patří mezi"), capitalised("; ".join(names_of(request.groups, vocabulary.groups)))
    if request.barriers:
        names = names_of(request.barriers, vocabulary.barriers)
        yield _("Co přijetí ztěžuje"), capitalised("; ".join(names))
    if request.discharge_on is not None:
        yield _("Odchází ze zařízení"), day(request.discharge_on)
    if request.eviction_on is not None:
        yield _("Přijde o bydlení"), day(request.eviction_on)


def _needs(matter: Matter) -> Iterator[str]:
    for asked in matter.request.needs:
        need = matter.catalog.vocabulary.need(asked.code)
        doubt = "" if asked.confidence >= SURE else _("ověřit")
        marks = ", ".join(filter(None, (_URGENCIES[need.urgency], doubt)))
        yield f"{need.name} ({marks})" if marks else need.name


def named_once(matter: Matter) -> tuple[Service, ...]:
    """Return the known services that refused, each once, in the order in which it was told."""
    ids = dict.fromkeys(one.service_id for one in matter.request.refusals)
    return tuple(matter.catalog.services[one] for one in ids if one in matter.catalog.services)


def refusals_table(matter: Matter) -> Table:
    """Tell who refused, when and why, and whether the law knows such a reason."""
    return Table(
        name=_("Kdo pomoc odmítl"),
        columns=(
            Column(title=_("Služba"), share=3.2),
            Column(title=_("Kdy"), share=1.2),
            Column(title=_("Uvedený důvod"), share=2.0),
            Column(title=_("Dovoluje to zákon?"), share=3.6),
        ),
        rows=tuple(_refusal_row(one, matter) for one in matter.request.refusals),
        blank_rows=0 if matter.request.refusals else BLANK_REFUSALS,
    )


def _refusal_row(refusal: Refusal, matter: Matter) -> tuple[Cell, ...]:
    service = matter.catalog.services.get(refusal.service_id)
    when = _("neuvedeno") if refusal.on is None else day(refusal.on)
    reason = Cell(text=_reason(refusal, matter))
    if service is None:
        # What was typed in place of an id may be anybody's words, so it is not repeated.
        return (
            Cell(text=_("služba mimo katalog (doplňte)")),
            Cell(text=when),
            reason,
            Cell(text=_("Neposouzeno, službu neznáme.")),
        )
    told = judged(refusal, service, matter)
    return service_cell(service, matter), Cell(text=when), reason, law_cell(told)


def judged(refusal: Refusal, service: Service, matter: Matter) -> Consequence:
    """Return what a refusal means on the day of the paper."""
    return consequence_of(
        refusal,
        service=service,
        vocabulary=matter.catalog.vocabulary,
        limits=matter.policy.limits,
        today=matter.today,
    )


def _reason(refusal: Refusal, matter: Matter) -> str:
    barriers = matter.catalog.vocabulary.barriers
    name = REFUSAL_REASONS[refusal.reason]
    if refusal.barrier is not None:
        name = barriers[refusal.barrier].name
    if refusal.wait_days is None:
        return capitalised(name)
    return _("{name}; čekání {wait}").format(
        name=capitalised(name), wait=counted(refusal.wait_days, "den", "dny", "dní")
    )


def law_cell(told: Consequence) -> Cell:
    """Say whether the law knows the reason, by which paragraph, and when to ask again."""
    basis, lawful = told.verdict.basis, told.verdict.lawful
    citation = CITATIONS[basis]
    if lawful:
        text = _("Takový důvod zná {citation}.").format(citation=citation)
        if told.until is not None:
            asked = _("Znovu se lze ptát od {day}.").format(day=day(told.until))
            text = f"{text} {asked}"
        return Cell(strong=_("Ano, je-li pravdivý"), text=text)
    if lawful is None:
        return Cell(
            strong=_("Nelze rozhodnout"),
            text=_("Možný důvod: {citation}. Záleží na písemném odůvodnění.").format(
                citation=citation
            ),
        )
    if basis is RefusalBasis.HEALTH:
        text = _("Zdravotní stav smí být důvodem jen u pobytové služby ({citation}).").format(
            citation=citation
        )
    else:
        text = _("Mezi čtyřmi důvody § 91 odst. 3 není.")
    return Cell(strong=_("Ne"), text=_("{text} Žádejte písemný důvod.").format(text=text))


def service_cell(service: Service, matter: Matter, *, contact: bool = False) -> Cell:
    """Name a service with its provider and type, and with its telephone when it is known."""
    what = service_label(service, matter.catalog.vocabulary)
    told = [what]
    if service.organization.name.casefold() not in service.name.casefold():
        told.append(service.organization.name)
    if contact and service.contact.phone:
        told.append(_("tel. {phone}").format(phone=phone_text(service.contact.phone)))
    if what.partition(" (")[0].casefold() in service.name.casefold():
        told[0] = what.partition("(")[2].rstrip(")") or what
    return Cell(strong=service.name, text="; ".join(told))


def need_names(codes: Iterable[str], matter: Matter) -> str:
    """Name needs in one line."""
    return capitalised(listing([matter.catalog.vocabulary.need(code).name for code in codes]))


def sources_text(services: Iterable[Service], matter: Matter) -> str:
    """Name the sources of the services on the paper with their dates and licences."""
    ids = sorted({one.provenance.source for one in services})
    told = [matter.catalog.source(one) for one in ids]
    return " ".join(
        sentence(f"{one.title}; {one.publisher}; stav k {day(one.as_of)}; {one.licence}")
        for one in told
    )


def urgent_note(matter: Matter) -> Note:
    """Say whom to ring before any paper is sent; there is somebody to ring."""
    calls = [
        _("{number} ({name})").format(number=call.number, name=call.name)
        if call.number != call.name and any(sign.isdigit() for sign in call.number)
        else call.name
        for call in matter.answer.urgent
    ]
    return Note(
        text=_("Něco z toho nesnese odkladu. Tento list nenahrazuje telefon: {calls}.").format(
            calls="; ".join(calls)
        )
    )
