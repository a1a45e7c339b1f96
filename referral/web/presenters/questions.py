"""The one question whose answer would tell the most, with the answers that can be given at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referral.catalog.sexes import Sex
from referral.catalog.vocabulary import Vocabulary
from referral.matching.question import Question, Subject
from referral.matching.ranking import Recommendation
from referral.web.czech import capitalised, counted
from referral.web.presenters.labels import SEXES
from referral.web.translation import _, translated


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerButton:
    """One answer: the field of the form that it fills, with what, and what is read on it."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """The question as it is asked.

    ``answers`` are buttons, or options of a list when ``listed``; ``typed`` names the field of an
    answer that is written, empty otherwise.
    """

    subject: str
    of: str
    text: str
    why: str
    answers: tuple[AnswerButton, ...] = ()
    listed: bool = False
    typed: str = ""


def question_view(recommendation: Recommendation, vocabulary: Vocabulary) -> QuestionView | None:
    """Tell the question of a recommendation, None when there is none."""
    question = recommendation.question
    if question is None:
        return None
    return QuestionView(
        subject=question.subject.value,
        of=question.of,
        text=_TEXTS[question.subject](question, vocabulary),
        why=_("Odpověď rozhodne o {decides} z {among} zobrazených.").format(
            decides=counted(question.decides, "službě", "službách", "službách"),
            among=question.among,
        ),
        answers=_ANSWERS[question.subject](question, recommendation, vocabulary),
        listed=question.subject is Subject.GROUP,
        typed="age" if question.subject is Subject.AGE else "",
    )


def _barrier_text(question: Question, vocabulary: Vocabulary) -> str:
    return _("Týká se člověka tato překážka: {name}?").format(
        name=translated(vocabulary.barriers[question.of].name)
    )


_TEXTS: Mapping[Subject, Callable[[Question, Vocabulary], str]] = {
    Subject.AGE: lambda _question, _vocabulary: _("Kolik je člověku let?"),
    Subject.SEX: lambda _question, _vocabulary: _("Jde o ženu, nebo o muže?"),
    Subject.GROUP: lambda _question, _vocabulary: _("Do které skupiny člověk patří?"),
    Subject.BARRIER: _barrier_text,
}


def _no_buttons(
    _question: Question, _recommendation: Recommendation, _vocabulary: Vocabulary
) -> tuple[AnswerButton, ...]:
    return ()


def _sexes(
    _question: Question, _recommendation: Recommendation, _vocabulary: Vocabulary
) -> tuple[AnswerButton, ...]:
    return tuple(
        AnswerButton(name="sex", value=one.value, label=capitalised(SEXES[one])) for one in Sex
    )


def _has_or_not(
    question: Question, _recommendation: Recommendation, _vocabulary: Vocabulary
) -> tuple[AnswerButton, ...]:
    return (
        AnswerButton(name="barrier", value=question.of, label=_("Ano, týká")),
        AnswerButton(name="without", value=question.of, label=_("Ne, netýká")),
    )


def _groups(
    _question: Question, recommendation: Recommendation, vocabulary: Vocabulary
) -> tuple[AnswerButton, ...]:
    """Return the groups for which some of the shown services are."""
    codes = {
        code
        for match in recommendation.matches
        for code in match.offer.service.eligibility.target_groups or ()
    }
    named = sorted(
        ((translated(vocabulary.group(code).name), code) for code in codes),
        key=lambda one: one[0].casefold(),
    )
    return tuple(
        AnswerButton(name="group", value=code, label=capitalised(name)) for name, code in named
    )


_ANSWERS: Mapping[
    Subject, Callable[[Question, Recommendation, Vocabulary], tuple[AnswerButton, ...]]
] = {
    Subject.AGE: _no_buttons,
    Subject.SEX: _sexes,
    Subject.GROUP: _groups,
    Subject.BARRIER: _has_or_not,
}
