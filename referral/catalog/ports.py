"""What the domain asks of storage, as Protocols."""

from collections.abc import Iterable
from typing import Protocol

from referral.catalog.model import Service, Source
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart
from referral.catalog.vocabulary import Vocabulary


class CatalogStore(Protocol):
    """Where the catalogue lives between runs."""

    def load(self) -> Catalog:
        """Return everything, as one consistent state."""
        ...

    def save_sources(self, sources: Iterable[Source]) -> None:
        """Add or replace sources by id."""
        ...

    def save_services(self, services: Iterable[Service]) -> None:
        """Add or replace services by id."""
        ...

    def save_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Replace the vocabulary."""
        ...

    def save_territory(
        self, municipalities: Iterable[Municipality], parts: Iterable[MunicipalityPart]
    ) -> None:
        """Add or replace municipalities and parts by code."""
        ...
