"""What a ceremony says to people who press, and to its guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cityplus.languages.tags import UI_LANGUAGES
from cityplus.languages.text import Text

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

STEPS: Mapping[str, tuple[Any, Any]] = {
    "welcome": (_("Before it begins"), _("Welcome. In a moment this sky belongs to you.")),
    "open": (_("While palms are pressed"), _("Put your palm to the sky")),
    "held": (_("While it is held"), _("A moment, please")),
    "met": (_("During the countdown"), _("Every palm is here")),
    "launched": (_("At the launch"), _("A new light in the sky")),
    "ended": (_("When it is over"), _("Thank you for being here")),
}
"""The steps of a ceremony: what each is called to who plans it, and what the wall reads unless the ceremony says it in its own words."""


def default(step: str) -> dict[str, str]:
    """What the wall reads at a step unless said otherwise, by language."""
    found = {}
    for language in UI_LANGUAGES:
        with translation.override(language.code):
            found[language.tag] = str(STEPS[step][1])
    return found


def wording(words: Mapping[str, Any], step: str) -> Text:
    """What a ceremony with these ``words`` reads at a step, in all its languages: its own where it says some, else ours."""
    own = Text.from_json(words.get(step))
    ours = default(step)
    return own or Text.of("en", **{tag.replace("-", "_"): text for tag, text in ours.items()})
