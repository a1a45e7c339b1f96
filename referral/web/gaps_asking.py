"""What an address of the gap report asks for, what is wrong with it, and what it could ask for.

An area and a rule say nothing about any client, so here they may stand in the address.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Protocol

from flask import Response
from werkzeug.datastructures import MultiDict

from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Territory
from referral.network.gaps import GapReport
from referral.network.norms import Norm, NormError
from referral.text import fold
from referral.usecases.find_area import AreaLevel, UnknownAreaError
from referral.web.gaps_presenter import ALL_RULES, GapsView
from referral.web.presenters.document import Json
from referral.web.problems import problem
from referral.web.translation import _

_LEVELS: Mapping[AreaLevel, str] = {
    AreaLevel.REGION: _("Kraje"),
    AreaLevel.ORP: _("ORP"),
    AreaLevel.DISTRICT: _("Okresy"),
}


BY_ORP: Final = "orp"
"""How an address asks for a map of ORPs instead of municipalities."""
_SHOWN_BY: Final[Mapping[str, str]] = {"": _("obce"), BY_ORP: _("ORP")}


class GapsProgram(Protocol):
    """What these pages ask of the program behind them."""

    def catalog(self) -> Catalog:
        """Return the catalogue as one consistent state."""
        ...

    def norm(self, name_or_path: str | None) -> Norm:
        """Return a norm by its name.

        Raises:
            NormError: there is none, or it is wrong.
        """
        ...

    def gaps(
        self, area: str | None = None, level: str | None = None, norm: str | None = None
    ) -> GapReport:
        """Return the gaps of an area under a norm.

        Raises:
            UnknownAreaError: there is no such area.
            NormError: there is no such norm, or it is wrong.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a selector."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionGroup:
    """Choices under one heading."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks for; every field None or empty when it does not say."""

    area: str | None
    level: str | None
    norm: str | None
    rule: str = ALL_RULES
    by_orp: bool = False

    def pairs(self) -> dict[str, str]:
        """Return the query of the page that shows the same."""
        where = f"{self.level}:{self.area}" if self.level and self.area else self.area or ""
        named = {
            "oblast": where,
            "pravidlo": self.rule,
            "norma": self.norm or "",
            "uroven": BY_ORP if self.by_orp else "",
        }
        return {name: value for name, value in named.items() if value}


class WantedError(ValueError):
    """An address that asks for something there is not; ``field`` is the parameter to mend."""

    def __init__(self, message: str, *, field: str) -> None:
        """Keep the sentence and the parameter."""
        super().__init__(message)
        self.field = field


def wanted_problem(error: WantedError) -> Response:
    """Answer a program with the sentence and the parameter to mend."""
    named: Json = [{"field": error.field, "code": "invalid", "message": str(error)}]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=str(error),
        code="invalid",
        extra={"error": "invalid", "errors": named},
    )


def field_of(error: WantedError) -> str:
    """Return the field of a page that an error is about, whatever programs call it."""
    own = {"area": "oblast", "level": "oblast", "norm": "norma", "rule": "pravidlo"}
    return own.get(error.field, error.field)


def wanted_by_page(args: MultiDict[str, str]) -> Wanted:
    """Read ``oblast`` (a name, or level:name), ``pravidlo`` and ``norma``."""
    where = args.get("oblast", "").strip()
    level, colon, name = where.partition(":")
    if not colon or level not in set(AreaLevel):
        level, name = "", where
    return Wanted(
        area=name.strip() or None,
        level=level or None,
        norm=args.get("norma", "").strip() or None,
        rule=args.get("pravidlo", "").strip(),
        by_orp=args.get("uroven", "").strip() == BY_ORP,
    )


def wanted_by_program(args: MultiDict[str, str]) -> Wanted:
    """Read ``area``, ``level``, ``norm`` and ``rule``, as the command line calls them."""
    return Wanted(
        area=args.get("area", "").strip() or None,
        level=args.get("level", "").strip() or None,
        norm=args.get("norm", "").strip() or None,
        rule=args.get("rule", "").strip(),
        by_orp=args.get("uroven", "").strip() == BY_ORP,
    )


