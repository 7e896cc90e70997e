"""What can be wrong with what somebody wants to say or do here. The message is a sentence for that person."""


class SocialError(ValueError):
    """Something cannot be done as it was asked."""


class NotAllowed(SocialError):
    """Who asks may not do this here: a block stands between, or who posted does not want it."""


class Gone(SocialError):
    """What it was about has been deleted meanwhile."""


class BadPost(SocialError):
    """What was written cannot be posted; ``where`` names the field."""

    def __init__(self, words: str, where: str = "text") -> None:
        super().__init__(words)
        self.where = where


class Held(SocialError):
    """Somebody of moderation looks at it before it is posted; the message says why."""
