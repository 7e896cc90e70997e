from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import journal
from cityplus.ceremonies.models.ceremony import Ceremony, NotNow
from cityplus.cities.models import City
from cityplus.lib.lifecycle import LifeCycle


class Taking(models.Model):
    """A city's part in a ceremony; the first is the one whose ceremony it is.

    A city takes part when it has agreed: who plans for it at its own desk has agreed by that, the others are asked. ``answered_by``
    says who agreed or declined, ``reason`` why, where the office entered it for the city.
    """

    LIFE = LifeCycle("""
        asked -> accepted -> declined -> accepted
        asked -> declined
        asked -> withdrawn
    """)

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="takings")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="takings")
    order = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=LIFE.choices, default=LIFE.first)
    asked_by = models.CharField(max_length=150, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["ceremony", "city"], name="ceremonies_city_once")]

    def __str__(self) -> str:
        return f"{self.city} in {self.ceremony}"

    @property
    def shown(self) -> bool:
        """Whether the ceremony is said to be of this city: it agreed, or it is the one whose ceremony it is."""
        return self.state == "accepted" or self.order == 0

    @classmethod
    def begin(cls, ceremony: Ceremony, city: City, order: int, *, by: str, asked: bool) -> Taking:
        """A city's part in a ceremony that is being planned, in the open transaction; one that is ``asked`` hears of it at its desk."""
        now = timezone.now()
        if not asked:
            values = {"state": "accepted", "answered_by": by, "answered_at": now}
            return cls.objects.create(ceremony=ceremony, city=city, order=order, **values)
        journal.record("ceremony.asked", ceremony, handle=city.handle, by=by)
        return cls.objects.create(ceremony=ceremony, city=city, order=order, asked_by=by, asked_at=now)

    def answer(self, state: str, *, by: str, reason: str = "") -> None:
        """The city agrees (``accepted``) or not (``declined``), or who plans asks no longer (``withdrawn``). The same again changes
        nothing.

        Raises:
            NotNow: the ceremony is open or over.
            LifeCycleError: there is no such step from here, such as back from what was withdrawn.
        """
        with transaction.atomic():
            ceremony = Ceremony.objects.select_for_update().get(pk=self.ceremony_id)
            taking = Taking.objects.select_for_update(of=("self",)).select_related("city__actor").get(pk=self.pk)
            if (
                ceremony.state not in Ceremony.PLANNING
                or ceremony.runs.filter(state__in=("open", "held", "met")).exists()
            ):
                raise NotNow(
                    _("The ceremony is being rehearsed, is open or is over: who takes part cannot be changed now.")
                )
            if taking.state != state:
                self.LIFE.check(taking.state, state)
                taking.state, taking.reason = state, reason.strip()[:300]
                taking.answered_by, taking.answered_at = by, timezone.now()
                taking.save(update_fields=["state", "reason", "answered_by", "answered_at"])
                journal.record(
                    f"ceremony.{state}", ceremony, handle=taking.city.handle, by=by, public=False, reason=taking.reason
                )
                if state == "declined" and ceremony.announced and _names(ceremony, taking):
                    ceremony.announced = False
                    ceremony.save(update_fields=["announced"])
                    ceremony.record("concealed", by=by)
        self.refresh_from_db()

    @classmethod
    def check_names(cls, ceremony: Ceremony) -> None:
        """Before everybody can see its page: whoever that names without fail has agreed.

        Raises:
            NotNow: somebody has not.
        """
        for taking in ceremony.takings.select_related("city__actor").exclude(state="accepted"):
            if _names(ceremony, taking):
                told = {"handle": taking.city.handle}
                raise NotNow(_("@%(handle)s has not agreed to take part: its name cannot be announced.") % told)

    @classmethod
    def check_answers(cls, ceremony: Ceremony) -> None:
        """Before it is opened in earnest: nobody has still to answer, and whose ceremony it is has agreed.

        Raises:
            NotNow: somebody has not.
        """
        for taking in ceremony.takings.select_related("city__actor").exclude(state="accepted"):
            told = {"handle": taking.city.handle}
            if taking.state == "asked":
                raise NotNow(_("@%(handle)s was asked to take part and has not answered.") % told)
            if _names(ceremony, taking):
                raise NotNow(_("@%(handle)s does not take part: the ceremony cannot be opened without it.") % told)


def _names(ceremony: Ceremony, taking: Taking) -> bool:
    """Whether there is no such ceremony without this city: it is its own, or it signs."""
    return taking.order == 0 or ceremony.kind == Ceremony.Kind.SIGNING
