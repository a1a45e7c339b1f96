"""From a document (TOML, JSON) to a norm, with a sentence for every mistake. Pure.

Messages are Czech: they are read by the people who write norms.
"""

import re
from collections.abc import Mapping

from referral.catalog.errors import UnknownCodeError
from referral.catalog.model import CapacityUnit
from referral.catalog.vocabulary import Form, Need, ServiceType, Vocabulary
from referral.network.norm_table import Table, hint
from referral.network.norms import (
    DETOUR,
    UNITS,
    Level,
    Metric,
    Neighbourhood,
    Norm,
    NormError,
    NormStatus,
    People,
    Rule,
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+([-.][A-Za-z0-9]+)*")
_NORM_KEYS = (
    "id",
    "name",
    "status",
    "source",
    "territory",
    "authority",
    "valid_from",
    "detour",
    "undecided_within",
    "undecided_elsewhere",
    "note",
    "rules",
)
_RULE_KEYS = (
    "code",
    "type",
    "form",
    "need",
    "metric",
    "threshold",
    "partial",
    "unit",
    "source",
    "why",
    "group",
    "age",
    "count",
    "level",
    "per",
    "within_km",
    "also",
)
_MAX_AGE = 120


def parse_norm(document: Mapping[str, object], *, vocabulary: Vocabulary | None = None) -> Norm:
    """Return the norm that a document describes (keys: data/norms/README.md).

    With a vocabulary, types and needs are checked against it: the type must be in force and be
    among those that answer the need, the form one the type has, and the metric one that makes sense
    for it.

    Raises:
        NormError: one Czech sentence about the first mistake: where it is and how to mend it.
    """
    norm = Table(document=document, where="norma", keys=_NORM_KEYS)
    source = norm.text("source")
    parsed = Norm(
        id=norm.matching("id", _ID, "malá písmena bez diakritiky, číslice a spojovníky"),
        name=norm.text("name"),
        status=norm.word("status", NormStatus),
        source=source,
        territory=norm.text("territory"),
        authority=norm.text("authority"),
        valid_from=norm.day("valid_from"),
        detour=norm.detour(default=DETOUR),
        undecided_within=norm.word(
            "undecided_within", Neighbourhood, default=Neighbourhood.DISTRICT
        ),
        undecided_elsewhere=norm.flag("undecided_elsewhere"),
        note=norm.text("note", default=""),
        rules=_rules(norm, source=source),
    )
    if vocabulary is not None:
        for rule in parsed.rules:
            _check_words(rule, vocabulary)
    return parsed


def _rules(norm: Table, *, source: str) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for position, document in enumerate(norm.tables("rules"), start=1):
        code = document.get("code")
        named = f" („{code}“)" if isinstance(code, str) and code else ""
        table = Table(document=document, where=f"pravidlo {position}.{named}", keys=_RULE_KEYS)
        rule = _rule(table, source=source)
        if rule.code in rules:
            raise NormError(
                f"pravidlo {position}.: kód „{rule.code}“ už v normě je; "
                "dejte každému pravidlu jiný kód"
            )
        rules[rule.code] = rule
    return tuple(rules.values())


def _rule(table: Table, *, source: str) -> Rule:
    metric = table.word("metric", Metric)
    threshold = table.positive("threshold")
    partial = table.positive("partial") if "partial" in table.document else None
    if metric.counts:
        for key, number in (("threshold", threshold), ("partial", partial)):
            if number is not None and not number.is_integer():
                raise table.mistake(f"„{key}“ je počet služeb, musí tedy být celé číslo")
    if partial is not None and not _looser(partial, threshold, metric):
        more, less = ("větší", "menší") if metric.by_way else ("menší", "větší")
        raise table.mistake(
            f"mez částečného splnění „partial“ ({partial:g}) musí být {more} než „threshold“ "
            f"({threshold:g}), protože je volnější; {less} nebo stejná nedává smysl"
        )
    _check_keys(table, metric)
    return Rule(
        code=table.matching("code", _CODE, "písmena bez diakritiky, číslice, spojovníky a tečky"),
        type=table.text("type"),
        need=table.text("need"),
        metric=metric,
        threshold=threshold,
        partial=partial,
        unit=_unit(table, metric),
        form=table.word("form", Form) if "form" in table.document else None,
        source=table.text("source", default=source),
        why=table.text("why", default=""),
        group=table.text("group") if "group" in table.document else None,
        age=table.whole("age", least=0, most=_MAX_AGE) if "age" in table.document else None,
        count=table.whole("count", least=1, most=10) if "count" in table.document else 1,
        level=_level(table, metric),
        per=table.word("per", People, default=People.ALL),
        within_km=table.positive("within_km") if "within_km" in table.document else None,
        also=table.codes("also") if "also" in table.document else (),
    )


def _unit(table: Table, metric: Metric) -> str:
    unit = table.text("unit")
    if metric is Metric.CAPACITY:
        units = [one.value for one in CapacityUnit]
        if unit not in units:
            raise table.mistake(
                f"kapacita se měří v jednotkách registru ({', '.join(units)}), ne „{unit}“; "
                "jednotky se nesčítají, proto má každá své pravidlo"
            )
    elif unit != UNITS[metric]:
        raise table.mistake(f"metrika „{metric}“ se měří v jednotce „{UNITS[metric]}“, ne „{unit}“")
    return unit


_ONLY_FOR: Mapping[str, frozenset[Metric]] = {
    "count": frozenset(metric for metric in Metric if metric.by_way),
    "level": frozenset({Metric.PRESENCE, Metric.CAPACITY}),
    "per": frozenset({Metric.CAPACITY}),
    "also": frozenset({Metric.CAPACITY}),
    "within_km": frozenset({Metric.HOURS}),
}
"""Keys that mean something to some metrics only; elsewhere they would be silently ignored."""


def _check_keys(table: Table, metric: Metric) -> None:
    for key, metrics in _ONLY_FOR.items():
        if key in table.document and metric not in metrics:
            fitting = ", ".join(f"„{one}“" for one in sorted(metrics))
            raise table.mistake(
                f"klíč „{key}“ u metriky „{metric}“ nic neznamená, patří k {fitting}; vynechte jej"
            )
    if metric is Metric.HOURS and "within_km" not in table.document:
        raise table.mistake(
            "metrika „hours“ potřebuje klíč „within_km“: do kolika kilometrů po silnici se služby "
            "počítají"
        )


def _level(table: Table, metric: Metric) -> Level:
    level = table.word("level", Level, default=Level.MUNICIPALITY)
    if metric is Metric.PRESENCE and level is Level.REGION:
        raise table.mistake("přítomnost se posuzuje v obci („municipality“) nebo v ORP („orp“)")
    return level


def _looser(partial: float, threshold: float, metric: Metric) -> bool:
    return partial > threshold if metric.by_way else partial < threshold


def _check_words(rule: Rule, vocabulary: Vocabulary) -> None:
    where = f"pravidlo „{rule.code}“"
    for code in rule.also:
        _known_type(code, where, vocabulary)
    kind = _known_type(rule.type, where, vocabulary)
    need = _known_need(rule.need, where, vocabulary)
    if kind.repealed is not None:
        raise NormError(
            f"{where}: druh služby „{kind.code}“ ({kind.name}) byl zrušen ({kind.repealed}); "
            "pravidlo vynechte"
        )
    if kind.code not in need.service_types:
        fitting = [one.code for one in vocabulary.needs.values() if kind.code in one.service_types]
        raise NormError(
            f"{where}: na potřebu „{need.code}“ druh služby „{kind.code}“ neodpovídá; "
            f"použijte jinou ({', '.join(fitting) or 'žádná k tomuto druhu není'})"
        )
    if rule.group is not None:
        _check_group(rule.group, where, vocabulary)
    _check_form(rule, kind, where)


def _check_group(code: str, where: str, vocabulary: Vocabulary) -> None:
    if code not in vocabulary.groups:
        raise NormError(
            f"{where}: neznámá cílová skupina „{code}“{hint(code, list(vocabulary.groups))}; "
            "kódy skupin jsou v data/vocabulary/target_groups.csv"
        )


def _check_form(rule: Rule, kind: ServiceType, where: str) -> None:
    if rule.form is not None and rule.form not in kind.forms:
        forms = ", ".join(kind.forms)
        raise NormError(
            f"{where}: druh služby „{kind.code}“ nemá formu „{rule.form}“; má formy: {forms}"
        )
    forms_left = set(kind.forms) if rule.form is None else {rule.form}
    if rule.metric is Metric.COVERAGE and Form.FIELD not in forms_left:
        raise NormError(
            f"{where}: metrika „coverage“ počítá služby, které jezdí do obce, ale „{kind.code}“ "
            "se tu poskytuje jen na místě; použijte „nearest_km“"
        )
    if not rule.metric.comes and forms_left == {Form.FIELD}:
        raise NormError(
            f"{where}: metrika „{rule.metric}“ měří cestu klienta ke službě, ale „{kind.code}“ "
            "se tu poskytuje jen v terénu; použijte „coverage“"
        )


def _known_type(code: str, where: str, vocabulary: Vocabulary) -> ServiceType:
    try:
        return vocabulary.service_type(code)
    except UnknownCodeError:
        raise NormError(
            f"{where}: neznámý druh služby „{code}“{hint(code, list(vocabulary.types))}; "
            "druh je číslo paragrafu zákona 108/2006 Sb., například „40“ nebo „60a“"
        ) from None


def _known_need(code: str, where: str, vocabulary: Vocabulary) -> Need:
    try:
        return vocabulary.need(code)
    except UnknownCodeError:
        raise NormError(
            f"{where}: neznámá potřeba „{code}“{hint(code, list(vocabulary.needs))}; "
            "kódy potřeb jsou v data/vocabulary"
        ) from None
