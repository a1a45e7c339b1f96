"""Read a folder in the layout of the embedded catalogue: vocabulary, territory, services."""

from dataclasses import dataclass
from pathlib import Path

from referral.catalog.model import Service, Source
from referral.catalog.resolve import CoverageResolver
from referral.catalog.snapshot import Catalog
from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.catalog.vocabulary import Vocabulary
from referral.ingest.embedded_services import Known, read_services, read_sources
from referral.ingest.embedded_territory import read_elsewhere, read_municipalities, read_parts
from referral.ingest.embedded_vocabulary import read_vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedCatalog:
    """All that one folder holds, checked; every tuple is ordered by code or id."""

    vocabulary: Vocabulary
    municipalities: tuple[Municipality, ...]
    parts: tuple[MunicipalityPart, ...]
    sources: tuple[Source, ...]
    services: tuple[Service, ...]

    @property
    def territory(self) -> Territory:
        """The municipalities and parts, indexed."""
        return Territory.of(self.municipalities, parts=self.parts)

    def catalog(self) -> Catalog:
        """Return the catalogue that questions are asked of."""
        return Catalog.of(
            vocabulary=self.vocabulary,
            territory=self.territory,
            services=self.services,
            sources=self.sources,
        )


def read_embedded(folder: Path) -> EmbeddedCatalog:
    """Read and check a catalogue folder; ``data/README.md`` lists its files.

    Raises:
        IngestError: the first mistake found, with file, row, column, value and how to mend it.
    """
    sources = read_sources(folder)
    source_ids = [source.id for source in sources]
    vocabulary = read_vocabulary(folder, sources=source_ids)
    municipalities = read_municipalities(folder, sources=source_ids)
    parts = read_parts(folder, municipalities=[one.code for one in municipalities])
    territory = Territory.of(municipalities, parts=parts)
    services = read_services(
        folder,
        known=Known(
            vocabulary=vocabulary,
            sources={source.id: source for source in sources},
            resolver=CoverageResolver.of(territory, elsewhere=read_elsewhere(folder)),
        ),
    )
    return EmbeddedCatalog(
        vocabulary=vocabulary,
        municipalities=municipalities,
        parts=parts,
        sources=sources,
        services=services,
    )
