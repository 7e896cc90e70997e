"""What belongs to one opportunity: its sectors, its languages, its files."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.cities.isic import section_of, title_of
from cityplus.languages.tags import check_tag
from cityplus.opportunities.errors import OpportunityError

if TYPE_CHECKING:
    from cityplus.opportunities.models.opportunity import Opportunity

SECTORS, TONGUES, PAPERS = 5, 12, 5
"""How many an opportunity has at most of each."""
PAPER_BYTES = 10 * 1024 * 1024


def spread(of: Opportunity, sectors: Sequence[str], tongues: Sequence[str]) -> None:
    """Set its sectors and languages, in this order, in the place of those it had.

    Raises:
        KeyError: there is no such sector.
        LanguageError: a tag is none.
    """
    Sector.objects.filter(opportunity=of).delete()
    Tongue.objects.filter(opportunity=of).delete()
    codes = enumerate(list(dict.fromkeys(sectors))[:SECTORS])
    Sector.objects.bulk_create(
        [Sector(opportunity=of, code=code, section=section_of(code), place=place) for place, code in codes]
    )
    tags = enumerate(list(dict.fromkeys(check_tag(tag) for tag in tongues))[:TONGUES])
    Tongue.objects.bulk_create([Tongue(opportunity=of, tag=tag, place=place) for place, tag in tags])


class Sector(models.Model):
    """A section or a division of ISIC that it is about, the main one first; ``section`` is the letter above it."""

    opportunity = models.ForeignKey("opportunities.Opportunity", on_delete=models.CASCADE, related_name="sectors")
    code = models.CharField(max_length=2)
    section = models.CharField(max_length=1)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "code"], name="opportunities_sector_once")]
        indexes = [models.Index(fields=["section", "opportunity"], name="opportunities_in_section")]

    def __str__(self) -> str:
        return f"{self.opportunity_id}: {self.code}"

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return title_of(self.code)


class Tongue(models.Model):
    """A language in which one can deal with the host about it, the best first."""

    opportunity = models.ForeignKey("opportunities.Opportunity", on_delete=models.CASCADE, related_name="tongues")
    tag = models.CharField(max_length=35)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["opportunity", "tag"], name="opportunities_tongue_once")]

    def __str__(self) -> str:
        return f"{self.opportunity_id}: {self.tag}"


class Paper(models.Model):
    """A PDF beside an opportunity, in the store under ``key``; read by who may see the opportunity, and only as a download."""

    opportunity = models.ForeignKey("opportunities.Opportunity", on_delete=models.CASCADE, related_name="papers")
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=80, unique=True)
    size = models.PositiveIntegerField(help_text="bytes")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.name} of {self.opportunity_id}"

    @classmethod
    def add(cls, to: Opportunity, name: str, content: bytes, *, by: str) -> Paper:
        """Keep a file beside a draft. The file is in the store before its row is.

        Raises:
            OpportunityError: it is no PDF, too large, one too many, or the opportunity is no draft.
        """
        if not is_pdf(content):
            raise OpportunityError(_("“%(name)s” is no PDF.") % {"name": name[:80]})
        if len(content) > PAPER_BYTES:
            raise OpportunityError(_("A file has at most %(most)s MB.") % {"most": PAPER_BYTES // 1024**2})
        key = default_storage.save(f"opportunities/{secrets.token_hex(16)}.pdf", ContentFile(content))
        try:
            with transaction.atomic():
                row = to.locked()
                if row.state != "draft":
                    raise OpportunityError(_("Files are added to a draft: take it back first."))
                if row.papers.count() >= PAPERS:
                    raise OpportunityError(_("There are at most %(most)s files.") % {"most": PAPERS})
                facts = {"name": file_name(name, ".pdf"), "key": key, "size": len(content), "by": by}
                paper = cls.objects.create(opportunity=row, **facts)
                row.record("paper_added", by, quiet=True, name=paper.name)
        except BaseException:
            default_storage.delete(key)
            raise
        return paper

    def remove(self, *, by: str) -> None:
        """Take it away from a draft; the file goes once the row has.

        Raises:
            OpportunityError: the opportunity is no draft.
        """
        with transaction.atomic():
            row = self.opportunity.locked()
            if row.state != "draft":
                raise OpportunityError(_("Files are taken from a draft: take it back first."))
            Paper.objects.filter(pk=self.pk).delete()
            row.record("paper_removed", by, quiet=True, name=self.name)
            transaction.on_commit(lambda: default_storage.delete(self.key))

    @classmethod
    def keys(cls) -> list[str]:
        """Which files of the store the rows name."""
        return list(cls.objects.order_by("key").values_list("key", flat=True))


def is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-")


def file_name(name: str, ending: str, endings: Sequence[str] = (".pdf",)) -> str:
    """The last part of a file's name, without what a header or a folder could be misled by, and with this ending in the place of one of
    those."""
    plain = "".join(
        sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable() and sign not in '"<>|:*?'
    )
    stem = next((plain[: -len(end)] for end in endings if plain.lower().endswith(end)), plain).strip(" .")[:100]
    return f"{stem or 'paper'}{ending}"
