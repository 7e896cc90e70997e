"""What a city needs before it may ask for admission: a socket, for some of it stands in rooms above."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cityplus.cities.models import City
from cityplus.languages.text import Text

IN_LANGUAGES = 2
STRENGTHS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. ``where`` is an address below the desk of the city; an ``advice`` keeps nobody from asking."""

    key: str
    words: str
    done: bool
    where: str
    advice: bool = False


Source = Callable[[City], Iterable[Item]]
_sources: dict[int, Source] = {}


def plug(order: int, source: Source) -> None:
    """``source(city)`` looks at the city as it is, and changes nothing. Rooms plug in from ``apps.ready()``."""
    _sources[order] = source


def of(city: City) -> list[Item]:
    """The whole list, done or not."""
    return [item for _order, source in sorted(_sources.items()) for item in source(city)]


def missing(city: City) -> list[Item]:
    """What keeps the city from asking."""
    return [item for item in of(city) if not (item.done or item.advice)]


def of_profile(city: City) -> Iterable[Item]:
    """What the profile needs."""
    yield Item("names", _("The name of the city, in two languages"), _said_in(city.actor.names), "profile/")
    yield Item("tagline", _("The city in one sentence, in two languages"), _said_in(city.tagline), "profile/")
    yield Item("profile", _("The city in its own words, in two languages"), _said_in(city.profile), "profile/")
    yield Item("cover", _("A cover picture"), city.cover_id is not None, "profile/")
    strengths = city.strengths.count()
    yield Item("strengths", _("Three strengths of the city"), strengths >= STRENGTHS, "profile/")
    yield Item("contact", _("A way for the public to reach the city"), city.contacts.exists(), "profile/")


def of_proofs(city: City) -> Iterable[Item]:
    """That the team is official, which the office looks at too."""
    held = city.proofs.filter(state="held").exists()
    yield Item("official", _("A proof that the team is official"), held, "official/", advice=True)


def _said_in(text: Text) -> bool:
    return sum(bool(version.text.strip()) for version in text.versions.values()) >= IN_LANGUAGES
