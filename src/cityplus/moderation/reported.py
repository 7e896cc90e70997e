"""Actors can be reported themselves: a city, a person, an organisation. What an actor shows is hidden by its standing, not here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.moderation import subjects, voices
from cityplus.moderation.subjects import Subject, Thing

ACTOR = "actor"


def thing_of(actor: Actor) -> Thing:
    voice = voices.of_kind(actor.kind)
    name = actor.names.in_language(reader_tag())
    label = f"{name} (@{actor.handle})" if name else f"@{actor.handle}"
    return Thing(label, actor.get_absolute_url(), "", actor.pk, voice.city(actor) if voice else None)


def _find(numbers: Collection[int]) -> dict[int, Thing]:
    return {actor.pk: thing_of(actor) for actor in Actor.objects.filter(pk__in=numbers)}


def _may_see(person: Any, number: int) -> bool:
    actor = Actor.objects.filter(pk=number).first()
    voice = voices.of_kind(actor.kind) if actor else None
    return bool(actor and voice and voice.may_see(person, actor))


def plug_in() -> None:
    subjects.plug(ACTOR, Subject(_("an account"), _find, _may_see))
