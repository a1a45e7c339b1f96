"""The fence around the suite: a test reads nothing that lies beside the checkout."""

import os
import site
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FORBIDDEN_FOLDER = "REFERRAL_TESTS_MAY_NOT_READ"
"""Names one more folder that the suite must not touch: the checkout, when a wheel is tested."""

_OPENING = frozenset({"open", "os.listdir", "os.scandir", "sqlite3.connect"})


class OutsideTheFenceError(AssertionError):
    """A test reached for a file that a clean clone does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """Folders that are out of bounds and folders that are not; the innermost one decides."""

    forbidden: tuple[str, ...]
    allowed: tuple[str, ...]

    @classmethod
    def around(cls, root: Path, *, extra: Iterable[Path] = ()) -> "Fence":
        """Forbid the neighbours of ``root`` and the ``extra`` folders.

        The interpreter's, the user's and the temporary folder stay open wherever they lie. A
        checkout at the root of the file system has the whole system for neighbours: none is barred.
        """
        beside = [str(path) for path in extra]
        if root.parent != Path(root.anchor):
            beside.append(str(root.parent))
        return cls(forbidden=tuple(beside), allowed=(str(root), *_system_folders()))

    def stops(self, path: str) -> bool:
        """Tell whether the innermost known folder around the path is a forbidden one."""
        full = os.path.normpath(os.path.join(os.getcwd(), path))  # noqa: PTH109, PTH118 - pathlib is too slow for every opened file
        return _depth(full, self.forbidden) > _depth(full, self.allowed)

    def put_up(self) -> None:
        """Watch every file that this process opens from now on."""

        def watch(event: str, args: Sequence[object]) -> None:
            if event not in _OPENING or not args or not isinstance(args[0], str | os.PathLike):
                return
            path = os.fspath(args[0])
            if isinstance(path, str) and self.stops(path):
                message = f"a test reached outside the checkout: {path}"
                raise OutsideTheFenceError(message)

        sys.addaudithook(watch)


def _system_folders() -> tuple[str, ...]:
    folders = {sys.prefix, sys.base_prefix, tempfile.gettempdir(), str(Path.home())}
    folders.update(site.getsitepackages())
    return tuple(sorted(os.path.normpath(folder) for folder in folders))


def _depth(path: str, folders: Iterable[str]) -> int:
    """Return the length of the innermost folder that holds the path, 0 when none does."""
    return max((len(folder) for folder in folders if _holds(folder, path)), default=0)


def _holds(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
