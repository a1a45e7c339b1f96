"""How precisely and how fast records of one service in two sources are found.

Run ``python bench/duplicates/measure.py``; ``--services`` says how many there are in each source.
Everything is invented. One source is like the register: every service has a number, an IČO and a
municipality's point. The other is a list of the same services as somebody else would write it: a
third without IČO, legal forms written otherwise, one letter in seven names mistyped, one service in
ten moved to another town of the district, one in twenty given to a successor with another IČO. A
fifth of the list are services that the register does not hold, among them namesakes of its
providers with an IČO of their own, and charities of another rank in the same town.

Printed for each level: how many proposals, how many of them are right (precision), and how many of
the pairs there are it found (recall, all levels together). The truth is known, because both sources
are generated from it.
"""

import argparse
import os
import platform
import random
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from referral.catalog.duplicates import DuplicateLevel, Proposal, propose
from referral.catalog.model import Service
from referral.catalog.territory import Territory
from referral.geo import Point
from support.build import a_location, a_municipality
from support.records import a_record

_SEED = 20261122
_TODAY = date(2026, 11, 22)
_TYPES = ("37", "40", "44", "46", "49", "50", "57", "62", "65", "69", "70")
_FIRST = ("Modrá", "Zelená", "Tichá", "Stará", "Horní", "Bílá", "Jasná", "Nová", "Lipová", "Lesní")
_SECOND = ("řeka", "louka", "zahrada", "cesta", "studna", "skála", "brána", "stráň", "vrba", "hora")
_THIRD = ("", "", " Sever", " Jih", " Východ", " Západ", " Střed", " Plus")
_FORMS = (
    ("z. s.", "zapsaný spolek"),
    ("o.p.s.", "obecně prospěšná společnost"),
    ("příspěvková organizace", "p. o."),
    ("s.r.o.", "spol. s r. o."),
    ("z. ú.", "z.ú."),
)
_RANKS = ("Farní", "Oblastní", "Diecézní")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--services", type=int, default=10_000)
    parser.add_argument("--municipalities", type=int, default=2_000)
    chosen = parser.parse_args()
    chance = random.Random(_SEED)  # noqa: S311 - invented data, not a secret
    territory = _land(chosen.municipalities)
    register, listed, truth = _sources(chosen.services, territory, chance)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}"
    )
    print(f"{len(register)} + {len(listed)} records, {len(truth)} pairs of one service")
    started = time.perf_counter()
    found = propose([*register, *listed], decided=(), territory=territory, today=_TODAY)
    print(f"found in {time.perf_counter() - started:.1f} s")
    _tell(found, truth)


def _tell(found: tuple[Proposal, ...], truth: set[frozenset[str]]) -> None:
    right: Counter[DuplicateLevel] = Counter()
    for one in found:
        right[one.level] += frozenset((one.kept, one.other)) in truth
    for level in DuplicateLevel:
        proposed = sum(one.level is level for one in found)
        share = right[level] / proposed if proposed else 1
        print(f"{level.value:9} {proposed:6} proposed, precision {share:.3f}")
    provable = [one for one in found if one.proven and not one.rivals
                and one.level is not DuplicateLevel.POSSIBLE]  # fmt: skip
    wrong = sum(frozenset((one.kept, one.other)) not in truth for one in provable)
    print(f"confirmed in bulk {len(provable)}, wrong {wrong}")
    sole = [one for one in found if one.level is DuplicateLevel.POSSIBLE
            and not one.rivals and not one.foreign]  # fmt: skip
    good = sum(frozenset((one.kept, one.other)) in truth for one in sole)
    print(f"possible, without rivals or another IČO: {len(sole)}, precision {good / len(sole):.3f}")
    print(f"recall {sum(right.values()) / len(truth):.3f}")


