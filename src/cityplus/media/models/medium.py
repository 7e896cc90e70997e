from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.media import naming, store
from cityplus.media.errors import Changed, InUse, MediumError
from cityplus.media.holding import FileGone, rely_on
from cityplus.media.probe import Facts, probe

if TYPE_CHECKING:
    from cityplus.media.models.rendition import Rendition

TRIES = 3
WORDS = ("alt", "title", "transcript")
Then = Callable[["Medium"], None]


BORROWED = "links/"
"""How the names of pictures begin that are copies of what stands on somebody else's page, beside a link to it."""


class MediumQuerySet(models.QuerySet["Medium"]):
    def own(self) -> MediumQuerySet:
        """What their owners have put there themselves."""
        return self.exclude(name__startswith=BORROWED)

    def with_renditions(self) -> MediumQuerySet:
        """With all that a page needs to show it, in three queries whatever the number."""
        return self.prefetch_related("renditions", "captions", "poster__renditions")


class Medium(models.Model):
    """One picture, film or sound. ``width`` and ``height`` are pixels, ``seconds`` the length; 0 where it has none.

    ``focal_x`` and ``focal_y`` say what of it stays in sight where it is cropped: 0 is the left or upper edge, 1 the other one.
    """

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
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    poster = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    colour = models.CharField(max_length=7, blank=True, help_text="Mean colour, as #rrggbb")
    first_paint = models.TextField(
        blank=True, help_text="A tiny WebP as a data address, seen until the picture is here"
    )
    found_by = models.TextField(
        blank=True, editable=False, help_text="Name and words in small letters, for looking it up"
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
        values = file_values(path, facts or probe(path)) | {"credit": credit, "licence": licence, **words}
        name = name or f"uploads/{values['sha256'][:32]}{Path(values['original']).suffix}"
        return _kept(path, values["original"], lambda: cls._write(owner, name, values, by))

    @classmethod
    def receive(
        cls, owner: Actor, path: Path, called: str, *, by: str, facts: Facts, then: Then | None = None, **proposed: str
    ) -> Medium:
        """Keep a file as a new medium, named after what the file was ``called``; who has the same bytes already keeps that medium
        as it is. Its words come later. ``then`` is called in the transaction that writes the row."""
        values = file_values(path, facts) | proposed

        def write() -> Medium:
            Actor.objects.select_for_update().get(
                pk=owner.pk
            )  # of two files that are called the same, one gets another name
            same = cls.objects.filter(owner=owner, sha256=values["sha256"]).order_by("pk").first()
            return same or cls._write(owner, naming.free(owner, called, values["original"]), values, by)

        return _kept(path, values["original"], write, then)

    @classmethod
    def _write(cls, owner: Actor, name: str, values: dict[str, Any], by: str) -> Medium:
        with transaction.atomic():
            rely_on([values["original"]])
            same = cls.objects.select_for_update().filter(owner=owner, name=name, sha256=values["sha256"]).exists()
            medium, made = cls.objects.update_or_create(owner=owner, name=name, defaults=values)
            verb = "medium.described" if same else "medium.added"
            journal.record(verb, medium, handle=owner.handle, by=by, sha256=medium.sha256, replaced=not made)
        return medium

    def describe(self, *, by: str, seen: str = "", **values: Any) -> list[str]:
        """Change its words, its credit, its licence or its focal point; returns the names of what is other than it was.
        ``seen`` is the :attr:`mark` that the writer had before them.

        Raises:
            Changed: somebody else has changed something since.
        """
        with transaction.atomic():
            medium = self._locked()
            if seen and seen != medium.mark:
                raise Changed(_("Somebody else has changed these words meanwhile."))
            changed = sorted(name for name, value in values.items() if getattr(medium, name) != value)
            if changed:
                for name in changed:
                    setattr(medium, name, values[name])
                medium.save(update_fields=changed)
                journal.record("medium.described", medium, handle=medium.owner.handle, by=by, changed=changed)
        for name in changed:
            setattr(self, name, values[name])
        return changed

    def replace(self, path: Path, *, by: str, facts: Facts | None = None, then: Then | None = None) -> Medium:
        """Give it other bytes of the same kind; words and places stay. What is shown meanwhile are the old renditions.

        Raises:
            MediumError: the file is not taken, or is of another kind.
        """
        facts = facts or probe(path, by_stranger=True)
        if facts.kind != self.kind:
            raise MediumError(
                _("The new file is of another kind than the old one, which is shown as it is in its places.")
            )
        values = file_values(path, facts)

        def write() -> Medium:
            rely_on([values["original"]])
            medium = self._locked()
            if medium.sha256 != values["sha256"]:
                for name, value in values.items():
                    setattr(medium, name, value)
                medium.save(update_fields=list(values))
                journal.record("medium.replaced", medium, handle=medium.owner.handle, by=by, sha256=medium.sha256)
            return medium

        return _kept(path, values["original"], write, then)

    def remove(self, *, by: str) -> None:
        """Delete it, with its renditions and captions; the sweeper takes the files away.

        Raises:
            InUse: it is shown somewhere, or used in a draft; :func:`usage.of` says where.
        """
        from cityplus.media import usage  # noqa: PLC0415 - asks for media itself

        with transaction.atomic():
            medium = self._locked()
            if list(usage.of(medium.owner, [medium.pk])):
                raise InUse(_("It is in use, so it was not deleted."))
            journal.record(
                "medium.removed", medium, handle=medium.owner.handle, by=by, name=medium.name, sha256=medium.sha256
            )
            medium.delete()

    def _locked(self) -> Medium:
        return Medium.objects.select_for_update(of=("self",)).select_related("owner").get(pk=self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        texts = [version.text for name in WORDS[:2] for version in getattr(self, name).versions.values()]
        self.found_by = "\n".join([self.name, *sorted(texts)]).casefold()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = [*kwargs["update_fields"], "found_by"]
        super().save(*args, **kwargs)

    @property
    def mark(self) -> str:
        """A short name of what is said of it now."""
        words = [getattr(self, name).as_json() for name in WORDS]
        said = json.dumps([*words, self.credit, self.licence, self.focal_x, self.focal_y], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def lacks(self) -> list[str]:
        """What it needs before it may be public, by the names of its columns and ``captions``; in the order of the page."""
        texts = {"picture": ["alt"], "film": ["title"], "sound": ["title", "transcript"]}[self.kind]
        found = [name for name in [*texts, "credit", "licence"] if not str(getattr(self, name)).strip()]
        return found + ["captions"] * (self.kind == "film" and not self.captions.all())

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


def file_values(path: Path, facts: Facts) -> dict[str, Any]:
    """The columns that say what a file is."""
    digest = store.digest(path)
    return {
        "kind": facts.kind, "sha256": digest, "original": f"originals/{digest[:2]}/{digest}{facts.ending}",
        "bytes": path.stat().st_size, "content_type": facts.content_type,
        "width": facts.width, "height": facts.height, "seconds": facts.seconds,
    }  # fmt: skip


def _kept(path: Path, key: str, write: Callable[[], Medium], then: Then | None = None) -> Medium:
    """Keep the original, then write what relies on it, in one transaction with ``then``."""
    for tries_left in reversed(range(TRIES)):
        store.keep(path, key)
        try:
            with transaction.atomic():
                medium = write()
                if then:
                    then(medium)
                return medium
        except FileGone:  # it lay here without a row, and was swept a moment ago
            if not tries_left:
                raise
    raise AssertionError  # the last try returned or raised
