"""The only place where the program is put together: settings, database, data files, use cases."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from referral.bootstrap.filling import Supplying
from referral.bootstrap.planning import Planning
from referral.resources import data_dir
from referral.settings import Settings

if TYPE_CHECKING:
    from referral.matching.advice import Advice
    from referral.matching.intake.heard import Understanding
    from referral.matching.intake.listener import Listener
    from referral.matching.ranking import Recommendation
    from referral.matching.request import ReferralRequest


class Program(Supplying, Planning):
    """Everything a command or a page may ask for; cheap to make, loads what it needs when asked.

    The catalogue is held in memory as one snapshot and read again when the database's revision
    has moved, so several processes over one database see each other's changes.
    """

    @cached_property
    def advice(self) -> "Advice":
        """What to have ready for a service, and whom to turn to after a refusal."""
        from referral.ingest.advice_file import read_advice  # noqa: PLC0415 - as in policy()

        return read_advice(self._data / "matching" / "first_contact.toml")

    @cached_property
    def _listener(self) -> "Listener":
        # Most commands hear no text.
        from referral.ingest.lexicon_file import read_lexicon  # noqa: PLC0415 - see above
        from referral.matching.intake.listener import Listener  # noqa: PLC0415 - see above

        return Listener.of(read_lexicon(self._data / "lexicon"), self.vocabulary())

    def understand(self, text: str) -> "Understanding":
        """Return what a text asks for.

        Raises:
            RequestError: the text is empty or too long.
        """
        from referral.usecases.understand import understand  # noqa: PLC0415 - as in _listener()

        return understand(text, listener=self._listener)

    def recommend(self, request: "ReferralRequest") -> "Recommendation":
        """Return who can help, explained.

        Raises:
            RequestError: the request is out of range or names an unknown word.
        """
        from referral.usecases.recommend import recommend  # noqa: PLC0415 - hearing needs ranks nobody

        return recommend(request, catalog=self.catalog(), policy=self.policy, today=self.today())


def build(
    settings: Settings, *, data: Path | None = None, today: Callable[[], date] = date.today
) -> Program:
    """Put the program together; nothing is opened or read yet."""
    return Program(settings, data=data or data_dir(), today=today)
