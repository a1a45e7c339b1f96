"""The annex of the letter: who refused, who was found, who is near but takes not, what is open."""

from collections.abc import Iterator, Sequence

from referral.catalog.model import Kind, Service
from referral.catalog.vocabulary import Form
from referral.matching.exclusion import Exclusion, ExclusionCode
from referral.matching.ranking import Match, NearMiss
from referral.web.czech import counted
from referral.web.papers.expected import (
    ANSWERS,
    condition_text,
    doubts_in_short,
    reach_in_short,
)
from referral.web.papers.matter import Matter
from referral.web.papers.paper import Annex, Block, Cell, Column, Heading, Paragraph, Points, Table
from referral.web.papers.telling import (
    named_once,
    need_names,
    refusals_table,
    service_cell,
    sources_text,
)
from referral.web.presenters.offers import where_text
from referral.web.presenters.plans import open_needs_told
from referral.web.presenters.reasons import Reason, changes_told, reason_of
from referral.web.translation import _

FOUND_SHOWN = 5
NEAR_SHOWN = 6
_DOUBTS_SHOWN = 2


def annex(matter: Matter) -> Iterator[Block]:
    """Yield what the office may want to check before it rings anybody."""
    found, near = _found(matter), _near(matter)
    named = (
        *(match.offer.service for match in found),
        *(miss.offer.service for miss in near),
        *named_once(matter),
    )
    yield Annex()
    yield Heading(text=_("Příloha: co o pomoci v okolí víme"))
    yield from _refused(matter)
    yield from _tried(found, matter)
    yield from _not_taking(near, matter)
    yield from _left_open(matter)
    yield from _sources(named, matter)


