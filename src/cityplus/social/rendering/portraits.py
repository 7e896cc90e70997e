"""The picture of a person: theirs, described, seen by who may see them."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text, Version
from cityplus.media import quota
from cityplus.media.errors import InUse, Malformed, MediumError
from cityplus.media.models import Medium
from cityplus.media.probe import probe
from cityplus.media.usage import Use
from cityplus.social.models import Profile

LICENCE = "LicenseRef-rights-reserved"
LONGEST = 500


def show(profile: Profile, path: Path, alt: str, *, by: str) -> Medium:
    """Show the picture in this file on a profile; ``alt`` says what one sees, in the language of the page.

    Raises:
        MediumError: it is not taken, or is not described; nothing was changed.
    """
    tag, words = reader_tag(), alt.strip()
    if not 0 < len(words) <= LONGEST:
        raise Malformed(_("Say what one sees in the picture, for those who cannot see it, in at most 500 characters."))
    try:
        facts = probe(path, by_stranger=True)
    except MediumError as error:
        raise type(error)(str(error).replace(f"{path.name}: ", "", 1)) from None
    if facts.kind != Medium.Kind.PICTURE:
        raise Malformed(_("That is no picture."))
    quota.check(profile.actor, path.stat().st_size)
    medium = Medium.add(
        profile.actor,
        path,
        credit=str(profile.actor.names)[:200],
        licence=LICENCE,
        by=by,
        facts=facts,
        alt=Text(tag, {tag: Version(words, "author", by)}),
    )
    before = profile.picture
    profile.change(by=by, picture=medium)
    if before and before.pk != medium.pk:
        _throw_away(before, by)
    return medium


def take_away(profile: Profile, *, by: str) -> None:
    """Show none any more; the file goes too, unless it stands in a post."""
    before = profile.picture
    profile.change(by=by, picture=None)
    if before:
        _throw_away(before, by)


def _throw_away(medium: Medium, by: str) -> None:
    with contextlib.suppress(InUse, Medium.DoesNotExist):
        medium.remove(by=by)


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
