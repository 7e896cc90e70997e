"""What pages say of a city on its way, and of proofs that it is official."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cityplus.cities.models import City

register = template.Library()

STAGES = {
    "invited": _("invited"),
    "preparing": _("preparing"),
    "ready": _("ready"),
    "launched": _("launched"),
    "dormant": _("dormant"),
}


@register.filter
def stage_words(stage: str) -> str:
    """A stage of the life of a city, in the language of the page."""
    return str(STAGES[stage])


@register.filter
def isolated(text: str) -> SafeString:
    """The name of a site, an address or a handle inside a sentence of any direction."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


@register.inclusion_tag("cities/official.html")
def official(city: City) -> dict[str, Any]:
    """The small marks that say who confirms that the city is official."""
    return {"proofs": city.proofs.shown()}
