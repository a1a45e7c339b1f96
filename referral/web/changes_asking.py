"""Which changes a planner asks for: read from an address, and written back into one.

Nothing in it is about a client: an area, a kind of change, a source and a day.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from referral.catalog.changes import ChangedField
from referral.catalog.history import ChangeKey, Wanted
from referral.catalog.snapshot import Catalog
from referral.usecases.find_area import UnknownAreaError, find_area
from referral.web.translation import _

PAGE: Final = 40
"""Changes on one page."""

GROUPS: Final[Mapping[str, tuple[str, frozenset[ChangedField]]]] = {
    "pribylo": (_("přibyla služba"), frozenset({ChangedField.REGISTERED})),
    "skoncilo": (_("služba skončila"), frozenset({ChangedField.ENDED})),
    "obnoveno": (_("služba znovu běží"), frozenset({ChangedField.RENEWED})),
    "kapacita": (_("kapacita"), frozenset({ChangedField.CAPACITY})),
    "pusobnost": (_("území působnosti"), frozenset({ChangedField.COVERAGE})),
    "komu": (
        _("pro koho je a koho přijímá"),
        frozenset(
            {
                ChangedField.TARGET_GROUPS,
                ChangedField.AGES,
                ChangedField.RULES,
                ChangedField.NEEDS,
            }
        ),
    ),
    "forma": (_("forma a doba provozu"), frozenset({ChangedField.FORMS, ChangedField.SCHEDULE})),
    "misto": (_("místo a zařízení"), frozenset({ChangedField.LOCATIONS, ChangedField.PLACES})),
    "kontakt": (
        _("telefon, e-mail, web"),
        frozenset({ChangedField.PHONE, ChangedField.EMAIL, ChangedField.WEB}),
    ),
    "kdo": (
        _("název, poskytovatel, druh"),
        frozenset(
            {
                ChangedField.NAME,
                ChangedField.PROVIDER,
                ChangedField.KIND,
                ChangedField.TYPE,
                ChangedField.REGISTER_ID,
            }
        ),
    ),
    "ostatni": (
        _("začátek, konec a poznámka"),
        frozenset({ChangedField.VALID_FROM, ChangedField.VALID_TO, ChangedField.DESCRIPTION}),
    ),
}
"""Kinds of change that a person may choose: what the address says, the name, and the fields."""

_KEY: Final = re.compile(r"([1-9]\d{0,8})\.(\d{1,9})")
_NUMBER: Final = re.compile(r"[1-9]\d{0,8}")
_LONGEST: Final = 80


class ChangesError(ValueError):
    """A condition that cannot be met; the message is one Czech sentence."""

    def __init__(self, name: str, message: str) -> None:
        """Keep which part of the address is wrong."""
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesDraft:
    """The conditions as the address carries them; every text empty when it is not asked for."""

    area: str = ""
    group: str = ""
    source: str = ""
    since: str = ""
    run: str = ""
    after: str = ""

    def pairs(self) -> dict[str, str]:
        """Return the conditions, without the place in the list, as the address carries them."""
        named = {
            "uzemi": self.area,
            "zmena": self.group,
            "zdroj": self.source,
            "od": self.since,
            "import": self.run,
        }
        return {name: value for name, value in named.items() if value}


def read_changes_draft(arguments: Mapping[str, str]) -> ChangesDraft:
    """Read the conditions from the arguments of an address."""

    def text(name: str) -> str:
        return arguments.get(name, "").strip()[:_LONGEST]

    return ChangesDraft(
        area=text("uzemi"),
        group=text("zmena"),
        source=text("zdroj"),
        since=text("od"),
        run=text("import"),
        after=text("po"),
    )


def asked_changes(draft: ChangesDraft, catalog: Catalog) -> tuple[Wanted, ChangeKey | None]:
    """Return what is asked for and behind which change it begins.

    Raises:
        ChangesError: a condition is no day, number, source, kind of change or area.
    """
    wanted = Wanted(since=_since(draft.since), source=_source(draft.source, catalog))
    if draft.group:
        if draft.group not in GROUPS:
            raise ChangesError("zmena", _("Takový druh změny neznáme; vyberte ho ze seznamu."))
        wanted = replace(wanted, fields=GROUPS[draft.group][1])
    if draft.run:
        if _NUMBER.fullmatch(draft.run) is None:
            raise ChangesError("import", _("Číslo importu je celé číslo od 1."))
        wanted = replace(wanted, run=int(draft.run))
    if draft.area:
        try:
            wanted = replace(wanted, services=services_in(draft.area, catalog))
        except UnknownAreaError as error:
            raise ChangesError("uzemi", str(error)) from error
    return wanted, _after(draft.after)


def services_in(area: str, catalog: Catalog) -> frozenset[str]:
    """Return the ids of all records of services that are in an area or surely work there.

    Those whose address is withheld are in none: what stands under a town would give it away.
    Coverage of the whole country is left out, since it would put every line under every town.

    Raises:
        UnknownAreaError: no such area is loaded.
    """
    codes = frozenset(find_area(area, territory=catalog.territory).municipalities)
    shown = {
        service.id
        for service in catalog.services.values()
        if not service.secret
        and (
            any(place.municipality in codes for place in service.locations)
            or (not service.coverage.everywhere and not codes.isdisjoint(service.coverage.certain))
        )
    }
    return records_behind(shown, catalog)


def records_behind(shown: Iterable[str], catalog: Catalog) -> frozenset[str]:
    """Return the ids of all records that stand behind shown services, theirs among them."""
    chosen = set(shown)
    return frozenset(chosen | {name for name, root in catalog.aliases.items() if root in chosen})


def write_key(key: ChangeKey) -> str:
    """Write the place of a change so that an address can carry it."""
    return f"{key.run}.{key.position}"


def _after(text: str) -> ChangeKey | None:
    if not text:
        return None
    read = _KEY.fullmatch(text)
    if read is None:
        raise ChangesError(
            "po", _("Odkaz na další změny není celý; začněte znovu od nejnovějších.")
        )
    return ChangeKey(run=int(read[1]), position=int(read[2]))


def _since(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = _("Den „{text}“ nejde přečíst; napište ho jako 2026-11-22.").format(text=text)
        raise ChangesError("od", message) from error


def _source(text: str, catalog: Catalog) -> str:
    if text and text not in catalog.sources:
        raise ChangesError("zdroj", _("Takový zdroj tu není; vyberte ho ze seznamu."))
    return text
