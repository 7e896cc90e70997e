"""What an organisation needs before its city can look at it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cityplus.organisations.models import Organisation


def missing(organisation: Organisation) -> list[tuple[str, str]]:
    """What is missing, in words, each with the part of the workplace where it is written."""
    needs = (
        (bool(organisation.about), _("Say what it is."), "page"),
        (bool(organisation.offers or organisation.seeks), _("Say what it offers, or what it seeks."), "page"),
        (bool(organisation.languages), _("Say in which languages one can deal with it."), "page"),
        (organisation.activities.exists(), _("Choose what it is active in."), "activities"),
    )
    return [(words, where) for there, words, where in needs if not there]
