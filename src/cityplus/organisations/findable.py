"""What search knows of organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus.cities.isic import title_of
from cityplus.journal.models import Entry
from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text
from cityplus.organisations.models import Organisation
from cityplus.search.index import Kind, Scope, in_parts
from cityplus.search.items import NO_LANGUAGE, Item

_OWN = ("verified", "withdrawn", "returned", "closed", "changed")
_OF_CITY = ("city.launched", "city.dormant", "pack.imported")
_OF_ACTOR = ("decision.limited", "decision.suspended", "decision.lifted", "appeal.reversed")
VERBS = (*(f"organisation.{verb}" for verb in _OWN), *_OF_CITY, *_OF_ACTOR)
"""After these another may be public, or called otherwise."""

KIND = Kind("organisation", 4, _("Organisations"), "organisations/found.html", VERBS, sign="@")


class Organisations:
    """Source of the kind ``organisation``: found by their names and handle, by what they are active in, in every language, and by
    their own words."""

    def everything(self) -> Iterator[Item]:
        return map(_item, in_parts(self._public()))

    def within(self, scope: Scope) -> Iterable[Item]:
        found = self._public().filter(city__actor__handle=scope.handle)
        return map(_item, found if scope.object_id is None else found.filter(pk=scope.object_id))

    def touched(self, entry: Entry) -> Scope | None:
        if entry.verb in _OF_CITY:
            return Scope(entry.handle)
        own = {"pk": entry.subject_id} if entry.subject == "organisations.organisation" else {}
        found = Organisation.objects.filter(**(own or {"actor": entry.data.get("actor", 0)}))
        one = found.select_related("city__actor").first()
        return Scope(one.city.actor.handle, object_id=one.pk) if one else None

    def seen_by(self, person: Any, ids: Sequence[int]) -> Mapping[int, Organisation]:
        found = Organisation.objects.visible_to(person).filter(pk__in=ids, state="verified").for_cards()
        return {one.pk: one for one in found}

    @staticmethod
    def _public() -> QuerySet[Organisation]:
        found = Organisation.objects.public().filter(actor__limited_at=None)
        return found.select_related("actor", "city__actor").prefetch_related("activities")


def _item(organisation: Organisation) -> Item:
    actor, city = organisation.actor, organisation.city.actor
    return Item(
        object_id=organisation.pk,
        handle=city.handle,
        url_name="actors:page",
        url_args=(actor.handle,),
        title=actor.names,
        more_names=[Text.of(NO_LANGUAGE, **{NO_LANGUAGE: actor.handle})],
        words=[
            *_titles(organisation),
            city.names,
            organisation.about,
            organisation.offers,
            organisation.seeks,
        ],
    )


def _titles(organisation: Organisation) -> list[str]:
    """What it is active in, with the sections above, in the languages of the interface."""
    codes = {code for activity in organisation.activities.all() for code in (activity.code, activity.section)}
    found: dict[str, None] = {}
    for language in UI_LANGUAGES:
        with translation.override(language.code):
            found |= dict.fromkeys(title_of(code) for code in sorted(codes))
    return list(found)
