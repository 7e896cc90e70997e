from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext

from cityplus import journal
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text, Version
from cityplus.moderation.models.errors import ModerationError

MOST = 40
LONGEST = 1000
"""Rules of an edition, and characters of a rule."""


class Edition(models.Model):
    """One version of the rules of the network, numbered from 1. The newest is in force; the older stay, for people accepted them and
    decisions name them. Nothing in an edition changes but its translations."""

    number = models.PositiveIntegerField(unique=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"edition {self.number}"

    @classmethod
    def in_force(cls) -> Edition | None:
        return cls.objects.order_by("-number").first()

    @classmethod
    def publish(cls, texts: Sequence[Text], *, by: str, after: int) -> Edition:
        """Put new rules into force; everybody is asked to accept them at their next act. ``after`` is the number of the edition that
        they were made from, 0 when there was none.

        Raises:
            ModerationError: there is no rule, too many or too long ones, or somebody published another edition meanwhile.
        """
        written = [text for text in texts if str(text).strip()]
        if not 1 <= len(written) <= MOST:
            raise ModerationError(gettext("Write between 1 and %(most)s rules.") % {"most": MOST})
        if any(len(version.text) > LONGEST for text in written for version in text.versions.values()):
            raise ModerationError(gettext("A rule has at most %(most)s characters.") % {"most": LONGEST})
        with transaction.atomic():
            journal.queue_up()  # two that publish at a time give two numbers, and the second is told
            newest = cls.in_force()
            if (newest.number if newest else 0) != after:
                raise ModerationError(gettext("Somebody published other rules meanwhile. Look at them first."))
            edition = cls.objects.create(number=after + 1, by=by, at=timezone.now())
            Rule.objects.bulk_create(
                Rule(edition=edition, order=order, text=text) for order, text in enumerate(written, 1)
            )
            journal.record("edition.published", edition, by=by, number=edition.number)
        return edition

    def translate(self, versions: Mapping[int, Mapping[str, Version]], *, by: str) -> None:
        """Put versions in other languages beside the original of rules, by the number of the rule and the language: nobody has to
        accept them anew. What concerns the original is left out."""
        with transaction.atomic():
            for rule in self.rules.select_for_update():
                told = {tag: v for tag, v in versions.get(rule.pk, {}).items() if tag != rule.text.original}
                if any(len(version.text) > LONGEST for version in told.values()):
                    raise ModerationError(gettext("A rule has at most %(most)s characters.") % {"most": LONGEST})
                kept = {tag: v for tag, v in rule.text.versions.items() if tag not in told}
                rule.text = Text(rule.text.original, kept | {tag: v for tag, v in told.items() if v.text.strip()})
                rule.save(update_fields=["text"])
            journal.record("edition.translated", self, by=by, number=self.number)


class Rule(models.Model):
    """One rule of an edition. Each edition has rows of its own: a decision names the rule as it was then."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="rules")
    order = models.PositiveSmallIntegerField()
    text = MultilingualField()

    class Meta:
        ordering = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="moderation_rule_in_order")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.order}"
