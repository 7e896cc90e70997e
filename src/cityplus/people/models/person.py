from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from cityplus.languages.tags import UI_LANGUAGES


class Person(AbstractUser):
    """Somebody who can sign in. ``is_staff`` is the operator's; what one may do for a city is a membership of its team."""

    language = models.CharField(
        max_length=10, choices=[(u.code, u.name) for u in UI_LANGUAGES], default="en", help_text="UI language"
    )

    def __str__(self) -> str:
        return self.username
