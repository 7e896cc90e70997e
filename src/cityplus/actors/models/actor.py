from __future__ import annotations

from django.db import models
from django.urls import reverse

from cityplus.actors.handles import check_handle
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text


class Actor(models.Model):
    """Whoever can be followed. Remote actors will carry a ``domain``; ours have none."""

    class Kind(models.TextChoices):
        CITY = "city"
        PERSON = "person"
        ORGANISATION = "organisation"

    handle = models.CharField(max_length=30, unique=True, validators=[check_handle])
    kind = models.CharField(max_length=12, choices=Kind)
    names = MultilingualField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"@{self.handle}"

    def get_absolute_url(self) -> str:
        return reverse("actors:page", args=[self.handle])

    @property
    def native_name(self) -> str:
        """The actor's own name in its own script."""
        return str(self.names)

    @property
    def native_language(self) -> str:
        names: Text = self.names
        return names.original
