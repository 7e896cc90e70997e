"""The conversation in the trail: sentences of its verbs, and the things that they are about."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City
from cityplus.desk.trail.things import Thing
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.social.composing.document import Document
from cityplus.social.models import Matter, Post, ReadyAnswer, Sheet
from cityplus.ties.models import Common

SAYS = {
    "post.posted": _("%(who)s posted %(what)s"),
    "post.edited": _("%(who)s changed the post %(what)s"),
    "post.deleted": _("%(who)s deleted the post %(what)s"),
    "post.hidden": _("%(who)s hid the reply %(what)s"),
    "post.shown": _("%(who)s showed the reply %(what)s again"),
    "post.frozen": _("%(who)s ended the replies to %(what)s"),
    "post.thawed": _("%(who)s let %(what)s be replied to again"),
    "post.withheld": _("%(who)s withheld the post %(what)s by a decision of moderation"),
    "post.released": _("%(who)s released the post %(what)s again"),
    "post.mention": _("The city is mentioned: %(what)s"),
    "post.reply": _("Somebody replied to the city: %(what)s"),
    "sheet.scheduled": _("%(who)s set a post to be sent on %(when)s: %(what)s"),
    "sheet.unscheduled": _("%(who)s took a post out of the calendar: %(what)s"),
    "sheet.held": _("A post could not be sent at its moment: %(what)s"),
    "sheet.awaiting": _("The post %(what)s waits for somebody who looks at it first"),
    "question.asked": _("%(who)s asked the public of the city: %(what)s"),
    "question.answered": _("%(who)s answered the question %(what)s"),
    "question.helped": _("%(who)s said which answer helped with %(what)s"),
    "question.unhelped": _("%(who)s said that no answer helped with %(what)s"),
    "question.closed": _("%(who)s closed the question %(what)s"),
    "question.reopened": _("%(who)s opened the question %(what)s again"),
    "matter.assigned": _("%(who)s gave the answer to %(what)s to %(to)s"),
    "matter.done": _("%(who)s set %(what)s aside"),
    "matter.resumed": _("%(who)s took %(what)s up again"),
    "matter.noted": _("%(who)s wrote a note on %(what)s"),
    "ready.kept": _("%(who)s keeps the ready answer “%(title)s”"),
    "ready.dropped": _("%(who)s removed the ready answer “%(title)s”"),
    "common.proposed": _("%(who)s proposed the common question %(what)s"),
    "common.worded": _("%(who)s changed the words of the common question %(what)s"),
    "common.agreed": _("%(who)s agreed to the common question %(what)s"),
    "common.withdrawn": _("%(who)s withdrew the common question %(what)s"),
    "common.moved": _("%(who)s moved the common question %(what)s"),
}
KINDS = {
    "post": _("Posts"),
    "sheet": _("Drafts of posts"),
    "question": _("Questions"),
    "matter": _("Conversation"),
    "ready": _("Ready answers"),
    "common": _("Common questions"),
}


def words_of(text: Text) -> str:
    """The beginning of a text, in quotation marks."""
    return f"“{Truncator(text.in_language(reader_tag()).replace(chr(10), ' ')).chars(60)}”"


def posts(city: City, ids: Collection[int]) -> dict[int, Thing]:
    """What the city posted, and what stands in threads that it began, as far as its team may still see it."""
    seen = Q(author=city.actor) | Q(audience=Post.Audience.PUBLIC)
    found = Post.objects.there().filter(seen, pk__in=ids).select_related("author")
    return {post.pk: Thing(words_of(post.text), post.get_absolute_url()) for post in found}


def sheets(city: City, ids: Collection[int]) -> dict[int, Thing]:
    """What was not sent yet; it is read by who writes for the city."""
    found = Sheet.objects.filter(pk__in=ids, author=city.actor)
    return {sheet.pk: Thing(f"“{Document.kept(sheet.document).excerpt}”", sheet.get_absolute_url()) for sheet in found}


def questions(city: City, ids: Collection[int]) -> dict[int, Thing]:
    """Questions to the city; what was deleted or withheld says nothing any more."""
    posts = Post.objects.public().filter(pk__in=ids, question__city=city)
    at = dict(Matter.objects.filter(city=city, post__in=ids).values_list("post", "pk"))
    return {post.pk: Thing(words_of(post.text), _address(city, at.get(post.pk))) for post in posts}


def matters(city: City, ids: Collection[int]) -> dict[int, Thing]:
    """What the team sees to, as far as it may still see it."""
    found = Matter.objects.of(city).filter(pk__in=ids).select_related("post")
    return {matter.pk: Thing(words_of(matter.post.text), _address(city, matter.pk)) for matter in found}


def ready(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = ReadyAnswer.objects.filter(city=city, pk__in=ids)
    return {one.pk: Thing(one.title, reverse("desk:ready-answer", args=[city.handle, one.pk])) for one in found}


def common(city: City, ids: Collection[int]) -> dict[int, Thing]:
    found = Common.objects.of(city).filter(pk__in=ids)
    return {
        one.pk: Thing(words_of(one.shown_question), reverse("desk:common-question", args=[city.handle, one.pk]))
        for one in found
    }


FINDERS = {
    "social.post": posts,
    "social.sheet": sheets,
    "social.question": questions,
    "social.matter": matters,
    "social.readyanswer": ready,
    "ties.common": common,
}


def _address(city: City, matter: int | None) -> str:
    return reverse("desk:matter", args=[city.handle, matter]) if matter else ""
