"""What the gap report says in Czech: statuses, demands, findings and sums."""

from collections.abc import Mapping, Sequence

from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary
from referral.network.gaps import GapStatus, RuleResult, RuleSummary
from referral.network.norms import Metric, Neighbourhood, Norm, NormStatus, Rule
from referral.web.czech import NBSP, capitalised, number, plural
from referral.web.presenters.labels import FORMS, unit_amount
from referral.web.translation import _, translated

NARROW_NBSP = "\u202f"
"""Groups thousands in counts of people, so that long and short numbers line up in a column."""

STATUSES: Mapping[GapStatus, str] = {
    GapStatus.MET: _("splněno"),
    GapStatus.PARTIAL: _("částečně"),
    GapStatus.GAP: _("mezera"),
    GapStatus.UNKNOWN: _("neznámo"),
}
UNCERTAIN = _("nejisté")

METRICS: Mapping[Metric, str] = {
    Metric.COVERAGE: _("počet služeb, které do obce jezdí"),
    Metric.NEAREST_KM: _("km po silnici k\u00a0nejbližšímu místu služby"),
    Metric.REACH: _("služba jezdí do obce, nebo je do tolika km po silnici"),
    Metric.PRESENCE: _("počet služeb, které do obce jezdí nebo v\u00a0ní mají místo"),
    Metric.NEAREST_MIN: _("minuty jízdy k\u00a0nejbližšímu místu služby"),
    Metric.REACH_MIN: _("služba jezdí do obce, nebo je do tolika minut jízdy"),
    Metric.HOURS: _("kolik hodin týdně má služba v\u00a0dosahu otevřeno"),
    Metric.CAPACITY: _("dosažitelná kapacita na 1\u00a0000 lidí"),
}

NORM_STATUSES: Mapping[NormStatus, str] = {
    NormStatus.GUIDE: _("Orientační norma: není úředním standardem a nezakládá nárok."),
    NormStatus.METHOD: _("Norma podle metodiky: doporučení, není závazná."),
    NormStatus.APPROVED: _("Schválená norma."),
}
_NEIGHBOURHOODS: Mapping[Neighbourhood, str] = {
    Neighbourhood.ORP: _("jen v\u00a0ORP svého poskytovatele"),
    Neighbourhood.DISTRICT: _("jen v\u00a0okrese svého poskytovatele"),
    Neighbourhood.EVERYWHERE: _("všude"),
}
_NOT_KNOWN_WHERE = _("služby v\u00a0okolí neuvádějí, kam jezdí nebo kde se poskytují")
_WHY_UNKNOWN: Mapping[Metric, str] = {
    Metric.COVERAGE: _("služby v\u00a0okolí neuvádějí, kam jezdí"),
    Metric.NEAREST_KM: _("u\u00a0služeb v\u00a0okolí neznáme místo, kde se poskytují"),
    Metric.NEAREST_MIN: _("u\u00a0služeb v\u00a0okolí neznáme místo, kde se poskytují"),
    Metric.REACH: _NOT_KNOWN_WHERE,
    Metric.REACH_MIN: _NOT_KNOWN_WHERE,
    Metric.PRESENCE: _NOT_KNOWN_WHERE,
    Metric.HOURS: _("služby v\u00a0okolí neuvádějí, kdy mají otevřeno nebo kam jezdí"),
    Metric.CAPACITY: _("u\u00a0služeb v\u00a0okolí neznáme kapacitu, místo nebo kam jezdí"),
}
_RULES_OF = (_("pravidla"), _("pravidel"), _("pravidel"))
_WIDEST = 3
_VOCALISED_UNDER_TWENTY = frozenset({2, 3, 4, 12, 13, 14})
_VOCALISED_DIGITS = frozenset({2, 3, 4})


def grouped(count: int) -> str:
    """Write a whole number with narrow no-break spaces between thousands: ``2 310``."""
    return f"{count:,}".replace(",", NARROW_NBSP)


def people(count: int) -> str:
    """Say how many people: ``1 člověk``, ``3 lidé``, ``2 310 lidí``."""
    return f"{grouped(count)}{NBSP}{plural(count, 'člověk', 'lidé', 'lidí')}"


def municipalities(count: int) -> str:
    """Say how many municipalities: ``1 obec``, ``3 obce``, ``13 obcí``."""
    return f"{grouped(count)}{NBSP}{plural(count, 'obec', 'obce', 'obcí')}"


def in_municipalities(count: int) -> str:
    """Say in how many municipalities: ``v 1 obci``, ``ve 3 obcích``, ``v 7 obcích``."""
    where = plural(count, "obci", "obcích", "obcích")
    told = _("ve\u00a0{count} {where}") if _vocalised(count) else _("v\u00a0{count} {where}")
    return told.format(count=grouped(count), where=where).replace(" ", NBSP)


def out_of(count: int) -> str:
    """Say out of how many: ``ze 33``, ``z 10``."""
    told = _("ze\u00a0{count}") if _vocalised(count) else _("z\u00a0{count}")
    return told.format(count=grouped(count))


