"""Why an offer is not for this client here: what, on what legal ground, and what would help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from referral.catalog.sexes import Sex
from referral.catalog.vocabulary import Form, RefusalBasis, Vocabulary
from referral.matching.changes import Change, ChangeKind
from referral.matching.exclusion import Exclusion, ExclusionCode
from referral.matching.ranking import NearMiss
from referral.web.czech import counted, day, listing, number, years
from referral.web.presenters.facts import Facts
from referral.web.presenters.labels import FORMS, REFUSAL_REASONS, names_of
from referral.web.translation import _, translated

CITATIONS: Mapping[RefusalBasis, str] = {
    RefusalBasis.CIRCLE: "§ 91 odst. 3 písm. a)",
    RefusalBasis.CAPACITY: "§ 91 odst. 3 písm. b)",
    RefusalBasis.HEALTH: "§ 91 odst. 3 písm. c)",
    RefusalBasis.BREACH: "§ 91 odst. 3 písm. d)",
    RefusalBasis.ELIGIBLE_PERSON: "§ 4",
    RefusalBasis.EQUIPMENT: _("vybavení služby"),
    RefusalBasis.OUTSIDE_LAW: _("mimo § 91 odst. 3"),
    RefusalBasis.UNKNOWN: _("právní důvod neznáme"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One exclusion as it is told.

    ``what`` is the bare reason, ``citation`` the legal ground (empty when nobody refuses anything),
    ``law`` a sentence on whether the refusal would be lawful, ``would_accept_if`` what would have
    to change (empty when nothing would help).
    """

    code: str
    kind: str
    what: str
    citation: str
    ground: str
    lawful: bool | None
    law: str
    would_accept_if: str

    @property
    def text(self) -> str:
        """The whole reason in one paragraph."""
        return f"{self.what} {self.law}"


def reason_of(exclusion: Exclusion, *, vocabulary: Vocabulary, place: str) -> Reason:
    """Tell one exclusion; ``place`` is the name of the client's municipality."""
    facts = Facts(exclusion.facts)
    make = SENTENCES.get(exclusion.kind, _other)
    basis = exclusion.basis
    return Reason(
        code=exclusion.code,
        kind=exclusion.kind.value,
        what=make(facts, vocabulary, place),
        citation=CITATIONS[basis] if basis is not None else "",
        ground=basis.value if basis is not None else "",
        lawful=exclusion.lawful,
        law=_law(exclusion),
        would_accept_if=would_accept_if(exclusion, vocabulary=vocabulary, place=place),
    )


def _law(exclusion: Exclusion) -> str:
    """Say whether a refusal on this ground would be lawful (§ 91 odst. 3 of Act 108/2006 Sb.)."""
    basis = exclusion.basis
    if basis is None:
        return _("Nejde o odmítnutí klienta.")
    citation = CITATIONS[basis]
    if exclusion.lawful:
        return _("Odmítnout z tohoto důvodu zákon dovoluje: {citation}.").format(citation=citation)
    if exclusion.lawful is False:
        if basis is RefusalBasis.HEALTH:
            return _(
                "Zdravotní stav smí být důvodem jen u pobytové služby, viz {citation}. "
                "Požádejte o písemné odůvodnění."
            ).format(citation=citation)
        return _(
            "Mezi důvody, pro které zákon dovoluje odmítnout, není (§ 91 odst. 3); "
            "požádejte o písemné odůvodnění."
        )
    if basis is RefusalBasis.UNKNOWN:
        return _("O jaký právní důvod se služba opírá, nevíme.")
    return _("Zda by odmítnutí obstálo, z údajů nepoznáme: {citation}.").format(citation=citation)


def _age_below(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Služba je od {limit} let, klientovi je {age}.").format(
        limit=number(facts.number("limit") or 0), age=years(facts.number("age") or 0)
    )


def _age_above(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Služba je do {limit} let, klientovi je {age}.").format(
        limit=number(facts.number("limit") or 0), age=years(facts.number("age") or 0)
    )


