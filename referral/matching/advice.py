"""What to have ready when a service is asked, and whom to turn to after a refusal.

Both are data with a source beside each sentence. They stand in
``data/matching/first_contact.toml``; this module only knows their shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from referral.catalog.model import Service
from referral.catalog.vocabulary import Form, Vocabulary
from referral.matching.errors import PolicyError
from referral.matching.reach import forms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """One thing that a service usually asks for.

    It concerns services of ``types`` (empty: of any but those in ``except_types``), given in one of
    ``forms`` (empty: in any), and with ``paid`` only those for which one pays, or does not; None:
    both.
    """

    what: str
    why: str
    source: str
    types: frozenset[str] = frozenset()
    except_types: frozenset[str] = frozenset()
    forms: frozenset[Form] = frozenset()
    paid: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recourse:
    """Somebody to turn to after a refusal; ``who`` may hold {region} and {orp} to be filled."""

    who: str
    why: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """All of it, in the order of the file."""

    preparations: tuple[Preparation, ...] = ()
    recourses: tuple[Recourse, ...] = ()


NO_ADVICE = Advice()


def preparations_for(
    service: Service, *, form: Form | None, advice: Advice, vocabulary: Vocabulary
) -> tuple[Preparation, ...]:
    """Return what a service usually asks for in a form; without one, in any form it is given in.

    Only registered types of services are known to ask for something.
    """
    if service.type is None:
        return ()
    kind = vocabulary.service_type(service.type)
    forms = forms_of(service, kind)[0] if form is None else frozenset({form})
    return tuple(
        one
        for one in advice.preparations
        if (not one.types or kind.code in one.types)
        and kind.code not in one.except_types
        and (not one.forms or one.forms & forms)
        and (one.paid is None or one.paid is not kind.free_of_charge)
    )


def parse_advice(document: Mapping[str, object]) -> Advice:
    """Build the advice from a parsed TOML document.

    Lists of tables ``prepare`` (``what``, ``why``, ``source``; ``types``, ``except_types``,
    ``forms`` and ``paid`` may be left out) and ``recourse`` (``who``, ``why``, ``source``).

    Raises:
        PolicyError: a table or one of its values is missing or is not what it should be.
    """
    return Advice(
        preparations=tuple(_preparation(row) for row in _rows(document, "prepare")),
        recourses=tuple(
            Recourse(
                who=_text(row, "who", "recourse"),
                why=_text(row, "why", "recourse"),
                source=_text(row, "source", "recourse"),
            )
            for row in _rows(document, "recourse")
        ),
    )


def _preparation(row: Mapping[str, object]) -> Preparation:
    paid = row.get("paid")
    if paid is not None and not isinstance(paid, bool):
        raise PolicyError(f"prepare.paid = {paid!r} must be true or false")
    forms = _codes(row, "forms")
    if unknown := sorted(forms - {form.value for form in Form}):
        raise PolicyError(f"prepare.forms names {unknown[0]!r}: a form is T, A or P")
    return Preparation(
        what=_text(row, "what", "prepare"),
        why=_text(row, "why", "prepare"),
        source=_text(row, "source", "prepare"),
        types=_codes(row, "types"),
        except_types=_codes(row, "except_types"),
        forms=frozenset(map(Form, forms)),
        paid=paid,
    )


def _rows(document: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    rows = document.get(name)
    if not isinstance(rows, list) or not rows:
        raise PolicyError(f"there is no [[{name}]]: add at least one")
    if not all(isinstance(row, Mapping) for row in rows):
        raise PolicyError(f"{name} must be a list of tables")
    return rows


def _text(row: Mapping[str, object], name: str, table: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value.strip():
        raise PolicyError(f"a [[{table}]] lacks {name}: write a sentence")
    return value.strip()


def _codes(row: Mapping[str, object], name: str) -> frozenset[str]:
    codes = row.get(name, [])
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        raise PolicyError(f"prepare.{name} must be a list of codes")
    return frozenset(codes)
