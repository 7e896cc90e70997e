"""The parts of the workplace of an organisation, as its navigation shows them. A room above plugs its own in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import urls
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cityplus.organisations.access import Workplace
from cityplus.organisations.roles import Right


@dataclass(frozen=True, slots=True)
class Section:
    """``url_name`` is an address that takes the handle of the organisation alone; ``label`` a lazy translation. What only a verified
    one has (``verified``) is not shown before."""

    order: int
    label: str | Promise
    url_name: str
    right: Right
    verified: bool = False


_sections: dict[str, Section] = {}


def plug(order: int, label: str | Promise, url_name: str, right: Right = Right.SEE, *, verified: bool = False) -> None:
    """A socket: a further part, for who has the right. Lower ``order`` comes first; those of this room are 10 to 40, and 70."""
    _sections[url_name] = Section(order, label, url_name, right, verified)


def entries(request: HttpRequest, at: Workplace) -> list[dict[str, Any]]:
    """What the navigation of this workplace shows to this person."""
    found = []
    for section in sorted(_sections.values(), key=lambda one: one.order):
        if at.may(section.right) and (at.public or not section.verified):
            url = urls.reverse(section.url_name, args=[at.organisation.actor.handle])
            first = section.url_name == "organisations:work"
            current = request.path == url if first else request.path.startswith(url)
            found.append({"label": section.label, "url": url, "current": current})
    return found


plug(10, _("Where it stands"), "organisations:work")
plug(20, _("Page"), "organisations:work-page", Right.WRITE)
plug(30, _("Activities"), "organisations:work-activities", Right.WRITE)
plug(40, _("Delegates"), "organisations:work-delegates")
plug(70, _("Suggestions"), "suggestions:suggestions")
