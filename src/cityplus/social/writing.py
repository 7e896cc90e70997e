"""What somebody is about to post, and whether it can be posted: checked before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import name_of, reader_tag
from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.social.errors import BadPost
from cityplus.social.models.post import Post

LONGEST = 5_000
"""Characters of a version of a text."""
NOTE = 200
PICTURES = 8
"""In one post; or one film, or one sound."""
MENTIONS = 20
OPTIONS = range(2, 9)
"""How many answers a poll may have."""
OPTION = 100
SHORTEST_POLL, LONGEST_POLL = timedelta(minutes=5), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    """A poll as it is written: its answers in their order, when it ends, and whether more than one may be chosen."""

    options: Sequence[Text]
    ends_at: datetime
    many: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """A post as it is written. ``asks`` is a city, ``space`` a pair; ``attached`` a kind that is plugged in and an id."""

    text: Text
    note: Text = field(default_factory=Text)
    audience: str = Post.Audience.PUBLIC
    reply_to: Post | None = None
    quote: Post | None = None
    asks: Actor | None = None
    space: Actor | None = None
    who_replies: str = Post.Who.EVERYONE
    who_boosts: str = Post.Who.EVERYONE
    who_quotes: str = Post.Who.EVERYONE
    media: Sequence[Medium] = ()
    attached: tuple[str, int] = ("", 0)
    poll: Asked | None = None

    def check(self, author: Actor) -> None:
        """Do nothing when this author can post it.

        Raises:
            BadPost: it says which field, and what to do.
        """
        self._check_words()
        self._check_media(author)
        self._check_poll()
        if self.asks and self.audience != Post.Audience.PUBLIC:
            raise BadPost(_("A question to the public of a city is public."), "audience")
        if self.asks and self.reply_to:
            raise BadPost(_("A reply does not ask the public of a city; ask in a post of its own."), "asks")
        if self.reply_to and self.reply_to.audience != Post.Audience.PUBLIC and self.audience == Post.Audience.PUBLIC:
            raise BadPost(_("The answer to something that is not public is not public either."), "audience")
        for name in ("who_replies", "who_boosts", "who_quotes"):
            if getattr(self, name) == Post.Who.PAIR and not self.space:
                raise BadPost(_("Say in the space of which two cities it is, or choose who may do it otherwise."), name)

    def _check_words(self) -> None:
        if not any(version.text.strip() for version in self.text.versions.values()) and not self.media:
            raise BadPost(_("Write something, or add a picture."))
        for tag, version in self.text.versions.items():
            if len(version.text) > LONGEST:
                over = len(version.text) - LONGEST
                raise BadPost(_("The text (%(tag)s) is %(over)d characters too long.") % {"tag": tag, "over": over})
        if any(len(version.text) > NOTE for version in self.note.versions.values()):
            raise BadPost(_("A content note has at most %d characters.") % NOTE, "note")

    def _check_media(self, author: Actor) -> None:
        if len(self.media) > 1 and any(medium.kind != Medium.Kind.PICTURE for medium in self.media):
            raise BadPost(_("A post has pictures, or one film, or one sound."), "media")
        if len(self.media) > PICTURES:
            raise BadPost(_("A post has at most %d pictures.") % PICTURES, "media")
        if any(medium.owner_id != author.pk for medium in self.media):
            raise BadPost(_("These pictures belong to somebody else."), "media")
        for number, medium in enumerate(self.media, 1):
            if not medium.alt:
                raise BadPost(_("Describe picture %d for those who cannot see it.") % number, "media")
            for tag in written_in(self.text):
                if tag not in medium.alt.versions:
                    known = {"number": number, "language": name_of(tag, reader_tag())}
                    raise BadPost(_("Describe picture %(number)d in this language too: %(language)s.") % known, "media")

    def _check_poll(self) -> None:
        if self.poll is None:
            return
        options, left = self.poll.options, self.poll.ends_at - timezone.now()
        if not self.text:
            raise BadPost(_("Write what the poll asks."), "text")
        if len(options) not in OPTIONS:
            raise BadPost(_("A poll has from two to eight answers."), "poll")
        for tag in written_in(self.text):
            said = [option.versions[tag].text.strip() for option in options if tag in option.versions]
            if len(said) < len(options) or not all(said):
                known = {"language": name_of(tag, reader_tag())}
                raise BadPost(_("Write every answer in this language too: %(language)s.") % known, "poll")
            if len({words.casefold() for words in said}) < len(said):
                raise BadPost(_("Two answers are the same."), "poll")
            if any(len(words) > OPTION for words in said):
                raise BadPost(_("An answer has at most %d characters.") % OPTION, "poll")
        if not SHORTEST_POLL <= left <= LONGEST_POLL:
            raise BadPost(_("A poll ends in five minutes at the earliest, and within a year."), "poll")


def written_in(text: Text) -> list[str]:
    """The languages of a text in which a person wrote it, the original first."""
    return [tag for tag in text.languages if text.versions[tag].state != "machine"]
