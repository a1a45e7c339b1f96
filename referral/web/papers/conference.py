"""The case-conference sheet: when, who, about what, with which questions, and who does what."""

from collections.abc import Iterator
from datetime import date, timedelta

from referral.catalog.model import Service
from referral.web.czech import capitalised, day
from referral.web.papers.invited import Invited, invited
from referral.web.papers.matter import Matter, reasons_for
from referral.web.papers.paper import (
    Blanks,
    Block,
    Cell,
    Column,
    Heading,
    Note,
    Paper,
    Paragraph,
    Signature,
    Table,
)
from referral.web.papers.questions import open_questions
from referral.web.papers.tasks import duties
from referral.web.papers.telling import (
    facts_known,
    named_once,
    refusals_table,
    sources_text,
    urgent_note,
)
from referral.web.papers.workdays import (
    next_workday,
    workday_from,
    workday_until,
    workdays,
)
from referral.web.translation import _

BLANK_TASKS = 4
BLANK_SEATS = 2
BLANK_QUESTIONS = 2
WEEKDAYS = ("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle")


def conference(matter: Matter) -> Paper:
    """Lay out the sheet that whoever calls the conference brings along."""
    return Paper(
        title=_("Podklad pro případovou konferenci"),
        on=matter.today,
        footer=_("Případová konference, sestaveno {day}").format(day=day(matter.today)),
        blocks=(
            *_head(matter),
            *_summary(matter),
            *_seats(matter),
            *_agenda(matter),
            *_questions(matter),
            *_tasks(matter),
            *_record(matter),
        ),
    )


