"""Keep where a service works as somebody has confirmed it, and take own values back."""

from datetime import date

from referral.catalog.areas import Coverage, CoverageStatus
from referral.catalog.editing import Signature
from referral.catalog.importing import ImportStore
from referral.catalog.own_fields import OwnField, OwnValue, VerifiedBy
from referral.catalog.ports import Fate


class UnconfirmableError(ValueError):
    """A coverage that cannot be kept as confirmed; the message is one Czech sentence."""


def confirm_coverage(
    store: ImportStore,
    service: str,
    coverage: Coverage,
    *,
    on: date,
    by: VerifiedBy,
    today: date,
    signed: Signature,
) -> Fate:
    """Keep a coverage of a stored service as declared; every import of its source leaves it.

    Raises:
        UnconfirmableError: the coverage says nothing, the day has not come, or a newer value is
            kept.
        StorageError: the database does not answer or refuses.
    """
    if not (coverage.certain or coverage.possible or coverage.everywhere):
        message = "Potvrdit není co, území neznáme; uveďte --text, nebo --municipalities."
        raise UnconfirmableError(message)
    if on > today:
        message = f"Den ověření {_day(on)} teprve přijde; opravte --on."
        raise UnconfirmableError(message)
    value = OwnValue(
        service=service,
        field=OwnField.COVERAGE,
        verified_on=on,
        verified_by=by,
        coverage=Coverage(
            areas=coverage.areas,
            status=CoverageStatus.DECLARED,
            certain=coverage.certain,
            possible=coverage.possible,
            everywhere=coverage.everywhere,
            unresolved=coverage.unresolved,
        ),
    )
    with store.importing() as writer:
        for stored in writer.own_values(service):
            if stored.field is OwnField.COVERAGE and stored.verified_on > on:
                message = (
                    f"Působnost je už ověřená později ({_day(stored.verified_on)}); "
                    "uveďte novější --on, nebo ji napřed vezměte zpět (--withdraw)."
                )
                raise UnconfirmableError(message)
        return writer.save_own([value], signed=signed)[service, OwnField.COVERAGE]


def forget_own_value(
    store: ImportStore, service: str, field: OwnField, *, signed: Signature
) -> bool:
    """Take an own value back, so that the source holds again; tell whether there was one.

    Raises:
        StorageError: the database does not answer or refuses.
    """
    with store.importing() as writer:
        if all(one.field is not field for one in writer.own_values(service)):
            return False
        writer.forget_own([(service, field)], signed=signed)
        return True


def _day(value: date) -> str:
    return f"{value.day}. {value.month}. {value.year}"