def _vocalised(count: int) -> bool:
    """Tell whether a number begins with a cluster (dvě, tři, čtyři, sto): "ve" and "ze"."""
    while count >= 1000:  # noqa: PLR2004 - thousands are read first
        count //= 1000
    if count >= 100:  # noqa: PLR2004 - then hundreds: sto, dvě stě, tři sta, čtyři sta
        return count // 100 == 1 or count // 100 in _VOCALISED_DIGITS
    if count < 20:  # noqa: PLR2004 - the numbers with names of their own
        return count in _VOCALISED_UNDER_TWENTY
    return count // 10 in _VOCALISED_DIGITS


def road_km(km: float) -> str:
    """Say an estimated way by road: ``12,5 km``; below one ``méně než 1 km``."""
    if km < 1:
        return _("méně než 1\u00a0km")
    return f"{number(km, places=1).removesuffix(',0')}{NBSP}km"


def rule_name(rule: Rule, vocabulary: Vocabulary) -> str:
    """Name a rule after its service type and form: ``Pečovatelská služba (§ 40), terénní``."""
    kind = vocabulary.service_type(rule.type)
    paragraph = f" (§{NBSP}{kind.code})" if kind.code[0].isdigit() else ""
    form = "" if rule.form is None else f", {FORMS[rule.form]}"
    return f"{capitalised(translated(kind.name))}{paragraph}{form}"


def demand(rule: Rule) -> str:
    """Say in one sentence what a rule asks for and when it counts as partly met."""
    if rule.metric not in {Metric.COVERAGE, Metric.NEAREST_KM, Metric.REACH} or rule.count > 1:
        return demand_in_numbers(rule)
    if rule.metric is Metric.COVERAGE:
        count = int(rule.threshold)
        text = _("Do obce jezdí aspoň {offers}").format(offers=_offers(count))
        partly = "" if rule.partial is None else _("aspoň {n}").format(n=int(rule.partial))
    else:
        text = _("Služba je do\u00a0{km} po silnici").format(km=road_km(rule.threshold))
        if rule.metric is Metric.REACH:
            text = _("{near}, nebo do obce jezdí").format(near=text)
        partly = "" if rule.partial is None else _("do\u00a0{km}").format(km=road_km(rule.partial))
    return (
        _("{text}; částečně: {partly}.").format(text=text, partly=partly) if partly else f"{text}."
    )


def demand_in_numbers(rule: Rule) -> str:
    """Say what the metrics ask for that have no sentence of their own."""
    sign = _("nejvýš") if rule.metric.by_way else _("nejméně")
    text = f"{capitalised(METRICS[rule.metric])}: {sign} {_amount(rule.threshold, rule)}"
    if rule.count > 1:
        text += _(" (aspoň {offers} na výběr)").format(offers=_offers(rule.count))
    if rule.partial is None:
        return f"{text}."
    return _("{text}; částečně: {partly}.").format(text=text, partly=_amount(rule.partial, rule))


def _amount(value: float, rule: Rule) -> str:
    if rule.metric is Metric.CAPACITY:
        return unit_amount(rule.unit, value)
    return f"{number(value, places=1).removesuffix(',0')}{NBSP}{rule.unit}"


def _offers(count: int) -> str:
    return f"{count}{NBSP}{plural(count, _('služba'), _('služby'), _('služeb'))}"


def finding(result: RuleResult, rule: Rule) -> str:
    """Say what a status rests on: ``nejbližší 12 km po silnici; u 2 služeb nevíme, kam jezdí``."""
    parts = list(filter(None, (_coming(result, rule), _nearest(result, rule), _doubt(result))))
    return "; ".join(parts) if parts else _("žádná služba v dosahu není známa")


def _coming(result: RuleResult, rule: Rule) -> str:
    count = len(result.serving)
    if rule.metric is Metric.COVERAGE and count:
        return _("jezdí sem {offers}").format(offers=_offers(count))
    far = result.nearest_km is None or result.nearest_km > result.threshold
    if rule.metric is Metric.REACH and count and far:
        return _("služba sem jezdí")
    if result.status is GapStatus.PARTIAL and _beyond_partial(result, rule):
        return _("služba sem zřejmě jezdí, nikdo to však neověřil")
    return ""


def _beyond_partial(result: RuleResult, rule: Rule) -> bool:
    if rule.metric is Metric.COVERAGE:
        return True
    limit = rule.threshold if rule.partial is None else rule.partial
    return result.nearest_km is None or result.nearest_km > limit


def _nearest(result: RuleResult, rule: Rule) -> str:
    if rule.metric is Metric.COVERAGE or result.nearest_km is None:
        return ""
    return _("nejbližší {km} po silnici").format(km=road_km(result.nearest_km))


def _doubt(result: RuleResult) -> str:
    count = result.undecided
    if not count or result.status is GapStatus.MET:
        return ""
    if count == 1:
        return _("u\u00a01\u00a0služby nevíme, zda by pomohla")
    return _("u\u00a0{n}\u00a0služeb nevíme, zda by pomohly").format(n=count)


