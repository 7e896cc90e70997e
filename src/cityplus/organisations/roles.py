"""What the delegates of an organisation may do: one table, as for the teams of cities."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    REPRESENTATIVE = "representative", _("representative")


class Right(StrEnum):
    """Something that one may do for an organisation."""

    SEE = "see"
    WRITE = "write"
    SPEAK = "speak"
    DEAL = "deal"
    TEAM = "team"


SAYS: Mapping[Right, Any] = {
    Right.SEE: _("see its workplace and what fits it"),
    Right.WRITE: _("write its page, ask the city to verify it, and take it back"),
    Right.SPEAK: _("post, answer and follow in its name, once it is verified"),
    Right.DEAL: _("register it for events, answer opportunities and meet others"),
    Right.TEAM: _("invite people, change their roles and remove them, and close it"),
}
"""Each right in words, as the page of the delegates shows them."""

RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset({Right.SEE, Right.WRITE, Right.SPEAK, Right.DEAL}),
    Role.REPRESENTATIVE: frozenset({Right.SEE, Right.DEAL}),
}
"""``WRITE``: its page and what it offers and seeks. ``SPEAK``: post in its name. ``DEAL``: register it, answer opportunities, meet."""


def may(role: str | None, right: Right) -> bool:
    """Whether a delegate with this role (none: a stranger) may do it."""
    return right in RIGHTS.get(role or "", frozenset())


def roles_with(right: Right) -> list[str]:
    """The roles that may do it."""
    return [role for role in Role.values if may(role, right)]
