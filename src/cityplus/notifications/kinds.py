"""The socket of this room: kinds of notices, and what a room above must say of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cityplus.languages.tags import reader_tag

if TYPE_CHECKING:
    from cityplus.actors.models import Actor
    from cityplus.notifications.models import Notice
    from cityplus.people.models import Person

PAGE, MAIL, PUSH = WAYS = ("page", "mail", "push")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a group, in the language that is active: one sentence, where it leads (a path of ours), and perhaps the
    first words of what it is about. Plain text, no HTML; ``language`` is that of the excerpt where it is not the page's."""

    text: str
    path: str
    excerpt: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Notices of one kind about one subject, as one line: those that the reader may see, the newest first. ``more`` is how many
    older ones there are beyond those that were looked at."""

    head: Notice
    notices: Sequence[Notice]
    actors: Sequence[Actor] = field(default=())
    voice: Actor | None = None
    more: int = 0

    @property
    def id(self) -> int:
        return self.head.pk

    @property
    def subject_id(self) -> int:
        return self.head.subject_id

    @property
    def at(self) -> datetime:
        return self.notices[0].at

    @property
    def count(self) -> int:
        """How many did it."""
        return len(self.notices) + self.more

    @property
    def unread(self) -> bool:
        return self.head.read_at is None

    @property
    def who(self) -> str:
        """``Ana``, ``Ana and Bram``, ``Ana and 5 others``, in the language that is active; empty for what nobody did."""
        names = [isolated(actor) for actor in self.actors[:2]]
        if len(names) < 2 or self.count == 2:
            return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]} if names[1:] else "".join(names)
        others = self.count - 1
        words = ngettext("%(one)s and %(n)s other", "%(one)s and %(n)s others", others)
        return words % {"one": names[0], "n": others}


def isolated(actor: Actor) -> str:
    """A name, shut off from the direction of the words around it where its own is another one."""
    tag = reader_tag()
    reading = actor.names.read((tag,))
    if reading is None:
        return f"@{actor.handle}"
    ours = "rtl" if tag == "ar" else "ltr"
    return str(reading.text) if reading.dir == ours else f"\u2068{reading.text}\u2069"


MaySee = Callable[["Person", Sequence["Notice"]], Iterable["Notice"]]
Words = Callable[["Person", Sequence[Group]], Mapping[int, Said]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notices.

    ``may_see(person, notices)`` gives those that this person may still know of: asked each time, for many at once, by a fixed
    number of queries. It must drop what was deleted or hidden, what the person may no longer see, actors whom they have blocked or
    muted, a deed that was taken back, and, where a notice has a ``voice``, the notices of a team that the person has left.
    ``words(person, groups)`` says each by the ``id`` of the group; of what it leaves out nothing is shown either. Both are asked
    while the language of the reader is active. ``page``, ``mail`` and ``push`` say which ways are open to who has not chosen.
    """

    name: str
    label: str | Promise
    words: Words
    may_see: MaySee
    page: bool = True
    mail: bool = True
    push: bool = False
    order: int = 50

    def usual(self, way: str) -> bool:
        """Whether this way is open to who has not chosen."""
        return bool(getattr(self, way))


_kinds: dict[str, Kind] = {}


def plug(kind: Kind) -> None:
    """Offer a kind of notices, from ``apps.ready()``.

    Raises:
        ValueError: its name is longer than a notice keeps.
    """
    if len(kind.name) > 40:
        raise ValueError(f"{kind.name}: the name of a kind has at most 40 letters")
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by name, in their order."""
    return dict(sorted(_kinds.items(), key=lambda pair: (pair[1].order, pair[0])))


def kind_of(name: str) -> Kind | None:
    """None for a kind that no room offers any more."""
    return _kinds.get(name)
