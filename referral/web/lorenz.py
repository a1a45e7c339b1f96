"""A Lorenz curve as a small drawing with words beside it. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from referral.catalog.snapshot import Catalog
from referral.network.gaps import Curve, GapReport
from referral.web.czech import number
from referral.web.equity_sentences import equity_sentence
from referral.web.gaps_sentences import rule_name
from referral.web.translation import _

SIDE = 100
"""The side of the square that a curve is drawn in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityView:
    """The inequality of one rule: a sentence, what the curve says, and its lines as paths."""

    code: str
    name: str
    sentence: str
    reading: str
    least: str
    most: str


def equity_views(report: GapReport, catalog: Catalog, rule: str) -> tuple[EquityView, ...]:
    """Return the inequality under the chosen rule, or under every capacity rule."""
    rules = {one.code: one for one in report.norm.rules}
    return tuple(
        EquityView(
            code=one.rule,
            name=rule_name(rules[one.rule], catalog.vocabulary),
            sentence=equity_sentence(one),
            reading=_reading(one.lorenz_if_zero or one.lorenz_if_median),
            least=_path(one.lorenz_if_zero),
            most=_path(one.lorenz_if_median) if one.lorenz_if_median != one.lorenz_if_zero else "",
        )
        for one in report.equity
        if rule in {"", one.rule}
    )


def _path(curve: Curve) -> str:
    """Return a curve as an SVG path, the worst off from the left, all of it at the top right."""
    return "" if not curve else "M" + "L".join(f"{_at(x)} {_at(1 - y)}" for x, y in _thin(curve))


def _thin(curve: Curve) -> Curve:
    """Leave points out that lie too near to be told apart."""
    kept = [curve[0]]
    for point in curve[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= 1 / SIDE:
            kept.append(point)
    return (*kept, curve[-1])


def _at(share: float) -> str:
    return f"{share * SIDE:.1f}".removesuffix(".0")


def _reading(curve: Curve) -> str:
    """Say one point of the curve in words: what the worse half of the people has."""
    if not curve:
        return ""
    half = 0.5
    before, after = curve[0], curve[-1]
    for one, following in pairwise(curve):
        if one[0] <= half <= following[0]:
            before, after = one, following
            break
    wide = after[0] - before[0]
    has = before[1] if not wide else before[1] + (after[1] - before[1]) * (half - before[0]) / wide
    return _(
        "Polovina lidí, která je na tom hůř, dosáhne dohromady na {n}\u00a0% kapacity; při úplné "
        "rovnosti by to bylo 50\u00a0%."
    ).format(n=number(100 * has))