def _refused(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Kdo už odmítl"), level=2)
    if not matter.request.refusals:
        yield Paragraph(
            text=_(
                "O žádném odmítnutí nevíme. Pokud bylo, doplňte je sem i s důvodem, který "
                "služba uvedla."
            )
        )
    else:
        yield Paragraph(
            text=_(
                "Odmítnout smí poskytovatel jen ze čtyř důvodů § 91 odst. 3 zákona: "
                "a) službu neposkytuje, i vzhledem k okruhu osob, b) nemá kapacitu, "
                "c) zdravotní stav vylučuje pobytovou službu, d) v posledních šesti měsících "
                "ukončil s člověkem smlouvu o téže službě pro porušování povinností."
            ),
            small=True,
        )
    yield refusals_table(matter)


def _found(matter: Matter) -> tuple[Match, ...]:
    """Return services to tell of: those of the plan, then the best of the others."""
    planned = {step.service_id for step in matter.answer.plan}
    offered = [one for one in matter.answer.matches if one.offer.service.kind is not Kind.AUTHORITY]
    ordered = sorted(offered, key=lambda one: (one.offer.id not in planned, one.rank))
    return tuple(sorted(ordered[:FOUND_SHOWN], key=lambda one: one.rank))


def _tried(found: tuple[Match, ...], matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Koho jsme našli a co přijetí brání"), level=2)
    count = matter.answer.counts
    if not found:
        yield Paragraph(
            text=_(
                "V katalogu není žádná služba, která by na potřebu odpovídala a do obce "
                "dosáhla. Posouzeno a vyloučeno: {excluded}."
            ).format(excluded=counted(count.excluded, "služba", "služby", "služeb"))
        )
        return
    yield Paragraph(
        text=_(
            "V katalogu jsme našli {found}; tady je {shown} nejlépe hodnocených. Jak odpoví, "
            "soudíme jen z údajů, nic z toho služba neslíbila."
        ).format(
            found=counted(count.found, "možnost", "možnosti", "možností"),
            shown=len(found),
        )
    )
    yield Table(
        name=_("Koho jsme našli"),
        columns=(
            Column(title=_("Služba"), share=3.6),
            Column(title=_("Na co a jak"), share=2.6),
            Column(title=_("Jak nejspíš odpoví a co je třeba"), share=3.8),
        ),
        rows=tuple(_found_row(one, matter) for one in found),
    )


def _found_row(match: Match, matter: Matter) -> tuple[Cell, ...]:
    vocabulary = matter.catalog.vocabulary
    prospect = matter.answer.prospects[match.offer.id]
    texts = [condition_text(one, vocabulary) for one in prospect.conditions]
    doubts = list(doubts_in_short(prospect, vocabulary)[:_DOUBTS_SHOWN])
    if all(one.available is None for one in match.offer.service.capacities):
        doubts.append(_("volné místo"))
    if doubts:
        texts.append(_("Ověřit: {doubts}.").format(doubts="; ".join(doubts)))
    return (
        service_cell(match.offer.service, matter, contact=True),
        Cell(text=f"{need_names(match.needs, matter)}. {_way(match, matter)}"),
        Cell(strong=ANSWERS[prospect.answer], text=" ".join(texts)),
    )


def _way(match: Match, matter: Matter) -> str:
    """Say how one gets to a service, and where it is when one has to come to it."""
    told = reach_in_short(match)
    if match.reach.form in {Form.AMBULATORY, Form.RESIDENTIAL}:
        told = _("{told} Místo: {where}.").format(
            told=told, where=where_text(match.offer.service, matter.catalog)
        )
    return told


def _near(matter: Matter) -> tuple[NearMiss, ...]:
    """Return near misses that have a reason beside the refusals already told."""
    return tuple(miss for miss in matter.answer.not_for_you if _other_reasons(miss))[:NEAR_SHOWN]


def _other_reasons(miss: NearMiss) -> tuple[Exclusion, ...]:
    return tuple(one for one in miss.exclusions if one.kind is not ExclusionCode.REFUSED)


def _not_taking(near: tuple[NearMiss, ...], matter: Matter) -> Iterator[Block]:
    if not near:
        return
    yield Heading(text=_("Kdo je blízko, ale nepřijímá, a co by se muselo změnit"), level=2)
    yield Table(
        name=_("Kdo nepřijímá"),
        columns=(
            Column(title=_("Služba"), share=3.2),
            Column(title=_("Proč ne"), share=3.6),
            Column(title=_("Co by se muselo změnit"), share=3.2),
        ),
        rows=tuple(_near_row(one, matter) for one in near),
    )
    rest = matter.answer.counts.excluded - len(near)
    if rest > 0:
        yield Paragraph(
            text=_("Dalších posouzených a vyloučených služeb: {rest}.").format(rest=rest),
            small=True,
        )


def _near_row(miss: NearMiss, matter: Matter) -> tuple[Cell, ...]:
    vocabulary, place = matter.catalog.vocabulary, matter.request.place.name
    reasons = [reason_of(one, vocabulary=vocabulary, place=place) for one in _other_reasons(miss)]
    changes = [text for _change, text in changes_told(miss, vocabulary=vocabulary, place=place)]
    return (
        service_cell(miss.offer.service, matter),
        Cell(text=" ".join([*(one.what for one in reasons), *_grounds_of(reasons)])),
        Cell(text=" ".join(changes) or _("Nic, co by někdo mohl udělat.")),
    )


def _grounds_of(reasons: Sequence[Reason]) -> Iterator[str]:
    """Say once for each ground whether a refusal resting on it would be lawful."""
    for citation, lawful in dict.fromkeys((one.citation, one.lawful) for one in reasons):
        if not citation:
            continue
        if lawful:
            yield _("Zákon to dovoluje: {citation}.").format(citation=citation)
        elif lawful is False:
            yield _("Mezi důvody § 91 odst. 3 to není.")
        else:
            yield _("Zda by odmítnutí obstálo, z údajů nepoznáme ({citation}).").format(
                citation=citation
            )


def _left_open(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Co zůstává otevřené"), level=2)
    told = [
        _("Na potřebu neodpovídá žádná služba: {need}.").format(need=one.text)
        for one in open_needs_told(matter.answer, matter.catalog)
    ]
    unsure = [
        code
        for code in matter.request.need_codes
        if code not in matter.taken() and code not in matter.answer.open_needs
    ]
    if unsure:
        told.append(
            _("Služba existuje, ale přijetí nikdo nepotvrdil: {needs}.").format(
                needs=need_names(unsure, matter)
            )
        )
    if not told:
        told.append(
            _("Pro každou potřebu je služba, která by podle údajů přijmout mohla; ověřte volno.")
        )
    yield Points(items=tuple(told))


def _sources(named: tuple[Service, ...], matter: Matter) -> Iterator[Block]:
    if named:
        yield Paragraph(
            text=_("Odkud údaje o službách jsou: {sources} Volná místa a podmínky ověřte.").format(
                sources=sources_text(named, matter)
            ),
            small=True,
        )
