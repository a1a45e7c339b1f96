"""How a service is likely to answer: a word, and the reasons one by one, conditions first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.catalog.vocabulary import Vocabulary
from referral.matching.advice import Advice
from referral.matching.estimate import Estimate
from referral.matching.prospect import (
    Answer,
    Condition,
    ConditionKind,
    Doubt,
    DoubtKind,
    Prospect,
)
from referral.matching.request import ReferralRequest
from referral.web.czech import day, listing, number
from referral.web.translation import _, translated

ANSWERS: Mapping[Answer, str] = {
    Answer.ACCEPTS: _("Přijme"),
    Answer.LIKELY: _("Pravděpodobně přijme"),
    Answer.CONDITIONAL: _("Přijme s podmínkou"),
    Answer.UNKNOWN: _("Neví se"),
    Answer.REFUSES: _("Nepřijme"),
}
NOTES: Mapping[Answer, str] = {
    Answer.ACCEPTS: _("Podle toho, co o sobě služba sama uvádí; volné místo ověřte."),
    Answer.LIKELY: _("Nic, co víme, v cestě nestojí; tohle si ale ověřte:"),
    Answer.CONDITIONAL: _("Nejdřív je třeba splnit toto:"),
    Answer.UNKNOWN: _("Údaje to nerozhodnou. Zeptejte se předem:"),
    Answer.REFUSES: _("Něco tomu brání."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One condition or doubt as it is told; ``kind`` and ``barrier`` are for programs."""

    kind: str
    text: str
    barriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTo:
    """Somebody to turn to after a refusal that the law does not know."""

    who: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to be expected; ``answer`` names the badge, ``label`` stands in it."""

    answer: str
    label: str
    note: str
    conditions: tuple[Told, ...] = ()
    doubts: tuple[Told, ...] = ()
    estimates: tuple[Told, ...] = ()
    turn_to: tuple[TurnTo, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """All sentences, conditions first."""
        told = (*self.conditions, *self.doubts, *self.estimates)
        return tuple(one.text for one in told)


def verdict(
    prospect: Prospect, *, request: ReferralRequest, catalog: Catalog, advice: Advice
) -> Verdict:
    """Tell how a service is likely to answer."""
    vocabulary = catalog.vocabulary
    unlawful = any(one.kind is ConditionKind.WRITTEN_REASON for one in prospect.conditions)
    return Verdict(
        answer=prospect.answer.value,
        label=ANSWERS[prospect.answer],
        note=NOTES[prospect.answer],
        conditions=tuple(_condition(one, vocabulary) for one in prospect.conditions),
        doubts=doubts_told(prospect.doubts, vocabulary),
        estimates=tuple(
            Told(kind="estimate", text=estimate_text(code, one, vocabulary), barriers=(code,))
            for code, one in prospect.estimates
        ),
        turn_to=turn_to(request, advice) if unlawful else (),
    )


def turn_to(request: ReferralRequest, advice: Advice) -> tuple[TurnTo, ...]:
    """Name those who can be turned to after an unlawful refusal, for the client's place."""
    place = request.place
    return tuple(
        TurnTo(who=one.who.format(region=place.region, orp=place.orp), why=one.why)
        for one in advice.recourses
    )


def _condition(condition: Condition, vocabulary: Vocabulary) -> Told:
    return Told(
        kind=condition.kind.value,
        text=_CONDITIONS[condition.kind](condition, vocabulary),
        barriers=(condition.barrier,) if condition.barrier else (),
    )


def _stated(condition: Condition, vocabulary: Vocabulary) -> str:
    name = _barrier(condition.barrier, vocabulary)
    if condition.wording:
        return _("Přijme, když splní, co služba uvádí k překážce „{name}“: „{wording}“.").format(
            name=name, wording=condition.wording.rstrip(". ")
        )
    return _("Přijme s podmínkou, kterou upřesní ({name}). Zeptejte se na ni.").format(name=name)


def _again(condition: Condition, _vocabulary: Vocabulary) -> str:
    if condition.on is None:
        return _("Už odmítla; důvod pominul, zeptejte se znovu.")
    return _("Už odmítla; důvod pominul {day}, zeptejte se znovu.").format(day=day(condition.on))


