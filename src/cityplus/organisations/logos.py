"""The logo of an organisation: its own, described, seen by who may see the organisation."""

from __future__ import annotations

from pathlib import Path

from cityplus.media import emblems
from cityplus.media.models import Medium
from cityplus.organisations.models import Organisation


def show(organisation: Organisation, path: Path, alt: str, *, by: str) -> Medium:
    """Show the picture in this file as the logo; ``alt`` says what one sees, in the language of the page.

    Raises:
        MediumError: it is not taken, or is not described; nothing was changed.
    """
    medium = emblems.add(organisation.actor, path, alt, by=by)
    _change(organisation, medium, by)
    return medium


def take_away(organisation: Organisation, *, by: str) -> None:
    """Show none any more; the file goes too, unless it stands in a post."""
    _change(organisation, None, by)


def _change(organisation: Organisation, medium: Medium | None, by: str) -> None:
    before = organisation.logo
    organisation.change(by=by, logo=medium)
    emblems.throw_away(before, medium, by=by)
