"""The only place where the program is put together: settings, database, data files, use cases."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeAlias

from referral.resources import data_dir
from referral.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Engine

    from referral.catalog.districts import Boundary
    from referral.catalog.places import PlaceIndex
    from referral.catalog.snapshot import Catalog
    from referral.catalog.vocabulary import Vocabulary
    from referral.geo.travel import StraightLine, TravelModel
    from referral.ingest.progress import Progress
    from referral.ingest.roads.rules_file import RoadRules
    from referral.ingest.services_report import ServicesReport
    from referral.ingest.source_file import SourceFile
    from referral.ingest.territory.account import TerritoryAccount
    from referral.matching.advice import Advice
    from referral.matching.intake.heard import Understanding
    from referral.matching.intake.listener import Listener
    from referral.matching.policy import Policy
    from referral.matching.ranking import Recommendation
    from referral.matching.request import ReferralRequest
    from referral.network.evidence import EvidenceReport
    from referral.network.gaps import GapReport
    from referral.network.means import Workforce
    from referral.network.norms import Norm
    from referral.storage.evidence import SqlEvidenceStore
    from referral.storage.importing import SqlImportStore
    from referral.usecases.accounts import Accounts
    from referral.usecases.initialise import Filling, FillingReport
    from referral.usecases.record_unmet import Recorded


_State: TypeAlias = "tuple[int, Catalog, PlaceIndex]"
_EMBEDDED_FOLDERS = ("catalog", "territory", "vocabulary")
_KEPT_REPORTS = 16
_TO_VERIFY = 10
"""How many services a gap report names to be asked first."""


class Program:
    """Everything a command or a page may ask for; cheap to make, loads what it needs when asked.

    The catalogue is held in memory as one snapshot and read again when the database's revision
    has moved, so several processes over one database see each other's changes.
    """

    def __init__(self, settings: Settings, *, data: Path, today: Callable[[], date]) -> None:
        self.settings = settings
        self.today = today
        self._data = data
        self._lock = RLock()
        self._snapshot: _State | None = None
        self._held: ContextVar[list[_State] | None] = ContextVar("held", default=None)
        self._borders: tuple[int, tuple[Boundary, ...]] | None = None
        self._reports: dict[tuple[object, ...], GapReport] = {}

    @cached_property
    def _engine(self) -> "Engine":
        # Words alone are read without all this; see vocabulary().
        from referral.storage.engine import create_store_engine  # noqa: PLC0415 - see above

        return create_store_engine(self.settings.database_url)

    @cached_property
    def store(self) -> "SqlImportStore":
        """The catalogue's storage."""
        from referral.storage.importing import SqlImportStore  # noqa: PLC0415 - as in _engine()

        return SqlImportStore(self._engine)

    @property
    def history(self) -> "SqlImportStore":
        """What imports have changed, and our own values."""
        return self.store

    @property
    def edits(self) -> "SqlImportStore":
        """Edits of our own values, links to records, and how often cards are opened."""
        return self.store

    @property
    def outcomes(self) -> "SqlImportStore":
        """How services have answered clients, in counts alone."""
        return self.store

    @cached_property
    def evidence_store(self) -> "SqlEvidenceStore":
        """Counts of unmet searches and published indexes."""
        from referral.storage.evidence import SqlEvidenceStore  # noqa: PLC0415 - rarely asked for

        return SqlEvidenceStore(self._engine)

    @cached_property
    def signing_key(self) -> str:
        """What signs tokens and cookies; empty where there is none, and nobody can sign in.

        Raises:
            StorageError: the key is too short, or its file cannot be read or written.
        """
        from referral.storage.signing_key import signing_key  # noqa: PLC0415 - commands sign nothing

        return signing_key(self.settings)

    @cached_property
    def accounts(self) -> "Accounts":
        """Who may sign in, and signing in.

        Raises:
            StorageError: as ``signing_key``.
        """
        # Argon2 is loaded for those who sign in.
        from referral.accounts.hashing import Argon2Hasher  # noqa: PLC0415 - see above
        from referral.storage.accounts import SqlAccountStore  # noqa: PLC0415 - see above
        from referral.usecases.accounts import Accounts  # noqa: PLC0415 - see above

        return Accounts(
            SqlAccountStore(self._engine),
            hasher=Argon2Hasher(self.settings.hashing),
            key=self.signing_key,
        )

    @cached_property
    def policy(self) -> "Policy":
        """The weights and limits of matching."""
        from referral.ingest.policy_file import read_policy  # noqa: PLC0415 - hearing needs weighs nobody

        return read_policy(self._data / "matching" / "policy.toml")

    @cached_property
    def advice(self) -> "Advice":
        """What to have ready for a service, and whom to turn to after a refusal."""
        from referral.ingest.advice_file import read_advice  # noqa: PLC0415 - as in policy()

        return read_advice(self._data / "matching" / "first_contact.toml")

    @cached_property
    def _listener(self) -> "Listener":
        # Most commands hear no text.
        from referral.ingest.lexicon_file import read_lexicon  # noqa: PLC0415 - see above
        from referral.matching.intake.listener import Listener  # noqa: PLC0415 - see above

        return Listener.of(read_lexicon(self._data / "lexicon"), self.vocabulary())

    def migrate(self) -> None:
        """Create the database or bring it to this program's state.

        Raises:
            StorageError: it does not answer, or a newer program made it.
        """
        from referral.storage.schema import migrate  # noqa: PLC0415 - as in _engine()
        from referral.storage.signing_key import signing_key  # noqa: PLC0415 - as in _engine()

        migrate(self._engine)
        signing_key(self.settings)  # kept beside the new file, before several processes ask for it

    def load_embedded(self) -> "FillingReport":
        """Load the embedded catalogue; what a person wrote is kept.

        Raises:
            IngestError: a data file is wrong.
            StorageError: the database does not answer or refuses.
        """
        from referral.usecases.initialise import initialise  # noqa: PLC0415 - only `init` fills

        return initialise(self.store, digest=_digest_of(self._data), read=self._read_embedded)

    def _read_embedded(self) -> "Filling":
        # The readers of the embedded catalogue wait until something is to be filled.
        from referral.ingest.embedded import read_embedded  # noqa: PLC0415 - see above
        from referral.ingest.embedded_territory import read_elsewhere  # noqa: PLC0415 - see above
        from referral.usecases.initialise import Filling  # noqa: PLC0415 - see above

        embedded = read_embedded(self._data)
        return Filling(
            vocabulary=embedded.vocabulary,
            municipalities=embedded.municipalities,
            parts=embedded.parts,
            sources=embedded.sources,
            services=embedded.services,
            elsewhere=read_elsewhere(self._data),
        )

    def import_territory(
        self, path: Path, *, dry_run: bool = False, progress: "Progress | None" = None
    ) -> "TerritoryAccount":
        """Take the territory over from a file, a folder or a zip, all of it or nothing.

        Raises:
            IngestError: a file is broken, or none is about the territory.
            StorageError: the database does not answer or refuses.
        """
        # The readers take a fifth of a second to load, and no other command needs them.
        from referral.ingest.embedded_territory import read_elsewhere  # noqa: PLC0415 - see above
        from referral.ingest.progress import Progress  # noqa: PLC0415 - see above
        from referral.ingest.territory.account import accounted  # noqa: PLC0415 - see above
        from referral.ingest.territory.reading import read_territory  # noqa: PLC0415 - see above
        from referral.usecases.import_territory import import_territory  # noqa: PLC0415 - see above

        heard = progress or Progress()
        found, evidence = read_territory(
            path, today=self.today(), total=heard.begin, advance=heard.advance
        )
        heard.begin(len(found.municipalities) + len(found.parts) + len(found.boundaries))
        outcome = import_territory(
            self.store,
            found,
            today=self.today(),
            elsewhere=read_elsewhere(self._data),
            dry_run=dry_run,
            advance=heard.advance,
        )
        return accounted(evidence, outcome, dry_run=dry_run)

    def import_services(self, kind: str, file: "SourceFile") -> "ServicesReport":
        """Take a source of services of one of the kinds over from a file, all of it or nothing.

        A database without words gets the program's own first: nothing could be read without them.

        Raises:
            IngestError: the file is damaged or is of another kind.
            LargeChangeError: it would change more than files usually do.
            StorageError: the database does not answer or refuses.
        """
        # As with the territory: only this command needs them.
        from referral.ingest.editions import edition_of  # noqa: PLC0415 - see above
        from referral.ingest.services_report import services_report  # noqa: PLC0415 - see above
        from referral.usecases.find_duplicates import duplicates_after  # noqa: PLC0415 - see above
        from referral.usecases.import_services import import_services  # noqa: PLC0415 - see above

        self.ensure_words()
        read = replace(file, code_lists=self.store.code_lists())
        catalog = self.catalog()
        edition = edition_of(kind, read, data=self._data, catalog=catalog)
        done = import_services(edition, store=self.store, today=self.today())
        left = None
        if not file.dry_run and done.added + done.changed + done.ended:
            left = duplicates_after(
                self.store,
                source=edition.source.id,
                territory=catalog.territory,
                today=self.today(),
            )
        return services_report(kind, done, dry_run=file.dry_run, after=left)

    def ensure_words(self) -> None:
        """Give a database without words the program's own, and the sources it ships.

        Raises:
            IngestError: a data file is wrong.
            StorageError: the database does not answer or refuses.
        """
        if not self.catalog().vocabulary.types:
            from referral.catalog.ports import Origin  # noqa: PLC0415 - as in _engine()

            own = self._read_embedded()
            with self.store.transaction() as writer:
                writer.save_vocabulary(own.vocabulary)
                writer.save_sources(own.sources, origin=Origin.EMBEDDED)

    def boundaries(self) -> "tuple[Boundary, ...]":
        """Return the borders that have been imported, read again after every change."""
        with self._lock:
            revision = self._current()[0]
            if self._borders is None or self._borders[0] != revision:
                self._borders = (revision, self.store.boundaries())
            return self._borders[1]

    def catalog(self) -> "Catalog":
        """Return the catalogue as one consistent state.

        Raises:
            StorageError: the database does not answer or has not been initialised.
        """
        return self._current()[1]

    def vocabulary(self) -> "Vocabulary":
        """Return the catalogue's words, without reading the catalogue where it is not in memory.

        Raises:
            StorageError: the database does not answer or has not been initialised.
        """
        with self._lock:
            known = self._snapshot is not None
        if known:
            return self.catalog().vocabulary
        from referral.storage.glance import words_at_a_glance  # noqa: PLC0415 - as in _engine()

        return words_at_a_glance(self.settings.database_url) or self.store.vocabulary()

    def places(self) -> "PlaceIndex":
        """Return the index of the catalogue's place names."""
        return self._current()[2]

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Answer everything within the block from one state of the catalogue, asked for once."""
        token = self._held.set([])
        try:
            yield
        finally:
            self._held.reset(token)

    def _current(self) -> "_State":
        held = self._held.get()
        if held:
            return held[0]
        state = self._newest()
        if held is not None:
            held.append(state)
        return state

    def _newest(self) -> "_State":
        from referral.catalog.places import PlaceIndex  # noqa: PLC0415 - hearing needs looks up no place

        with self._lock:
            revision = self.store.revision()
            if self._snapshot is None or self._snapshot[0] != revision:
                catalog = self.store.load()
                self._snapshot = (revision, catalog, PlaceIndex.of(catalog.territory))
                self._reports.clear()
            return self._snapshot

    def understand(self, text: str) -> "Understanding":
        """Return what a text asks for.

        Raises:
            RequestError: the text is empty or too long.
        """
        from referral.usecases.understand import understand  # noqa: PLC0415 - as in _listener()

        return understand(text, listener=self._listener)

    def recommend(self, request: "ReferralRequest") -> "Recommendation":
        """Return who can help, explained.

        Raises:
            RequestError: the request is out of range or names an unknown word.
        """
        from referral.usecases.recommend import recommend  # noqa: PLC0415 - hearing needs ranks nobody

        return recommend(request, catalog=self.catalog(), policy=self.policy, today=self.today())

    def norm(self, name_or_path: str | None) -> "Norm":
        """Return a norm by the name of a shipped one or by the path of one's own file.

        Raises:
            NormError: there is none, or the file is wrong.
        """
        # Norms and gaps are the planner's: who looks for help need not load them.
        from referral.ingest.norm_file import DEFAULT_NORM, find_norm, read_norm  # noqa: PLC0415 - see above

        path = find_norm(name_or_path or DEFAULT_NORM, folder=self._data / "norms")
        return read_norm(path, vocabulary=self.catalog().vocabulary)

    @cached_property
    def workforce(self) -> "Workforce":
        """What one field worker can do."""
        from referral.ingest.workforce_file import read_workforce  # noqa: PLC0415 - as in norm()

        return read_workforce(self._data / "placement" / "workers.toml")

    @cached_property
    def travel(self) -> "StraightLine":
        """How long ways are, where nobody has measured them."""
        from referral.geo.travel import StraightLine  # noqa: PLC0415 - as in norm()
        from referral.ingest.travel_file import read_estimate  # noqa: PLC0415 - as in norm()

        return StraightLine(estimate=read_estimate(self._data / "travel" / "estimate.toml"))

    @cached_property
    def road_rules(self) -> "RoadRules":
        """How roads of OpenStreetMap are driven."""
        from referral.ingest.roads.rules_file import read_road_rules  # noqa: PLC0415 - as in norm()

        return read_road_rules(self._data / "travel" / "roads.toml")

    def gaps(
        self,
        area: str | None = None,
        level: str | None = None,
        norm: str | None = None,
        *,
        travel: "TravelModel | None" = None,
    ) -> "GapReport":
        """Return the gaps of an area: of everything loaded when no name is given.

        Raises:
            UnknownAreaError: no such area is loaded.
            NormError: no such norm, or its file is wrong.
        """
        from referral.usecases.find_area import AreaLevel, find_area  # noqa: PLC0415 - as in norm()
        from referral.usecases.find_gaps import find_gaps  # noqa: PLC0415 - as in norm()

        revision, catalog, _ = self._current()
        chosen = find_area(
            area, territory=catalog.territory, level=AreaLevel(level) if level else None
        )
        rules = self.norm(norm)
        key = (revision, chosen.name, chosen.level, rules, self.today(), travel)
        with self._lock:
            if key not in self._reports:
                while len(self._reports) >= _KEPT_REPORTS:
                    del self._reports[next(iter(self._reports))]
                self._reports[key] = find_gaps(
                    chosen.municipalities,
                    area=chosen.name,
                    norm=rules,
                    catalog=catalog,
                    policy=self.policy,
                    today=self.today(),
                    travel=travel or self.travel,
                    demand=self.age_demand,
                    ask=_TO_VERIFY,
                )
            return self._reports[key]

    @cached_property
    def age_demand(self) -> "Mapping[str, tuple[float, float, float]]":
        """How much people below 65, from 65 to 79 and from 80 need a type of service."""
        from referral.ingest.travel_file import read_age_demand  # noqa: PLC0415 - as in norm()

        return read_age_demand(self._data / "travel" / "age_demand.toml")

    def evidence(
        self, area: str | None = None, level: str | None = None, *, year: int | None = None
    ) -> "EvidenceReport":
        """Return what is known beside the norm in an area; ``year`` is that of the index.

        Raises:
            UnknownAreaError: no such area is loaded.
            StorageError: the database does not answer.
        """
        from referral.usecases.find_area import AreaLevel, find_area  # noqa: PLC0415 - as in norm()
        from referral.usecases.gather_evidence import gather_evidence  # noqa: PLC0415 - as in norm()

        catalog = self.catalog()
        chosen = find_area(
            area, territory=catalog.territory, level=AreaLevel(level) if level else None
        )
        return gather_evidence(
            chosen.municipalities,
            area=chosen.name,
            catalog=catalog,
            evidence=self.evidence_store,
            outcomes=self.store,
            today=self.today(),
            year=year,
        )

    def count_unmet(self, municipality: str, needs: "Iterable[str]") -> "Recorded":
        """Count that a search in a municipality (code) found nobody for its needs (codes).

        Only the ORP, each need and the calendar month are kept; call it when a person asks for it,
        never by itself.

        Raises:
            UnmetError: no need is given, or the vocabulary lacks one.
            UnknownCodeError: the municipality is not loaded.
            StorageError: the database does not answer or refuses.
        """
        from referral.usecases.record_unmet import record_unmet  # noqa: PLC0415 - rarely asked for

        catalog = self.catalog()
        return record_unmet(
            self.evidence_store,
            catalog.territory.municipality(municipality),
            needs=needs,
            today=self.today(),
            vocabulary=catalog.vocabulary,
        )

    def ping(self) -> None:
        """Return when the database answers.

        Raises:
            StorageError: it does not.
        """
        from referral.storage.schema import ping  # noqa: PLC0415 - as in _engine()

        ping(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        if "_engine" in self.__dict__:
            self._engine.dispose()


def build(
    settings: Settings, *, data: Path | None = None, today: Callable[[], date] = date.today
) -> Program:
    """Put the program together; nothing is opened or read yet."""
    return Program(settings, data=data or data_dir(), today=today)


def _digest_of(data: Path) -> str:
    """Name the content of the embedded catalogue, its files in the order of their names."""
    digest = hashlib.sha256()
    files = [data / "sources.csv"]
    for folder in _EMBEDDED_FOLDERS:
        files += sorted((data / folder).glob("*.csv"))
    for file in files:
        digest.update(file.relative_to(data).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
