"""The rules of the house, about its own files."""

import dataclasses
import importlib
import logging
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

import pytest
from importlinter.cli import lint_imports
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from referral.settings import PREFIX, Settings
from support.house import ROOT, locked, matches, pyproject, shown, text_of, tracked, under

pytestmark = pytest.mark.checkout

LONGEST_MODULE = 400
PYTHON = [
    path for folder in ("referral", "tests", "bench", ".ci") for path in under(folder, suffix=".py")
]


# --- The arrangement of the code ------------------------------------------------------------------


def test_imports_flow_downwards_only():
    """The checker sets logging up anew, which would silence the loggers of every test after it."""
    loggers = [one for one in logging.root.manager.loggerDict.values() if hasattr(one, "disabled")]
    speaking = [one for one in loggers if not one.disabled]
    try:
        broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    finally:
        for one in speaking:
            one.disabled = False
    assert broken == 0


def test_no_module_is_longer_than_four_hundred_lines():
    """A migration is one step of history, however many tables it lays down."""
    modules = [path for path in PYTHON if path.parent.name != "versions"]
    long = {shown(path): len(text_of(path).splitlines()) for path in modules}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_every_room_is_named_for_what_it_holds():
    vague = {"utils", "util", "helpers", "helper", "common", "services", "misc"}
    rooms = {shown(path): {*path.relative_to(ROOT).parts[:-1], path.stem} for path in PYTHON}
    assert {name for name, words in rooms.items() if words & vague} == set()


def test_every_exception_from_a_rule_carries_its_reason():
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no (?:cover|branch))(.*)")
    reasoned = re.compile(r"[-–#:]\s*\w.{3,}")
    bare = []
    for line in matches(
        silenced.pattern, [path for path in PYTHON if path.name != "test_house.py"]
    ):
        rest = re.sub(
            r"^[:\s]*(\[[\w\s,-]+\]|[A-Z]+\d+(,\s*[A-Z]+\d+)*)?", "", silenced.search(line)[2]
        )
        if not reasoned.search(rest):
            bare.append(line)
    assert bare == []


def test_every_lint_rule_left_out_carries_its_reason():
    lint = text_of(ROOT / "pyproject.toml").split("[tool.ruff.lint]")[1].split("[tool.mypy]")[0]
    assert re.findall(r'^\s+"[A-Z]+\d*",?\s*$', lint, re.MULTILINE) == []


def domain_dataclasses() -> Iterator[type]:
    """Yield the dataclasses that the rooms of the domain define."""
    for room in ("accounts", "catalog", "matching", "network"):
        package = importlib.import_module(f"referral.{room}")
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for value in vars(module).values():
                if (
                    isinstance(value, type)
                    and dataclasses.is_dataclass(value)
                    and value.__module__ == module.__name__
                    and not issubclass(value, Exception)
                ):
                    yield value


def test_the_domain_has_values_to_look_at():
    assert len(list(domain_dataclasses())) > 20


def test_values_of_the_domain_never_change():
    assert [cls for cls in domain_dataclasses() if not cls.__dataclass_params__.frozen] == []


def test_values_of_the_domain_take_no_attribute_by_mistake():
    """An index that works something out when first asked needs a place to keep it."""
    open_to_more = [cls for cls in domain_dataclasses() if "__slots__" not in vars(cls)]
    lazy = [
        cls
        for cls in open_to_more
        if any(isinstance(v, cached_property) for v in vars(cls).values())
    ]
    assert sorted(map(str, open_to_more)) == sorted(map(str, lazy))


def test_values_of_the_domain_are_built_by_name():
    """A single field cannot be mistaken for another; ``of`` names what it takes itself.

    What a module keeps to itself (its name begins with an underscore) is built in one place.
    """
    positional = []
    for cls in domain_dataclasses():
        fields = dataclasses.fields(cls)
        shown_to_others = not cls.__name__.startswith("_") and not hasattr(cls, "of")
        if shown_to_others and len(fields) > 1 and not all(one.kw_only for one in fields):
            positional.append(cls)
    assert positional == []


def test_tests_use_fakes_rather_than_mocks():
    mock = "unittest" + r"\.mock|\bmocker\b"
    assert list(matches(mock, under("tests", suffix=".py"))) == []


# --- What may stand in a file ---------------------------------------------------------------------


def test_no_file_names_the_place_where_it_was_written():
    words = (
        "/wo" + "rk/",
        r"\.\./sh" + "ared",
        "/ro" + "ot/",
        "pypi" + r"\.org",
        "python" + "hosted",
        "npm" + r"js\.(?:org|com)",
        "deb" + r"\.debian",
    )
    assert list(matches("|".join(words), list(tracked()))) == []


def test_the_documents_name_no_natural_person():
    degree = r"\b(?:Mgr|MgA|Ing|Bc|MUDr|PhDr|JUDr|RNDr|PaedDr|ThDr|prof|doc)\.\s+[A-ZÁ-Ž]"
    own_mail = r"\b[a-z]{2,}\.[a-z]{3,}@"
    documents = [path for path in tracked() if path.suffix == ".md" or "templates" in path.parts]
    assert list(matches(f"{degree}|{own_mail}", documents)) == []


