"""The logo of an organisation: its own, described, seen by who may see the organisation."""

from __future__ import annotations

import contextlib
from pathlib import Path

from django.utils.translation import gettext as _

from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text, Version
from cityplus.media import quota
from cityplus.media.errors import InUse, Malformed, MediumError
from cityplus.media.models import Medium
from cityplus.media.probe import probe
from cityplus.organisations.models import Organisation

LICENCE = "LicenseRef-rights-reserved"
LONGEST = 500


def show(organisation: Organisation, path: Path, alt: str, *, by: str) -> Medium:
    """Show the picture in this file as the logo; ``alt`` says what one sees, in the language of the page.

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
    actor = organisation.actor
    quota.check(actor, path.stat().st_size)
    described = Text(tag, {tag: Version(words, "author", by)})
    credit = str(actor.names)[:200]
    medium = Medium.add(actor, path, credit=credit, licence=LICENCE, by=by, facts=facts, alt=described)
    before = organisation.logo
    organisation.change(by=by, logo=medium)
    if before and before.pk != medium.pk:
        _throw_away(before, by)
    return medium


def take_away(organisation: Organisation, *, by: str) -> None:
    """Show none any more; the file goes too, unless it stands in a post."""
    before = organisation.logo
    organisation.change(by=by, logo=None)
    if before:
        _throw_away(before, by)


def _throw_away(medium: Medium, by: str) -> None:
    with contextlib.suppress(InUse, Medium.DoesNotExist):
        medium.remove(by=by)
