"""How much a service costs and what can pay for it, each sentence with its source and its day."""

from dataclasses import dataclass

from referral.catalog.model import Service
from referral.catalog.vocabulary import ServiceType
from referral.matching.reach import forms_of
from referral.web.czech import NBSP, day
from referral.web.papers.paper import Told
from referral.web.printed.law import Law, Maximum, MoneyRule
from referral.web.translation import _

_GROUPED_FROM = 1_000


def price(service: Service, kind: ServiceType | None, law: Law) -> tuple[Told, ...]:
    """Say whether one pays, the most that may be asked for, and what is known of paying for it."""
    if kind is None:
        return (Told(text=_("Zda se platí, zdroj neuvádí."), unknown=True),)
    rule = law.free if kind.free_of_charge else law.paid
    lines = [Told(text=rule.text, note=_since(rule.source, day(rule.as_of)))]
    found = [one for one in law.maxima if _concerns(one, service, kind)]
    if found:
        most = [one.what.format(amount=crowns(one.amount)) for one in found]
        first = found[0]
        lines.append(
            Told(
                text=_("V pobytové formě {most}.").format(most=", ".join(most)),
                note=_("{source}, od {day}").format(source=first.source, day=day(first.since)),
            )
        )
    lines += [
        Told(text=one.text, note=_since(one.source, day(one.as_of)))
        for one in law.rules
        if _concerns(one, service, kind)
    ]
    return tuple(lines)


def _since(source: str, on: str) -> str:
    return _("{source}, stav k {day}").format(source=source, day=on)


def _concerns(rule: Maximum | MoneyRule, service: Service, kind: ServiceType) -> bool:
    forms = {form.value for form in forms_of(service, kind)[0]}
    return kind.code in rule.types and bool(forms & rule.forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowanceTable:
    """The care allowance by degrees: rows of degree, unmanaged needs, adults, children."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    how: str
    note: str


def allowance(kind: ServiceType | None, law: Law) -> AllowanceTable | None:
    """Tell the care allowance where it can pay for a service, nothing elsewhere."""
    if kind is None or kind.code not in law.allowance.types:
        return None
    return allowance_table(law)


def allowance_table(law: Law) -> AllowanceTable:
    """Tell the care allowance by degrees."""
    return AllowanceTable(
        title=_("Příspěvek na péči od {day}, Kč měsíčně").format(day=day(law.allowance.since)),
        heads=(
            _("Stupeň závislosti"),
            _("Dospělý nezvládá z deseti potřeb"),
            _("Dospělí"),
            _("Do 18 let"),
        ),
        rows=tuple(
            (
                one.name,
                one.needs,
                _amount(one.adult, one.adult_at_home),
                _amount(one.child, one.child_at_home),
            )
            for one in law.degrees
        ),
        how=law.allowance.text,
        note=law.allowance.source,
    )


def _amount(amount: int, at_home: int | None) -> str:
    if at_home is None:
        return grouped(amount)
    return _("{amount}; mimo pobytovou službu {home}").format(
        amount=grouped(amount), home=grouped(at_home)
    )


def crowns(amount: int) -> str:
    """Say an amount of money: ``22 350 Kč``."""
    return f"{grouped(amount)}{NBSP}Kč"


def grouped(amount: int) -> str:
    """Write a sum with its thousands apart, kept on one line."""
    return f"{amount:,}".replace(",", NBSP) if amount >= _GROUPED_FROM else str(amount)
