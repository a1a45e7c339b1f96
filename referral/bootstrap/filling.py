"""How the catalogue is filled: out of the embedded data, and by imports."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from referral.bootstrap.state import Stating

if TYPE_CHECKING:
    from referral.ingest.progress import Progress
    from referral.ingest.services_report import ServicesReport
    from referral.ingest.source_file import SourceFile
    from referral.ingest.territory.account import TerritoryAccount
    from referral.usecases.initialise import Filling, FillingReport


_EMBEDDED_FOLDERS = ("catalog", "territory", "vocabulary")


class Supplying(Stating):
    """Takes sources over, all of each or nothing."""

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
