"""How much of an answer rests on what nobody has told, in words."""

from collections.abc import Mapping

from referral.matching.outcome import Level
from referral.matching.ranking import Counts, Match, Recommendation
from referral.web.czech import counted, plural
from referral.web.translation import _


def unknown_sentences(recommendation: Recommendation) -> tuple[str, ...]:
    """Say how much of the answer rests on what nobody has told."""
    shown = recommendation.matches
    silent = sum(_without_vacancy(match) for match in shown)
    told = [*_unknown_reach(recommendation.counts)]
    if shown and silent == len(shown):
        told.append(_("Volná místa nesdělila žádná ze zobrazených služeb."))
    elif silent:
        told.append(
            _("Volná místa nesdělila {count} ze zobrazených.").format(
                count=counted(silent, "služba", "služby", "služeb")
            )
        )
    told.extend(_unknown_bars(recommendation))
    return tuple(told)


def _without_vacancy(match: Match) -> bool:
    return all(one.available is None for one in match.offer.service.capacities)


def _unknown_reach(counts: Counts) -> list[str]:
    told = []
    if counts.coverage_unknown:
        count = counts.coverage_unknown
        told.append(
            _("U {count} zdroj neuvádí, kam pracovníci dojíždějí.").format(
                count=f"{count}\u00a0{plural(count, 'služby', 'služeb', 'služeb')}"
            )
        )
    if counts.place_unknown:
        count = counts.place_unknown
        told.append(
            _("U {count} neznáme místo poskytování, a tedy ani vzdálenost.").format(
                count=f"{count}\u00a0{plural(count, 'služby', 'služeb', 'služeb')}"
            )
        )
    return told


_COUNTED_BARS: Mapping[str, str] = {
    "groups": _("U {count} zdroj neuvádí okruh osob."),
    "ages": _("U {count} zdroj neuvádí věkovou hranici."),
    "barriers": _("U {count} nevíme, jak se staví k zadaným překážkám."),
}


def _unknown_bars(recommendation: Recommendation) -> list[str]:
    told = []
    for missing, text in _COUNTED_BARS.items():
        count = sum(
            outcome.level is Level.UNKNOWN and outcome.missing == missing
            for match in recommendation.matches
            for outcome in match.explanation.outcomes
        )
        if count:
            noun = plural(count, "zobrazené služby", "zobrazených služeb", "zobrazených služeb")
            told.append(text.format(count=f"{count}\u00a0{noun}"))
    return told
