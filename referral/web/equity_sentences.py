"""How evenly people can reach a capacity, in Czech."""

from collections.abc import Iterator

from referral.catalog.snapshot import Catalog
from referral.network.gaps import Equity, GapReport
from referral.web.czech import number
from referral.web.gaps_sentences import people, rule_name
from referral.web.translation import _

WHAT_IT_IS = _(
    "Giniho index říká, jak nerovně je kapacita mezi lidi rozdělena: 0 znamená, že na ni dosáhnou "
    "všichni stejně, 1 že má všechno jeden."
)


def equity_sentence(one: Equity) -> str:
    """Say the interval of the Gini index and how many people it knows of."""
    known = _(
        "Kolik lidí pravidlo počítá, víme v\u00a0obcích, kde žije {known} z\u00a0celkem {all}; "
        "na neznámé kapacitě nezáleží u\u00a0{sure}."
    ).format(known=people(one.known_people), all=people(one.people), sure=people(one.sure_people))
    return f"{_interval(one)} {known}"


def _interval(one: Equity) -> str:
    zero, median = one.gini_if_zero, one.gini_if_median
    if zero is None and median is None:
        return _("Giniho index nejde spočítat: na žádnou známou kapacitu tu nikdo nedosáhne.")
    if zero is None or median is None or zero == median:
        known = zero if zero is not None else median
        assert known is not None  # noqa: S101 - one of the two is there
        told = _("Giniho index {gini}").format(gini=number(known, places=2))
        if zero is None:
            return _("{told}, má-li služba neznámé kapacity medián svého druhu.").format(told=told)
        if median is None:
            return _(
                "{told}, počítá-li se neznámá kapacita jako nula; medián druhu neznáme."
            ).format(told=told)
        return f"{told}."
    return _(
        "Giniho index {zero}, počítá-li se neznámá kapacita jako nula, {median}, má-li služba "
        "medián svého druhu."
    ).format(zero=number(zero, places=2), median=number(median, places=2))


def equity_lines(report: GapReport, catalog: Catalog) -> Iterator[str]:
    """Write the inequality of access for a terminal, a line for each capacity rule."""
    if not report.equity:
        return
    rules = {rule.code: rule for rule in report.norm.rules}
    yield _("Nerovnost dostupnosti (obec od obce)")
    for one in report.equity:
        name = rule_name(rules[one.rule], catalog.vocabulary)
        yield f"  {name} [{one.rule}]: {equity_sentence(one)}"
    yield f"  {WHAT_IT_IS}"
