"""What the roles of a city's team may do: one table, and pure functions over it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cityplus.cities.roles import Role

if TYPE_CHECKING:
    from cityplus.cities.models import City


class Right(StrEnum):
    """Something that one may do for a city."""

    SEE = "see"
    WRITE = "write"
    TRANSLATE = "translate"
    REVIEW = "review"
    PUBLISH = "publish"
    MEDIA = "media"
    PRESENT = "present"
    SPEAK = "speak"
    GOVERN = "govern"
    VERIFY = "verify"
    TRAIL = "trail"
    EXPORT = "export"
    TEAM = "team"
    SETTINGS = "settings"


SAYS: Mapping[Right, Any] = {
    Right.SEE: _("see the desk with its drafts, media and calendar"),
    Right.WRITE: _("write the profile, routes and stops"),
    Right.TRANSLATE: _("write versions in other languages, approve them, and keep the glossary"),
    Right.REVIEW: _("approve what others have written, or give it back"),
    Right.PUBLISH: _("publish, schedule and withdraw"),
    Right.MEDIA: _("add, describe, replace and delete media"),
    Right.PRESENT: _("lead ceremonies and meetings on their screens"),
    Right.SPEAK: _("post, answer and follow in the name of the city"),
    Right.GOVERN: _("hide replies, close conversations, and decide on what is reported"),
    Right.VERIFY: _("verify organisations of the city, and take that back"),
    Right.TRAIL: _("read and export the trail of who did what"),
    Right.EXPORT: _("export the city as a pack"),
    Right.TEAM: _("invite people, change their roles and remove them"),
    Right.SETTINGS: _("set the rules of the city, prove that it is official, and ask for admission"),
}
"""Each right in words, as the page of the team shows them."""

_EDITOR = frozenset(
    {Right.SEE, Right.WRITE, Right.TRANSLATE, Right.REVIEW, Right.PUBLISH, Right.MEDIA, Right.TRAIL, Right.EXPORT}
    | {Right.SPEAK, Right.GOVERN, Right.VERIFY}
)
RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: _EDITOR,
    Role.TRANSLATOR: frozenset({Right.SEE, Right.TRANSLATE}),
    Role.PRESENTER: frozenset({Right.SEE, Right.PRESENT}),
    Role.ANALYST: frozenset({Right.SEE, Right.TRAIL}),
}


def may(role: str | None, right: Right) -> bool:
    """Whether somebody with this role (none: a stranger) may do it."""
    return right in RIGHTS.get(role or "", frozenset())


def role_of(person: Any, city: City) -> str | None:
    """The role of a person in the team of a city; None for who is not in it, or whose account is closed."""
    if not getattr(person, "is_authenticated", False) or not person.is_active:
        return None
    return city.team.filter(person=person.pk).values_list("role", flat=True).first()


def least_with(*roles: str) -> str:
    """The role with the fewest rights that may do all that these may."""
    wanted = frozenset[Right]().union(*(RIGHTS[role] for role in roles))
    return min((role for role in Role.values if wanted <= RIGHTS[role]), key=lambda role: len(RIGHTS[role]))