@pytest.mark.parametrize("list_file", ["README.md", "SOURCES.md"])
def test_every_data_file_is_accounted_for(list_file: str):
    account = text_of(ROOT / "data" / list_file)
    files = [path.relative_to(ROOT / "data") for path in under("data") if path.suffix != ".md"]
    assert [str(path) for path in files if path.name not in account] == []


# --- The documents --------------------------------------------------------------------------------


def settings_read() -> set[str]:
    """Return the variables that Settings.from_env asks the environment for."""

    class Environment(Mapping[str, str]):
        def __init__(self) -> None:
            self.asked: set[str] = set()

        def __getitem__(self, name: str) -> str:
            self.asked.add(name)
            raise KeyError(name)

        def __iter__(self) -> Iterator[str]:
            return iter(())

        def __len__(self) -> int:
            return 0

    environment = Environment()
    Settings.from_env(environment)
    return environment.asked


def test_the_readme_lists_exactly_the_settings_that_are_read():
    readme = text_of(ROOT / "README.md")
    listed = re.findall(rf"^\|\s*`({PREFIX}[A-Z_]+)`", readme, re.MULTILINE)
    assert sorted(listed) == sorted(settings_read())


def test_every_command_in_the_documents_exists():
    commands = importlib.import_module("referral.cli.main").cli.list_commands(None)
    documents = [ROOT / "README.md", *under("docs", suffix=".md")]
    named = {
        word
        for path in documents
        for word in re.findall(r"\.venv/bin/referral ([a-z]+)|`referral ([a-z]+)", text_of(path))
        for word in word
        if word
    }
    assert named
    assert named - set(commands) == set()


def test_every_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    documents = [ROOT / "README.md", ROOT / "CHANGELOG.md", *under("docs", suffix=".md")]
    named = {
        target
        for path in documents
        for target in re.findall(r"(?:`|^\s*)make ([a-z]+)", text_of(path), re.MULTILINE)
    }
    assert {"demo", "serve"} <= named
    assert named - targets == set()


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in (path for path in tracked() if path.suffix == ".md"):
        links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(path))
        here = [link for link in links if not re.match(r"[a-z]+:", link)]
        broken += [f"{shown(path)}: {link}" for link in here if not (path.parent / link).exists()]
    assert broken == []


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in under("docs/adr", suffix=".md")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_decision_says_what_was_decided_and_why():
    decisions = {path.name: text_of(path).splitlines() for path in under("docs/adr", suffix=".md")}
    wanted = ["## Status", "## Context", "## Decision", "## Consequences"]
    for name, lines in decisions.items():
        assert lines[0].startswith(f"# {int(name[:4])}. "), name
        assert [line for line in lines if line.startswith("## ")] == wanted, name


def test_the_changelog_has_a_place_for_what_is_not_released_yet():
    assert "## [Unreleased]" in text_of(ROOT / "CHANGELOG.md").splitlines()


# --- The package and its locks --------------------------------------------------------------------


def test_the_wheel_takes_the_program_its_templates_and_its_data_and_nothing_else():
    build = pyproject()["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    folders = ["templates", "data", "translations"]
    assert wheel["only-include"] == ["referral", *folders]
    assert wheel["sources"] == {folder: f"referral/{folder}" for folder in folders}
    assert "force-include" not in str(build)


def test_the_source_archive_takes_only_what_exists():
    listed = pyproject()["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    assert [name for name in listed if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("lock", "groups"), [("run", []), ("build", ["build"]), ("test", ["test"]), ("dev", ["dev"])]
)
def test_a_lock_pins_all_that_is_asked_for(lock: str, groups: list[str]):
    asked = [] if lock == "build" else list(pyproject()["project"]["dependencies"])
    for group in groups:
        asked += in_group(group)
    pins = locked(lock)
    unmet = []
    for requirement in map(Requirement, asked):
        versions = pins.get(canonicalize_name(requirement.name), set())
        if not versions or not all(version in requirement.specifier for version in versions):
            unmet.append(str(requirement))
    assert unmet == []


def in_group(name: str) -> list[str]:
    """Return the requirements of a dependency group with those of the groups it includes."""
    found = []
    for entry in pyproject()["dependency-groups"][name]:
        found += [entry] if isinstance(entry, str) else in_group(entry["include-group"])
    return found


@pytest.mark.parametrize(
    ("smaller", "larger"), [("run", "test"), ("test", "dev"), ("build", "dev")]
)
def test_locks_agree_on_every_version(smaller: str, larger: str):
    pins = locked(larger)
    assert {name: pins.get(name) for name in locked(smaller)} == locked(smaller)


def test_every_package_of_the_program_stands_in_the_decision_about_tools():
    decision = text_of(ROOT / "docs/adr/0002-tools.md").casefold()
    asked = [Requirement(entry).name for entry in pyproject()["project"]["dependencies"]]
    assert [name for name in asked if name not in decision] == []
