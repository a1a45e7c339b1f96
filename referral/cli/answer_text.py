"""The answer as plain text for a terminal, from the same views as the page."""

from collections.abc import Iterator
from textwrap import fill

from referral.web.czech import plain
from referral.web.presenters.prospects import Verdict
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
    for sentence in view.refusals:
        yield _wrapped(f"  {sentence}", indent="  ")
    yield from _offers(view)
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


def _offers(view: ResultsView) -> Iterator[str]:
    yield ""
    yield "KDO POMŮŽE"
    for card in view.cards:
        yield from _card(card)
    if not view.cards:
        yield "  Nikdo z katalogu. Níže je, kdo je blízko a proč to nevychází."
    yield ""
    yield f"  {view.found_text}"
    if view.steadiness:
        yield _wrapped(f"  {view.steadiness}", indent="  ")
    if view.question is not None:
        yield ""
        yield "CO BY ROZHODLO NEJVÍC"
        yield _wrapped(f"  {view.question.text} {view.question.why}", indent="  ")


def _card(card: CardView) -> Iterator[str]:
    yield ""
    tied = ", shodně s dalšími" if card.tied else ""
    yield f"{card.rank}. {card.offer.name} – {card.score} z {card.out_of} bodů{tied}"
    yield f"   {card.offer.what}; {card.offer.provider} [{card.offer.id}]"
    yield from _verdict(card.verdict)
    for bar in card.bars:
        yield _wrapped(
            f"   {bar.points:>5} z {bar.at_most:<3} {bar.label}: {bar.text}", indent=" " * 15
        )


def _near(miss: NearMissView) -> Iterator[str]:
    yield ""
    yield f"   {miss.offer.name} ({miss.offer.what}) [{miss.offer.id}]"
    for reason in miss.reasons:
        yield _wrapped(f"     ✗ {reason.text}", indent="       ")
    if not miss.changes:
        yield "     Nic by to nezměnilo."
    for change in miss.changes:
        yield _wrapped(f"     → {change}", indent="       ")


def _verdict(told: Verdict) -> Iterator[str]:
    yield _wrapped(f"   {told.label.upper()}. {told.note}", indent="   ")
    for sentence in told.reasons:
        yield _wrapped(f"     – {sentence}", indent="       ")
    for one in told.turn_to:
        yield _wrapped(f"     → {one.who}: {one.why}", indent="       ")


def _plan(view: ResultsView) -> Iterator[str]:
    if view.plan:
        several = len(view.understood) > 1
        yield ""
        yield "NEJMENŠÍ SESTAVA, KTERÁ POKRYJE POTŘEBY, KROK ZA KROKEM" if several else "PLÁN"
    for row in view.plan:
        due = f" – {row.due}" if row.due else ""
        answer = f" [{row.answer.lower()}]" if row.answer else ""
        yield _wrapped(
            f"   {row.turn}. {row.name}{answer}{due}: {', '.join(row.covers)}", indent="      "
        )
        if row.ready:
            ready = "; ".join(one.what for one in row.ready)
            yield _wrapped(f"      Obvykle chtějí: {ready}.", indent="      ")
        if row.alternatives:
            names = ", ".join(one.name for one in row.alternatives)
            yield _wrapped(f"      Když to nevyjde: {names}.", indent="      ")
        if row.bridge:
            names = ", ".join(one.name for one in row.bridge)
            yield _wrapped(f"      Než se uvolní místo: {names}.", indent="      ")
    for one in view.open_needs:
        yield _wrapped(f"   Bez služby zůstává: {one.text}.", indent="   ")
    for one in view.beside:
        yield _wrapped(f"   Vedle služeb pomohou: {one.text}.", indent="   ")


def _source(card: CardView) -> str:
    return _wrapped(f"Zdroj: {card.offer.source.text}", indent="  ")


def _wrapped(text: str, *, indent: str) -> str:
    return fill(text, width=_WIDTH, subsequent_indent=indent, break_on_hyphens=False)
