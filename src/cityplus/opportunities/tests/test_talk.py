"""An interest: the conversation of two sides, how far each is, letters without addresses, and the help of a city."""

from __future__ import annotations

import pytest
from conftest import sign_in

from cityplus.cities.models import City
from cityplus.journal import subscribers
from cityplus.languages.text import Text
from cityplus.lib.lifecycle import LifeCycleError
from cityplus.notifications import reading
from cityplus.notifications.models import Notice
from cityplus.opportunities.errors import OpportunityError
from cityplus.opportunities.models import Care, Interest
from cityplus.opportunities.tests.cast import begun, boss, firm
from cityplus.organisations.models import Organisation
from cityplus.people.models import Letter, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(shenzhen: City) -> Organisation:
    return firm(shenzhen, "port", languages=("zh-Hans", "en"))


def letters(to: str) -> list[Letter]:
    subscribers.deliver()
    return list(Letter.objects.filter(to=f"{to}@example.org", subject="A message about an opportunity").order_by("pk"))


def test_answering_again_goes_on_with_what_there_is(talk: Interest, port: Organisation) -> None:
    assert begun(talk.opportunity, port, "One more thing.") == talk
    assert [str(message.text) for message in talk.messages.all()] == ["We build such sensors.", "One more thing."]
    assert (talk.host_state, talk.guest_state) == ("new", "new")


def test_only_what_is_open_is_answered_and_not_ones_own(
    talk: Interest, delta: Organisation, port: Organisation
) -> None:
    with pytest.raises(OpportunityError, match="your own"):
        begun(talk.opportunity, delta)
    talk.opportunity.close(by="host")
    with pytest.raises(OpportunityError, match="not open"):
        begun(talk.opportunity, port)


def test_each_side_says_how_far_it_is_along_the_drawn_ways(talk: Interest, delta: Organisation) -> None:
    talk.write(delta.actor, Text.of("nl", nl="Graag!"), by="delta-boss")
    assert (talk.host_state, talk.guest_state) == ("talk", "new"), "who answers is in talk"
    talk.move("guest", "meeting", by="port-boss")
    talk.move("host", "agreed", by="delta-boss")
    talk.move("host", "agreed", by="delta-boss")
    assert (talk.host_state, talk.guest_state) == ("agreed", "meeting")
    with pytest.raises(LifeCycleError):
        talk.move("guest", "new", by="port-boss")
    assert [value for value, _ in talk.ways_of("host")] == ["talk", "closed"]


def test_the_other_side_hears_by_letter_and_no_letter_has_an_address(talk: Interest, delta: Organisation) -> None:
    [letter] = letters("delta")
    assert "We build such sensors." in letter.text and f"/opportunities/interests/{talk.pk}/" in letter.text
    assert "@example.org" not in letter.text + letter.html and "port-boss" not in letter.text + letter.html
    assert letters("port") == []
    talk.write(delta.actor, Text.of("en", en="<b>Welcome</b> %(who)s"), by="delta-boss")
    [answer] = letters("port")
    assert "<b>Welcome</b> %(who)s" in answer.text and "<b>Welcome" not in answer.html
    assert len(letters("delta")) == 1, "each is told once"


def test_no_page_shows_an_address(talk: Interest, delta: Organisation, port: Organisation, owner: Person) -> None:
    Care.ask(talk, "host", by="delta-boss")
    pages = [
        sign_in(boss(delta)).get(talk.get_absolute_url()),
        sign_in(boss(port)).get(talk.get_absolute_url()),
        sign_in(boss(port)).get(talk.opportunity.get_absolute_url()),
        sign_in(owner).get(f"/desk/@thehague/interests/{talk.pk}/"),
    ]
    for page in pages:
        assert page.status_code == 200
        body = page.content.decode()
        assert "delta@example.org" not in body and "port@example.org" not in body
        assert "delta-boss" not in body.replace('value="delta-boss"', "") or page is pages[0]


def test_who_hears_reads_it_as_a_notice_and_nobody_else(talk: Interest, delta: Organisation) -> None:
    subscribers.deliver()
    person = boss(delta)
    heads = list(Notice.objects.filter(person=person, kind="opportunities.said"))
    [line] = reading.lines(person, reading.groups(person, heads))
    assert line.said.text == "Port wrote about “Smart quays”." and line.said.path == talk.get_absolute_url()
    delta.give_back("No.", by="desk")
    assert list(reading.lines(person, reading.groups(person, heads))) == []


def test_a_city_reads_what_is_said_only_where_a_side_asked_it(
    talk: Interest, owner: Person, delta: Organisation, port: Organisation
) -> None:
    desk, address = sign_in(owner), f"/desk/@thehague/interests/{talk.pk}/"
    assert "We build such sensors." not in desk.get(address).content.decode()
    assert desk.post(f"{address}messages/", {"words": "Hello", "tongue": "en"}).status_code == 302
    assert talk.messages.count() == 1, "nobody asked the city"
    sign_in(boss(delta)).post(f"{talk.get_absolute_url()}help/", {"on": "1"})
    assert "We build such sensors." in desk.get(address).content.decode()
    assert "its desk reads what is said here" in sign_in(boss(port)).get(talk.get_absolute_url()).content.decode()
    desk.post(f"{address}messages/", {"words": "Permits take a week.", "tongue": "en"})
    assert [letter.text.count("Permits take a week.") for letter in letters("port")] == [1]
    assert not Care.objects.filter(city=port.city, asked_at__isnull=False).exists(), "the other city was not asked"
    sign_in(boss(delta)).post(f"{talk.get_absolute_url()}help/", {"on": "0"})
    assert "We build such sensors." not in desk.get(address).content.decode()


def test_a_desk_assigns_notes_and_is_reminded_once(
    talk: Interest, owner: Person, editor: Person, thehague: City
) -> None:
    desk, address = sign_in(owner), f"/desk/@thehague/interests/{talk.pk}/"
    desk.post(f"{address}assignment/", {"to": editor.username})
    desk.post(f"{address}notes/", {"words": "Call the harbour master."})
    desk.post(f"{address}reminder/", {"until": "2026-01-02"})
    care = Care.objects.get(city=thehague)
    assert (care.assigned, care.notes.get().words) == (editor, "Call the harbour master.")
    assert care.remind_at and [care.come(care.remind_at), care.come(care.remind_at)] == [True, False]
    subscribers.deliver()
    assert Notice.objects.filter(person=editor, kind="opportunities.deed").count() == 3, (
        "asked to look it over, given, and reminded"
    )
    assert "Call the harbour master." in desk.get(address).content.decode()
    desk.post(f"{address}assignment/", {"to": "delta-boss"})
    care.refresh_from_db()
    assert care.assigned == editor, "only somebody of the team can see to it"


def test_what_is_written_without_a_script(talk: Interest, delta: Organisation) -> None:
    browser, address = sign_in(boss(delta)), talk.get_absolute_url()
    assert browser.post(f"{address}messages/", {"words": " ", "tongue": "en"}).status_code == 422
    assert browser.post(f"{address}messages/", {"words": "Hi", "tongue": "klingon!"}).status_code == 422
    assert browser.post(f"{address}messages/", {"words": "x" * 5001, "tongue": "en"}).status_code == 422
    assert talk.messages.count() == 1
    assert (
        browser.post(f"{address}messages/", {"words": "Graag", "tongue": "nl"}).headers["Location"] == f"{address}#last"
    )
    assert talk.messages.last().text.original == "nl"  # type: ignore[union-attr]
