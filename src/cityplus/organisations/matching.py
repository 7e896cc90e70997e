"""Organisations as profiles of :mod:`cityplus.lib.matching`, reasons as sentences, and the socket for what fits an organisation the year
round: other organisations from here, opportunities from the room above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cityplus.actors.models import Actor
from cityplus.cities.isic import section_of, title_of
from cityplus.languages.tags import name_of, reader_tag
from cityplus.lib.matching import Field, Profile, Reason, Rule, Suggestion, suggest
from cityplus.organisations.models import Organisation

SAYS: Mapping[Rule, str | Promise] = {
    Rule.THEY_MUST: _("They say that they must meet you."),
    Rule.THEY_WANT: _("They want to meet you."),
    Rule.GIVES_DIVISION: _("They offer what you seek: %(of)s."),
    Rule.GIVES_SECTION: _("They offer something in what you seek: %(of)s."),
    Rule.TAKES_DIVISION: _("They seek what you offer: %(of)s."),
    Rule.TAKES_SECTION: _("They seek something in what you offer: %(of)s."),
    Rule.SAME_DIVISION: _("Both of you are in one branch: %(of)s."),
    Rule.SAME_SECTION: _("Both of you are in one sector: %(of)s."),
    Rule.LANGUAGE: _("You have a language in common: %(of)s."),
    Rule.ELSEWHERE: _("They come from another city: %(of)s."),
    Rule.SIZE: _("They have the size you look for: %(of)s."),
}
"""Every rule in words. “They” may be an organisation, or whoever offers or seeks something."""


def sentence(reason: Reason) -> str:
    """Why, in the language of the page."""
    return str(SAYS[reason.rule]) % {"of": _words(reason)}


def _words(reason: Reason) -> str:
    if reason.rule == Rule.LANGUAGE:
        return name_of(reason.of, reader_tag())
    if reason.rule == Rule.SIZE:
        return str(Organisation.Size(reason.of).label)
    if reason.rule == Rule.ELSEWHERE:
        city = Actor.objects.filter(handle=reason.of).first()
        return city.names.in_language(reader_tag()) if city else reason.of
    return title_of(reason.of) if reason.of else ""


def fields(codes: Iterable[str]) -> tuple[Field, ...]:
    """Codes of ISIC with the sections above them."""
    return tuple(Field(code, section_of(code)) for code in codes)


def profile_of(organisation: Organisation, **facts: Any) -> Profile:
    """An organisation that offers what it does; ``facts`` say otherwise. It reads ``activities`` and ``city.actor``."""
    does = tuple(Field(row.code, row.section) for row in organisation.activities.all())
    plain = {"does": does, "offers": does, "languages": tuple(organisation.languages), "size": organisation.size}
    return Profile(f"{organisation.pk:020}", organisation.city.actor.handle, **{**plain, **facts})


@dataclass(frozen=True, slots=True)
class Found:
    """Something that may fit: its profile, and how it is shown (the name of a template that gets it as ``thing``)."""

    profile: Profile
    thing: Any
    template: str


Source = Callable[[Organisation], Iterable[Found]]
Seeks = Callable[[Organisation], Iterable[str]]
_sources: dict[str, tuple[str | Promise, Source]] = {}
_seeks: list[Seeks] = []


def plug(name: str, title: str | Promise, source: Source) -> None:
    """A socket: ``source(organisation)`` gives what could be suggested to it, of what it may see. A request has what it asks for as
    ``seeks``, an offer what it has as ``offers``. ``title`` stands above them on the page."""
    _sources[name] = (title, source)


def plug_seeks(seeks: Seeks) -> None:
    """A socket: which codes of ISIC an organisation seeks, told by what it asks for in a room above."""
    _seeks.append(seeks)


def seeks_of(organisation: Organisation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for seeks in _seeks for code in seeks(organisation)))


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was found, with its points, and a sentence with its points for each reason."""

    found: Found
    score: int
    why: tuple[tuple[str, int], ...]


def year_round(organisation: Organisation, most: int = 20) -> list[tuple[str, str, list[Fitting]]]:
    """What fits an organisation, the best first: for each source its name, its title and what it has."""
    me = profile_of(organisation, seeks=fields(seeks_of(organisation)))
    told = []
    for name, (title, source) in sorted(_sources.items()):
        by_key = {one.profile.key: one for one in source(organisation)}
        best = suggest(me, [one.profile for one in by_key.values()], mine={}, theirs={})[:most]
        told.append((name, str(title), [_fitting(by_key[one.profile.key], one) for one in best]))
    return told


def explained(reasons: Iterable[Reason]) -> tuple[tuple[str, int], ...]:
    """Each reason as a sentence, with its points."""
    return tuple((sentence(reason), reason.points) for reason in reasons)


def _fitting(found: Found, suggestion: Suggestion) -> Fitting:
    return Fitting(found, suggestion.score, explained(suggestion.reasons))


def others(organisation: Organisation) -> Iterable[Found]:
    """All other organisations that everybody may see."""
    rows = Organisation.objects.public().exclude(pk=organisation.pk).select_related("actor", "city__actor")
    for row in rows.prefetch_related("activities"):
        yield Found(profile_of(row, seeks=fields(seeks_of(row))), row, "organisations/suggested.html")
