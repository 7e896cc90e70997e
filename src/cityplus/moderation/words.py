"""The words of moderation as people read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why somebody reports a thing."""

    SPAM = "spam", _("spam or fraud")
    HATE = "hate", _("hate against a group of people")
    HARASSMENT = "harassment", _("harassment of somebody")
    VIOLENCE = "violence", _("violence or a threat of it")
    NUDITY = "nudity", _("nudity or sexual content")
    ILLEGAL = "illegal", _("something that the law forbids")
    FALSE = "false", _("false information that does harm")
    OTHER = "other", _("something else")


class Kind(models.TextChoices):
    """What is decided."""

    DISMISS = "dismiss", _("no breach of the rules")
    WARN = "warn", _("a warning")
    HIDE = "hide", _("hidden")
    LIMIT = "limit", _("limited: seen by its followers only")
    SUSPEND = "suspend", _("suspended")
    LIFT = "lift", _("taken back")


PAST = {
    "dismiss": "dismissed",
    "warn": "warned",
    "hide": "hidden",
    "limit": "limited",
    "suspend": "suspended",
    "lift": "lifted",
}
"""Decisions as the journal calls them."""


class Level(models.TextChoices):
    """The standing of an actor."""

    GOOD = "good", _("in good standing")
    LIMITED = "limited", _("limited")
    SUSPENDED = "suspended", _("suspended")
