"""Afterwards: report, numbers, pictures, press; who sees what; events attached to posts; what is let go by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from cityplus.cities.models import City
from cityplus.events import figures, forgetting
from cityplus.events.models import Clip, Event, Presenter, Registration
from cityplus.events.press_list import as_lines
from cityplus.events.tests.cast import meeting
from cityplus.events.tests.meeting_cast import company
from cityplus.events.tests.planning_cast import whole
from cityplus.events.tests.test_planning import DESK, member, told
from cityplus.languages.tags import UI_LANGUAGES, UiLanguage
from cityplus.languages.text import Text
from cityplus.media.models import Medium, Rendition
from cityplus.media.usage import of as uses_of
from cityplus.media.visibility import seen_by
from cityplus.social import attachments

pytestmark = pytest.mark.django_db


def picture(city: City, name: str) -> Medium:
    facts = {"kind": "picture", "content_type": "image/png", "sha256": name.rjust(64, "0"), "bytes": 1, "name": name}
    medium = Medium.objects.create(owner=city.actor, original=f"originals/{name}", alt=Text.of("en", en=name), **facts)
    Rendition.objects.create(
        medium=medium, content_type="image/jpeg", width=320, height=200, bytes=1, key=f"r/{name}.jpg"
    )
    return medium


def over(event: Event) -> Event:
    """As if it had been yesterday."""
    starts = timezone.now() - timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=8))
    forgetting.forget()
    return Event.objects.get(pk=event.pk)


def test_what_is_said_afterwards_is_shown_with_the_numbers(thehague: City, client: Client) -> None:
    owner, event = member(thehague), meeting(thehague.actor, capacity=2)
    acme = company("acme", thehague, "62")
    venue = event.venues.get()
    Registration.make(venue, name="Boss", email="boss@example.org", language="en", organisation=acme)
    for name in ("ana", "bo"):
        Registration.make(venue, name=name, email=f"{name}@example.org", language="en")
    assert over(event).state == "held"
    shot = picture(thehague, "crowd")
    page = f"{DESK}{event.pk}/afterwards/"
    said = {"report.en": "A pilot began.", "thanks.en": "All hands.", "pictures": [str(shot.pk)], "recording": ""}
    wrong = owner.post(page, {**said, "press": "no address"})
    assert wrong.status_code == 422 and "does not begin with an address" in wrong.content.decode()
    assert owner.post(page, {**said, "press": "https://news.example/1 The Daily"}).status_code == 302
    shown = told(client, "/@thehague/events/meeting/")
    assert all(words in shown for words in ("A pilot began.", "All hands.", "The Daily", "crowd", "<dd>2</dd>"))
    assert "Register" not in shown.split("<main")[1].split("What came of it")[0]
    event.refresh_from_db()
    assert as_lines(event.press) == "https://news.example/1 The Daily"
    numbers = figures.figures(event)
    assert (numbers.confirmed, numbers.waiting, numbers.organisations, numbers.cities) == (2, 1, 1, 1)
    assert numbers.sectors == [("Information and communication", 1)]


def test_pictures_are_seen_by_who_may_see_the_event_and_are_said_to_be_used(thehague: City) -> None:
    cover = picture(thehague, "cover")
    facts = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=1), "kind": "talk"}
    event = Event.plan(thehague.actor, by="x", slug="talk", title=Text.of("en", en="Talk"), cover=cover, **facts)
    event.add_venue(by="x", name=Text.of("en", en="Hall"), time_zone="Europe/Amsterdam")
    assert seen_by(AnonymousUser(), [cover.pk]) == set()
    event.publish(by="x")
    assert seen_by(AnonymousUser(), [cover.pk]) == {cover.pk}
    assert [use.words for use in uses_of(thehague.actor, [cover.pk])] == ["The event “Talk”"]


def test_an_event_is_attached_to_a_post_and_named_by_a_presenter(thehague: City, client: Client) -> None:
    event = meeting(thehague.actor)
    key = attachments.find("/nl/@thehague/events/meeting/", AnonymousUser())
    assert key == ("event", event.pk)
    shown = attachments.shown([key], AnonymousUser())[key]
    assert str(shown.title) == "Meeting" and shown.url == "/@thehague/events/meeting/"
    assert ("/@thehague/events/meeting/", "Meeting") in attachments.offered(thehague.actor)
    ana = Presenter.introduce("ana", by="x", city=thehague, names=Text.of("en", en="Ana"))
    Clip.keep(ana, [key])
    assert "Meeting" in told(client, "/presenters/ana/")
    draft = Event.plan(
        thehague.actor, by="x", slug="draft", kind="talk", starts_at=event.starts_at, ends_at=event.ends_at
    )
    assert attachments.find("/@thehague/events/draft/", AnonymousUser()) is None
    Clip.keep(ana, [("event", draft.pk)])
    assert "Also seen here" not in told(client, "/presenters/ana/"), "what a reader may not see is not told"


def test_hours_that_leave_a_session_outside_are_refused(thehague: City) -> None:
    owner, event = member(thehague), meeting(thehague.actor)
    hours = whole(event)
    session = {"title.nl": "Wind", "venue": "", "starts_at": hours["starts_at"], "ends_at": hours["ends_at"]}
    owner.post(f"{DESK}{event.pk}/agenda/", session)
    later = (event.starts_at + timedelta(hours=1)).astimezone(event.zone).strftime("%Y-%m-%dT%H:%M")
    refused = owner.post(f"{DESK}{event.pk}/", whole(event, starts_at=later))
    assert refused.status_code == 422 and "outside of the event" in refused.content.decode()


@pytest.mark.parametrize("language", UI_LANGUAGES, ids=lambda one: one.code)
def test_an_event_is_attached_on_pages_of_every_language(thehague: City, language: UiLanguage) -> None:
    event = meeting(thehague.actor)
    with override(language.code):
        (shown,) = attachments.shown([("event", event.pk)], AnonymousUser()).values()
    assert shown.summary and shown.summary.original == language.tag and " – " in str(shown.summary)
