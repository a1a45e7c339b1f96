"""From a document (TOML, JSON) to a scenario and back, with a sentence for every mistake. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeAlias, TypedDict

from referral.catalog.model import CapacityUnit
from referral.catalog.vocabulary import Form
from referral.network.errors import ScenarioError
from referral.network.norm_table import Table
from referral.network.scenarios import (
    AddService,
    Change,
    CloseService,
    ExtendService,
    MoveService,
    Scenario,
    SetCapacity,
)

Document: TypeAlias = dict[str, object]


class Kind(StrEnum):
    """The kinds of change, as a file names them."""

    ADD = "add"
    CLOSE = "close"
    MOVE = "move"
    EXTEND = "extend"
    CAPACITY = "capacity"


_KEYS = ("name", "note", "area", "norm", "changes")
_CHANGE_KEYS: Mapping[Kind, tuple[str, ...]] = {
    Kind.ADD: ("do", "type", "form", "at", "covers", "name", "unit", "amount"),
    Kind.CLOSE: ("do", "service"),
    Kind.MOVE: ("do", "service", "from", "to"),
    Kind.EXTEND: ("do", "service", "covers"),
    Kind.CAPACITY: ("do", "service", "unit", "amount", "form"),
}
_ANY_KEY = tuple(dict.fromkeys(key for keys in _CHANGE_KEYS.values() for key in keys))


class _Page(Table):
    """A table of a scenario: the same reading as of a norm, another error."""

    __slots__ = ()

    def mistake(self, sentence: str) -> ScenarioError:
        """Return the error that says where the mistake is."""
        return ScenarioError(f"{self.where}: {sentence}")

    def texts(self, key: str, *, needed: bool) -> tuple[str, ...]:
        """Return a list of texts, at least one when it is needed."""
        if not needed and key not in self.document:
            return ()
        value = self.get(key)
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.mistake(f'„{key}“ musí být seznam textů, například ["Kadaň"]')
        texts = tuple(one.strip() for one in value if one.strip())
        if needed and not texts:
            raise self.mistake(f"„{key}“ je prázdné; napište aspoň jednu obec nebo území")
        return texts


def parse_scenario(document: Mapping[str, object]) -> Scenario:
    """Return the scenario that a document describes (keys: docs/scenarios.md).

    Raises:
        ScenarioError: one Czech sentence about the first mistake: where it is and how to mend it.
    """
    page = _Page(document=document, where="scénář", keys=_KEYS)
    return Scenario(
        name=page.text("name"),
        note=page.text("note", default=""),
        area=page.text("area", default="") or None,
        norm=page.text("norm", default="") or None,
        changes=tuple(
            _change(one, position) for position, one in enumerate(_listed(page), start=1)
        ),
    )


def _listed(page: _Page) -> list[Mapping[str, object]]:
    value = page.get("changes")
    if not isinstance(value, list) or not value:
        raise page.mistake("„changes“ musí být aspoň jedna změna, psaná jako [[changes]]")
    for one in value:
        if not isinstance(one, Mapping):
            raise page.mistake("každá změna v „changes“ musí být tabulka [[changes]]")
    return value


def _change(document: Mapping[str, object], position: int) -> Change:
    where = f"změna {position}."
    kind = _Page(document=document, where=where, keys=_ANY_KEY).word("do", Kind)
    table = _Page(document=document, where=f"{where} („{kind}“)", keys=_CHANGE_KEYS[kind])
    if kind is Kind.ADD:
        form = table.word("form", Form)
        return AddService(
            type=table.text("type"),
            form=form,
            at=table.texts("at", needed=True),
            covers=table.texts("covers", needed=form is Form.FIELD),
            name=table.text("name", default=""),
            **_new_capacity(table),
        )
    service = table.text("service")
    if kind is Kind.CLOSE:
        return CloseService(service=service)
    if kind is Kind.MOVE:
        origin = table.text("from", default="") or None
        return MoveService(service=service, to=table.text("to"), origin=origin)
    if kind is Kind.EXTEND:
        return ExtendService(service=service, covers=table.texts("covers", needed=True))
    return SetCapacity(
        service=service,
        unit=table.word("unit", CapacityUnit),
        amount=table.positive("amount"),
        form=table.word("form", Form) if "form" in table.document else None,
    )


class _NewCapacity(TypedDict, total=False):
    unit: CapacityUnit
    amount: float


def _new_capacity(table: _Page) -> _NewCapacity:
    """Return the capacity of a new service; whoever gives its number gives its unit, too."""
    if "unit" not in table.document and "amount" not in table.document:
        return {}
    return {"unit": table.word("unit", CapacityUnit), "amount": table.positive("amount")}


def scenario_document(scenario: Scenario) -> Document:
    """Return the document from which ``parse_scenario`` makes the same scenario."""
    head = {
        "name": scenario.name,
        "note": scenario.note,
        "area": scenario.area,
        "norm": scenario.norm,
    }
    return {
        **{key: value for key, value in head.items() if value},
        "changes": [_written(change) for change in scenario.changes],
    }


def _written(change: Change) -> Document:
    if isinstance(change, AddService):
        written: Document = {
            "do": Kind.ADD.value,
            "type": change.type,
            "form": change.form.value,
            "at": list(change.at),
            "covers": list(change.covers),
            "name": change.name,
            "unit": None if change.unit is None else change.unit.value,
            "amount": change.amount,
        }
    elif isinstance(change, CloseService):
        written = {"do": Kind.CLOSE.value, "service": change.service}
    elif isinstance(change, MoveService):
        written = {
            "do": Kind.MOVE.value,
            "service": change.service,
            "from": change.origin,
            "to": change.to,
        }
    elif isinstance(change, ExtendService):
        written = {
            "do": Kind.EXTEND.value,
            "service": change.service,
            "covers": list(change.covers),
        }
    else:
        written = {
            "do": Kind.CAPACITY.value,
            "service": change.service,
            "unit": change.unit.value,
            "amount": change.amount,
            "form": None if change.form is None else change.form.value,
        }
    return {key: value for key, value in written.items() if value}
