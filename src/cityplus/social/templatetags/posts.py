"""Tags of what is shown of posts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from cityplus.actors.models import Actor
from cityplus.languages import formats
from cityplus.languages.tags import name_of, reader_tag
from cityplus.social.rendering import faces, pieces
from cityplus.web.structured import json_ld

register = template.Library()


class WhenNode(template.Node):
    def __init__(self, name: FilterExpression, yes: NodeList, no: NodeList) -> None:
        self.name, self.yes, self.no = name, yes, no

    def render(self, context: template.Context) -> SafeString:
        sign = pieces.WHEN.format(self.name.resolve(context))
        no = pieces.OTHERWISE + self.no.render(context) if self.no else ""
        return mark_safe(sign + self.yes.render(context) + no + pieces.END)  # noqa: S308 - rendered already


@register.tag
def when(parser: Parser, token: Token) -> WhenNode:
    """``{% when "favourited" %}…{% otherwise %}…{% endwhen %}`` in a part of a post: one of the two for each reader."""
    _, name = token.split_contents()
    yes = parser.parse(("otherwise", "endwhen"))
    no = NodeList()
    if parser.next_token().contents == "otherwise":
        no = parser.parse(("endwhen",))
        parser.delete_first_token()
    return WhenNode(parser.compile_filter(name), yes, no)


@register.simple_tag
def slot(name: str) -> SafeString:
    """Where something is put in that is made for the reader, by a provider of ``social.rendering.own``."""
    return mark_safe(pieces.SLOT.format(name))  # noqa: S308 - a name of our own


@register.filter
def short_moment(when: datetime, zone: str = "UTC") -> str:
    """Day and time of day in a zone, as the reader writes it."""
    return formats.short_moment(when, zone, reader_tag())


@register.inclusion_tag("social/parts/face.html")
def face(actor: Actor) -> dict[str, Any]:
    """What stands beside an actor's name: a city's own light, the two of a pair, a person's picture, a logo, or the first letter of
    their name."""
    picture = faces.picture_of(actor)
    city = getattr(actor, "city", None)
    name = actor.native_name.strip()
    return {
        "actor": actor,
        "hue": city.hue if city else None,
        "picture": picture if picture and picture.ready else None,
        "letter": name[:1].upper() or "·",
    }


@register.filter
def own_name(tag: str) -> str:
    """A language's own name."""
    return name_of(tag, tag)


@register.filter
def at(table: Mapping[int, str], key: int) -> str:
    """What a table has for this key; nothing where it has nothing."""
    return table.get(key, "")


@register.simple_tag
def jsonld(thing: Mapping[str, Any]) -> SafeString:
    """Structured data for search engines."""
    return json_ld(thing)
