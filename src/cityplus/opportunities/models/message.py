from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus.actors.models import Actor
from cityplus.languages.fields import MultilingualField
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycle
from cityplus.moderation.judging import Verdict
from cityplus.opportunities import judged
from cityplus.opportunities.errors import OpportunityError

LONGEST = 5000
"""Signs of a message."""


class Message(models.Model):
    """What one side said to the other, or a city that helps to both.

    What the filters of the network hold is ``held``: only its side knows of it until an officer lets it pass. What a decision of
    moderation hides is ``hidden``: the others read a sentence in its place.
    """

    LIFE = LifeCycle("""
        held -> said -> hidden -> said
        held -> refused
    """)
    KIND = "message"
    """What one is called in reports and in the queue of moderation."""
    TOLD = ("said", "hidden")

    interest = models.ForeignKey("opportunities.Interest", on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="+")
    text = MultilingualField()
    state = models.CharField(max_length=7, choices=LIFE.choices, default="said")
    by = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.author_id} in {self.interest_id}"

    @classmethod
    def spoken(cls) -> QuerySet[Message, dict[str, Any]]:
        """The interests in which something was said."""
        return cls.objects.filter(state__in=cls.TOLD).values("interest")

    def release(self) -> None:
        """Let pass what was held: only now the others hear of it. Done twice it is done once."""
        self._step("held", "said")

    def refuse(self) -> None:
        """What was held is not passed on."""
        self._step("held", "refused")

    def withhold(self, hidden: bool, *, by: str) -> None:
        """Moderation hides what was said, or shows it again; done twice it is done once."""
        self._step(*(("said", "hidden") if hidden else ("hidden", "said")), by=by)

    def _step(self, was: str, to: str, *, by: str = "") -> None:
        with transaction.atomic():
            interest = self.interest.locked()
            row = Message.objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
            if row.state == was:
                self.LIFE.check(was, to)
                row.state = to
                row.save(update_fields=["state"])
                if (was, to) == ("held", "said"):
                    interest.tell(row)
                else:
                    verb = "restored" if to == "said" else to
                    interest.record(f"message_{verb}", by, trail=False, message=row.pk)
        self.refresh_from_db(fields=["state"])


def checked(words: Text) -> Verdict:
    """What the filters say to a message. Asked outside of the transaction that writes.

    Raises:
        OpportunityError: nothing is said, too much, or what is not published here.
    """
    said = str(words).strip()
    if not said:
        raise OpportunityError(_("Write something."))
    if len(said) > LONGEST:
        raise OpportunityError(_("A message has at most %(most)s letters.") % {"most": LONGEST})
    return judged.checked(words)
