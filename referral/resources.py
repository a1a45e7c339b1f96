"""Where the templates and the embedded data lie: inside the wheel, else in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def templates_dir() -> Path:
    """Return the folder of the Jinja templates."""
    return _find("templates")


def data_dir() -> Path:
    """Return the folder of the embedded catalogue, territory, vocabulary and norms."""
    return _find("data")


def translations_dir() -> Path:
    """Return the folder of the catalogues of translations."""
    return _find("translations")


def _find(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    message = f"the folder {name!r} is neither in the package nor beside it: reinstall the program"
    raise FileNotFoundError(message)
