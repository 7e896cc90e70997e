"""What a ceremony says to people who press, and to its guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, Any] = {
    "early": _("The ceremony has not begun. Your palm is wanted when it does: keep this page open."),
    "held": _("A moment, please: the ceremony is held. Press again when it goes on."),
    "late": _("The city is live already. Thank you for wanting to press."),
    "over": _("This ceremony is over."),
    "stranger": _("This link is of no guest of this ceremony."),
    "link": _("This link does not lead to a ceremony. Scan the code on the screen once more."),
    "busy": _("Very many are pressing just now. Your palm is sent again by itself."),
}
"""Why a press does not count, by a word that travels and a sentence that is read."""
