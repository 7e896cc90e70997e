from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.languages.tags import reader_tag
from cityplus.languages.text import Text
from cityplus.opportunities import acting, judged
from cityplus.opportunities.acting import Act
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models.interest import GUEST, HOST
from cityplus.opportunities.models.outcome import Outcome
from cityplus.opportunities.models.parts import PAPER_BYTES, PAPERS


class ProofQuerySet(QuerySet["Proof"]):
    def visible_to(self, person: Any) -> ProofQuerySet:
        """Both sides' and their cities' desks', as long as the outcome stands and moderation does not hide it; always those of the side
        that added them. Everybody's are those that are ``public``, of outcomes that count for this person."""
        counted = Q(public=True, outcome__in=Outcome.objects.counted(person).values("pk"))
        if not acting.signed_in(person):
            return self.filter(counted)
        mine = acting.actors(person, Act.DEAL).values("pk")
        about, guest = "outcome__interest__opportunity", "outcome__interest__organisation"
        host = Q(**{f"{about}__host__in": mine})
        other = Q(**{f"{guest}__actor__in": mine})
        own = Q(outcome__side=HOST) & host | Q(outcome__side=GUEST) & other
        desks = Q(**{f"{about}__city__actor__in": mine}) | Q(**{f"{guest}__city__actor__in": mine})
        stands = Q(outcome__in=Outcome.objects.standing().values("pk"))
        return self.filter(counted | own | stands & (host | other | desks))


class Proof(models.Model):
    """A file that shows that an outcome is so: a PDF, or a picture, in the store under ``key``, and only a download. ``public`` is the
    word of the side that told the outcome: once that is confirmed, everybody who may know of it may have the file."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="proofs")
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=80, unique=True)
    size = models.PositiveIntegerField(help_text="bytes")
    public = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} of {self.outcome_id}"

    def get_absolute_url(self) -> str:
        return reverse("opportunities:proof", args=[self.outcome.interest_id, self.outcome_id, self.pk])

    @property
    def sort(self) -> str:
        """What it is, for who reads its name."""
        return "PDF" if self.is_document else "JPEG"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self.is_document else "image/jpeg"

    @property
    def is_document(self) -> bool:
        return self.key.endswith(".pdf")

    @classmethod
    def add(cls, to: Outcome, side: str, name: str, path: Path, *, public: bool, by: str) -> Proof:
        """Keep a file beside an outcome that this side told and the other has not answered yet. ``path`` is a PDF or a JPEG that
        :func:`cityplus.opportunities.evidence.fit` has made, ``name`` ends as it does. The file is in the store before its row is.

        Raises:
            OpportunityError: it is too large, one too many, its name is not published here, the other side told this outcome, or it is
                decided.
        """
        judged.passed(Text.of(reader_tag(), **{reader_tag().replace("-", "_"): name}))
        if path.stat().st_size > PAPER_BYTES:
            raise OpportunityError(_("A file has at most %(most)s MB.") % {"most": PAPER_BYTES // 1024**2})
        with path.open("rb") as file:
            key = default_storage.save(f"opportunities/{secrets.token_hex(16)}{path.suffix}", File(file))
        try:
            with transaction.atomic():
                row = to.locked()
                row.check_files(side)
                if row.state != "proposed":
                    raise OpportunityError(_("Files are added before the other side has answered."))
                if row.proofs.count() >= PAPERS:
                    raise OpportunityError(_("There are at most %(most)s files.") % {"most": PAPERS})
                facts: dict[str, Any] = {"name": name, "key": key, "size": path.stat().st_size, "public": public}
                proof = cls.objects.create(outcome=row, by=by, **facts)
                row.record("proof_added", by, quiet=True)
        except BaseException:
            default_storage.delete(key)
            raise
        return proof

    def remove(self, side: str, *, by: str) -> None:
        """Take it away, whatever became of the outcome; the file goes once the row has. Done twice it is done once.

        Raises:
            OpportunityError: the other side added it.
        """
        with transaction.atomic():
            row = self.outcome.locked()
            row.check_files(side)
            if Proof.objects.filter(pk=self.pk).delete()[0]:
                row.record("proof_removed", by, quiet=True)
                transaction.on_commit(lambda: default_storage.delete(self.key))

    @classmethod
    def keys(cls) -> list[str]:
        """Which files of the store the rows name."""
        return list(cls.objects.order_by("key").values_list("key", flat=True))
