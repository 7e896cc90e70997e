from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from cityplus import journal
from cityplus.actors.models import Actor
from cityplus.lib.lifecycle import LifeCycle
from cityplus.moderation import policies, subjects, voices
from cityplus.moderation.models.decision import About, Decision
from cityplus.moderation.models.errors import Meanwhile, ModerationError
from cityplus.moderation.models.rules import Rule
from cityplus.moderation.subjects import Subject, Thing
from cityplus.moderation.words import Reason
from cityplus.people.models import Person

LONGEST = 2000
"""Characters that a reporter may write."""
OPEN = ("received", "in_hand")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(state__in=OPEN)

    def of_city(self, city: Actor) -> ReportQuerySet:
        """What the team of a city sees: what was forwarded to it, also after it has handed it over."""
        return self.filter(city=city, forwarded=True)


class Report(models.Model):
    """Somebody says that a thing breaks the rules. ``forwarded``: the team of the ``city`` sees it, for its reporter let it;
    ``handed_at``: since when that team has left it to the office. ``waited`` is the time to the decision, in seconds."""

    LIFE = LifeCycle("""
        received -> in_hand -> decided
        in_hand -> received
        received -> decided
    """)

    reporter = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="reports")
    kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    author = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="reports_about")
    city = models.ForeignKey(Actor, null=True, on_delete=models.SET_NULL, related_name="reports_within")
    reason = models.CharField(max_length=12, choices=Reason)
    rules = models.ManyToManyField(Rule, blank=True, related_name="+")
    words = models.TextField(blank=True)
    label = models.CharField(max_length=200)
    excerpt = models.TextField(blank=True, help_text="What it said when it was reported")
    forwarded = models.BooleanField(default=False)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LIFE.choices, default=LIFE.first)
    officer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports_in_hand"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    handed_by = models.CharField(max_length=150, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="What the team of the city says to the office")
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    decided_at = models.DateTimeField(null=True, blank=True)
    waited = models.PositiveBigIntegerField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "kind", "subject_id"],
                condition=~Q(state="decided"),
                name="moderation_one_open_report",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "subject_id", "state"], name="moderation_reports_of_thing"),
            models.Index(fields=["state", "id"], name="moderation_reports_queue"),
            models.Index(fields=["city", "state", "id"], name="moderation_reports_of_city"),
            models.Index(fields=["at"], name="moderation_reports_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.reason}, {self.state}"

    @classmethod
    def make(
        cls,
        person: Person,
        kind: str,
        number: int,
        *,
        reason: str,
        words: str = "",
        rules: Collection[Rule] = (),
        forward: bool = False,
    ) -> Report:
        """Report a thing. Who reports it twice has reported it once, as long as it is not decided.

        Raises:
            ModerationError: there is no such thing for this person, it is their own, or the reason is none.
        """
        thing = subjects.seen(kind, number, person)
        if thing is None:
            raise ModerationError(gettext("There is no such thing, or it is no longer there."))
        if reason not in Reason.values:
            raise ModerationError(gettext("Choose a reason."))
        if thing.author in voices.actors_of(person):
            raise ModerationError(gettext("This is your own. You can change or delete it yourself."))
        with transaction.atomic():
            journal.queue_up()  # of two that are sent at one moment the second finds the first
            same = cls.objects.open().filter(reporter=person, kind=kind, subject_id=number).first()
            if same:
                return same
            made = cls.objects.create(
                reporter=person,
                kind=kind,
                subject_id=number,
                author_id=thing.author,
                city_id=thing.city,
                reason=reason,
                words=words.strip()[:LONGEST],
                label=thing.label[:200],
                excerpt=thing.excerpt[: subjects.LONGEST],
                forwarded=lies_with_city(thing, forward),
                at=timezone.now(),
            )
            made.rules.set(rules)
            journal.record("report.made", made, quiet=True, kind=kind, number=number, why=reason)
        return made

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def lies_with_city(self) -> bool:
        """Whether the team of the city decides it, if it can."""
        return self.forwarded and self.handed_at is None

    @property
    def subject(self) -> Subject | None:
        return subjects.of_kind(self.kind)

    @property
    def thing(self) -> Thing | None:
        """What it is about as it is now; None when that is gone."""
        return self.subject.one(self.subject_id) if self.subject else None

    def assign(self, officer: Person | None, *, by: str) -> None:
        """Give it to an officer, or to nobody.

        Raises:
            Meanwhile: it is decided.
        """
        with transaction.atomic():
            report = self._locked()
            if report.officer_id == (officer.pk if officer else None):
                return
            after = "in_hand" if officer else "received"
            if report.state != after:
                self.LIFE.check(report.state, after)
            report.state, report.officer = after, officer
            report.taken_at = timezone.now() if officer else None
            report.save(update_fields=["state", "officer", "taken_at"])
            who = officer.get_username() if officer else ""
            journal.record("report.assigned", report, by=by, quiet=True, person=who)
        self.refresh_from_db()

    def hand_over(self, *, by: str, note: str) -> None:
        """The team of the city leaves it to the network office.

        Raises:
            Meanwhile: it is decided.
            ModerationError: the office has it already.
        """
        with transaction.atomic():
            report = self._locked()
            if not report.lies_with_city:
                raise ModerationError(gettext("The network office has it already."))
            report.handed_by, report.handed_at, report.note = by, timezone.now(), note.strip()[:LONGEST]
            report.state, report.officer, report.taken_at = "received", None, None
            report.save(update_fields=["handed_by", "handed_at", "note", "state", "officer", "taken_at"])
            handle = report.city.handle if report.city else ""
            journal.record("report.handed_over", report, handle=handle, by=by, quiet=True)
        self.refresh_from_db()

    def decide(
        self, kind: str, *, by: Person, reason: str, rules: Collection[Rule] = (), team: Actor | None = None
    ) -> Decision:
        """Answer it, and with it every open report about the same thing that this officer may decide. ``team`` is the city for
        whose team ``by`` decides, None for the office.

        Raises:
            Meanwhile: another officer was quicker.
            ModerationError: there is no reason, or this officer may not decide so.
        """
        with transaction.atomic():
            same = Report.objects.open().filter(kind=self.kind, subject_id=self.subject_id)
            mine = same if team is None else same.of_city(team).filter(handed_at=None)
            reports = list(mine.order_by("pk").select_for_update())
            if self.pk not in {report.pk for report in reports}:
                if Report.objects.open().filter(pk=self.pk).exists():
                    raise ModerationError(gettext("The network office decides this."))
                raise Meanwhile
            if not policies.may_decide(self.case(by, team), kind):
                raise ModerationError(gettext("You may not decide this so."))
            if any(report.decision_id for report in reports):
                raise ModerationError(gettext("A decision about it waits for a second officer."))
            about = About(self.kind, self.subject_id, self.label, self.author)
            decision = Decision.make(kind, about, by=by, reason=reason, rules=rules, team=team)
            for report in reports:
                report.close(decision)
        self.refresh_from_db()
        return decision

    def case(self, officer: Person, team: Actor | None) -> policies.Case:
        """What the policies look at."""
        return policies.Case(
            office=team is None,
            lies_here=team is not None and self.city_id == team.pk and self.lies_with_city,
            own=self.author_id is not None and self.author_id in voices.actors_of(officer),
            author=self.author_id is not None,
            hides=bool(self.subject and self.subject.hide),
        )

    def _locked(self) -> Report:
        report = Report.objects.select_for_update(of=("self",)).select_related("city").get(pk=self.pk)
        if not report.is_open:
            raise Meanwhile
        return report

    def close(self, decision: Decision) -> None:
        """It is answered; called in the transaction of the decision. One that waits for a second officer leaves it in hand."""
        if decision.state == "proposed":
            self.state, self.decision = "in_hand", decision
            self.save(update_fields=["state", "decision"])
            return
        self.LIFE.check(self.state, "decided")
        self.state, self.decision, self.decided_at = "decided", decision, timezone.now()
        self.waited = max(0, int((self.decided_at - self.at).total_seconds()))
        self.save(update_fields=["state", "decision", "decided_at", "waited"])


def lies_with_city(thing: Thing, forward: bool) -> bool:
    """Whether a report about this goes to the team of its city, if the reporter lets it."""
    by_a_city = Actor.objects.filter(pk=thing.author, kind=Actor.Kind.CITY).exists() if thing.author else False
    return policies.lies_with_city(forwarded=forward, city=thing.city is not None, by_a_city=by_a_city)
