"""The columns of the register under one name each, in all the layouts in which it is published.

The current open data name their columns ``ZZ_…`` and ``poskytovatel_…``; the monthly export and the
open data until 2023 name them in one word. What a file holds decides, not how it is called. The
professional representative and the provider's seat, which is often a home, are never read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from referral.ingest.delimited import Delimited
from referral.ingest.errors import IngestError

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("ZZ_misto_poskytovani_ID", "MistoPoskytovaniId"),
    "facility": ("ZZ_ID", "ZdravotnickeZarizeniId"),
    "name": ("ZZ_nazev", "NazevCely", "NazevZarizeni"),
    "kind": ("ZZ_druh_nazev", "DruhZarizeni"),
    "second_kind": ("ZZ_druh_nazev_sekundarni", "DruhZarizeniSekundarni"),
    "specialties": ("ZZ_obor_pece", "OborPece"),
    "forms": ("ZZ_forma_pece", "FormaPece"),
    "care": ("ZZ_druh_pece", "DruhPece"),
    "municipality": ("ZZ_obec", "Obec"),
    "district": ("ZZ_okres_nazev", "Okres"),
    "point": ("ZZ_GPS", "GPS"),
    "lat": ("Lat",),
    "lon": ("Lng",),
    "provider": ("poskytovatel_nazev", "PoskytovatelNazev"),
    "ico": ("poskytovatel_ICO", "Ico"),
    "phone": ("poskytovatel_telefon", "PoskytovatelTelefon"),
    "email": ("poskytovatel_email", "PoskytovatelEmail"),
    "web": ("poskytovatel_web", "PoskytovatelWeb"),
    "modified": ("LastModified",),
}
_NEEDED: Final = ("kind", "specialties", "municipality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which of our columns a file has, and how it calls them."""

    columns: Mapping[str, str]

    @classmethod
    def of(cls, table: Delimited, *, file: str) -> Self:
        """Find the columns by their names, in whatever order and case.

        An export without places of care has only facilities; their numbers then stand for both.

        Raises:
            IngestError: columns without which it is not the register are missing.
        """
        written = {name.casefold(): name for name in table.header}
        columns = {
            ours: written[name.casefold()]
            for ours, names in _NAMES.items()
            for name in reversed(names)
            if name.casefold() in written
        }
        if "place" not in columns and "facility" in columns:
            columns["place"] = columns["facility"]
        missing = [_NAMES[ours] for ours in ("place", *_NEEDED) if ours not in columns]
        if missing:
            names = ", ".join(" nebo ".join(one) for one in missing)
            message = (
                f"Chybí sloupec {names}; zkontrolujte, že je to soubor Národního registru "
                "poskytovatelů zdravotních služeb."
            )
            raise IngestError(message, file=file, row=1)
        return cls(columns=columns)

    def pick(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        """Return the cells of a row that are read, under our names."""
        return {ours: cells[name] for ours, name in self.columns.items()}
