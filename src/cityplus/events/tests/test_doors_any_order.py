"""Whatever phones scan, lose, send again and send late, in whatever order: nobody is let in twice, and no scan is lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from conftest import launch, make_city
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.events.doors.merging import Mark, merge
from cityplus.events.doors.taking import Seen, Sent, take_all
from cityplus.events.models import Attendance, Event, Registration, Scan
from cityplus.events.tests.door_cast import Phone, code_of, guest, open_house
from cityplus.languages.text import Text

PHONES, GUESTS = 3, 3


class AnyOrder(RuleBasedStateMachine):
    """Three phones at one door, three guests; each phone keeps what it has seen until the server has said what became of it."""

    @initialize()
    def open(self) -> None:
        for model in (Scan, Attendance, Registration, Event, City, Actor):
            model.objects.all().delete()
        event = open_house(launch(make_city("first", Text.of("en", en="First"))))
        self.venue = event.venues.get()
        self.guests = [guest(self.venue) for _ in range(GUESTS)]
        self.codes = [code_of(one) for one in self.guests]
        self.phones = [Phone(self.venue) for _ in range(PHONES)]
        self.kept: list[list[Seen]] = [[] for _ in range(PHONES)]
        self.all: dict[str, tuple[int, Seen, str]] = {}
        self.began = timezone.now() - timedelta(hours=1)
        self.clock = 0

    @rule(
        phone=st.integers(0, PHONES - 1), who=st.integers(0, GUESTS - 1), leaves=st.booleans(), hand=st.booleans(), ago=st.integers(0, 3)
    )  # fmt: skip
    def scan(self, phone: int, who: int, leaves: bool, hand: bool, ago: int) -> None:
        """Clocks of phones are not quite together: one may say an earlier moment than another did before it."""
        self.clock += 1
        at = self.began + timedelta(seconds=self.clock - ago)
        plain = {"how": "hand", "registration": self.guests[who].pk, "reason": "So."} if hand else {}
        seen = self.phones[phone].seen("" if hand else self.codes[who], at=at, leaves=leaves, **plain)
        self.kept[phone].append(seen)
        self.all[seen.nonce] = (who, seen, self.phones[phone].device)

    @rule(phone=st.integers(0, PHONES - 1), some=st.integers(1, 4), answer=st.booleans())
    def send(self, phone: int, some: int, answer: bool) -> None:
        """The line is there for a moment; perhaps the answer is lost, and all of it is sent again later."""
        told = self.phones[phone].send(*self.kept[phone][:some])
        if answer:
            heard = {one.nonce for one in told.scans}
            self.kept[phone] = [one for one in self.kept[phone] if one.nonce not in heard]

    @rule()
    def together(self) -> None:
        """All lines come back at one moment, into one batch."""
        now = timezone.now()
        sent = [
            Sent(p.given, p.device, now, p.beat, tuple(kept)) for p, kept in zip(self.phones, self.kept, strict=True)
        ]
        for told in take_all(sent, now):
            assert not told.refusal

    @invariant()
    def nobody_twice(self) -> None:
        """Of what has arrived, in its order: between two enterings lies a leaving, and attendance says the same."""
        inside: dict[int, bool] = defaultdict(bool)
        for scan in Scan.objects.order_by("at", "device", "nonce"):
            key = scan.registration_id or 0
            if scan.outcome == "entered":
                assert not inside[key], "somebody is let in twice"
                inside[key] = True
            elif scan.outcome in {"inside", "again"}:
                assert inside[key] and scan.against and scan.against.outcome == "entered"
            else:
                assert scan.outcome == ("left" if inside[key] else "outside")
                inside[key] = False
        said = dict(Attendance.objects.values_list("registration", "inside"))
        assert {key for key, there in said.items() if there} == {key for key, there in inside.items() if there}

    def teardown(self) -> None:
        """In the end all of it is there, once; every phone knows what its scans came to."""
        if not hasattr(self, "phones"):
            return
        for phone in range(PHONES):
            self.send(phone, len(self.kept[phone]) or 1, answer=True)
        assert set(Scan.objects.values_list("nonce", flat=True)) == set(self.all)
        self.nobody_twice()


def test_whatever_comes_in_whatever_order(db: None) -> None:
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=30, stateful_step_count=25))


MARK = st.builds(
    Mark,
    at=st.integers(0, 5).map(lambda second: datetime(2026, 11, 25, 12, 0, second, tzinfo=UTC)),
    device=st.sampled_from(["a", "b"]),
    nonce=st.uuids().map(str),
    leaves=st.booleans(),
    by_hand=st.booleans(),
)


@given(
    st.lists(MARK, max_size=8, unique_by=lambda mark: mark.nonce).flatmap(
        lambda m: st.tuples(st.just(m), st.permutations(m))
    )
)
def test_what_scans_come_to_is_a_matter_of_the_set_of_them(both: tuple[list[Mark], list[Mark]]) -> None:
    assert merge(both[0]) == merge(both[1])
