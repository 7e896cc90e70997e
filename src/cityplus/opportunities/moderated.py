"""Opportunities as moderation knows them: what can be reported, and what hiding one does."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cityplus.languages.tags import reader_tag
from cityplus.moderation import subjects
from cityplus.moderation.subjects import Subject, Thing
from cityplus.opportunities.models import Opportunity


def _find(numbers: Collection[int]) -> dict[int, Thing]:
    rows = Opportunity.objects.filter(pk__in=numbers).select_related("host", "city__actor")
    return {one.pk: _thing(one) for one in rows}


def _thing(one: Opportunity) -> Thing:
    label = _("Opportunity of %(name)s") % {"name": one.host.names.in_language(reader_tag())}
    said = "\n".join(version.text for text in (one.title, one.story) for version in text.versions.values())
    return Thing(label, one.get_absolute_url(), said, one.host_id, one.city.actor_id)


def _may_see(person: Any, number: int) -> bool:
    return Opportunity.objects.visible_to(person).filter(pk=number).exists()


def _withhold(number: int, by: str, *, hidden: bool) -> None:
    if one := Opportunity.objects.filter(pk=number).first():
        one.withhold(hidden, by=by)


def plug_in() -> None:
    subject = Subject(
        gettext_lazy("an opportunity"),
        _find,
        _may_see,
        lambda number, by: _withhold(number, by, hidden=True),
        lambda number, by: _withhold(number, by, hidden=False),
    )
    subjects.plug("opportunity", subject)
