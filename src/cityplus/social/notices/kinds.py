"""The kinds of notices of this room: who may still know of one, and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cityplus import notifications
from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.notifications import Group, Kind, Said
from cityplus.notifications.kinds import isolated
from cityplus.notifications.models import Notice
from cityplus.people.models import Person
from cityplus.social.apart import muted_among
from cityplus.social.models import Bar, Boost, Favourite, Follow, FollowRequest, Post, Question
from cityplus.social.speakers.reader import Reader

EXCERPT = 200
Done = Callable[[Sequence[Notice]], set[tuple[int, int]]]
"""Of these notices, the pairs of actor and subject whose deed stands: a favourite that was taken back is none."""
Says = Callable[[Group], str]


@dataclass(frozen=True, slots=True)
class _AboutPosts:
    """Notices whose subject is a post."""

    says: Says
    done: Done | None = None

    def may_see(self, person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
        reader = Reader.of(person)
        visible = Post.objects.visible_to(reader).filter(pk__in={notice.subject_id for notice in notices})
        shown = visible.filter(Q(hidden_at=None) | Q(author__in=reader.voices))
        posts = set(shown.values_list("pk", flat=True))
        posts -= muted_among(reader.apart, posts) if reader.apart.words or reader.apart.languages else set()
        there = [notice for notice in _welcome(reader, notices) if notice.subject_id in posts]
        return there if self.done is None else _standing(there, self.done)

    def words(self, person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
        posts = Post.objects.select_related("author").in_bulk([group.subject_id for group in groups])
        return {group.id: self._said(group, posts[group.subject_id]) for group in groups if group.subject_id in posts}

    def _said(self, group: Group, post: Post) -> Said:
        """A content note stands in the place of the words that it is about."""
        reading = (post.note or post.text).read((reader_tag(),))
        words, language = (reading.text, reading.language) if reading else ("", "")
        short = words if len(words) <= EXCERPT else f"{words[:EXCERPT].rstrip()}…"
        return Said(self.says(group), post.get_absolute_url(), short, language)


@dataclass(frozen=True, slots=True)
class _AboutActors:
    """Notices whose subject is the actor that somebody follows."""

    says: Says
    done: Done

    def may_see(self, person: Person, notices: Sequence[Notice]) -> Iterable[Notice]:
        return _standing(list(_welcome(Reader.of(person), notices)), self.done)

    def words(self, person: Person, groups: Sequence[Group]) -> Mapping[int, Said]:
        targets = Actor.objects.in_bulk([group.subject_id for group in groups])
        return {
            group.id: Said(self.says(group), _page(group, targets[group.subject_id]))
            for group in groups
            if group.subject_id in targets
        }


def _page(group: Group, target: Actor) -> str:
    """Of one who follows, that one's page; of many, that of whom they follow."""
    return (group.actors[0] if group.count == 1 and group.actors else target).get_absolute_url()


def _welcome(reader: Reader, notices: Sequence[Notice]) -> Iterable[Notice]:
    """Those for whom this reader still speaks, and that do not come from whom they or that voice have barred, nor from an account that
    was limited and that none of theirs follows."""
    voices = {notice.voice for notice in notices} & reader.voices
    shunned = {0: reader.shunned, **{voice: Bar.shunned_by(voice) | reader.shunned for voice in voices}}
    limited = set(
        Actor.objects.filter(pk__in={notice.actor for notice in notices}, limited_at__isnull=False)
        .exclude(followed__actor__in=reader.voices)
        .values_list("pk", flat=True)
    )
    return [
        notice
        for notice in notices
        if notice.voice in shunned and notice.actor not in shunned[notice.voice] and notice.actor not in limited
    ]


def _standing(notices: Sequence[Notice], done: Done) -> list[Notice]:
    pairs = done(notices)
    return [notice for notice in notices if (notice.actor, notice.subject_id) in pairs]


def _marked(model: type[Favourite] | type[Boost]) -> Done:
    def done(notices: Sequence[Notice]) -> set[tuple[int, int]]:
        rows = model.objects.filter(post__in={n.subject_id for n in notices}, actor__in={n.actor for n in notices})
        return set(rows.values_list("actor", "post"))

    return done


def _follows(notices: Sequence[Notice]) -> set[tuple[int, int]]:
    rows = Follow.objects.filter(target__in={n.subject_id for n in notices}, actor__in={n.actor for n in notices})
    return set(rows.values_list("actor", "target"))


def _asks(notices: Sequence[Notice]) -> set[tuple[int, int]]:
    rows = FollowRequest.objects.filter(
        target__in={n.subject_id for n in notices}, actor__in={n.actor for n in notices}
    )
    return set(rows.values_list("actor", "target"))


