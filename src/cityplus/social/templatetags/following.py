"""Tags for pages of whoever can be followed."""

from __future__ import annotations

from typing import Any

from django import template

from cityplus.actors.models import Actor
from cityplus.social.feeds.places import alternates, alternates_of_questions, alternates_of_tag
from cityplus.social.meeting import shows_lists
from cityplus.social.models import Tally
from cityplus.social.speakers.acting import acting
from cityplus.social.speakers.reader import NOBODY
from cityplus.social.views.following import follow_state

register = template.Library()


@register.inclusion_tag("social/people/follow.html", takes_context=True)
def follow_button(context: dict[str, Any], target: Actor | None) -> dict[str, Any]:
    """The button that follows an actor, or the way to sign in; nothing for oneself."""
    if target is None:
        return {"own": True}
    request = context["request"]
    reader, actor = acting(request) if request.user.is_authenticated else (NOBODY, None)
    return {**follow_state(request, target, reader, actor), "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("social/people/counts.html", takes_context=True)
def follow_counts(context: dict[str, Any], target: Actor) -> dict[str, Any]:
    """How many follow an actor and how many it follows, as links to the lists for who may see them."""
    request = context["request"]
    reader = acting(request)[0] if request.user.is_authenticated else NOBODY
    tally = Tally.objects.filter(pk=target.pk).first()
    return {"target": target, "tally": tally, "lists": shows_lists(target, reader)}


@register.inclusion_tag("social/people/alternate.html")
def feed_links(target: Actor) -> dict[str, Any]:
    """The feeds of an actor, for the head of its page."""
    return {"feeds": alternates(target)}


@register.inclusion_tag("social/people/alternate.html")
def tag_feed_links(name: str) -> dict[str, Any]:
    """The feeds of a hashtag, for the head of its page."""
    return {"feeds": alternates_of_tag(name)}


@register.inclusion_tag("social/people/alternate.html")
def question_feed_links(city: Actor) -> dict[str, Any]:
    """The feeds of the questions to the public of a city, for the head of their page."""
    return {"feeds": alternates_of_questions(city)}
