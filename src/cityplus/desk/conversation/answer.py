"""The form by which a city answers: its words in some languages, a ready answer put in, and posting it as the city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from cityplus.desk.access import Desk
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.languages.text import Text
from cityplus.social import posting
from cityplus.social.composing.holding import hold_writing
from cityplus.social.composing.writings import text_of
from cityplus.social.errors import Held, NotAllowed
from cityplus.social.models import Matter, Post, ReadyAnswer
from cityplus.social.policies import may_reply
from cityplus.social.speakers.reader import Reader
from cityplus.social.standings import root_of, standing
from cityplus.social.words import mentions_in
from cityplus.social.writing import Writing

MOST_LANGUAGES = 8


@dataclass(frozen=True)
class Answer:
    """``words`` by language, in the order in which they stand in the form; ``seen`` is the newest answer there was when it was shown."""

    words: Mapping[str, str]
    seen: int
    ready: ReadyAnswer | None = None
    problem: str = ""
    typed: bool = field(default=False)


def blank(desk: Desk, matter: Matter) -> Answer:
    """The form before anything was typed: the city's first language, and that of who is answered."""
    tags = [*desk.city.languages[:1], *([] if matter.language in desk.city.languages[:1] else [matter.language])]
    return Answer(dict.fromkeys(tags or ["en"], ""), matter.newest())


def posted(desk: Desk, matter: Matter, form: Mapping[str, str]) -> Answer:
    """The form as it was sent; with a ready answer put in, or one language more, where that was asked for."""
    words = {name.partition(":")[2]: value for name, value in form.items() if name.startswith("text:")}
    words = dict(list((words or blank(desk, matter).words).items())[:MOST_LANGUAGES])
    ready = _ready(desk, form.get("ready", ""))
    if "insert" in form and ready:
        words = {**dict.fromkeys(words, ""), **ready.filled(matter.post.author.names)}
        words = {tag: text for tag, text in words.items() if text} or words
    if "add" in form and _is_tag(form.get("more", "")):
        words.setdefault(form["more"], "")
    seen = form.get("seen", "")
    return Answer(words, int(seen[:19]) if seen.isascii() and seen.isdecimal() else 0, ready, typed=True)


def post(desk: Desk, matter: Matter, form: Mapping[str, str]) -> Post:
    """Post what the form has as the city.

    Raises:
        SocialError: it cannot be posted; Held: it waits among the drafts of the city; TakenMeanwhile: somebody else has answered.
    """
    answer, city = posted(desk, matter, form), desk.city.actor
    text = text_of(form, original=next(iter(answer.words), ""))
    if matter.post.audience != Post.Audience.PUBLIC:
        text = _naming(text, matter.post.author.handle)
    reader, root = Reader(city.pk, frozenset({city.pk}), desk.by), root_of(matter.post)
    if not may_reply(matter.post, root, standing(matter.post, root, reader, city)):
        raise NotAllowed(_("Replies to this are closed, or are not for you."))
    writing = Writing(text, audience=matter.post.audience, reply_to=matter.post)
    writing.check(city)
    matter.claim(by=desk.by, seen=answer.seen)
    try:
        reply = posting.publish(city, writing, by=desk.by)
    except Held as why:
        hold_writing(city, writing, by=desk.by, why=str(why))
        raise
    finally:
        matter.let_go(by=desk.by)
    if answer.ready:
        answer.ready.count()
    return reply


def _naming(text: Text, handle: str) -> Text:
    """The text, with who is answered named in it: what is not public is read by those whom it names."""
    if handle in mentions_in(text):
        return text
    named = {tag: replace(version, text=f"@{handle} {version.text}") for tag, version in text.versions.items()}
    return replace(text, versions=named)


def _ready(desk: Desk, number: str) -> ReadyAnswer | None:
    known = ReadyAnswer.objects.filter(city=desk.city).select_related("city__actor")
    return known.filter(pk=int(number[:18])).first() if number.isascii() and number.isdecimal() else None


def _is_tag(tag: str) -> bool:
    try:
        return bool(check_tag(tag))
    except LanguageError:
        return False