def _lets(notices: Sequence[Notice]) -> set[tuple[int, int]]:
    """Of who let somebody follow, the subject is who follows."""
    rows = Follow.objects.filter(actor__in={n.subject_id for n in notices}, target__in={n.actor for n in notices})
    return set(rows.values_list("target", "actor"))


def _helps(notices: Sequence[Notice]) -> set[tuple[int, int]]:
    rows = Question.objects.filter(helped__post__in={n.subject_id for n in notices})
    return set(rows.values_list("post__author", "helped__post"))


def _values(group: Group) -> dict[str, str]:
    return {"who": group.who, "voice": isolated(group.voice) if group.voice else ""}


def _mention(group: Group) -> str:
    said = _("%(who)s mentioned %(voice)s.") if group.voice else _("%(who)s mentioned you.")
    return said % _values(group)


def _reply(group: Group) -> str:
    said = _("%(who)s replied to %(voice)s.") if group.voice else _("%(who)s replied to you.")
    return said % _values(group)


def _quote(group: Group) -> str:
    said = _("%(who)s quoted %(voice)s.") if group.voice else _("%(who)s quoted you.")
    return said % _values(group)


def _question(group: Group) -> str:
    return _("%(who)s asks the people of %(voice)s.") % _values(group)


def _favourite(group: Group) -> str:
    if group.voice:
        said = ngettext("%(who)s favoured a post of %(voice)s.", "%(who)s favoured a post of %(voice)s.", group.count)
    else:
        said = ngettext("%(who)s favoured your post.", "%(who)s favoured your post.", group.count)
    return said % _values(group)


def _boost(group: Group) -> str:
    if group.voice:
        said = ngettext("%(who)s boosted a post of %(voice)s.", "%(who)s boosted a post of %(voice)s.", group.count)
    else:
        said = ngettext("%(who)s boosted your post.", "%(who)s boosted your post.", group.count)
    return said % _values(group)


def _follow(group: Group) -> str:
    if group.voice:
        said = ngettext("%(who)s follows %(voice)s.", "%(who)s follow %(voice)s.", group.count)
    else:
        said = ngettext("%(who)s follows you.", "%(who)s follow you.", group.count)
    return said % _values(group)


def _follow_request(group: Group) -> str:
    return ngettext("%(who)s asks to follow you.", "%(who)s ask to follow you.", group.count) % _values(group)


def _follow_accepted(group: Group) -> str:
    return _("%(who)s lets you follow.") % _values(group)


def _helped(group: Group) -> str:
    if group.voice:
        return _("%(who)s says that an answer of %(voice)s helped.") % _values(group)
    return _("%(who)s says that your answer helped.") % _values(group)


def _poll(group: Group) -> str:
    """One's own poll is told of by nobody, those of others by who asked."""
    if group.actors:
        return _("The poll of %(who)s in which you voted is over.") % _values(group)
    said = _("The poll of %(voice)s is over.") if group.voice else _("Your poll is over.")
    return said % _values(group)


def _kind(
    order: int, name: str, label: str | Promise, about: _AboutPosts | _AboutActors, *, push: bool = False
) -> Kind:
    return Kind(name, label, about.words, about.may_see, push=push, order=order)


KINDS = (
    _kind(10, "question", gettext_lazy("Questions to your city"), _AboutPosts(_question), push=True),
    _kind(20, "reply", gettext_lazy("Replies"), _AboutPosts(_reply), push=True),
    _kind(25, "helped", gettext_lazy("Answers that helped"), _AboutPosts(_helped, _helps)),
    _kind(30, "mention", gettext_lazy("Mentions"), _AboutPosts(_mention), push=True),
    _kind(40, "quote", gettext_lazy("Quotes"), _AboutPosts(_quote)),
    _kind(50, "favourite", gettext_lazy("Favourites"), _AboutPosts(_favourite, _marked(Favourite))),
    _kind(60, "boost", gettext_lazy("Boosts"), _AboutPosts(_boost, _marked(Boost))),
    _kind(65, "poll", gettext_lazy("Polls that are over"), _AboutPosts(_poll)),
    _kind(70, "follow", gettext_lazy("New followers"), _AboutActors(_follow, _follows)),
    _kind(80, "follow_request", gettext_lazy("Requests to follow"), _AboutActors(_follow_request, _asks), push=True),
    _kind(90, "follow_accepted", gettext_lazy("Whom you may follow"), _AboutActors(_follow_accepted, _lets)),
)


def plug() -> None:
    for kind in KINDS:
        notifications.plug(kind)
