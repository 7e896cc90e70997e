"""Names and handles of people that could be taken for those of a city, of the network or of its office."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cityplus.actors.handles import check_handle
from cityplus.actors.models import Actor
from cityplus.languages.text import Text
from cityplus.search import QueryError, find

LONGEST = 80
"""Characters of a name."""

_OFFICE = {
    "admin", "administrator", "cityplus", "foundation", "help", "helpdesk", "mayor", "moderation", "moderator", "network",
    "office", "official", "operator", "root", "security", "staff", "support", "system", "team", "webmaster",
}  # fmt: skip
"""Words by which an office speaks; a handle or a name of a person has none of them as a word of its own."""

_LOOK_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET"}
"""Scripts whose letters are taken for each other: a name has letters of one of them at most."""

_TWINS = str.maketrans(
    "авеѕіјорсухкмтнαβεικνορτυχ013458@$|",
    "abesijopcyxkmthabeiknoptyxoleasbasl",
)
_ZWNJ = "\u200c"
"""Joins nothing and is written in Persian names."""


def check_own_handle(handle: str) -> None:
    """Whether a person may be called so.

    Raises:
        ValidationError: it has the wrong shape, speaks for an office, or is read as the name of a city.
    """
    check_handle(handle)
    if set(handle.split("_")) & _OFFICE:
        raise ValidationError(_("This handle sounds as if it spoke for the network or an office."))
    if _is_a_city(handle.replace("_", " ")):
        raise ValidationError(_("This handle could be taken for that of a city."))


def check_names(names: Text) -> None:
    """Whether a person may be called so, in each of these languages.

    Raises:
        ValidationError: the message says which name, and why not.
    """
    if not names:
        raise ValidationError(_("Say what you are called."))
    for version in names.versions.values():
        name = version.text
        if not any(c.isalnum() for c in name) or len(name) > LONGEST:
            raise ValidationError(_("A name has letters, and at most %d characters.") % LONGEST)
        if any(unicodedata.category(c)[0] == "C" and c != _ZWNJ for c in name):
            raise ValidationError(_("The name “%s” has signs that cannot be seen. Type it anew.") % _shown(name))
        if len(_scripts(name) & _LOOK_ALIKE) > 1:
            raise ValidationError(_("The name “%s” mixes letters of scripts that look alike.") % name)
        if {skeleton(word) for word in name.split()} & _OFFICE:
            raise ValidationError(_("The name “%s” sounds as if it spoke for the network or an office.") % name)
        if _is_a_city(name):
            raise ValidationError(_("“%s” is the name of a city. Add something of your own to it.") % name)


def skeleton(text: str) -> str:
    """What is left of a name when all is made alike that looks alike: letters and digits only, without marks."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c)).translate(_TWINS)
    return "".join(c for c in plain if c.isalnum())


def _scripts(name: str) -> set[str]:
    return {unicodedata.name(c, "?").split(" ")[0] for c in name if c.isalpha()}


def _shown(name: str) -> str:
    return "".join(c if unicodedata.category(c)[0] != "C" else "�" for c in name)


def _is_a_city(name: str) -> bool:
    """Whether a city that everybody may know of is called so in any language, or has such a handle."""
    bones = skeleton(name)
    if Actor.objects.filter(handle=bones, kind=Actor.Kind.CITY).exists():
        return True
    for asked in dict.fromkeys((name, bones)):
        try:
            hits = find(asked[:100], kinds=["city"], limit=20).hits
        except QueryError:
            continue
        if any(bones == skeleton(known.text) for hit in hits for known in hit.item.names):
            return True
    return False
