"""Gather what the public part says, bring the translations in step, and compile them.

Writes ``translations/site.pot``, updates ``translations/<language>/LC_MESSAGES/site.po`` and
compiles each into the ``site.mo`` beside it. With ``--check`` nothing is written: it ends with 1
when a file is not what it should be. No day and no tool version is written.
"""

import ast
import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "translations"
LANGUAGES = ("uk", "en")
TEMPLATES = (
    "base.html",
    "_breadcrumb.html",
    "home/*.html",
    "results/*.html",
    "situations/*.html",
    "areas/*.html",
    "errors/*.html",
)
MODULES = (
    "czech.py",
    "calling.py",
    "asking.py",
    "refusing.py",
    "finding.py",
    "help.py",
    "problems.py",
    "gaps_sentences.py",
    "presenters/calling.py",
    "presenters/facts.py",
    "presenters/home.py",
    "presenters/labels.py",
    "presenters/localities.py",
    "presenters/offers.py",
    "presenters/plans.py",
    "presenters/profile_form.py",
    "presenters/prospects.py",
    "presenters/questions.py",
    "presenters/reaching.py",
    "presenters/reasons.py",
    "presenters/refused.py",
    "presenters/results.py",
    "presenters/sentences.py",
    "presenters/situations.py",
    "presenters/steps.py",
    "presenters/surroundings.py",
    "presenters/understood.py",
    "presenters/unknowns.py",
)
WORDS = {
    "needs.csv": ("name", "area"),
    "service_types.csv": ("name",),
    "target_groups.csv": ("name",),
    "barriers.csv": ("name",),
    "calls.csv": ("name", "why"),
}
"""Columns of data/vocabulary whose words stand on public pages."""
FORMS = {"plural": 1, "counted": 1}
"""Functions whose arguments from this place on are forms of a word."""


class Said(Catalog):
    """A catalogue whose head names its language and nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the lines of the head."""
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Language", str(self.locale_identifier or "cs")),
        ]


def messages() -> dict[str, set[str]]:
    """Return what is said, each with the files that say it."""
    found: dict[str, set[str]] = {}
    for name, text in (*_templates(), *_modules(), *_words()):
        if text.strip():
            found.setdefault(text, set()).add(name)
    return found


def _templates() -> Iterator[tuple[str, str]]:
    for pattern in TEMPLATES:
        for file in sorted((ROOT / "templates").glob(pattern)):
            name = file.relative_to(ROOT).as_posix()
            options = {"extensions": "jinja2.ext.i18n", "trimmed": "false"}
            for _line, text, _comments, _context in extract_from_file(
                "jinja2.ext:babel_extract",
                file,
                options=options,
                keywords={"_": None, "gettext": None},
            ):
                yield from ((name, one) for one in _texts(text))


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, tuple):
        yield from (one for one in found if isinstance(one, str))


def _modules() -> Iterator[tuple[str, str]]:
    for module in MODULES:
        file = ROOT / "referral" / "web" / module
        name = file.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield from ((name, text) for text in _said(node))


def _said(call: ast.Call) -> Iterator[str]:
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    if called in {"_", "translated"}:
        given = call.args[:1]
    elif called in FORMS:
        given = call.args[FORMS[called] :]
    else:
        return
    for one in given:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _words() -> Iterator[tuple[str, str]]:
    for table, columns in WORDS.items():
        file = ROOT / "data" / "vocabulary" / table
        with file.open(encoding="utf-8", newline="") as content:
            for row in csv.DictReader(content):
                yield from ((f"data/vocabulary/{table}", row[column]) for column in columns)


def template() -> Said:
    """Return the catalogue without translations."""
    made = Said(fuzzy=False, header_comment="# Síť pomoci")
    for text, names in sorted(messages().items()):
        made.add(text, locations=[(name, 1) for name in sorted(names)])
    return made


def translation(language: str, wanted: Catalog) -> Said:
    """Return the translations of a language, those that are known for what is said now."""
    file = FOLDER / language / "LC_MESSAGES" / "site.po"
    known = Catalog()
    if file.is_file():
        with file.open("rb") as content:
            known = read_po(content, locale=language)
    made = Said(locale=language, fuzzy=False, header_comment="# Síť pomoci")
    for message in wanted:
        if message.id:
            old = known.get(message.id)
            text = old.string if old is not None and not old.fuzzy else ""
            made.add(message.id, text, locations=message.locations)
    return made


def _as_po(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalog, width=100, include_lineno=False)
    return file.getvalue()


def _as_mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def wanted_files() -> dict[Path, bytes]:
    """Return what each file should hold."""
    wanted = template()
    files = {FOLDER / "site.pot": _as_po(wanted)}
    for language in LANGUAGES:
        folder = FOLDER / language / "LC_MESSAGES"
        made = translation(language, wanted)
        files[folder / "site.po"] = _as_po(made)
        files[folder / "site.mo"] = _as_mo(made)
    return files


def main() -> None:
    """Write the files, or with ``--check`` say which are not as they should be."""
    check = "--check" in sys.argv[1:]
    stale = []
    for file, content in wanted_files().items():
        if file.is_file() and file.read_bytes() == content:
            continue
        stale.append(file.relative_to(ROOT).as_posix())
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    for name in stale:
        print(f"{'stale' if check else 'written'}: {name}")
    if check and stale:
        sys.exit("Run: make messages")


if __name__ == "__main__":
    main()
