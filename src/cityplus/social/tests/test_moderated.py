"""Posts and their authors as moderation knows them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.languages.text import Text
from cityplus.moderation import subjects, voices
from cityplus.moderation.models import Acceptance, BlockedWord, Decision, Edition, Held, NewcomerRules
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.errors import BadPost
from cityplus.social.models import Boost, Entry, Post, Profile
from cityplus.social.moderating import moderated
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.forms import form
from cityplus.social.writing import Writing

pytestmark = pytest.mark.django_db


def writing(words: str = "Hello.", **rest: object) -> Writing:
    return Writing(Text.of("en", en=words), **rest)  # type: ignore[arg-type]


@pytest.fixture
def strict(db: None) -> None:
    NewcomerRules.put(by="office", days=7, posts=2, links=0, per_hour=3, hold_first=True)


def aged(actor: Actor, days: int) -> Actor:
    Profile.objects.filter(actor=actor).update(joined_at=timezone.now() - timedelta(days=days))
    return actor


def publish(author: Actor) -> Post:
    """As who was let in by an officer."""
    return posting.publish(author, writing(), by="test", judged=True)


def test_the_first_posts_of_a_new_account_are_held_until_two_were_published(strict: None) -> None:
    ana = aged(resident("ana"), 1)
    assert moderated.judge(ana, writing()).answer == "hold"
    publish(ana)
    assert moderated.judge(ana, writing()).answer == "hold"
    gone = publish(ana)
    assert moderated.judge(ana, writing()).answer == "pass"
    posting.delete(gone, by="ana")
    assert moderated.judge(ana, writing()).answer == "hold", "what was deleted shows nothing"


def test_new_accounts_are_limited_in_links_and_by_the_hour(strict: None) -> None:
    ana = aged(resident("ana"), 1)
    assert moderated.judge(ana, writing("https://a.example")).answer == "refuse"
    for _ in range(3):
        publish(ana)
    refused = moderated.judge(ana, writing())
    assert refused.answer == "refuse" and "3 times an hour" in refused.words


def test_older_accounts_and_cities_write_as_they_like(strict: None, thehague: City) -> None:
    ana = aged(resident("ana"), 30)
    for _ in range(3):
        publish(ana)
    assert moderated.judge(ana, writing("https://a.example")).passes
    assert moderated.judge(thehague.actor, writing("https://a.example https://b.example")).passes


def test_all_that_is_written_is_judged(thehague: City) -> None:
    BlockedWord.add("casino", "refuse", by="office")
    ana = aged(resident("ana"), 30)
    assert moderated.judge(ana, writing("Nothing.")).passes
    assert moderated.judge(ana, writing("My casino.")).answer == "refuse"
    assert moderated.judge(ana, writing("Nothing.", note=Text.of("en", en="casino"))).answer == "refuse"
    both = Writing(Text.of("nl", nl="Niets.", en="A casino."))
    assert moderated.judge(thehague.actor, both).answer == "refuse", "also of a city, and in each language"


def test_things_are_found_in_a_fixed_number_of_queries(
    thehague: City, shenzhen: City, django_assert_max_num_queries: object
) -> None:
    pair = Actor.objects.create(handle="shenzhen+thehague", kind=Actor.Kind.PAIR, names=thehague.actor.names)
    posts = []
    for n in range(12):
        author = resident(f"r{n}", thehague if n % 2 else shenzhen)
        begun = say(author, asks=shenzhen.actor)
        posts += [begun, say(author, reply_to=begun), say(author, space=pair), say(author)]
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        found = subjects.things([("post", post.pk) for post in posts])
    assert len(found) == 48


def test_who_is_suspended_keeps_a_voice_to_appeal_with() -> None:
    ana = resident("ana")
    person = Profile.objects.get(actor=ana).person
    assert person
    office = Person.enrol("office", "o@example.org", "a long password", office=True)
    Decision.about_actor(ana, "suspend", by=office, reason="So.")
    assert voices.actors_of(person) == {ana.pk}
    assert voices.people_of(ana) == [person]


def test_what_a_suspended_account_boosted_comes_back_with_it(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    Boost.put(ana, post, by="ana")
    office = Person.enrol("office", "o@example.org", "a long password", office=True)
    own = Entry.objects.filter(actor=ana, kind="boost")
    before = list(own.values_list("post", flat=True))
    decision = Decision.about_actor(ana, "suspend", by=office, reason="So.")
    assert before == [post.pk] and not own.exists()
    decision.lift(by=office, reason="So.")
    assert list(own.values_list("post", flat=True)) == before


def test_what_is_held_waits_in_the_queue_and_is_posted_when_an_officer_lets_it(thehague: City) -> None:
    BlockedWord.add("casino", "hold", by="office")
    office = Person.enrol("office", "o@example.org", "a long password", office=True)
    ana, begun = resident("ana", thehague), say(thehague.actor, "What is open?")
    browser = sign_in(Person.objects.get(username="ana"))
    sent = browser.post(f"{begun.get_absolute_url()}replies/", form(text__en="The casino.") | {"as": "ana"})
    assert sent.status_code == 302
    held = Held.objects.get()
    assert (held.author, held.city, held.excerpt, held.why) == (
        ana,
        thehague.actor,
        "The casino.",
        "blocked word: casino",
    )
    assert not Post.objects.filter(author=ana).exists()
    held.approve(by=office)
    while worker.run_one("test"):
        pass
    assert str(Post.objects.get(author=ana).text) == "The casino."


def test_what_is_refused_by_the_filters_is_said_in_the_form(thehague: City) -> None:
    BlockedWord.add("casino", "refuse", by="office")
    ana = resident("ana")
    with pytest.raises(BadPost, match="casino"):
        say(ana, "The casino.")
    with pytest.raises(BadPost, match="casino"):
        posting.edit(say(ana, "Hello."), Text.of("en", en="A casino."), Text(), by="ana")
    assert Post.objects.filter(author=ana).count() == 1


def test_new_rules_are_accepted_before_one_writes(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    browser, person = sign_in(Person.objects.get(username="ana")), Person.objects.get(username="ana")
    edition = Edition.publish([Text.of("en", en="Be kind.")], by="office", after=0)
    at = f"{post.get_absolute_url()}replies/"
    assert browser.get(at).headers["Location"].startswith("/account/rules/?next=")
    likes = f"{post.get_absolute_url()}favourites/"
    assert browser.post(likes, {"on": "1"}).headers["Location"].startswith("/account/rules/")
    assert browser.post(likes, {"on": "1"}, headers={"X-Part": "post"}).status_code == 403
    Acceptance.give(person, edition)
    assert browser.get(at).status_code == 200
    assert browser.post(likes, {"on": "1"}).status_code == 302
    post.refresh_from_db()
    assert (post.favourites, ana.kind) == (1, "person")


def test_a_post_and_a_person_lead_to_the_form_of_a_report(thehague: City) -> None:
    ana, post = resident("ana"), say(thehague.actor)
    browser = sign_in(Person.objects.get(username="ana"))
    assert f'href="/reports/post/{post.pk}/"' in browser.get(post.get_absolute_url()).content.decode()
    own = say(ana)
    assert f'href="/reports/post/{own.pk}/"' not in browser.get(own.get_absolute_url()).content.decode()
    other = resident("bo")
    assert f'href="/reports/actor/{other.pk}/"' in browser.get("/@bo/").content.decode()
    assert "/reports/actor/" not in browser.get("/@ana/").content.decode()
