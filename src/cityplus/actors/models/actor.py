from __future__ import annotations

from django.db import models
from django.db.models import F
from django.urls import reverse

from cityplus.actors import addresses
from cityplus.actors.handles import check_handle
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text


class ActorQuerySet(models.QuerySet["Actor"]):
    def there(self) -> ActorQuerySet:
        """Those that are not gone."""
        return self.filter(gone_at=None)


class Actor(models.Model):
    """Whoever can be followed. Remote actors will carry a ``domain``; ours have none.

    The handle of a pair is that of its cities, joined by a ``+``, which no other handle has. ``revision`` grows whenever what others
    show of an actor changes. A ``limited_at`` one is in no public timeline; nobody sees one that is ``gone_at``, because the account
    was closed or suspended: who decided that, and why, stands with the room that did.
    """

    class Kind(models.TextChoices):
        CITY = "city"
        PERSON = "person"
        ORGANISATION = "organisation"
        PAIR = "pair"

    handle = models.CharField(max_length=61, unique=True, validators=[check_handle])
    kind = models.CharField(max_length=12, choices=Kind)
    names = MultilingualField()
    made_at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(default=1)
    limited_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = ActorQuerySet.as_manager()

    def __str__(self) -> str:
        return f"@{self.handle}"

    def get_absolute_url(self) -> str:
        return addresses.address_of(self.kind, self.handle) or reverse("actors:page", args=[self.handle])

    def touch(self) -> None:
        """Say that it looks different from now on, wherever it is shown."""
        Actor.objects.filter(pk=self.pk).update(revision=F("revision") + 1)

    @property
    def native_name(self) -> str:
        """The actor's own name in its own script."""
        return str(self.names)

    @property
    def native_language(self) -> str:
        names: Text = self.names
        return names.original