def rule_sentence(summary: RuleSummary, rule: Rule, vocabulary: Vocabulary) -> str:
    """Say in one sentence whom an area leaves without what a rule asks for."""
    if summary.met_municipalities == summary.municipalities:
        return _("Pravidlo splňují všechny obce ({n}).").format(n=grouped(summary.municipalities))
    if not summary.gap_municipalities:
        return _("Prokázaná mezera tu není.")
    return _("{where} {live} {people} bez dostupné služby „{name}“.").format(
        where=capitalised(in_municipalities(summary.gap_municipalities)),
        live=plural(summary.gap_population, _("žije"), _("žijí"), _("žije")),
        people=people(summary.gap_population),
        name=translated(vocabulary.service_type(rule.type).name),
    )


def rest_sentences(summary: RuleSummary, rule: Rule) -> str:
    """Say what is between a gap and full service: partly met, unknown, uncertain; may be empty."""
    sentences = []
    if summary.partial_municipalities:
        where = capitalised(in_municipalities(summary.partial_municipalities))
        sentences.append(_("{where} je pravidlo splněno jen částečně.").format(where=where))
    if summary.unknown_municipalities:
        sentences.append(
            _("Neznámo: {where} ({people}), protože {why}.").format(
                where=municipalities(summary.unknown_municipalities),
                people=people(summary.unknown_population),
                why=_WHY_UNKNOWN[rule.metric],
            )
        )
    sentences.append(uncertain_sentence(summary.uncertain_municipalities))
    return " ".join(filter(None, sentences))


def uncertain_sentence(count: int) -> str:
    """Say how many results hang on the estimate of the way by road; empty when none does."""
    if not count:
        return ""
    hang = plural(
        count, _("výsledek je nejistý"), _("výsledky jsou nejisté"), _("výsledků je nejistých")
    )
    return _(
        "{n}\u00a0{hang}: záleží na tom, zda je cesta po silnici 1,2krát, nebo 1,5krát delší "
        "než vzdušná čára."
    ).format(n=grouped(count), hang=hang)


def overall_sentence(
    summaries: Sequence[RuleSummary], rules: Mapping[str, Rule], vocabulary: Vocabulary
) -> str:
    """Say how an area stands under the whole norm, the three widest gaps by name."""
    failing = [one for one in summaries if one.gap_municipalities]
    all_rules = f"{out_of(len(summaries))}{NBSP}{plural(len(summaries), *_RULES_OF)}"
    unknown = [one for one in summaries if one.unknown_municipalities]
    if not failing and unknown:
        return _(
            "Prokázanou mezeru nemá žádné z\u00a0pravidel ({rules}), ale {n} z\u00a0nich {have} "
            "v\u00a0některé obci stav neznámý."
        ).format(
            rules=len(summaries),
            n=len(unknown),
            have=plural(len(unknown), _("má"), _("mají"), _("má")),
        )
    if not failing:
        return _("Ze všech pravidel ({rules}) nemá mezeru žádné.").format(rules=len(summaries))
    widest = sorted(failing, key=lambda one: (-one.gap_population, one.rule))[:_WIDEST]
    kinds = {one.rule: vocabulary.service_type(rules[one.rule].type) for one in widest}
    names = "; ".join(
        f"{translated(kinds[one.rule].name)} ({people(one.gap_population)})" for one in widest
    )
    return _(
        "{rules} {have} {n} v\u00a0některé obci mezeru. Nejvíc lidí postihuje: {names}."
    ).format(
        rules=capitalised(all_rules),
        have=plural(len(failing), _("má"), _("mají"), _("má")),
        n=len(failing),
        names=names,
    )


def norm_assumptions(norm: Norm, *, measured: bool = False) -> tuple[str, ...]:
    """Say what the norm assumes, one sentence each; ``measured`` where ways are no estimate."""
    elsewhere = (
        _("Sídlí-li poskytovatel mimo načtené území, počítá se všude.")
        if norm.undecided_elsewhere
        else _("Služba poskytovatele odjinud se nepočítá.")
    )
    detour = (
        _(
            "Cesty vedou po zadaných silnicích nebo mají zadané časy. Odhad, {detour}krát vzdušná "
            "čára, zbývá tam, kde je zadání nepokrývá."
        )
        if measured
        else _("Cesta po silnici je odhad: {detour}krát vzdušná čára.")
    )
    unknown = _("Služba, o\u00a0níž nikdo neví, kam jezdí, mění mezeru na „neznámo“ {where}.")
    return (
        detour.format(detour=number(norm.detour, places=2)),
        f"{unknown.format(where=_NEIGHBOURHOODS[norm.undecided_within])} {elsewhere}",
    )


def horizon(territory: Territory) -> str:
    """Say behind which borders services are not known, so that gaps beside them may be false."""
    return _(
        "Katalog zná jen služby těchto krajů: {regions}. U\u00a0jejich hranic může být mezera jen "
        "zdánlivá, protože o\u00a0službách za nimi nevíme."
    ).format(regions=", ".join(sorted(territory.by_region)))
