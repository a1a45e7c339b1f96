"""How fast a request is answered over 10,000 and 30,000 services, and with how many SQL queries.

Run ``python bench/matching/speed.py``; add ``--territory FOLDER`` with the ministry's code lists
(mpsv_obce.json and the others that ``referral import territory`` reads) for the real municipalities
instead of invented ones. Services are always invented (``invented.py``), words and weights are the
program's own.

The answer (20 matches with all their bars, 20 near misses with all their reasons, next step, open
needs and counts) is set against one bare pass of numpy over the same columns: masks, distance, one
sum of points, the best 20 (``bare.py``). Prospects, plan, question and steadiness are thought over
when somebody asks for them; the line "with all further things" asks for all of them. Everything
runs in one process, in turns, for the same clients; every round has clients that were never asked
about before, so nothing kept under a request can help. Times are the thread's processor time
(``--wall`` for the time on the wall, which only an idle machine can tell); only the ratio says
anything, a shared machine changes its speed within seconds.
"""

import argparse
import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from bare import SHOWN, BarePass
from invented import TODAY, a_catalog, a_country, clients
from sqlalchemy import Engine, event

from referral.bootstrap import Program
from referral.catalog.territory import Territory
from referral.catalog.vocabulary import Vocabulary
from referral.ingest.embedded_services import read_sources
from referral.ingest.embedded_vocabulary import read_vocabulary
from referral.ingest.policy_file import read_policy
from referral.ingest.territory.reading import read_territory
from referral.matching.columns import lay_out
from referral.matching.policy import Policy
from referral.matching.ranking import Recommendation
from referral.matching.request import ReferralRequest
from referral.matching.shortlist import shortlist
from referral.resources import data_dir
from referral.settings import Settings
from referral.usecases.recommend import recommend
from referral.web.app import create_app

CLIENTS = 200
SEED = 20261122

Clock = Callable[[], float]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--territory", type=Path, help="a folder with the ministry's code lists")
    options.add_argument("--rounds", type=int, default=5, help="how often each client is answered")
    options.add_argument("--wall", action="store_true", help="take the time on the wall")
    arguments = options.parse_args()
    clock = time.perf_counter if arguments.wall else time.thread_time
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "pyproj"))
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, {packages}")
    folder = data_dir()
    vocabulary = read_vocabulary(folder, sources=[one.id for one in read_sources(folder)])
    policy = read_policy(folder / "matching" / "policy.toml")
    territory = the_territory(arguments.territory)
    print(f"{len(territory.municipalities)} municipalities, {CLIENTS} clients")
    medians = [
        report(size, (vocabulary, policy, territory), arguments.rounds, clock)
        for size in (10_000, 30_000)
    ]
    print(f"growth from 10,000 to 30,000 services: {medians[1] / medians[0]:.2f}x")
    print(f"SQL statements of one request to the embedded catalogue: {sql_of_a_request()}")


def the_territory(folder: Path | None) -> Territory:
    """Return the real municipalities out of a folder of the ministry's files, or invented ones."""
    if folder is None:
        return a_country(6_258, chance=np.random.default_rng(SEED))
    found, _ = read_territory(folder, today=TODAY)
    return Territory.of(one for one in found.municipalities if one.point is not None)


def report(
    size: int, world: tuple[Vocabulary, Policy, Territory], rounds: int, clock: Clock
) -> float:
    """Print the times over so many services; return the median of the answer in seconds."""
    vocabulary, policy, territory = world
    chance = np.random.default_rng(SEED + size)
    catalog = a_catalog(size, vocabulary=vocabulary, territory=territory, chance=chance)
    start = time.perf_counter()
    lay_out(catalog)
    built = time.perf_counter() - start
    bare = BarePass(catalog, vocabulary)

    def strangers() -> list[ReferralRequest]:
        return clients(CLIENTS, vocabulary=vocabulary, territory=territory, chance=chance)

    def ours(request: ReferralRequest) -> Recommendation:
        return recommend(request, catalog=catalog, policy=policy, today=TODAY, near_misses=SHOWN)

    def unexplained(request: ReferralRequest) -> object:
        found = shortlist(request, catalog=catalog, policy=policy, today=TODAY, near=SHOWN)
        return found.counts(), found.answered()

    def further(request: ReferralRequest) -> object:
        answer = ours(request)
        return answer, answer.prospects, answer.plan, answer.question, answer.steadiness

    ours(strangers()[0])
    cold = interleaved(strangers, ours, bare, rounds=1, clock=clock)
    found = [ours(request).counts for request in strangers()]
    answer, in_columns, everything, numpy_pass = interleaved(
        strangers, ours, unexplained, further, bare, rounds=rounds, clock=clock
    )
    print(f"{size} services: columns laid out in {built:.2f} s")
    print(
        f"  admitted {statistics.median(one.found for one in found):.0f}, "
        f"out {statistics.median(one.excluded for one in found):.0f} (medians)"
    )
    print(f"  bare numpy pass          {in_ms(numpy_pass)}")
    for name, times in (
        ("the answer, explained", answer),
        ("of it in columns", in_columns),
        ("with all further things", everything),
    ):
        print(f"  {name:<24} {in_ms(times)}  {ratio(times, numpy_pass)}")
    print(f"  the first {CLIENTS} clients     {in_ms(cold[0])}  {ratio(*cold)}")
    return statistics.median(answer)


def interleaved(
    strangers: Callable[[], Sequence[ReferralRequest]],
    *actions: Callable[[ReferralRequest], object],
    rounds: int,
    clock: Clock,
) -> list[list[float]]:
    """Return the seconds of every action, taken in turns for every client of every round."""
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        asked = strangers()
        gc.collect()
        gc.disable()
        for number, request in enumerate(asked):
            # Each comes first as often as last: whoever follows finds another's data in the caches.
            for turn in range(len(actions)):
                at = (number + turn) % len(actions)
                seconds, action = times[at], actions[at]
                start = clock()
                result = action(request)
                seconds.append(clock() - start)
                del result
        gc.enable()
    return times


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """Return how many times as long the one takes as the other."""
    medians = statistics.median(ours) / statistics.median(theirs)
    each = statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
    return f"{medians:.2f}x, median of ratios {each:.2f}x"


def in_ms(seconds: Sequence[float]) -> str:
    """Return the quartiles in milliseconds."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return f"p25 {low * 1e3:.3f}  p50 {middle * 1e3:.3f}  p75 {high * 1e3:.3f} ms"


def sql_of_a_request() -> int:
    """Return how many statements POST /api/match sends once the catalogue is in memory."""
    with TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{folder}/bench.sqlite3")
        program = Program(settings, data=data_dir(), today=lambda: TODAY)
        program.migrate()
        program.load_embedded()
        client = create_app(program, settings=settings, today=lambda: TODAY).test_client()
        question = {"place": "Kadaň", "need": ["PEC-HYG", "PEC-DOM"], "limit": 100}
        first = client.post("/api/match", json=question)
        sent: list[str] = []
        event.listen(Engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
        again = client.post("/api/match", json=question)
        if not first.status_code == again.status_code == HTTPStatus.OK:
            raise SystemExit(f"the question was not answered: {again.get_data(as_text=True)}")
        print(f"  of {len(again.get_json()['matches'])} results:")
        return len(sent)


if __name__ == "__main__":
    main()
