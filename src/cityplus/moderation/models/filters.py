from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cityplus import journal
from cityplus.languages.tags import LanguageError, check_tag
from cityplus.moderation import domains, folding
from cityplus.moderation.models.errors import ModerationError


class Action(models.TextChoices):
    """What happens to a writing in which something blocked is found."""

    REFUSE = "refuse", _("is refused")
    HOLD = "hold", _("waits for an officer")


class BlockedWord(models.Model):
    """A word or phrase that is not published. It is found as a whole word, in scripts without spaces anywhere. ``language``: only in
    texts of this language; empty: in all. ``folded`` is how it is compared."""

    text = models.CharField(max_length=100)
    folded = models.CharField(max_length=200)
    language = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=6, choices=Action, default=Action.HOLD)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["folded", "language"]
        constraints = [models.UniqueConstraint(fields=["folded", "language"], name="moderation_word_once")]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def add(cls, text: str, action: str, *, language: str = "", by: str) -> BlockedWord:
        """Block a word; one that is blocked already gets this action.

        Raises:
            ModerationError: it is no word, the language none, or the action none.
        """
        text = " ".join(text.split())[:100]
        folded = folding.fold(text)
        if not folded:
            raise ModerationError(gettext("Write a word that has letters or signs."))
        try:
            language = check_tag(language.strip()) if language.strip() else ""
        except LanguageError as problem:
            raise ModerationError(str(problem)) from None
        found: BlockedWord = _put(
            cls, by, {"folded": folded, "language": language}, {"text": text, "action": _action(action)}
        )
        return found

    def remove(self, *, by: str) -> None:
        _remove(self, by)


class BlockedDomain(models.Model):
    """A domain that nobody links to, with all below it. ``name`` is its one form: small letters, punycode."""

    name = models.CharField(max_length=253, unique=True)
    action = models.CharField(max_length=6, choices=Action, default=Action.HOLD)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def add(cls, name: str, action: str, *, by: str) -> BlockedDomain:
        """Block a domain; one that is blocked already gets this action.

        Raises:
            ModerationError: it is no domain, or the action none.
        """
        canonical = domains.canonical(name)
        if not canonical or "." not in canonical:
            raise ModerationError(gettext("Write a domain such as example.org."))
        found: BlockedDomain = _put(cls, by, {"name": canonical}, {"action": _action(action)})
        return found

    @property
    def shown(self) -> str:
        """As people read it."""
        return domains.readable(self.name)

    def remove(self, *, by: str) -> None:
        _remove(self, by)


class NewcomerRules(models.Model):
    """What new accounts may do: those of fewer than ``days`` days or ``posts`` approved posts have at most ``links`` links in a
    writing and ``per_hour`` writings an hour; with ``hold_first`` their writings wait for an officer. The newest row is in force."""

    days = models.PositiveSmallIntegerField(default=7)
    posts = models.PositiveSmallIntegerField(default=3)
    links = models.PositiveSmallIntegerField(default=2)
    per_hour = models.PositiveSmallIntegerField(default=10)
    hold_first = models.BooleanField(default=False)
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "rules for newcomers"

    def __str__(self) -> str:
        return f"{self.days} days, {self.posts} posts"

    @classmethod
    def in_force(cls) -> NewcomerRules:
        return cls.objects.order_by("-id").first() or cls()

    @classmethod
    def put(cls, *, by: str, **values: Any) -> NewcomerRules:
        """Put other rules in force."""
        with transaction.atomic():
            made = cls.objects.create(by=by, at=timezone.now(), **values)
            journal.record("filters.newcomers", made, by=by, **values)
        return made


def _action(action: str) -> str:
    if action not in Action.values:
        raise ModerationError(gettext("Choose what happens: refused, or held for an officer."))
    return action


def _put(model: Any, by: str, key: dict[str, str], values: dict[str, str]) -> Any:
    with transaction.atomic():
        found, _made = model.objects.update_or_create(
            **key, defaults=values, create_defaults={**key, **values, "by": by, "at": timezone.now()}
        )
        journal.record("filters.added", found, by=by, what=str(found), action=found.action)
    return found


def _remove(row: Any, by: str) -> None:
    with transaction.atomic():
        journal.record("filters.removed", row, by=by, what=str(row))
        row.delete()
