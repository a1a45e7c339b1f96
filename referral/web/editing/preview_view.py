"""What the matcher would answer otherwise, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from referral.catalog.snapshot import Catalog
from referral.usecases.preview_edit import Case, Verdict
from referral.web.czech import points, years
from referral.web.presenters.labels import need_label
from referral.web.presenters.reasons import reason_of
from referral.web.translation import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One invented person, and what they would be told before and after the edit."""

    whom: str
    before: str
    after: str


def case_views(cases: Iterable[Case], catalog: Catalog) -> tuple[CaseView, ...]:
    """Tell the cases in which the edit changes the answer."""
    return tuple(
        CaseView(
            whom=_whom(case, catalog),
            before=_verdict(case.before, case, catalog),
            after=_verdict(case.after, case, catalog),
        )
        for case in cases
        if case.differs
    )


def _whom(case: Case, catalog: Catalog) -> str:
    asked = case.request
    told = [asked.place.name, need_label(catalog.vocabulary.need(asked.need_codes[0])).lower()]
    if asked.age is not None:
        told.append(years(asked.age))
    told += [catalog.vocabulary.barrier(code).name for code in sorted(asked.barriers)]
    return ", ".join(told)


def _verdict(verdict: Verdict, case: Case, catalog: Catalog) -> str:
    if verdict.rank is not None and verdict.score is not None:
        return _("{rank}. z\u00a0{among}, {score}\u00a0bodů").format(
            rank=verdict.rank, among=verdict.among, score=points(verdict.score)
        )
    if not verdict.exclusions:
        return _("nenabídneme")
    reason = reason_of(
        verdict.exclusions[0], vocabulary=catalog.vocabulary, place=case.request.place.name
    )
    return _("nenabídneme: {why}").format(why=reason.text)
