"""Whatever presses, holds, replays and restarts come in whatever order: every palm once, and one launch at most."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from conftest import launch, make_city
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cityplus.actors.models import Actor
from cityplus.ceremonies.models import Ceremony, Guest, NotNow, Run
from cityplus.ceremonies.models.run import Press
from cityplus.cities.models import City
from cityplus.jobs.models import Job
from cityplus.jobs.worker import run_one
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError

NONCES = st.sampled_from([f"n{i}" for i in range(8)])


class AnyOrder(RuleBasedStateMachine):
    """The ceremony of a city with two guests who are needed, and five palms."""

    @initialize()
    def plan(self) -> None:
        for model in (Job, Run, Ceremony):
            model.objects.all().delete()
        City.objects.all().delete()
        Actor.objects.all().delete()
        launch(make_city("first", Text.of("en", en="First")))
        self.city = make_city("next", Text.of("en", en="Next"))
        for stage in ("preparing", "ready"):
            self.city.advance(stage, by="office")
        self.ceremony = Ceremony.plan(
            "launch",
            [self.city],
            by="office",
            time_zone="Europe/Sofia",
            starts_at=timezone.now(),
            quorum_palms=5,
            countdown=3,
        )
        self.guests = [Guest.objects.create(ceremony=self.ceremony, order=n).pk for n in range(2)]
        self.run_ = Run.begin(self.ceremony, by="operator", rehearsal=False)
        self.acknowledged: dict[str, int] = {}

    @rule(nonces=st.lists(NONCES, min_size=1, max_size=4), guest=st.integers(0, 5))
    def press(self, nonces: list[str], guest: int) -> None:
        who = self.guests[guest] if guest < 2 else None
        presses = [Press(f"g{who}" if who else nonce, "phone", who) for nonce in nonces]
        for one, answer in zip(presses, self.fresh().press(presses), strict=True):
            assert bool(answer.beat) != bool(answer.sentence)
            if answer.beat:
                assert self.acknowledged.setdefault(one.nonce, answer.beat) == answer.beat

    @rule()
    def hold(self) -> None:
        with suppress(LifeCycleError):
            self.fresh().hold(by="operator")

    @rule()
    def resume(self) -> None:
        with suppress(LifeCycleError):
            self.fresh().resume(by="operator")

    @rule()
    def two_operators_launch(self) -> None:
        self.fresh().launch()
        self.fresh().launch()

    @rule()
    def time_goes_by(self) -> None:
        Run.objects.filter(due_at__isnull=False).update(due_at=timezone.now() - timedelta(seconds=1))
        Job.objects.filter(state="waiting").update(run_after=timezone.now())

    @rule()
    def the_worker_comes_back(self) -> None:
        Job.objects.filter(state="running").update(leased_until=timezone.now() - timedelta(seconds=1))
        while run_one("w"):
            pass

    @precondition(lambda self: self.fresh().state in Run.GOING)
    @rule()
    def nobody_begins_it_twice(self) -> None:
        try:
            Run.begin(self.ceremony, by="another", rehearsal=False)
        except NotNow:
            return
        raise AssertionError("it was begun twice")

    @invariant()
    def all_is_exact(self) -> None:
        if not hasattr(self, "run_"):
            return
        run = self.fresh()
        beats = [*run.palms.values_list("beat", flat=True), *run.steps.values_list("beat", flat=True)]
        assert len(set(beats)) == len(beats), "a beat is there twice"
        assert list(run.palms.order_by("pk").values_list("beat", flat=True)) == sorted(
            run.palms.values_list("beat", flat=True)
        )
        assert dict(run.palms.values_list("nonce", "beat")) == self.acknowledged
        launches = run.steps.filter(state="launched").count()
        self.city.refresh_from_db()
        assert (launches, self.city.stage, self.city.number) in {(0, "ready", None), (1, "launched", 2)}
        if launches:
            assert run.palms.count() >= 5 and run.palms.filter(guest__in=self.guests).count() == 2

    def fresh(self) -> Run:
        return Run.objects.get(pk=self.run_.pk)


def test_any_order(db: None) -> None:
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=25, stateful_step_count=25, deadline=None))