def _unlawful(condition: Condition, vocabulary: Vocabulary) -> str:
    named = f" ({_barrier(condition.barrier, vocabulary)})" if condition.barrier else ""
    return _(
        "Už odmítla a důvod, který uvedla{named}, mezi důvody § 91 odst. 3 není. Požádejte "
        "o písemné odůvodnění; na žádost ho vydat musí."
    ).format(named=named)


def _full(_condition: Condition, _vocabulary: Vocabulary) -> str:
    return _("Přijme, až se uvolní místo: volné teď nehlásí. Zeptejte se na pořadník.")


_CONDITIONS: Mapping[ConditionKind, Callable[[Condition, Vocabulary], str]] = {
    ConditionKind.STATED: _stated,
    ConditionKind.ASK_AGAIN: _again,
    ConditionKind.WRITTEN_REASON: _unlawful,
    ConditionKind.PLACE: _full,
}

_DOUBTS: Mapping[DoubtKind, str] = {
    DoubtKind.REACH: _("Zda je pro vaši obec dosažitelná, zdroj neuvádí – zeptejte se předem."),
    DoubtKind.CIRCLE: _("Služba neuvádí, pro koho je (okruh osob) – zeptejte se předem."),
    DoubtKind.BARRIER: _("Služba neuvádí, zda bere lidi s touto překážkou: {names}."),
    DoubtKind.CLIENT_OUTSIDE: _(
        "Podle toho, co o člověku víme, do okruhu osob služby nejspíš nepatří – zeptejte se."
    ),
    DoubtKind.CIRCLE_BY_TYPE: _("Okruh osob známe jen podle druhu služby, sama ho neuvádí."),
    DoubtKind.BARRIER_BY_TYPE: _("Podle druhu služby nevadí: {names}. Sama to neuvádí."),
    DoubtKind.BARRIER_BY_EXPERIENCE: _(
        "Sama nic neuvádí, usuzujeme z toho, jak dopadli jiní: {names}."
    ),
    DoubtKind.CLIENT_GROUP: _("Nevíme, zda člověk patří do okruhu osob služby."),
    DoubtKind.CLIENT_AGE: _("Nevíme, kolik je člověku let; služba má věkovou hranici."),
    DoubtKind.CLIENT_SEX: _("Nevíme, zda jde o ženu, nebo o muže; služba je jen pro jedny z nich."),
    DoubtKind.CLIENT_BARRIER: _("Nevíme, zda se člověka týká to, na čem službě záleží: {names}."),
}


def doubts_told(doubts: Sequence[Doubt], vocabulary: Vocabulary) -> tuple[Told, ...]:
    """Tell doubts in the order of their kinds' weight; those of one kind share one sentence."""
    codes: dict[DoubtKind, list[str]] = {}
    for one in doubts:
        codes.setdefault(one.kind, []).extend([one.barrier] if one.barrier else [])
    return tuple(
        Told(
            kind=kind.value,
            text=_DOUBTS[kind].format(
                names=listing([_barrier(code, vocabulary) for code in codes[kind]])
            ),
            barriers=tuple(codes[kind]),
        )
        for kind in DoubtKind
        if kind in codes
    )


def estimate_text(code: str, told: Estimate, vocabulary: Vocabulary) -> str:
    """Say what the estimate rests on: whose outcomes, how many, and how wide it is."""
    name = _barrier(code, vocabulary)
    own = told.accepted + told.refused
    if own:
        text = _("Zkušenost ({name}): přijali {accepted} z {all} podobných").format(
            name=name, accepted=number(told.accepted), all=number(own)
        )
    else:
        text = _("Zkušenost ({name}): od této služby žádná, od jiných téhož druhu {others}").format(
            name=name, others=number(told.others)
        )
    spread = _("odhad {mean}\u00a0%, 90% interval {low}–{high}\u00a0%").format(
        mean=_percent(told.mean), low=_percent(told.low), high=_percent(told.high)
    )
    scarce = _("; málo dat") if told.scarce else ""
    return f"{text}{scarce} ({spread})."


def _percent(share: float) -> str:
    return number(round(100 * share))


def _barrier(code: str, vocabulary: Vocabulary) -> str:
    return translated(vocabulary.barriers[code].name) if code in vocabulary.barriers else code
