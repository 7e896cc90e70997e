from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import jobs, journal
from cityplus.actors.models import Actor
from cityplus.drafts.edits import Edit, applied, cleaned, mark, marks, overlap
from cityplus.drafts.errors import Clash, DraftClash, Gap, NotAllowed, NotReady, Saved
from cityplus.drafts.kinds import Kind, kind_of
from cityplus.drafts.models.review import Review
from cityplus.drafts.models.version import Version
from cityplus.drafts.shapes import Document, DocumentError, Place
from cityplus.lib.lifecycle import LifeCycle

MOST_BYTES = 2_000_000  # of a document as JSON: a route of 60 stops in seven languages has a third of that
PERSON = "person:"
"""What stands before the name of who wrote a version of a text, within the team; the public reads the city's handle."""
SITTING = timedelta(minutes=20)
"""Who has not written in a draft for so long begins a sitting: the state before it is kept as a version."""


class Draft(models.Model):
    """Work in progress on one thing. It begins with the first edit, and is gone once it is published or thrown away.

    ``base`` is the mark of the thing when it began: who publishes over what was changed past the draft is asked first.
    ``publish_at`` is when the worker publishes it (UTC); ``problem`` says why that failed.
    """

    LIFE = LifeCycle("""
        open -> submitted -> approved -> open
        submitted -> open
    """)

    owner = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    document = models.JSONField()
    base = models.CharField(max_length=12)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    publish_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.CharField(max_length=150, blank=True)
    problem = models.TextField(blank=True)
    begun_by = models.CharField(max_length=150)
    begun_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="drafts_one_a_thing")]

    def __str__(self) -> str:
        return f"draft of {self.kind} {self.subject_id}"

    @classmethod
    def on(cls, kind: str, subject: int, owner: Actor) -> Draft:
        """The draft of a thing; one that nobody has written in yet is not in the database."""
        return cls.objects.filter(kind=kind, subject_id=subject).first() or cls._new(kind, subject, owner)

    @classmethod
    def _new(cls, kind: str, subject: int, owner: Actor) -> Draft:
        document = kind_of(kind).read(subject)
        return cls(kind=kind, subject_id=subject, owner=owner, document=document, base=mark(document))

    @property
    def does(self) -> Kind:
        return kind_of(self.kind)

    @property
    def authors(self) -> list[str]:
        """Who wrote in it, in the order of their names."""
        return sorted(self.changes.order_by().values_list("by", flat=True).distinct()) if self.pk else []

    @property
    def review(self) -> Review | None:
        """The newest asking for its approval; those of a draft before it say nothing of it."""
        asked = Review.objects.filter(version__in=Version.of(self.kind, self.subject_id))
        return asked.filter(asked_at__gte=self.begun_at).first() if self.pk else None

    def gaps(self) -> list[Gap]:
        return self.does.gaps(self.subject_id, self.document)

    # Writing

    def edit(self, edits: Sequence[Edit], *, by: str) -> Saved:
        """Set places of the document, all or none. An edit that says what stands there already is done and changes nothing, so
        whoever heard no answer may send the same again. An approval falls with the first change.

        Raises:
            DraftClash: somebody else changed one of the places since.
            DocumentError: a place is none, or does not take its value.
        """
        now = timezone.now()
        shape = self.does.shape
        writer, at = f"{PERSON}{by}", now.isoformat()
        values = [(shape.at(edit.path), cleaned(shape, edit, by=writer, at=at)) for edit in edits]
        told = [told for place, value in values for told in place.leaves(value)]
        with transaction.atomic():
            draft = self._locked(by, now)
            document, changed, met = applied(draft.document, edits, values)
            if met:
                raise DraftClash([draft._clash(*one) for one in met])
            if changed:
                self.does.verify(self.subject_id, told)
                draft._written(document, changed, by, now)
        self._follow(draft)
        return Saved(self.revision, marks(shape, self.document, (edit.path for edit in edits)))

    def _locked(self, by: str, now: datetime) -> Draft:
        """The draft as it is in the database, locked; it begins when there is none."""
        present = (
            Draft.objects.select_for_update(no_key=True).filter(kind=self.kind, subject_id=self.subject_id).first()
        )
        if present:
            return present
        fresh = self._new(self.kind, self.subject_id, self.owner)
        values = {name: getattr(fresh, name) for name in ("owner", "document", "base")}
        people = {"begun_by": by, "begun_at": now, "changed_by": by, "changed_at": now}
        Draft.objects.get_or_create(kind=self.kind, subject_id=self.subject_id, defaults={**values, **people})
        return Draft.objects.select_for_update(no_key=True).get(kind=self.kind, subject_id=self.subject_id)

    def _written(self, document: Document, paths: list[str], by: str, now: datetime) -> None:
        self.does.shape.settle(document)
        if len(json.dumps(document, ensure_ascii=False).encode()) > MOST_BYTES:
            words = _("The draft is too large: at most %(most)s MB.")
            raise DocumentError("", words % {"most": MOST_BYTES // 1_000_000})
        if self.revision and not self.changes.filter(by=by, at__gt=now - SITTING).exists():
            self._keep(Version.Occasion.SAVED, by=self.changed_by, at=self.changed_at)
        if self.state != "open":
            self._step("open")
        self.document, self.changed_by, self.changed_at = document, by, now
        self.revision += 1
        self.save()
        self.changes.create(revision=self.revision, by=by, paths=paths, at=now)

    def _clash(self, path: str, present: Any) -> Clash:
        last = next((c for c in self.changes.all()[:200] if any(overlap(path, other) for other in c.paths)), None)
        return Clash(path, present, mark(present), last.by if last else "", last.at if last else None)

    def since(self, revision: int) -> list[tuple[str, str]]:
        """The paths that were set after a revision, each with who did it last."""
        found: dict[str, str] = {}
        for change in self.changes.filter(revision__gt=revision).order_by("revision") if self.pk else ():
            found |= dict.fromkeys(change.paths, change.by)
        return list(found.items())

    # Versions

    def keep(self, *, by: str, note: str = "") -> Version:
        """Keep the document as it is now as a version."""
        with transaction.atomic():
            return self._locked(by, timezone.now())._keep(Version.Occasion.KEPT, by=by, note=note)

    def restore(self, version: Version, *, by: str) -> None:
        """Put an older version in the place of the document, which is kept as a version itself. Parts are as the shape has them
        today.

        Raises:
            DocumentError: it names a medium that is gone.
        """
        now = timezone.now()
        with transaction.atomic():
            draft = self._locked(by, now)
            draft._keep(Version.Occasion.RESTORED, by=by)
            document = copy.deepcopy(version.document)
            shape = self.does.shape
            shape.settle(document)
            told = [(path, leaf, Place(path, path.split("/")).value(document)) for path, leaf in shape.places(document)]
            self.does.verify(self.subject_id, told)
            draft._written(document, list(shape.parts), by, now)
            journal.record(
                "draft.restored", draft, handle=self.owner.handle, by=by, version=version.number, **draft._named
            )
        self._follow(draft)

    def _keep(self, occasion: Version.Occasion, *, by: str, note: str = "", at: datetime | None = None) -> Version:
        values = {"document": self.document, "note": note, "authors": self.authors, "owner": self.owner}
        when = at or timezone.now()
        return Version.keep(self.kind, self.subject_id, occasion=occasion, by=by, at=when, **values)

    # The way to the public

    def submit(self, *, by: str, note: str = "") -> Review:
        """Ask somebody else of the team to approve it."""
        with transaction.atomic():
            draft = self._locked(by, timezone.now())
            draft._step("submitted")
            draft.save()
            version = draft._keep(Version.Occasion.SUBMITTED, by=by, note=note[:300])
            review = Review.objects.create(version=version, asked_by=by, asked_at=version.at, note=note[:1000])
            draft._tell("submitted", by)
        self._follow(draft)
        return review

    def decide(self, *, approve: bool, by: str, reason: str = "") -> None:
        """Approve it or give it back.

        Raises:
            LifeCycleError: it was not submitted, or changed since.
            NotAllowed: who wrote in it cannot approve it.
        """
        with transaction.atomic():
            draft = self._locked(by, timezone.now())
            if approve and by in draft.authors:
                raise NotAllowed(_("Somebody who has not written in this draft approves it."))
            draft._step("approved" if approve else "open")
            draft.save()
            review = draft.review
            if review:
                review.decided_by, review.decided_at, review.reason = by, timezone.now(), reason[:1000]
                review.verdict = Review.Verdict.APPROVED if approve else Review.Verdict.RETURNED
                review.save()
            draft._tell("approved" if approve else "returned", by, reason=reason)
        self._follow(draft)

    def schedule(self, moment: datetime, *, by: str) -> None:
        """Have the worker publish it at a moment; what is there then is what is published.

        Raises:
            NotReady: something that publishing needs is missing now.
            NotAllowed: it waits for an approval.
        """
        with transaction.atomic():
            draft = self._locked(by, timezone.now())
            draft._check_ready()
            draft.publish_at, draft.scheduled_by, draft.problem = moment, by, ""
            draft.save()
            said = moment.isoformat()
            jobs.enqueue(
                "drafts.publish", key=f"{draft.pk}:{said}", priority=1, not_before=moment, draft=draft.pk, moment=said
            )
            draft._tell("scheduled", by, at=said)
        self._follow(draft)

    def unschedule(self, *, by: str) -> None:
        """Have it published by hand alone."""
        with transaction.atomic():
            draft = self._locked(by, timezone.now())
            if draft.publish_at:
                draft.publish_at, draft.problem = None, ""
                draft.save()
                draft._tell("unscheduled", by)
        self._follow(draft)

    def publish(self, *, by: str, over: bool = False) -> Version:
        """Make it the thing itself, and public. ``over`` says that what was changed past the draft may be lost.

        Raises:
            NotReady: something that publishing needs is missing, or the thing was changed past the draft.
            NotAllowed: it waits for an approval.
        """
        with transaction.atomic():
            draft = self._locked(by, timezone.now())
            draft._check_ready()
            if not over and mark(self.does.read(self.subject_id)) != draft.base:
                words = _(
                    "What is public was changed in another way since this draft began. Compare them, or publish over it."
                )
                raise NotReady([Gap(words, "")])
            self.does.write(self.subject_id, draft.document, by=by)
            version = draft._keep(Version.Occasion.PUBLISHED, by=by)
            draft.delete()
        return version

    def discard(self, *, by: str) -> None:
        """Throw it away; it is kept as a version, and the thing stays as it is."""
        with transaction.atomic():
            draft = self._locked(by, timezone.now())
            draft._keep(Version.Occasion.DISCARDED, by=by)
            draft._tell("discarded", by)
            draft.delete()

    def _check_ready(self) -> None:
        if self.does.needs_review(self.subject_id) and self.state != "approved":
            raise NotAllowed(_("Somebody else of the team has to approve this draft first."))
        if missing := self.gaps():
            raise NotReady(missing)

    def _step(self, state: str) -> None:
        self.LIFE.check(self.state, state)
        self.state = state

    @property
    def _named(self) -> dict[str, Any]:
        return {"kind": self.kind, "thing": self.subject_id}

    def _tell(self, what: str, by: str, **data: Any) -> None:
        journal.record(f"draft.{what}", self, handle=self.owner.handle, by=by, **self._named, **data)

    def _follow(self, draft: Draft) -> None:
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(draft, field.attname))
        self._state.adding = False
