"""What can be wrong with the lexicon."""


class LexiconError(ValueError):
    """A phrase or a cue that cannot be used; the message says which and how to mend it."""
