"""The answer as plain text for a terminal, from the same views as the page."""

from collections.abc import Iterator
from textwrap import fill

from referral.web.czech import plain
from referral.web.presenters.results import CardView, NearMissView, ResultsView

_WIDTH = 96


def answer_text(view: ResultsView) -> str:
    """Write the whole answer; the order is that of the page."""
    return plain("\n".join(_lines(view)))


def _lines(view: ResultsView) -> Iterator[str]:
    yield f"{view.place} ({view.place_detail})"
    needs = (f"{need.name} {need.certainty}".strip() for need in view.understood)
    yield f"Hledáme: {'; '.join(needs)}"
    if view.details:
        yield f"Víme: {'; '.join(view.details)}"
    for call in view.urgent:
        yield _wrapped(f"!! {call.call} {call.name}: {call.why}", indent="   ")
    yield ""
    yield _wrapped(f"PRVNÍ KROK: {view.first.who}. {view.first.text}", indent="  ")
    yield ""
    yield "KDO POMŮŽE"
    for card in view.cards:
        yield from _card(card)
    if not view.cards:
        yield "  Nikdo z katalogu. Níže je, kdo je blízko a proč to nevychází."
    yield ""
    yield f"  {view.found_text}"
    if view.near:
        yield ""
        yield "BLÍZKO, ALE NE PRO VÁS – A PROČ"
        for miss in view.near:
            yield from _near(miss)
    yield from _plan(view)
    if view.unknowns:
        yield ""
        yield "CO NEVÍME"
        for sentence in view.unknowns:
            yield _wrapped(f"  – {sentence}", indent="    ")
    yield ""
    yield from dict.fromkeys(_source(card) for card in view.cards)


def _card(card: CardView) -> Iterator[str]:
    yield ""
    tied = ", shodně s dalšími" if card.tied else ""
    yield f"{card.rank}. {card.offer.name} – {card.score} z {card.out_of} bodů{tied}"
    yield f"   {card.offer.what}; {card.offer.provider} [{card.offer.id}]"
    for bar in card.bars:
        yield _wrapped(
            f"   {bar.points:>5} z {bar.at_most:<3} {bar.label}: {bar.text}", indent=" " * 15
        )


def _near(miss: NearMissView) -> Iterator[str]:
    yield ""
    yield f"   {miss.offer.name} ({miss.offer.what}) [{miss.offer.id}]"
    for reason in miss.reasons:
        yield _wrapped(f"     ✗ {reason.text}", indent="       ")
        if reason.would_accept_if:
            yield _wrapped(f"       {reason.would_accept_if}", indent="       ")


def _plan(view: ResultsView) -> Iterator[str]:
    if len(view.understood) > 1 and view.plan:
        yield ""
        yield "NEJMENŠÍ SESTAVA, KTERÁ POKRYJE POTŘEBY"
        for row in view.plan:
            yield _wrapped(f"   {row.rank}. {row.name}: {', '.join(row.covers)}", indent="      ")
    if view.open_needs:
        yield _wrapped(f"   Bez řešení zůstává: {', '.join(view.open_needs)}", indent="   ")


def _source(card: CardView) -> str:
    return _wrapped(f"Zdroj: {card.offer.source.text}", indent="  ")


def _wrapped(text: str, *, indent: str) -> str:
    return fill(text, width=_WIDTH, subsequent_indent=indent, break_on_hyphens=False)
