"""The picture of a person: theirs, described, seen by who may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.media import emblems
from cityplus.media.models import Medium
from cityplus.media.usage import Use
from cityplus.social.models import Profile


def show(profile: Profile, path: Path, alt: str, *, by: str) -> Medium:
    """Show the picture in this file on a profile; ``alt`` says what one sees, in the language of the page.

    Raises:
        MediumError: it is not taken, or is not described; nothing was changed.
    """
    medium = emblems.add(profile.actor, path, alt, by=by)
    _change(profile, medium, by)
    return medium


def take_away(profile: Profile, *, by: str) -> None:
    """Show none any more; the file goes too, unless it stands in a post."""
    _change(profile, None, by)


def _change(profile: Profile, medium: Medium | None, by: str) -> None:
    before = profile.picture
    profile.change(by=by, picture=medium)
    emblems.throw_away(before, medium, by=by)


def seen_by(person: Any, ids: Collection[int]) -> Iterable[int]:
    """The picture of a profile is seen by everybody as long as its person is there, and by that person."""
    there = Q(actor__gone_at=None, closed_at=None)
    if person.is_authenticated:
        there |= Q(person=person.pk)
    return Profile.objects.filter(there, picture__in=ids).values_list("picture_id", flat=True)


def uses(owner: Actor, ids: Collection[int] | None) -> Iterable[Use]:
    """The pictures of profiles."""
    profiles = Profile.objects.filter(picture__owner=owner).select_related("actor")
    for profile in profiles if ids is None else profiles.filter(picture__in=ids):
        yield Use(int(profile.picture_id or 0), _("Picture of a profile"), profile.actor.get_absolute_url())
