"""The files of an import, wherever they lie: one by one, in a folder, in a zip."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from referral.ingest.errors import IngestError

MOST_BYTES: Final = 128 * 1024 * 1024
"""How many bytes a file of text may have; the whole country's lists take a few of them."""

MOST_SHAPE_BYTES: Final = 1024 * 1024 * 1024
"""How many bytes one member of a zipped shapefile may have; the whole country's take a quarter."""

MOST_FILES: Final = 500
"""How many files a folder or a zip may hold."""

_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file: its name for people, its size in bytes, and a way to open it."""

    name: str
    size: int
    opened: Callable[[], IO[bytes]]

    def content(self) -> bytes:
        """Return all the bytes.

        Raises:
            IngestError: there are too many, or they cannot be read.
        """
        if self.size > MOST_BYTES:
            raise IngestError(
                f"Soubor má přes {MOST_BYTES // 1024**2}\N{NO-BREAK SPACE}MB; "
                "rozdělte jej na menší.",
                file=self.name,
            )
        try:
            with self.opened() as stream:
                return stream.read(MOST_BYTES + 1)
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError) as error:
            raise IngestError(f"Soubor nelze přečíst ({error}).", file=self.name) from None

    def is_zip(self) -> bool:
        """Tell from the first bytes whether it is a zip, whatever its name."""
        try:
            with self.opened() as stream:
                return stream.read(4) == _ZIP
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError) as error:
            raise IngestError(f"Soubor nelze přečíst ({error}).", file=self.name) from None

    def seekable(self) -> IO[bytes]:
        """Return the file open so that a zip reader can jump in it."""
        stream = self.opened()
        if stream.seekable() and not isinstance(stream, zipfile.ZipExtFile):
            return stream
        stream.close()
        return io.BytesIO(self.content())


def files_at(path: Path) -> list[SourceFile]:
    """Return the files at a path, in the order of their names; hidden ones are passed over.

    Raises:
        IngestError: nothing is there, or too much.
    """
    if path.is_file():
        return [_on_disk(path, path.name)]
    if not path.is_dir():
        raise IngestError("Soubor ani složka tam není; zkontrolujte cestu.", file=str(path))
    found = sorted(
        one
        for one in path.rglob("*")
        if one.is_file() and not any(part.startswith(".") for part in one.relative_to(path).parts)
    )
    if len(found) > MOST_FILES:
        raise IngestError(
            f"Ve složce je přes {MOST_FILES} souborů; zadejte tu, kde jsou jen číselníky.",
            file=str(path),
        )
    return [_on_disk(one, one.relative_to(path).as_posix()) for one in found]


def names_in(file: SourceFile) -> list[str]:
    """Return the names of the members of a zip.

    Raises:
        IngestError: it is broken or holds too many.
    """
    try:
        with file.seekable() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, EOFError) as error:
        raise _broken(file.name, error) from None
    if len(names) > MOST_FILES:
        raise IngestError(f"V archivu je přes {MOST_FILES} souborů.", file=file.name)
    return names


def members_of(file: SourceFile, names: list[str]) -> Iterator[SourceFile]:
    """Yield the members of a zip as files; they can be read while the generator waits.

    Raises:
        IngestError: the zip is broken.
    """
    try:
        with file.seekable() as stream, zipfile.ZipFile(stream) as archive:
            for name in names:
                info = archive.getinfo(name)
                if info.is_dir():
                    continue

                def opened(info: zipfile.ZipInfo = info) -> IO[bytes]:
                    return archive.open(info)

                yield SourceFile(name=f"{file.name}/{name}", size=info.file_size, opened=opened)
    except (OSError, NotImplementedError, zipfile.BadZipFile, EOFError) as error:
        raise _broken(file.name, error) from None


def _on_disk(path: Path, name: str) -> SourceFile:
    return SourceFile(name=name, size=path.stat().st_size, opened=lambda: path.open("rb"))


def _broken(name: str, error: Exception) -> IngestError:
    return IngestError(f"Archiv ZIP nelze rozbalit ({error}); stáhněte jej znovu.", file=name)
