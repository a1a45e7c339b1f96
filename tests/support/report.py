"""What the suite says about tests that did not run."""

from collections import Counter
from collections.abc import Iterable

NO_CHECKOUT = "chybí soubory klonu (běží se proti nainstalovanému balíčku)"
NO_CHROMIUM = "chybí Chromium"


def skip_sentences(reasons: Iterable[str]) -> list[str]:
    """Say in Czech how many tests were skipped, a sentence for each reason, most frequent first.

    ``reasons`` holds one text for each skipped test; pytest's own prefix is dropped.
    """
    counted = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [f"{_tests(number)}: {reason}" for reason, number in ordered]


def _tests(number: int) -> str:
    if number == 1:
        return "1 test přeskočen"
    if number in {2, 3, 4}:
        return f"{number} testy přeskočeny"
    return f"{number} testů přeskočeno"
