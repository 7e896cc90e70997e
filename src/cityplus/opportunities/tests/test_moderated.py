"""What moderation does in conversations: filters hold and refuse, the other side reports, a decision hides, an appeal shows again."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.moderation import subjects
from cityplus.moderation.models import Appeal, BlockedDomain, BlockedWord, Decision, Held, ModerationError, Report
from cityplus.notifications import reading
from cityplus.notifications.models import Notice
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Care, Interest, Message, Opportunity, Outcome
from cityplus.opportunities.tests.cast import begun, boss, drafted, public
from cityplus.organisations.models import Organisation
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db
BAD = "Buy pearls at once!"
HIDDEN = "A decision of moderation hides this message."


@pytest.fixture
def officer() -> Person:
    return Person.enrol("first", "first@office.example", "a long password", office=True)


@pytest.fixture
def second() -> Person:
    return Person.enrol("second", "second@office.example", "a long password", office=True)


def page_of(talk: Interest, organisation: Organisation) -> str:
    return sign_in(boss(organisation)).get(talk.get_absolute_url()).content.decode()


def letters_with(words: str) -> int:
    subscribers.deliver()
    return Letter.objects.filter(text__contains=words).count()


def offending(talk: Interest, delta: Organisation) -> Message:
    return talk.write(delta.actor, Text.of("en", en=BAD), by="delta-boss")


def hidden(message: Message, port: Organisation, officer: Person) -> Decision:
    report = Report.make(boss(port), "message", message.pk, reason="spam", words="Look.")
    return report.decide("hide", by=officer, reason="An ad.")


def test_what_a_filter_refuses_is_not_said(talk: Interest, port: Organisation) -> None:
    BlockedWord.add("pearls", "refuse", by="first")
    address = talk.get_absolute_url()
    answer = sign_in(boss(port)).post(f"{address}messages/", {"words": BAD, "tongue": "en"})
    assert answer.status_code == 422 and "“pearls” is not published here" in answer.content.decode()
    assert talk.messages.count() == 1


def test_what_a_filter_holds_waits_for_an_officer(
    talk: Interest, delta: Organisation, port: Organisation, officer: Person
) -> None:
    BlockedWord.add("pearls", "hold", by="first")
    answer = sign_in(boss(delta)).post(
        f"{talk.get_absolute_url()}messages/", {"words": BAD, "tongue": "en"}, follow=True
    )
    assert "before it is passed on" in answer.content.decode()
    assert letters_with(BAD) == 0 and BAD not in page_of(talk, port) and BAD in page_of(talk, delta)
    talk.refresh_from_db()
    assert (talk.host_state, talk.waits_for) == ("new", "host"), "nothing was answered yet"
    waiting = Held.objects.get()
    assert (waiting.kind, waiting.excerpt, waiting.city, waiting.author) == ("message", BAD, None, delta.actor)
    waiting.approve(by=officer)
    assert letters_with(BAD) == 1 and BAD in page_of(talk, port)
    talk.refresh_from_db()
    assert (talk.host_state, talk.waits_for) == ("talk", "guest")


def test_what_was_held_and_refused_is_nobodys_but_its_sides(
    talk: Interest, delta: Organisation, port: Organisation, officer: Person
) -> None:
    BlockedDomain.add("pearls.example", "hold", by="first")
    talk.write(delta.actor, Text.of("en", en="See https://pearls.example/now"), by="delta-boss")
    Held.objects.get().refuse(by=officer, reason="A trap.")
    assert "pearls.example" not in page_of(talk, port)
    assert "This message was not passed on." in page_of(talk, delta)
    assert Letter.objects.filter(to="delta@example.org", text__contains="A trap.").exists()
    assert talk.messages.last().state == "refused"  # type: ignore[union-attr]


def test_an_interest_of_which_nothing_was_said_is_nothing_to_the_other_side(
    delta: Organisation, port: Organisation, owner: Person, officer: Person
) -> None:
    BlockedWord.add("pearls", "hold", by="first")
    talk = begun(public(delta.actor), port, BAD)
    assert sign_in(boss(port)).get(talk.get_absolute_url()).status_code == 200
    assert sign_in(boss(delta)).get(talk.get_absolute_url()).status_code == 404
    assert "Port" not in sign_in(boss(delta)).get("/opportunities/interests/").content.decode()
    assert "Port" not in sign_in(owner).get("/desk/@thehague/opportunities/").content.decode()
    Held.objects.get().approve(by=officer)
    assert sign_in(boss(delta)).get(talk.get_absolute_url()).status_code == 200
    assert "Port" in sign_in(owner).get("/desk/@thehague/opportunities/").content.decode()


def test_an_opportunity_and_an_outcome_go_by_the_filters_too(talk: Interest, delta: Organisation) -> None:
    BlockedWord.add("pearls", "hold", by="first")
    BlockedWord.add("rubies", "refuse", by="first")
    facts = {"kind": "visit", "on": timezone.now().date()}
    for words, evidence in ((Text.of("en", en=BAD), ""), (Text(), "https://rubies.example/a")):
        BlockedDomain.add("rubies.example", "refuse", by="first")
        with pytest.raises(OpportunityError):
            Outcome.tell(talk, "host", by="x", words=words, evidence=evidence, **facts)
    drafted(delta.actor, "held", story=Text.of("en", en=BAD)).submit(by="host")
    with pytest.raises(OpportunityError, match="rubies"):
        drafted(delta.actor, "not", story=Text.of("en", en="All rubies.")).submit(by="host")
    assert list(Opportunity.objects.filter(state="submitted").values_list("slug", flat=True)) == ["held"]


@pytest.mark.parametrize(
    ("who", "knows"),
    [
        ("host", True),
        ("guest", True),
        ("desk", False),
        ("desk that helps", True),
        ("stranger", False),
        ("office", False),
    ],
)
def test_only_who_hears_it_can_report_it(
    talk: Interest, owner: Person, officer: Person, visitor: Person, who: str, knows: bool
) -> None:
    if who == "desk that helps":
        Care.ask(talk, "host", by="delta-boss")
    known = {"host": "delta-boss", "guest": "port-boss", "stranger": visitor.username, "office": officer.username}
    person = Person.objects.get(username=known.get(who, owner.username))
    message = talk.messages.get()
    assert (subjects.seen("message", message.pk, person) is not None) is knows
    address = f"/reports/message/{message.pk}/"
    assert sign_in(person).get(address).status_code in ({200, 302} if knows else {404})


def test_nobody_reports_what_is_their_own_or_was_never_said(
    talk: Interest, delta: Organisation, port: Organisation
) -> None:
    with pytest.raises(ModerationError, match="your own"):
        Report.make(boss(port), "message", talk.messages.get().pk, reason="spam")
    BlockedWord.add("pearls", "hold", by="first")
    with pytest.raises(ModerationError, match="no such thing"):
        Report.make(boss(port), "message", offending(talk, delta).pk, reason="spam")


def test_a_reported_message_is_the_offices_to_judge_and_no_citys(
    talk: Interest, delta: Organisation, port: Organisation, owner: Person, officer: Person
) -> None:
    message = offending(talk, delta)
    assert f"/reports/message/{message.pk}/" in page_of(talk, port)
    assert f"/reports/message/{message.pk}/" not in page_of(talk, delta)
    report = Report.make(boss(port), "message", message.pk, reason="spam", forward=True)
    assert (report.city, report.forwarded, report.excerpt) == (None, False, BAD)
    desk = sign_in(owner).get("/desk/@thehague/moderation/")
    assert "Message of Delta" not in desk.content.decode()


def test_a_decision_hides_it_and_a_sentence_stands_in_its_place(
    talk: Interest, delta: Organisation, port: Organisation, owner: Person, officer: Person
) -> None:
    Care.ask(talk, "host", by="delta-boss")
    message = offending(talk, delta)
    subscribers.deliver()
    person = boss(port)
    heads = list(Notice.objects.filter(person=person, kind="opportunities.said", subject_id=message.pk))
    assert [line.said.text for line in reading.lines(person, reading.groups(person, heads))]
    hidden(message, port, officer)
    assert BAD not in page_of(talk, port) and HIDDEN in page_of(talk, port)
    desk = sign_in(owner).get(f"/desk/@thehague/interests/{talk.pk}/").content.decode()
    assert BAD not in desk and HIDDEN in desk
    own = page_of(talk, delta)
    assert BAD in own and "hides this message from the others" in own and HIDDEN not in own
    assert list(reading.lines(person, reading.groups(person, heads))) == [], "no notice has its words"
    assert Letter.objects.filter(to="delta@example.org", text__contains="An ad.").count() == 1


def test_no_letter_brings_what_was_hidden_before_it_went_out(
    talk: Interest, delta: Organisation, port: Organisation, officer: Person
) -> None:
    hidden(offending(talk, delta), port, officer)
    assert letters_with(BAD) == 0


def test_an_appeal_shows_it_again(
    talk: Interest, delta: Organisation, port: Organisation, officer: Person, second: Person
) -> None:
    message = offending(talk, delta)
    decision = hidden(message, port, officer)
    browser = sign_in(boss(delta))
    assert decision.get_absolute_url() in browser.get("/account/decisions/").content.decode()
    Appeal.make(decision, boss(delta), "It was a joke.").reverse(by=second, reason="It was.")
    message.refresh_from_db()
    assert message.state == "said" and BAD in page_of(talk, port)
    assert letters_with(BAD) == 1, "shown again is not said again"
    message.withhold(False, by="second")
    assert message.state == "said"


def test_a_reported_outcome_is_hidden_and_counted_no_more(
    talk: Interest, port: Organisation, officer: Person, second: Person, visitor: Person
) -> None:
    outcome = Outcome.tell(
        talk, "host", by="delta-boss", kind="visit", on=timezone.now().date(), words=Text.of("en", en=BAD)
    )
    with pytest.raises(ModerationError, match="no such thing"):
        Report.make(visitor, "outcome", outcome.pk, reason="spam")
    outcome.confirm("guest", by="port-boss")
    assert f"/reports/outcome/{outcome.pk}/" in sign_in(visitor).get("/opportunities/outcomes/").content.decode()
    report = Report.make(visitor, "outcome", outcome.pk, reason="spam", forward=True)
    assert (report.city and report.city.handle, report.author and report.author.handle) == ("thehague", "delta")
    decision = report.decide("hide", by=officer, reason="An ad.")
    for address in (
        "/opportunities/outcomes/",
        "/opportunities/outcomes/outcomes.csv",
        talk.opportunity.get_absolute_url(),
    ):
        assert BAD not in sign_in(visitor).get(address).content.decode()
    assert not Outcome.objects.counted(visitor).exists()
    Appeal.make(decision, Person.objects.get(username="delta-boss"), "No.").reverse(by=second, reason="True.")
    assert Outcome.objects.counted(visitor).count() == 1
