"""The picture by which an actor is known, a portrait or a logo: its own, described, with all rights reserved."""

from __future__ import annotations

import contextlib
from pathlib import Path

from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text, Version
from cityplus.media import quota
from cityplus.media.errors import InUse, Malformed, MediumError
from cityplus.media.models import Medium
from cityplus.media.probe import probe

LICENCE = "LicenseRef-rights-reserved"
LONGEST = 500


def add(actor: Actor, path: Path, alt: str, *, by: str) -> Medium:
    """Add the picture in this file to the media of the actor; ``alt`` says what one sees, in the language of the page.

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
    quota.check(actor, path.stat().st_size)
    credit, described = str(actor.names)[:200], Text(tag, {tag: Version(words, "author", by)})
    return Medium.add(actor, path, credit=credit, licence=LICENCE, by=by, facts=facts, alt=described)


def throw_away(before: Medium | None, now: Medium | None, *, by: str) -> None:
    """Have the one that was shown before gone, file and all, unless it is the one that is shown now or stands in a post."""
    if before and (now is None or before.pk != now.pk):
        with contextlib.suppress(InUse, Medium.DoesNotExist):
            before.remove(by=by)