def proposed_days(matter: Matter) -> tuple[date, ...]:
    """Return working days for the conference, in time before the client's nearest day.

    Two to three weeks ahead as is usual; sooner where the client leaves or is evicted by then, at
    the soonest after the invitations have gone out.
    """
    timing, today = matter.guide.timing, matter.today
    first = workday_from(today + timedelta(days=timing.lead_min_days))
    last = today + timedelta(days=timing.lead_max_days)
    due = matter.due()
    if due is not None and due <= last:
        last = workday_until(due - timedelta(days=1))
        soonest = workday_from(today + timedelta(days=timing.short_lead_days))
        first = min(first, max(soonest, workday_from(last - timedelta(days=6))))
    days = list(workdays(first, last)) or [next_workday(today)]
    step = max(1, (len(days) - 1) // max(1, timing.proposals - 1))
    return tuple(days[::step][: timing.proposals])


def _head(matter: Matter) -> Iterator[Block]:
    timing = matter.guide.timing
    days, due = proposed_days(matter), matter.due()
    send = min(
        workday_from(matter.today + timedelta(days=timing.invite_within_days)),
        max(matter.today, workday_until(days[0] - timedelta(days=1))),
    )
    yield Paragraph(
        text=_(
            "Jeden případ, {minutes} minut, jeden zápis s úkoly, lidmi a termíny. Pozvánky "
            "odešlete nejpozději {send}."
        ).format(minutes=timing.minutes, send=day(send))
    )
    if matter.answer.urgent:
        yield urgent_note(matter)
    if due is not None and due <= matter.today + timedelta(days=timing.lead_max_days):
        yield Note(text=_hurry(due, matter))
    yield Table(
        name=_("Navržené termíny"),
        columns=(
            Column(title=_("Navržený den"), share=3),
            Column(title=_("Hodina"), share=2),
            Column(title=_("Místo"), share=4),
            Column(title=_("Vybráno"), share=1.2),
        ),
        rows=tuple(
            (
                Cell(text=f"{WEEKDAYS[one.weekday()]} {day(one)}"),
                Cell(),
                Cell(),
                Cell(tick=True),
            )
            for one in days
        ),
    )
    yield Blanks(
        labels=(_("Číslo případu (ne jméno)"), _("Svolává a vede"), _("Zapisuje")),
        ticks=(_("člověk s konferencí a s tím, kdo přijde, souhlasí"),),
    )


def _hurry(due: date, matter: Matter) -> str:
    what = _("propuštění") if due == matter.request.discharge_on else _("ztráta bydlení")
    if due <= matter.today:
        return _(
            "Spěchá: den, kdy jde o {what}, byl {day}. Sejděte se hned, třeba jen po telefonu, "
            "a na úřad ORP volejte dnes."
        ).format(what=what, day=day(due))
    return _(
        "Spěchá: {what} je {day}, dřív, než obvyklé dva až tři týdny příprav. Termíny jsou proto "
        "zkrácené; nestihne-li někdo přijít, ať je na telefonu."
    ).format(what=what, day=day(due))


def _summary(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Co víme"))
    yield facts_known(matter)
    if matter.request.refusals:
        yield Heading(text=_("Kdo odmítl"))
        yield refusals_table(matter)


def _seats(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Koho pozvat"))
    for caution in matter.guide.cautions:
        if reasons_for(caution.when, matter) is not None:
            yield Note(text=caution.text)
    yield Table(
        name=_("Koho pozvat"),
        columns=(
            Column(title=_("Kdo"), share=4),
            Column(title=_("Proč právě tady"), share=2.4),
            Column(title=_("Co přináší"), share=3),
            Column(title=_("Přijde"), share=0.9),
        ),
        rows=tuple(
            (
                _seat_cell(seat),
                Cell(text=seat.why),
                Cell(text=seat.brings),
                Cell(tick=True),
            )
            for seat in invited(matter)
        ),
        blank_rows=BLANK_SEATS,
    )
    yield Paragraph(
        text=_(
            "Pozvěte jen ty, které k řešení opravdu potřebujete; zdravotní údaje sdílejte "
            "se souhlasem člověka a jen v míře, která je nutná."
        ),
        small=True,
    )


def _seat_cell(seat: Invited) -> Cell:
    """Name a service before its role, and the role before the office that has it."""
    if not seat.service:
        return Cell(strong=seat.who, text=seat.name)
    return Cell(strong=seat.name, text=seat.who)


def _agenda(matter: Matter) -> Iterator[Block]:
    rows, passed = [], 0
    for point in matter.guide.agenda:
        rows.append(
            (
                Cell(text=f"{_clock(passed)}–{_clock(passed + point.minutes)}"),
                Cell(text=_("{minutes} min").format(minutes=point.minutes)),
                Cell(text=point.topic),
                Cell(text=capitalised(point.lead)),
            )
        )
        passed += point.minutes
    yield Heading(text=_("Program"))
    yield Table(
        name=_("Program"),
        columns=(
            Column(title=_("Od–do"), share=1.5),
            Column(title=_("Délka"), share=1),
            Column(title=_("O čem"), share=5.3),
            Column(title=_("Kdo vede"), share=2.2),
        ),
        rows=tuple(rows),
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _questions(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Otevřené otázky"))
    yield Table(
        name=_("Otevřené otázky"),
        columns=(
            Column(title=_("Otázka"), share=5),
            Column(title=_("Kdo ví"), share=2.2),
            Column(title=_("Odpověď"), share=3),
        ),
        rows=tuple(
            (Cell(text=one.text), Cell(text=one.who), Cell()) for one in open_questions(matter)
        ),
        blank_rows=BLANK_QUESTIONS,
    )


def _tasks(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Úkoly"))
    yield Paragraph(
        text=_("Předvyplněno podle návrhu řešení v pořadí, v jakém spěchají; upravte a doplňte."),
        small=True,
    )
    yield Table(
        name=_("Úkoly"),
        columns=(
            Column(title=_("Úkol"), share=5),
            Column(title=_("Kdo"), share=2.6),
            Column(title=_("Do kdy"), share=1.6),
            Column(title=_("Hotovo"), share=1),
        ),
        rows=tuple(
            (
                Cell(strong=one.what, text=one.more),
                Cell(text=one.owner),
                Cell(text=day(one.until) if one.until is not None else ""),
                Cell(tick=True),
            )
            for one in duties(matter)
        ),
        blank_rows=BLANK_TASKS,
    )


def _record(matter: Matter) -> Iterator[Block]:
    yield Heading(text=_("Zápis"))
    yield Blanks(
        labels=(
            _("Na čem jsme se dohodli"),
            "",
            "",
            _("S čím člověk nesouhlasí"),
            _("Příští schůzka (den, hodina, místo)"),
            _("Zápis dostanou"),
        )
    )
    yield Signature(labels=(_("Člověk, o kterého jde"), _("Kdo vedl"), _("Kdo zapsal")))
    services: tuple[Service, ...] = (
        *(matter.catalog.service(step.service_id) for step in matter.answer.plan),
        *named_once(matter),
    )
    if services:
        yield Paragraph(
            text=_("Odkud údaje o službách jsou: {sources}").format(
                sources=sources_text(services, matter)
            ),
            small=True,
        )
