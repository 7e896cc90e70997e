"""Posts and profiles as moderation knows them: what can be reported, who answers for it, and what decisions do to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.tags import reader_tag
from cityplus.lib.ids import moment_of
from cityplus.moderation import filters, judging, subjects, voices
from cityplus.moderation.judging import Verdict
from cityplus.moderation.models import Standing, standing
from cityplus.moderation.subjects import Subject, Thing
from cityplus.moderation.voices import Voice
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Post, Profile
from cityplus.social.moderating import settling
from cityplus.social.speakers.reader import Reader
from cityplus.social.writing import Writing

POST = "post"
_HOUR, _DAY = 3600, 86_400


def _find(numbers: Collection[int]) -> dict[int, Thing]:
    """Posts that are not deleted, also those that are withheld."""
    found = list(Post.objects.filter(pk__in=numbers, gone_at=None).select_related("author", "asks", "space"))
    cities = spaces(found)
    return {post.pk: _thing(post, cities.get(post.pk)) for post in found}


def _thing(post: Post, city: int | None) -> Thing:
    name = post.author.names.in_language(reader_tag()) or f"@{post.author.handle}"
    said = [str(post.note), *(version.text for version in post.text.versions.values())]
    excerpt = "\n".join(words for words in said if words)
    return Thing(_("Post by %(name)s") % {"name": name}, post.get_absolute_url(), excerpt, post.author_id, city)


def spaces(posts: Collection[Post]) -> dict[int, int]:
    """The city in whose space each of these posts stands, as far as it stands in one: the city that it asks or answers; in the
    space of a pair, that of the two in which its author lives."""
    threads = {post.thread for post in posts if post.is_reply}
    hosts = Post.objects.filter(pk__in=threads, author__kind=Actor.Kind.CITY).values_list("pk", "author")
    asked = Post.objects.filter(pk__in=threads, asks__isnull=False).values_list("pk", "asks")
    of_thread = dict(asked) | dict(hosts)
    authors = {post.author_id for post in posts if post.space_id}
    homes = dict(Profile.objects.filter(actor__in=authors, home__isnull=False).values_list("actor", "home__actor"))
    handles = dict(Actor.objects.filter(pk__in=homes.values()).values_list("pk", "handle"))
    found: dict[int, int] = {}
    for post in posts:
        city = post.asks_id or of_thread.get(post.thread)
        home = homes.get(post.author_id)
        if city is None and home and post.space and handles[home] in post.space.handle.split("+"):
            city = home
        if city:
            found[post.pk] = city
    return found


def _may_see(person: Any, number: int) -> bool:
    return Post.objects.visible_to(Reader.of(person)).filter(pk=number).exists()


def _hide(number: int, by: str) -> None:
    for post in Post.objects.filter(pk=number):
        posting.withhold(post, by=by)


def _show(number: int, by: str) -> None:
    for post in Post.objects.filter(pk=number):
        posting.release(post, by=by)


def _people(actor: Actor) -> Iterable[Person]:
    return list(Person.objects.filter(profile__actor=actor))


def _actors(person: Person) -> Iterable[int]:
    return Profile.objects.filter(person=person).values_list("actor", flat=True)


def _may_know(person: Any, actor: Actor) -> bool:
    del person  # profiles are public, as long as they are there
    return actor.gone_at is None


def _home(actor: Actor) -> int | None:
    return City.objects.filter(residents__actor=actor).values_list("actor", flat=True).first()


def _closed(actor: Actor) -> bool:
    return Profile.objects.filter(actor=actor, closed_at__isnull=False).exists()


def suspended(actor: Actor) -> bool:
    """Whether an actor stays away though its person came back."""
    return Standing.objects.now().filter(actor=actor, level="suspended").exists()


def follow(actor: Actor, before: str) -> None:
    """Bring the timelines into line with the standing of an actor."""
    del before
    settling.begin(actor)


def judge(author: Actor, writing: Writing) -> Verdict:
    """Whether this may be posted, by the filters of the network. Ask before it is stored; what is held belongs to the caller."""
    texts: dict[str, str] = {}
    media = [medium.alt for medium in writing.media]
    options = writing.poll.options if writing.poll else ()
    for text in (writing.text, writing.note, *media, *options):
        for tag, version in text.versions.items():
            texts[tag] = f"{texts[tag]}\n{version.text}" if tag in texts else version.text
    return filters.judge(judging.Writing(texts, **_facts(author)))


def _facts(author: Actor) -> dict[str, Any]:
    """What the rules for new accounts look at. A city is trusted."""
    profile = Profile.objects.filter(actor=author).first()
    if profile is None:
        return {"trusted": author.kind == Actor.Kind.CITY}
    rules, now = filters.in_force().newcomers, timezone.now()
    own = Post.objects.filter(author=author).order_by("-pk")
    newest = list(own.values_list("pk", flat=True)[: rules.per_hour])
    last_hour = sum((now - moment_of(number)).total_seconds() < _HOUR for number in newest)
    shown = own.filter(gone_at=None, withheld_at=None).values_list("pk", flat=True)[: rules.posts]
    days = (now - profile.joined_at).total_seconds() / _DAY
    return {"days": days, "posts": len(shown), "last_hour": last_hour}


def plug_in() -> None:
    subjects.plug(POST, Subject(gettext_lazy("a post"), _find, _may_see, _hide, _show))
    voices.plug(Actor.Kind.PERSON, Voice(_people, _actors, _may_know, _home, _closed))
    standing.plug("social", follow)
