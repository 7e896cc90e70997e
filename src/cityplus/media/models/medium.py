from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.media import store
from cityplus.media.holding import FileGone, rely_on
from cityplus.media.probe import Facts, probe

if TYPE_CHECKING:
    from cityplus.media.models.rendition import Rendition

TRIES = 3


class MediumQuerySet(models.QuerySet["Medium"]):
    def with_renditions(self) -> MediumQuerySet:
        """With all that a page needs to show it, in three queries whatever the number."""
        return self.prefetch_related("renditions", "captions", "poster__renditions")


class Medium(models.Model):
    """One picture, film or sound. ``width`` and ``height`` are pixels, ``seconds`` the length; 0 where it has none."""

    class Kind(models.TextChoices):
        PICTURE = "picture"
        FILM = "film"
        SOUND = "sound"

    owner = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="media")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=200, help_text="Where it lay in its pack, such as media/cover.svg")
    sha256 = models.CharField(max_length=64)
    original = models.CharField(max_length=200, help_text="Key of the original in the store")
    bytes = models.BigIntegerField()
    content_type = models.CharField(max_length=60)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    alt = MultilingualField()
    title = MultilingualField()
    transcript = MultilingualField()
    credit = models.CharField(max_length=200)
    licence = models.CharField(max_length=40, help_text="SPDX identifier, such as CC-BY-4.0")
    poster = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    colour = models.CharField(max_length=7, blank=True, help_text="Mean colour, as #rrggbb")
    first_paint = models.TextField(
        blank=True, help_text="A tiny WebP as a data address, seen until the picture is here"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = MediumQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="media_name_per_owner")]

    def __str__(self) -> str:
        return f"@{self.owner.handle}/{self.name}"

    @classmethod
    def add(
        cls, owner: Actor, path: Path, name: str = "", *, credit: str, licence: str, by: str = "", facts: Facts | None = None,
        **words: Text,
    ) -> Medium:  # fmt: skip
        """Keep a file as a medium of this actor; the same name with other bytes replaces it, with the same bytes updates its words.

        Without a name it gets one from its content. ``facts`` are those of :func:`probe` where the file has been looked into. The
        original is in the store before the row is written, and still there when it is, so no row lacks its file. Renditions
        follow as a job.

        Raises:
            MediumError: the file is of no kind that we take; the message says which file and why.
        """
        facts = facts or probe(path)
        digest = store.digest(path)
        key = f"originals/{digest[:2]}/{digest}{facts.ending}"
        values = {
            "kind": facts.kind, "sha256": digest, "original": key, "bytes": path.stat().st_size,
            "content_type": facts.content_type, "width": facts.width, "height": facts.height, "seconds": facts.seconds,
            "credit": credit, "licence": licence, **words,
        }  # fmt: skip
        for tries_left in reversed(range(TRIES)):
            store.keep(path, key)
            try:
                return cls._write(owner, name or f"uploads/{digest[:32]}{facts.ending}", values, by)
            except FileGone:  # it lay here without a row, and was swept a moment ago
                if not tries_left:
                    raise
        raise AssertionError  # the last try returned or raised

    @classmethod
    def _write(cls, owner: Actor, name: str, values: dict[str, Any], by: str) -> Medium:
        with transaction.atomic():
            rely_on([values["original"]])
            same = cls.objects.select_for_update().filter(owner=owner, name=name, sha256=values["sha256"]).exists()
            medium, made = cls.objects.update_or_create(owner=owner, name=name, defaults=values)
            verb = "medium.described" if same else "medium.added"
            journal.record(verb, medium, handle=owner.handle, by=by, sha256=medium.sha256, replaced=not made)
        return medium

    def get_absolute_url(self) -> str:
        return reverse("media:medium", args=[self.owner.handle, self.pk])

    @property
    def ready(self) -> bool:
        """Whether browsers can be shown it."""
        return bool(self.renditions.all())

    def best(self, kind: str, near: int) -> Rendition | None:
        """The rendition of one content type whose width (or height, for films) is nearest."""
        fitting = [r for r in self.renditions.all() if r.content_type == kind]
        return min(fitting, key=lambda r: abs((r.height if self.kind == "film" else r.width) - near), default=None)