def _group(facts: Facts, vocabulary: Vocabulary, _place: str) -> str:
    circle = listing(names_of(facts.words("circle"), vocabulary.groups))
    client = listing(names_of(facts.words("client"), vocabulary.groups))
    return _("V okruhu osob služby jsou jen: {circle}. Klient patří mezi: {client}.").format(
        circle=circle, client=client
    )


def _sex(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    if facts.text("sex") == Sex.WOMAN:
        return _("Podle svého názvu je služba pro ženy nebo pro matky s dětmi.")
    return _("Podle svého názvu je služba pro muže.")


def _form(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Služba je jen {offered}, hledáte {wanted}.").format(
        offered=_forms(facts.words("offered")), wanted=_forms(facts.words("wanted"))
    )


def _forms(codes: tuple[str, ...]) -> str:
    known = {form.value: name for form, name in FORMS.items()}
    order = [form.value for form in Form]
    ranked = sorted(codes, key=lambda code: order.index(code) if code in order else len(order))
    return listing([known.get(code, code) for code in ranked])


def _area(facts: Facts, _vocabulary: Vocabulary, place: str) -> str:
    areas = facts.words("areas")
    if not areas:
        return _("Území působnosti služby obec {place} nezahrnuje.").format(place=place)
    return _("Obec {place} není v území, kde služba působí: {areas}.").format(
        place=place, areas=listing(areas)
    )


def _distance(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _(
        "Na pravidelné docházení je to daleko: asi {far} vzdušnou čarou, mez je {limit}."
    ).format(
        far=f"{number(facts.number('km') or 0, places=1)}\u00a0km",
        limit=f"{number(facts.number('limit_km') or 0)}\u00a0km",
    )


def _barrier(facts: Facts, vocabulary: Vocabulary, _place: str) -> str:
    wording = facts.text("wording")
    text = _("Služba uvádí, že nepřijímá lidi s touto překážkou: {barrier}").format(
        barrier=_barrier_name(facts, vocabulary)
    )
    return f"{text} („{wording}“)." if wording else f"{text}."


def _barrier_name(facts: Facts, vocabulary: Vocabulary) -> str:
    code = facts.text("barrier")
    return translated(vocabulary.barriers[code].name) if code in vocabulary.barriers else code


def _refused(facts: Facts, vocabulary: Vocabulary, _place: str) -> str:
    reason = facts.text("reason")
    if facts.text("barrier"):
        name = _barrier_name(facts, vocabulary)
    else:
        name = REFUSAL_REASONS.get(reason, reason)
    return _("Služba už klienta odmítla (uvedený důvod: {name}).").format(name=name)


def _ended(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    if facts.text("from"):
        start = day(date.fromisoformat(facts.text("from")))
        return _("Služba začíná až {day}.").format(day=start)
    if not facts.text("on"):
        return _("Registrace služby skončila.")
    return _("Registrace služby skončila {day}.").format(
        day=day(date.fromisoformat(facts.text("on")))
    )


def _other(_facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Službu nelze doporučit; podrobnější důvod údaje neříkají.")


SENTENCES: Mapping[ExclusionCode, Callable[[Facts, Vocabulary, str], str]] = {
    ExclusionCode.AGE_BELOW: _age_below,
    ExclusionCode.AGE_ABOVE: _age_above,
    ExclusionCode.SEX: _sex,
    ExclusionCode.GROUP: _group,
    ExclusionCode.FORM: _form,
    ExclusionCode.AREA: _area,
    ExclusionCode.DISTANCE: _distance,
    ExclusionCode.BARRIER: _barrier,
    ExclusionCode.REFUSED: _refused,
    ExclusionCode.ENDED: _ended,
}


def would_accept_if(exclusion: Exclusion, *, vocabulary: Vocabulary, place: str) -> str:
    """Say what would have to change for the offer to be made; empty when nothing would help."""
    if exclusion.change is None:
        return ""
    return CHANGES[exclusion.change.kind](Facts(exclusion.facts), vocabulary, place)


def changes_told(
    miss: NearMiss, *, vocabulary: Vocabulary, place: str
) -> tuple[tuple[Change, str], ...]:
    """Tell all that would have to change for a near miss to be offered, the nearest first.

    Empty when nothing would help.
    """
    texts = {
        one.change: would_accept_if(one, vocabulary=vocabulary, place=place)
        for one in reversed(miss.exclusions)
        if one.change is not None
    }
    return tuple((change, texts[change]) for change in miss.changes)


def _if_older(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    limit, age = facts.number("limit"), facts.number("age")
    if limit is None:
        return _("Až klient dosáhne věkové hranice.")
    text = _("Až klientovi bude {limit}").format(limit=years(limit))
    if facts.text("on"):
        return _("{text}, tedy od {day}.").format(text=text, day=_day(facts, "on"))
    if age is None or limit <= age:
        return f"{text}."
    left = counted(int(limit - age), "rok", "roky", "let")
    return _("{text} (chybí {left}).").format(text=text, left=left)


def _day(facts: Facts, key: str) -> str:
    return day(date.fromisoformat(facts.text(key)))


def _if_in_group(facts: Facts, vocabulary: Vocabulary, _place: str) -> str:
    circle = listing(names_of(facts.words("circle"), vocabulary.groups))
    return _("Kdyby klient patřil i mezi: {circle}.").format(circle=circle)


def _if_form(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Kdyby klientovi vyhovovala i služba {offered}.").format(
        offered=_forms(facts.words("offered"))
    )


def _if_area(_facts: Facts, _vocabulary: Vocabulary, place: str) -> str:
    return _(
        "Kdyby poskytovatel rozšířil působnost na obec {place}. "
        "Obec se s ním na tom může dohodnout, zeptejte se."
    ).format(place=place)


def _if_nearer(_facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Kdyby měl klient zajištěnou dopravu a delší cestu zvládl.")


def _if_no_barrier(facts: Facts, vocabulary: Vocabulary, _place: str) -> str:
    name = _barrier_name(facts, vocabulary)
    if not name:
        return _("Kdyby překážka, kterou služba uvedla, pominula.")
    return _(
        "Kdyby překážka pominula ({name}), nebo služba uznala, že ve vašem případě nevadí."
    ).format(name=name)


_PAPERS: Mapping[str, str] = {
    "BEZ-DOKL": _("Když klient předloží doklad totožnosti. Vyřídit ho pomůže sociální pracovník."),
    "BEZ-PRIJ": _(
        "Když klient doloží příjem, třeba dávku nebo důchod, o které může teprve požádat."
    ),
    "BEZ-POJ": _("Když klient doloží zdravotní pojištění; přihlásí ho zdravotní pojišťovna."),
}


def _if_proved(facts: Facts, vocabulary: Vocabulary, place: str) -> str:
    return _PAPERS.get(facts.text("barrier")) or _if_no_barrier(facts, vocabulary, place)


def _if_room(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    if facts.text("until"):
        return _("Až se uvolní místo; zeptejte se znovu od {day}.").format(day=_day(facts, "until"))
    return _("Až se uvolní místo. Požádejte o zařazení do pořadníku.")


def _if_healthier(_facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Kdyby lékař potvrdil, že zdravotní stav pobyt ve službě dovoluje.")


def _if_later(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    text = _("Až uplyne šest měsíců od ukončení předchozí smlouvy")
    if facts.text("until"):
        return _("{text}, tedy od {day}.").format(text=text, day=_day(facts, "until"))
    return f"{text}."


def _if_begun(facts: Facts, _vocabulary: Vocabulary, _place: str) -> str:
    return _("Až služba začne, tedy od {day}.").format(day=_day(facts, "from"))


CHANGES: Mapping[ChangeKind, Callable[[Facts, Vocabulary, str], str]] = {
    ChangeKind.PAPER: _if_proved,
    ChangeKind.FORM: _if_form,
    ChangeKind.WAIT: _if_later,
    ChangeKind.CAPACITY: _if_room,
    ChangeKind.DISTANCE: _if_nearer,
    ChangeKind.AREA: _if_area,
    ChangeKind.BARRIER: _if_no_barrier,
    ChangeKind.HEALTH: _if_healthier,
    ChangeKind.GROUP: _if_in_group,
    ChangeKind.AGE: _if_older,
    ChangeKind.START: _if_begun,
}
