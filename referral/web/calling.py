"""A number to ring now, as it is told; apart from the presenters of a whole answer."""

from dataclasses import dataclass

from referral.catalog.vocabulary import Call
from referral.web.czech import phone_href
from referral.web.translation import translated


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentCall:
    """A number to ring now; ``href`` follows ``tel:``, empty when the call has no number."""

    call: str
    name: str
    why: str
    href: str


def urgent_call(call: Call) -> UrgentCall:
    """Tell one urgent call; a call without a number (OSPOD) goes by its name."""
    digits = phone_href(call.number)
    return UrgentCall(
        call=call.number or translated(call.name),
        name=translated(call.name),
        why=translated(call.why),
        href=digits if any(sign.isdigit() for sign in digits) else "",
    )