def _land(count: int) -> Territory:
    return Territory.of(
        a_municipality(
            f"{500000 + number}",
            f"Obec {chr(65 + number % 26)}{chr(97 + number // 26 % 26)}{chr(97 + number // 676)}",
            orp=f"ORP {number // 20}",
            point=Point(lat=48.6 + number % 45 * 0.05, lon=12.5 + number // 45 * 0.12),
        )
        for number in range(count)
    )


def _sources(
    count: int, territory: Territory, chance: random.Random
) -> tuple[list[Service], list[Service], set[frozenset[str]]]:
    codes = list(territory.municipalities)
    register: list[Service] = []
    listed: list[Service] = []
    truth: set[frozenset[str]] = set()
    shared = count * 4 // 5
    for number in range(count):
        provider, other_form = _provider(chance)
        # A fifth of the services are next to another one of their provider, type and town.
        town, kind = chance.choice(codes), chance.choice(_TYPES)
        ico = f"{number:08}"
        if register and chance.random() < 0.2:
            last = register[-1]
            town, ico = last.locations[0].municipality or town, last.organization.ico or ico
            provider = other_form = last.organization.name
            kind = last.type if chance.random() < 0.2 and last.type else kind
        service = a_record(
            f"rpss-{number}",
            provider=provider,
            name=_name(chance),
            ico=ico,
            type=kind,
            register_id=f"{1_000_000 + number}",
            locations=(_at(territory, town),),
        )
        register.append(service)
        if number < shared:
            listed.append(_as_listed(service, number, other_form, territory, chance))
            truth.add(frozenset((service.id, f"list-{number}")))
    while len(listed) < count:
        listed.append(_stranger(len(listed), register, territory, chance))
    return register, listed, truth


def _as_listed(
    service: Service, number: int, provider: str, territory: Territory, chance: random.Random
) -> Service:
    """Write a service of the register as another list would."""
    town = service.locations[0].municipality or ""
    if chance.random() < 0.1:
        town = chance.choice(territory.by_orp[territory.municipality(town).orp])
    ico = service.organization.ico
    if chance.random() < 0.05:
        ico = f"{50_000_000 + number}"
    name = service.name if chance.random() < 0.6 else _name(chance)
    if chance.random() < 1 / 7:
        provider = _mistyped(provider, chance)
    return a_record(
        f"list-{number}",
        source="list",
        provider=provider,
        name=name,
        ico=None if chance.random() < 1 / 3 else ico,
        type=service.type,
        register_id=service.register_id if chance.random() < 0.1 else None,
        locations=(_at(territory, town),),
    )


def _stranger(
    number: int, register: list[Service], territory: Territory, chance: random.Random
) -> Service:
    """Return a service that the register does not hold, with a namesake in it as likely as not."""
    near = chance.choice(register)
    town = near.locations[0].municipality or ""
    provider, _form = _provider(chance)
    kind = chance.choice(_TYPES)
    fate = chance.random()
    if fate < 0.3:
        # The same name and type, but of somebody else in another place.
        provider, kind = near.organization.name, near.type or kind
        town = chance.choice(list(territory.municipalities))
    elif fate < 0.5:
        # Somebody else of that type in the same town.
        kind = near.type or kind
        if "charita" in near.organization.name:
            rank = chance.choice(_RANKS)
            provider = f"{rank} charita {near.organization.name.split('charita ')[1]}"
    return a_record(
        f"list-{number}",
        source="list",
        provider=provider,
        name=_name(chance),
        ico=None if chance.random() < 1 / 3 else f"{60_000_000 + number}",
        type=kind,
        locations=(_at(territory, town),),
    )


def _provider(chance: random.Random) -> tuple[str, str]:
    """Return the name of a provider and the same with its legal form written otherwise."""
    name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)}{chance.choice(_THIRD)}"
    if chance.random() < 0.15:
        name = f"{chance.choice(_RANKS)} charita {name}"
        return name, name
    form, other = chance.choice(_FORMS)
    return f"{name}, {form}", f"{name} {other}"


def _name(chance: random.Random) -> str:
    return f"Služba {chance.choice(_FIRST)} {chance.choice(_SECOND)}{chance.choice(_THIRD)}"


def _mistyped(text: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(text))
    return text[: at - 1] + chance.choice("abcdefghijklmnoprstuvyz") + text[at:]


def _at(territory: Territory, code: str) -> object:
    town = territory.municipality(code)
    return a_location(code, point=town.point, municipality_name=town.name)


if __name__ == "__main__":
    main()
