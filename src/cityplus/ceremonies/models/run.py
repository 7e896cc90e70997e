from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cityplus import jobs
from cityplus.ceremonies.models.beats import Beats
from cityplus.ceremonies.models.ceremony import Ceremony, NotNow
from cityplus.ceremonies.models.guest import Guest
from cityplus.ceremonies.models.taking import Taking
from cityplus.ceremonies.models.wiping import Wiping
from cityplus.ceremonies.words import REFUSALS
from cityplus.cities.models import City
from cityplus.lib.lifecycle import LifeCycle


@dataclass(frozen=True, slots=True)
class Press:
    """What somebody sends: a nonce of their own making, and for a guest of honour their number."""

    nonce: str
    how: str
    guest: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a press: ``beat`` where it counts, else the word of :data:`~cityplus.ceremonies.words.REFUSALS` that says why not."""

    beat: int = 0
    refusal: str = ""

    @property
    def sentence(self) -> str:
        return str(REFUSALS[self.refusal]) if self.refusal else ""


class Run(models.Model):
    """One time that a ceremony is carried through. ``due_at`` is when it launches, once the quorum is met. A rehearsal does the same on
    the same screens and changes nothing."""

    LIFE = LifeCycle("""
        open -> held -> open -> met -> launched
        met -> held
        open -> ended
        held -> ended
        met -> ended
        launched -> ended
    """)
    GOING = ("open", "held", "met")

    ceremony = models.ForeignKey(Ceremony, on_delete=models.CASCADE, related_name="runs")
    rehearsal = models.BooleanField()
    state = models.CharField(max_length=8, choices=LIFE.choices, default=LIFE.first)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    due_at = models.DateTimeField(null=True, blank=True)
    launched_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveIntegerField(default=0, help_text="The member number that the launch gave")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ceremony"],
                name="ceremonies_one_run_going",
                condition=models.Q(state__in=("open", "held", "met")),
            ),
            models.UniqueConstraint(
                fields=["ceremony"], name="ceremonies_one_launch", condition=models.Q(rehearsal=False, state="launched")
            ),
        ]

    def __str__(self) -> str:
        return f"{'rehearsal' if self.rehearsal else 'run'} {self.pk} of {self.ceremony}"

    # Beginning and ending

    @classmethod
    def begin(cls, ceremony: Ceremony, *, by: str, rehearsal: bool) -> Run:
        """Open a ceremony for palms, for a rehearsal or in earnest.

        Raises:
            NotNow: a run is going on; what goes live is not ready; or a city has still to agree to take part.
            LifeCycleError: it was launched or called off already.
        """
        now = timezone.now()
        with transaction.atomic():
            held = Ceremony.objects.select_for_update().get(pk=ceremony.pk)
            if held.runs.filter(state__in=cls.GOING).exists():
                raise NotNow(_("A run of this ceremony is going on already."))
            if rehearsal:
                if held.state not in {"planned", "rehearsed"}:
                    raise NotNow(_("A ceremony is rehearsed before it is held, not after."))
                if held.state == "planned":
                    held.step("rehearsed", by=by)
            else:
                Taking.check_answers(held)
                _check_subject(held)
                held.step("open", by=by)
            run = cls.objects.create(ceremony=held, rehearsal=rehearsal, opened_at=now, opened_by=by)
            run._note("open", by, now)
        ceremony.refresh_from_db()
        return run

    def hold(self, *, by: str, reason: str = "") -> None:
        """Take no palms for a while, and stop a countdown."""
        self._turn("held", by, reason, due_at=None)

    def resume(self, *, by: str) -> None:
        """Take palms again. A quorum that was met counts down anew."""
        with transaction.atomic():
            run = self._locked()
            run._step("open", by, "", due_at=None)
            run._meet(timezone.now())
        self.refresh_from_db()

    def call_off(self, *, by: str, reason: str) -> None:
        """End it before the launch: a rehearsal alone, or the ceremony with its run in earnest."""
        with transaction.atomic():
            run = self._locked()
            if run.state == "launched":
                raise NotNow(_("It was launched already."))
            run._step("ended", by, reason, due_at=None)
            if not run.rehearsal:
                run.ceremony.step("called_off", by=by, reason=reason)
        self.refresh_from_db()

    def wipe(self, *, by: str) -> None:
        """Forget a rehearsal, with all its palms; the screens go back to before it.

        Raises:
            NotNow: it was in earnest.
        """
        with transaction.atomic():
            run = self._locked()
            if not run.rehearsal:
                raise NotNow(_("What happened in earnest is kept."))
            Wiping.note(run.ceremony, run.pk, by=by)
            run.delete()

    # Palms

    def press(self, presses: Sequence[Press]) -> list[Answer]:
        """Count palms in one transaction, in the order they are given; the quorum is looked at once, after them.

        A nonce that is known gets its first answer again, whatever the state is now. A guest counts once. The caller answers after
        this returns: then what counts is on the disk.
        """
        now = timezone.now()
        with transaction.atomic():
            run = self._locked()
            known = dict(run.palms.filter(nonce__in=[p.nonce for p in presses]).values_list("nonce", "beat"))
            asked = {p.guest for p in presses if p.guest}
            invited = set(Guest.objects.filter(ceremony=run.ceremony_id, pk__in=asked).values_list("pk", flat=True))
            came = dict(run.palms.filter(guest__in=asked).values_list("guest", "beat"))
            answers, new = [], []
            beats = Beats.take(len(presses)) if len(known) + len(came) < len(presses) else iter(())
            for one in presses:
                beat = known.get(one.nonce) or (came.get(one.guest) if one.guest else None)
                refusal = "" if beat else run._refusal(one, invited)
                if not beat and not refusal:
                    beat = known[one.nonce] = next(beats)
                    if one.guest:
                        came[one.guest] = beat
                    new.append(self._palm(one, beat, now))
                answers.append(Answer(beat or 0, refusal))
            if new:
                run.palms.bulk_create(new)
                run._meet(now)
        self._follow(run)
        return answers

    def enter(self, guest: Guest, *, by: str, reason: str) -> Answer:
        """Count a guest's palm by hand, for who cannot press.

        Raises:
            NotNow: no reason is given, or no palms are taken now.
        """
        if not reason.strip():
            raise NotNow(_("Say why the palm is entered by hand."))
        with transaction.atomic():
            (answer,) = self.press([Press(f"hand:{guest.pk}", "hand", guest.pk)])
            if answer.sentence:
                raise NotNow(answer.sentence)
            self.palms.filter(beat=answer.beat, how="hand", by="").update(by=by, reason=reason[:300])
        return answer

    def _palm(self, press: Press, beat: int, now: datetime) -> Any:
        palm = self.palms.model
        return palm(run=self, beat=beat, nonce=press.nonce, guest_id=press.guest, how=press.how, at=now)

    def _refusal(self, press: Press, invited: set[int]) -> str:
        if press.guest and press.guest not in invited:
            return "stranger"
        return {"held": "held", "launched": "late", "ended": "over"}.get(self.state, "")

    # The quorum and the launch

    def quorum(self) -> tuple[int, int, int, int]:
        """Guests needed who are here and how many are needed, palms that are here and how many are needed."""
        needed = set(Guest.objects.filter(ceremony=self.ceremony_id, needed=True).values_list("pk", flat=True))
        came = self.palms.filter(guest__in=needed).count()
        palms = self.palms.count()
        wanted = len(needed) if self.ceremony.quorum_guests else 0
        return min(came, wanted) if wanted else came, wanted, palms, self.ceremony.quorum_palms

    def _met(self) -> bool:
        came, wanted, palms, least = self.quorum()
        return palms > 0 and came >= wanted and palms >= least

    def _meet(self, now: datetime) -> None:
        """When the quorum is met, set the moment of the launch; the worker takes it from there, whatever happens to this process."""
        if self.state != "open" or not self._met():
            return
        due = now + timedelta(seconds=self.ceremony.countdown)
        self._step("met", "", "", due_at=due)
        said = due.isoformat()
        jobs.enqueue("ceremonies.launch", key=f"{self.pk}:{said}", priority=jobs.URGENT, not_before=due, run=self.pk)

    def launch(self) -> bool:
        """Launch when the quorum is met and the countdown over: what goes live, the member number, the steps and the journal are
        one transaction. Who comes second finds it done; returns whether it is launched now."""
        with transaction.atomic():
            run = self._locked()
            now = timezone.now()
            if run.state == "met" and run.due_at and run.due_at <= now and run._met():
                run.launched_at = now
                run._step("launched", "", "")
                if not run.rehearsal:
                    run.number = run._go_live(now)
                    run.save(update_fields=["number"])
        self._follow(run)
        return self.state == "launched"

    def _go_live(self, now: datetime) -> int:
        ceremony, by, number = self.ceremony, self.opened_by, 0
        subject = ceremony.subject
        if ceremony.kind == Ceremony.Kind.LAUNCH and isinstance(subject, City):
            subject.advance("launched", by=by, on=timezone.localdate(now, subject.zone).isoformat())
            number = subject.number or 0
        elif ceremony.kind == Ceremony.Kind.OPENING and ceremony.route:
            ceremony.route.publish(by=by)
        ceremony.launched_at, ceremony.announced = now, True
        ceremony.save(update_fields=["announced"])
        ceremony.step("launched", by=by, number=number)
        return number

    # Steps

    def _turn(self, state: str, by: str, reason: str, **changes: Any) -> None:
        with transaction.atomic():
            run = self._locked()
            run._step(state, by, reason, **changes)
        self._follow(run)

    def _step(self, state: str, by: str, reason: str, **changes: Any) -> None:
        self.LIFE.check(self.state, state)
        self.state = state
        for name, value in changes.items():
            setattr(self, name, value)
        self._note(state, by, timezone.now(), reason)
        self.save()

    def _note(self, state: str, by: str, now: datetime, reason: str = "") -> None:
        self.steps.create(beat=next(Beats.take(1)), state=state, at=now, by=by, reason=reason[:300])

    def _locked(self) -> Run:
        return Run.objects.select_for_update(of=("self",)).select_related("ceremony").get(pk=self.pk)

    def _follow(self, run: Run) -> None:
        for field in self._meta.concrete_fields:
            setattr(self, field.attname, getattr(run, field.attname))


def _check_subject(ceremony: Ceremony) -> None:
    subject = ceremony.subject
    if ceremony.kind == Ceremony.Kind.LAUNCH and isinstance(subject, City) and subject.stage != "ready":
        raise NotNow(_("The city is not ready to be launched: the network office has not marked it so."))
    if ceremony.kind == Ceremony.Kind.SIGNING and ceremony.tie and ceremony.tie.state != "accepted":
        raise NotNow(_("Both cities have to accept the friendship before it is signed."))