def wanted_report(program: GapsProgram, wanted: Wanted, norms: Sequence[str]) -> GapReport:
    """Return the report that an address asks for; only the norms with these names may be asked for.

    A norm by path is for the command line: an address must not make the server read files.

    Raises:
        WantedError: the area, its level, the norm or the rule is not there.
    """
    if wanted.level is not None and wanted.level not in set(AreaLevel):
        raise WantedError(
            _("Úroveň „{level}“ neznáme; možnosti jsou: {levels}.").format(
                level=wanted.level, levels=", ".join(AreaLevel)
            ),
            field="level",
        )
    if wanted.norm is not None and wanted.norm not in norms:
        raise WantedError(
            _("Normu „{norm}“ nemáme; možnosti jsou: {norms}.").format(
                norm=wanted.norm, norms=", ".join(norms)
            ),
            field="norm",
        )
    try:
        report = program.gaps(wanted.area, wanted.level, wanted.norm)
    except UnknownAreaError as error:
        raise WantedError(str(error), field="area") from error
    except NormError as error:
        raise WantedError(str(error), field="norm") from error
    codes = [rule.code for rule in report.norm.rules]
    if wanted.rule and wanted.rule not in codes:
        raise WantedError(
            _("Pravidlo „{rule}“ v\u00a0normě není; pravidla jsou: {rules}.").format(
                rule=wanted.rule, rules=", ".join(codes)
            ),
            field="rule",
        )
    return report


def area_options(territory: Territory, wanted: Wanted) -> tuple[OptionGroup, ...]:
    """Return the areas there are, grouped by level, the wanted one chosen."""
    names = {
        AreaLevel.REGION: territory.by_region,
        AreaLevel.ORP: territory.by_orp,
        AreaLevel.DISTRICT: territory.by_district,
    }
    chosen = _chosen_area(wanted, {level: set(index) for level, index in names.items()})
    return tuple(
        OptionGroup(
            label=label,
            options=tuple(
                Option(value=f"{level}:{name}", label=name, chosen=(level, name) == chosen)
                for name in sorted(names[level], key=fold)
            ),
        )
        for level, label in _LEVELS.items()
    )


def _chosen_area(
    wanted: Wanted, names: Mapping[AreaLevel, set[str]]
) -> tuple[AreaLevel, str] | None:
    """Return the choice that an address means; without a level in the order the use case tries."""
    for level in (AreaLevel.ORP, AreaLevel.REGION, AreaLevel.DISTRICT):
        if wanted.level in {None, level.value} and wanted.area is not None:
            for name in names[level]:
                if fold(name) == fold(wanted.area):
                    return level, name
    return None


def rule_options(view: GapsView) -> tuple[Option, ...]:
    """Return the rules of the norm after the choice of all of them together."""
    overall = Option(
        value=ALL_RULES,
        label=_("kolik pravidel má v\u00a0obci mezeru"),
        chosen=view.is_overall,
    )
    return (
        overall,
        *(
            Option(value=row.code, label=row.name, chosen=row.code == view.chosen.code)
            for row in view.rules
        ),
    )


def level_options(wanted: Wanted) -> tuple[Option, ...]:
    """Return what a map may be made of."""
    return tuple(
        Option(value=value, label=label, chosen=(value == BY_ORP) == wanted.by_orp)
        for value, label in _SHOWN_BY.items()
    )


def norm_options(program: GapsProgram, names: Sequence[str], chosen: str) -> tuple[Option, ...]:
    """Return the norms that may be asked for; one that cannot be read is called as its file."""

    def called(name: str) -> str:
        try:
            return program.norm(name).name
        except NormError:
            return name

    return tuple(Option(value=name, label=called(name), chosen=name == chosen) for name in names)
