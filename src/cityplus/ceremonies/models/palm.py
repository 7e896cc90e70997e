from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cityplus.ceremonies.models.guest import Guest
from cityplus.ceremonies.models.run import Run


class Palm(models.Model):
    """One press. ``nonce`` was made by who pressed, and the same again is the same palm; ``beat`` is its place in all that happened
    in its run. ``by`` and ``reason`` are of one that was entered by hand."""

    class How(models.TextChoices):
        SCREEN = "screen", _("On the screen")
        PHONE = "phone", _("On a phone")
        HAND = "hand", _("Entered by hand")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="palms")
    beat = models.BigIntegerField(unique=True)
    nonce = models.CharField(max_length=64)
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.PROTECT, related_name="palms")
    how = models.CharField(max_length=6, choices=How)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["beat"]
        constraints = [
            models.UniqueConstraint(fields=["run", "nonce"], name="ceremonies_palm_once"),
            models.UniqueConstraint(
                fields=["run", "guest"], name="ceremonies_guest_once", condition=models.Q(guest__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"palm {self.beat} of {self.run}"


class Step(models.Model):
    """One step of a run: who took it (empty: the quorum did), when, and why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="steps")
    beat = models.BigIntegerField(unique=True)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["beat"]

    def __str__(self) -> str:
        return f"{self.run} {self.state}"
