"""Fill the catalogue with the embedded data, without touching what a person has written."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from referral.catalog.model import Service, Source
from referral.catalog.ports import CatalogStore, Fate, Origin
from referral.catalog.territory import Municipality, MunicipalityPart, Territory
from referral.catalog.vocabulary import Vocabulary
from referral.usecases.resolve_again import resolve_again

DIGEST_NOTE = "embedded_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What is to be loaded; ``elsewhere`` names known places outside its territory."""

    vocabulary: Vocabulary
    municipalities: tuple[Municipality, ...]
    parts: tuple[MunicipalityPart, ...]
    sources: tuple[Source, ...]
    services: tuple[Service, ...]
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FillingReport:
    """How many records were added, changed, left as they were, or kept because they are own."""

    services: Counter[Fate]
    municipalities: Counter[Fate]
    skipped: bool = False


def initialise(store: CatalogStore, *, digest: str, read: Callable[[], Filling]) -> FillingReport:
    """Load what ``read`` gives in one transaction; the content named by ``digest`` only once.

    Where a wider territory has been imported, coverages are resolved to that one.

    Raises:
        StorageError: the database does not answer or refuses; nothing has changed then.
    """
    if store.recall(DIGEST_NOTE) == digest:
        return FillingReport(services=Counter(), municipalities=Counter(), skipped=True)
    filling = read()
    with store.transaction() as writer:
        writer.save_vocabulary(filling.vocabulary)
        writer.save_sources(filling.sources, origin=Origin.EMBEDDED)
        territory = writer.save_territory(
            filling.municipalities, filling.parts, origin=Origin.EMBEDDED
        )
        services = writer.save_services(filling.services, origin=Origin.EMBEDDED)
        shipped = Territory.of(filling.municipalities, parts=filling.parts)
        if writer.load().territory.municipalities.keys() - shipped.municipalities.keys():
            resolve_again(writer, before=shipped, elsewhere=filling.elsewhere)
        writer.remember(DIGEST_NOTE, digest)
    return FillingReport(
        services=_tally(services.values()),
        municipalities=_tally(territory.municipalities.values()),
    )


def _tally(fates: Iterable[Fate]) -> Counter[Fate]:
    return Counter(fates)
