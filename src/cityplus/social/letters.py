"""The letters of this room."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cityplus.people.letters import Known, Pattern


def _takeouts(known: Known) -> str:
    del known
    return reverse("social:takeouts")


def _sign_in(known: Known) -> str:
    del known
    return reverse("account_login")


PATTERNS = {
    "social/takeout": Pattern(
        _("Your data are ready"),
        (
            _("You asked for all that is yours on CityPlus. It is ready, as one file."),
            _("Only you can fetch it, signed in, for seven days."),
        ),
        _("Fetch the file"),
        _takeouts,
    ),
    "social/closed": Pattern(
        _("Your account is closed"),
        (
            _("The account “%(name)s” is closed, as you wished. Nobody sees your profile or your posts any more."),
            _("On %(until)s all of it is deleted. Until then you get it back by signing in."),
        ),
        _("I want it back"),
        _sign_in,
    ),
}
