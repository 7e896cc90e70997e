"""Organisations as profiles of :mod:`cityplus.lib.matching`, reasons as sentences, and the socket for what fits an organisation the year
round: other organisations from here, opportunities from the room above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cityplus.actors.models import Actor
from cityplus.cities.isic import section_of, title_of
from cityplus.languages.tags import name_of, reader_tag
from cityplus.lib.matching import Field, Profile, Reason, Rule, Suggestion, suggest
from cityplus.organisations.models import Activity, Organisation
from cityplus.organisations.models.organisation import OrganisationQuerySet

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


def explained(suggestions: Sequence[Suggestion]) -> list[tuple[tuple[str, int], ...]]:
    """For each of them its reasons, each as a sentence in the language of the page, with its points."""
    reasons = [one.reasons for one in suggestions]
    handles = {why.of for whys in reasons for why in whys if why.rule == Rule.ELSEWHERE}
    cities = {city.handle: city.names.in_language(reader_tag()) for city in Actor.objects.filter(handle__in=handles)}
    return [tuple((str(SAYS[why.rule]) % {"of": _words(why, cities)}, why.points) for why in whys) for whys in reasons]


def _words(reason: Reason, cities: Mapping[str, str]) -> str:
    if reason.rule == Rule.LANGUAGE:
        return name_of(reason.of, reader_tag())
    if reason.rule == Rule.SIZE:
        return str(Organisation.Size(reason.of).label)
    if reason.rule == Rule.ELSEWHERE:
        return cities.get(reason.of, reason.of)
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
Seeks = Callable[[OrganisationQuerySet], Iterable[tuple[int, str]]]
_sources: dict[str, tuple[str | Promise, Source]] = {}
_seeks: list[Seeks] = []


def plug(name: str, title: str | Promise, source: Source) -> None:
    """A socket: ``source(organisation)`` gives what could be suggested to it, of what it may see. A request has what it asks for as
    ``seeks``, an offer what it has as ``offers``. ``title`` stands above them on the page."""
    _sources[name] = (title, source)


def plug_seeks(seeks: Seeks) -> None:
    """A socket: ``seeks(organisations)`` tells which codes of ISIC these seek by what they ask for in a room above, as pairs of the key of
    one and a code."""
    _seeks.append(seeks)


def seeks_of(organisations: OrganisationQuerySet) -> dict[int, tuple[str, ...]]:
    """The codes that these seek, by their keys; of those that seek nothing there is none."""
    found: dict[int, dict[str, None]] = {}
    for seeks in _seeks:
        for key, code in seeks(organisations):
            found.setdefault(key, {})[code] = None
    return {key: tuple(codes) for key, codes in found.items()}


@dataclass(frozen=True, slots=True)
class Fitting:
    """What was found, with its points, and a sentence with its points for each reason."""

    found: Found
    score: int
    why: tuple[tuple[str, int], ...]


def year_round(organisation: Organisation, most: int = 20) -> list[tuple[str, str, list[Fitting]]]:
    """What fits an organisation, the best first: for each source its name, its title and what it has."""
    me = profile_of(organisation, seeks=fields(_sought_by(organisation)))
    told = []
    for name, (title, source) in sorted(_sources.items()):
        by_key = {one.profile.key: one for one in source(organisation)}
        best = suggest(me, [one.profile for one in by_key.values()], mine={}, theirs={})[:most]
        fitting = [
            Fitting(by_key[one.profile.key], one.score, why) for one, why in zip(best, explained(best), strict=True)
        ]
        told.append((name, str(title), fitting))
    return told


def others(organisation: Organisation) -> Iterable[Found]:
    """The other organisations that everybody may see and that could fit by the rules: active in a section of what it does or seeks, or
    seeking something of what it does."""
    does = {row.section for row in organisation.activities.all()}
    wanted = does | {section_of(code) for code in _sought_by(organisation)}
    public = Organisation.objects.public().exclude(pk=organisation.pk)
    sought = seeks_of(public)
    asking = [key for key, codes in sought.items() if does & {section_of(code) for code in codes}]
    active = Activity.objects.filter(section__in=wanted).values("organisation")
    rows = public.filter(Q(pk__in=active) | Q(pk__in=asking)).select_related("actor", "city__actor")
    for row in rows.prefetch_related("activities"):
        yield Found(profile_of(row, seeks=fields(sought.get(row.pk, ()))), row, "organisations/suggested.html")


def _sought_by(organisation: Organisation) -> tuple[str, ...]:
    return seeks_of(Organisation.objects.filter(pk=organisation.pk)).get(organisation.pk, ())
