"""What the office is told of by letter: a ceremony that a desk has planned."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.ceremonies.models import Ceremony
from cityplus.journal.models import Entry
from cityplus.languages import formats
from cityplus.languages.tags import tag_of
from cityplus.people import letters
from cityplus.people.letters import Pattern
from cityplus.people.models import Person

PLANNED = "office/ceremony_planned"


def _link(known: letters.Known) -> str:
    return reverse("office:ceremony", args=[known["ceremony"]])


letters.plug(
    PLANNED,
    Pattern(
        _("A city plans a ceremony"),
        (
            _("At the desk of %(city)s a ceremony was planned for %(day)s: %(title)s."),
            _("You can see it, and help with it, at the office."),
        ),
        _("See the ceremony"),
        _link,
    ),
)


@journal.subscribe("office.ceremonies", "ceremony.planned")
def planned(entry: Entry) -> None:
    """Write to everybody of the office who has an address. What the office plans itself it knows."""
    ceremony = Ceremony.objects.filter(pk=entry.subject_id).first()
    if ceremony is None or not ceremony.desk or ceremony.desk != entry.handle:
        return
    for person in Person.objects.filter(is_staff=True, is_active=True).exclude(email=""):
        letters.write(PLANNED, person.email, person, _known(ceremony, person))


def _known(ceremony: Ceremony, person: Person) -> dict[str, Any]:
    tag, city = tag_of(person.language), ceremony.cities_in_order[0]
    with translation.override(person.language):
        title = ceremony.title.in_language(tag) or str(ceremony.get_kind_display())
    day = formats.partial_date(ceremony.day, tag)
    return {"ceremony": ceremony.pk, "city": city.actor.names.in_language(tag), "day": day, "title": title}
