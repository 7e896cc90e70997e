"""The fields of the forms of planning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cityplus.cities.isic import DIVISIONS, SECTIONS, section_of
from cityplus.cities.models import City
from cityplus.events.models import Event, Presenter, Question, Venue
from cityplus.events.planning.sheet import Spec
from cityplus.languages.tags import reader_tag

Choices = Sequence[tuple[str, Any]]


def sectors() -> list[tuple[str, str]]:
    """Sections, each with its divisions after it."""
    found = []
    for letter, title in SECTIONS.items():
        found.append((letter, str(title)))
        found += [(code, f"– {name}") for code, name in DIVISIONS.items() if section_of(code) == letter]
    return found


def beginning(zone: str) -> list[Spec]:
    """The first form; without a zone it is not known yet whose event it is."""
    by_clock = _("By the clock of %(zone)s") % {"zone": zone} if zone else _("By the clock of the city that holds it")
    return [
        Spec("title", "words", _("Title"), required=True),
        Spec("kind", "choice", pgettext("kind of an event", "What it is"), choices=Event.Kind.choices),
        Spec(
            "slug",
            "line",
            _("Its name in the address"),
            _("Small letters, digits and hyphens: two-city-meeting"),
            required=True,
            most=80,
        ),
        Spec("starts_at", "moment", _("Begins"), by_clock, required=True),
        Spec("ends_at", "moment", _("Ends"), by_clock, required=True),
    ]


def plan(covers: Choices, spoken: Choices, zone: str) -> list[Spec]:
    by_clock = _("By the clock of %(zone)s") % {"zone": zone}
    return [
        Spec("title", "words", _("Title"), required=True),
        Spec("story", "story", _("What it is about")),
        Spec("bring", "story", _("What to bring")),
        Spec("kind", "choice", pgettext("kind of an event", "What it is"), choices=Event.Kind.choices),
        Spec("starts_at", "moment", _("Begins"), by_clock, required=True),
        Spec("ends_at", "moment", _("Ends"), by_clock, required=True),
        Spec("languages", "many", _("Languages that are spoken"), choices=spoken),
        Spec("sectors", "many", _("Sectors of the companies that you want"), choices=sectors()),
        Spec(
            "cover",
            "choice",
            _("Cover"),
            _("A picture from the media of the organisers"),
            choices=[("", _("None")), *covers],
        ),
        Spec(
            "opens_at",
            "moment",
            _("Registration opens"),
            _("Nothing said: when the event is published. %(clock)s") % {"clock": by_clock},
        ),
        Spec(
            "closes_at",
            "moment",
            _("Registration ends"),
            _("Nothing said: when the event ends. %(clock)s") % {"clock": by_clock},
        ),
        Spec("approval", "check", _("We look at each registration before it holds")),
        Spec(
            "keep_days",
            "number",
            _("Days after the event for which you keep what people say of themselves"),
            _("Whoever registers agrees to it; then it is forgotten by itself."),
            most=730,
        ),
    ]


def venue() -> list[Spec]:
    known = City.objects.filter(stage__in=City.PUBLIC).select_related("actor").order_by("actor__handle")[:500]
    cities = [(str(city.pk), city.actor.names.in_language(reader_tag())) for city in known]
    return [
        Spec(
            "name",
            "words",
            _("Name of the hall"),
            _("Of a place that is online alone: what it is called"),
            required=True,
        ),
        Spec("city", "choice", _("City"), choices=[("", _("None: it is online")), *cities]),
        Spec("address", "line", _("Address")),
        Spec(
            "time_zone",
            "zone",
            _("Time zone of its clock"),
            _("Nothing said: that of the city. Such as Europe/Amsterdam"),
        ),
        Spec("access", "story", _("How one gets in without steps, hears and sees there")),
        Spec("link", "link", _("Address of the stream")),
        Spec("capacity", "number", pgettext("for people", "Places"), _("0: as many as come")),
    ]


def session(venues: Sequence[Venue], presenters: Sequence[Presenter], spoken: Choices, zone: str) -> list[Spec]:
    by_clock = _("By the clock of %(zone)s") % {"zone": zone}
    halls = [(str(one.pk), one.name.in_language(reader_tag())) for one in venues]
    people = [(str(one.pk), one.names.in_language(reader_tag())) for one in presenters]
    return [
        Spec("title", "words", _("Title"), required=True),
        Spec("about", "story", _("What it is about")),
        Spec("venue", "choice", _("Where"), choices=[("", _("In all halls")), *halls]),
        Spec("starts_at", "moment", _("Begins"), by_clock, required=True),
        Spec("ends_at", "moment", _("Ends"), by_clock, required=True),
        Spec("languages", "many", _("Languages that are spoken"), choices=spoken),
        Spec("presenters", "many", _("Who presents"), choices=people),
        Spec("capacity", "number", pgettext("for people", "Places"), _("0: as many as come")),
    ]


def question() -> list[Spec]:
    kinds = [
        (Question.Kind.LINE.value, _("a line of text")),
        (Question.Kind.CHOICE.value, _("a choice")),
        (Question.Kind.YES.value, _("yes or no")),
    ]
    return [
        Spec("words", "words", _("The question"), required=True),
        Spec("kind", "choice", _("How it is answered"), choices=kinds),
        Spec("options", "story", _("What one can choose"), _("One a line, as many in every language")),
        Spec("required", "check", _("It must be answered")),
    ]


def presenter(pictures: Choices, spoken: Choices) -> list[Spec]:
    return [
        Spec("names", "words", _("Name"), required=True),
        Spec(
            "slug",
            "line",
            _("Their name in the address"),
            _("Small letters, digits and hyphens: ana-de-vries"),
            required=True,
            most=80,
        ),
        Spec("title", "words", _("Office or profession")),
        Spec("about", "story", _("About them")),
        Spec("languages", "many", _("Languages"), choices=spoken),
        Spec("picture", "choice", _("Picture"), choices=[("", _("None")), *pictures]),
        Spec(
            "clips",
            "lines",
            _("Where else they are seen"),
            _("Addresses of routes, stops, ceremonies or posts of this network, one a line"),
            most=4000,
        ),
    ]


def afterwards(pictures: Choices, films: Choices) -> list[Spec]:
    return [
        Spec("report", "story", _("What came of it")),
        Spec("thanks", "story", _("Whom you thank")),
        Spec("pictures", "many", _("Pictures"), choices=pictures),
        Spec("recording", "choice", _("Recording"), choices=[("", _("None")), *films]),
        Spec("press", "lines", _("Who wrote of it"), _("One a line: the address, then what it is"), most=8000),
    ]
