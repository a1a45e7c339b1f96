"""How a service is likely to answer, told to somebody who does not sit beside the client."""

from collections.abc import Mapping

from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.prospect import Answer, Condition, ConditionKind, DoubtKind, Prospect
from referral.matching.ranking import Match
from referral.web.czech import day, distance, listing
from referral.web.translation import _

ANSWERS: Mapping[Answer, str] = {
    Answer.ACCEPTS: _("Podle svých údajů přijme"),
    Answer.LIKELY: _("Nejspíš přijme"),
    Answer.CONDITIONAL: _("Přijme s podmínkou"),
    Answer.UNKNOWN: _("Neví se"),
    Answer.REFUSES: _("Nepřijme"),
}
_FORMS: Mapping[Form | None, str] = {
    Form.FIELD: _("dojíždí za lidmi"),
    Form.AMBULATORY: _("dochází se tam"),
    Form.RESIDENTIAL: _("bydlí se tam"),
    None: _("pro danou obec"),
}
_DOUBTS: Mapping[DoubtKind, str] = {
    DoubtKind.REACH: _("zda pomůže i člověku z této obce"),
    DoubtKind.CIRCLE: _("jaký má okruh osob"),
    DoubtKind.BARRIER: _("zda přijímá, když jde o: {names}"),
    DoubtKind.CLIENT_OUTSIDE: _("zda člověk do jejího okruhu osob patří"),
    DoubtKind.CIRCLE_BY_TYPE: _("okruh osob (známe jen podle druhu služby)"),
    DoubtKind.BARRIER_BY_TYPE: _("{names} (podle druhu služby nevadí, sama to neuvádí)"),
    DoubtKind.BARRIER_BY_EXPERIENCE: _("{names} (podle zkušenosti jiných nevadí)"),
    DoubtKind.CLIENT_GROUP: _("zda člověk do jejího okruhu osob patří"),
    DoubtKind.CLIENT_AGE: _("věk člověka, služba má věkovou hranici"),
    DoubtKind.CLIENT_SEX: _("zda jde o ženu, nebo o muže; služba je jen pro jedny z nich"),
    DoubtKind.CLIENT_BARRIER: _("zda se člověka netýká: {names}"),
}


def doubts_in_short(
    prospect: Prospect,
    vocabulary: Vocabulary,
    *,
    kinds: frozenset[DoubtKind] = frozenset(DoubtKind),
) -> tuple[str, ...]:
    """Return what has to be verified, the gravest first; doubts of one kind share one text."""
    codes: dict[DoubtKind, list[str]] = {}
    for one in prospect.doubts:
        codes.setdefault(one.kind, []).extend([one.barrier] if one.barrier else [])
    texts = (
        _DOUBTS[kind].format(names=listing([_barrier(code, vocabulary) for code in codes[kind]]))
        for kind in DoubtKind
        if kind in codes and kind in kinds
    )
    return tuple(dict.fromkeys(texts))


def condition_text(condition: Condition, vocabulary: Vocabulary) -> str:
    """Say one thing that has to be done or awaited before the service accepts."""
    named = _barrier(condition.barrier, vocabulary) if condition.barrier else ""
    if condition.kind is ConditionKind.PLACE:
        return _("Volné místo teď nehlásí; nutný je pořadník.")
    if condition.kind is ConditionKind.ASK_AGAIN:
        if condition.on is None:
            return _("Už odmítla, důvod pominul; lze se ptát znovu.")
        return _("Už odmítla, důvod pominul {day}; lze se ptát znovu.").format(
            day=day(condition.on)
        )
    if condition.kind is ConditionKind.WRITTEN_REASON:
        return _("Už odmítla z důvodu, který zákon nezná; má vydat písemný důvod.")
    if condition.wording:
        return _("Podmínka ({name}): „{wording}“.").format(
            name=named, wording=condition.wording.rstrip(". ")
        )
    return _("Má podmínku, kterou je třeba zjistit ({name}).").format(name=named)


def reach_in_short(match: Match) -> str:
    """Say how the service and the client come together, and how far; never where it is secret."""
    reach = match.reach
    if reach.remote:
        return _("Pomáhá na dálku.")
    how = _FORMS[reach.form]
    if (
        reach.distance_km is not None
        and reach.form in {Form.AMBULATORY, Form.RESIDENTIAL}
        and not match.offer.service.secret
    ):
        how = f"{how}, {distance(reach.distance_km)}"
    return f"{how[:1].upper()}{how[1:]}."


def _barrier(code: str, vocabulary: Vocabulary) -> str:
    return vocabulary.barriers[code].name if code in vocabulary.barriers else code
