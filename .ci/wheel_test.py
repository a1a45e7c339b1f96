"""Build the package, look inside, install it in an empty environment and run the suite there.

Left out are the properties of the domain and the pages in a browser: they hold for the code,
which is the same, and take half of the time. What a package may lack are files, and those are
compared one for one and asked for by everything else.

The suite runs from a temporary folder that holds the tests and their configuration alone, and the
fence in tests/support/fence.py keeps it from reading the checkout: what passes here passes for
somebody who has only the wheel.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "wheel"
LOCK = ROOT / "requirements" / "test.txt"
MOVED = {
    "templates": "referral/templates",
    "data": "referral/data",
    "translations": "referral/translations",
}
LEFT_OUT = ("--ignore=tests/property", "--ignore=tests/browser")


def main() -> None:
    """Do all the steps; stop at the first that fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", default="2", help="how many tests run at once")
    jobs = parser.parse_args().jobs
    wheel = build()
    check_contents(wheel)
    python = install(wheel)
    run_suite(python, jobs=jobs)


def build() -> Path:
    """Build the source archive and, from it alone, the wheel."""
    dist = BUILD / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, ROOT)
    (wheel,) = dist.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """Hold the wheel's files against those in version control, one for one."""
    shipped = {
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if not name.split("/")[0].endswith(".dist-info")
    }
    tracked = run("git", "-C", ROOT, "ls-files", "-z", "referral", *MOVED).split("\0")
    expected = {place_in_wheel(name) for name in tracked if name}
    if missing := sorted(expected - shipped):
        sys.exit(f"not in the wheel: {', '.join(missing)}")
    if stray := sorted(shipped - expected):
        sys.exit(f"in the wheel, but not in version control: {', '.join(stray)}")
    print(f"{wheel.name}: {len(shipped)} files, all of them tracked, none missing")


def place_in_wheel(name: str) -> str:
    """Return where a file of the checkout lies in the wheel."""
    top, _, rest = name.partition("/")
    return f"{MOVED[top]}/{rest}" if top in MOVED else name


def install(wheel: Path) -> Path:
    """Install the wheel beside the locked dependencies; return the environment's interpreter.

    The environment is made anew whenever the lock or the interpreter changes; the wheel always is.
    """
    home = BUILD / "venv"
    python = home / "bin" / "python"
    mark = home / "made-for"
    made_for = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if not (mark.is_file() and mark.read_text("ascii") == made_for):
        run(sys.executable, "-m", "venv", "--clear", home)
        run(*pip(python), "--require-hashes", "-r", LOCK)
        mark.write_text(made_for, "ascii")
    run(*pip(python), "--no-deps", "--force-reinstall", wheel)
    return python


def pip(python: Path) -> tuple[Path | str, ...]:
    """Return the words of a quiet ``pip install``."""
    return (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")


def run_suite(python: Path, *, jobs: str) -> None:
    """Run the tests on the installed package, in a folder with nothing else of the checkout."""
    environment = {**os.environ, "REFERRAL_TESTS_MAY_NOT_READ": str(ROOT)}
    environment.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory(prefix="referral-wheel-") as folder:
        shutil.copytree(
            ROOT / "tests", Path(folder, "tests"), ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(ROOT / "pyproject.toml", folder)  # it holds pytest's configuration
        where = run(python, "-c", "import referral; print(referral.__file__)", cwd=folder).strip()
        if not Path(where).is_relative_to(BUILD / "venv"):
            sys.exit(f"the suite would test {where}, not the wheel")
        done = subprocess.run(
            (python, "-m", "pytest", "-n", jobs, "-p", "no:cacheprovider", *LEFT_OUT),
            cwd=folder,
            env=environment,
            check=False,
        )
    if done.returncode:
        sys.exit(f"the suite failed on the installed wheel (pytest ended with {done.returncode})")


def run(*words: str | Path, cwd: str | None = None) -> str:
    """Run a command and return what it printed; when it fails, show that and stop."""
    done = subprocess.run(
        words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\n{' '.join(map(str, words))} ended with {done.returncode}")
    return done.stdout


if __name__ == "__main__":
    main()
