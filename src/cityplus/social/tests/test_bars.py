"""What one does not want to read: accounts, words, languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from conftest import sign_in
from django.utils import timezone

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.social import timelines
from cityplus.social.apart import Apart, silenced
from cityplus.social.models import Bar, Follow, Silence
from cityplus.social.tests.cast import reads, resident, say
from cityplus.social.tests.test_following import browser
from cityplus.social.timelines import PAGE, Place

pytestmark = pytest.mark.django_db


def seen(actor: Actor) -> list[str]:
    found = timelines.network(reads(actor)).lines
    return [str(line.post) for line in found]


@pytest.mark.parametrize(
    ("word", "text", "hidden"),
    [
        ("rain", "Rain again", True),
        ("rain", "A train", False),
        ("RAIN", "#rain", True),
        ("#rain", "rain", True),
        ("new york", "In New York now", True),
        ("new york", "york is new", False),
        ("下雨", "今天下雨了", True),
        ("下雨", "雨下得大", False),
        ("雨", "今天下雨了", True),
        ("🌧", "Look 🌧!", True),
        ("ｒａｉｎ", "rain", True),
    ],
)
def test_a_word_hides_what_it_stands_in(word: str, text: str, hidden: bool) -> None:
    ana = resident("ana")
    Silence.keep(ana, "word", word, by="ana")
    kept = Silence.objects.get()
    assert Apart(words=(kept.what,)).hides(Text.of("en", en=text), Text()) is hidden


def test_muted_words_and_languages_are_in_no_timeline(thehague: City) -> None:
    ana = resident("ana")
    Follow.begin(ana, thehague.actor, by="ana")
    plain = say(thehague.actor, "Sun")
    say(thehague.actor, "Rain")
    say(thehague.actor, "Regen", language="nl")
    say(thehague.actor, "Sun", note=Text.of("en", en="about rain"))
    Silence.keep(ana, "word", "rain", by="ana")
    Silence.keep(ana, "language", "nl", by="ana")
    for stretch in (
        timelines.home(reads(ana)),
        timelines.network(reads(ana)),
        timelines.of_actor(thehague.actor, reads(ana)),
    ):
        assert [line.post for line in stretch.lines] == [plain.pk]


def test_pages_are_full_though_words_are_muted(thehague: City) -> None:
    ana = resident("ana")
    said = [say(thehague.actor, "Rain" if number % 3 else "Sun").pk for number in range(PAGE * 6)]
    Silence.keep(ana, "word", "rain", by="ana")
    wanted = said[::3][::-1]
    first = timelines.network(reads(ana))
    second = timelines.network(reads(ana), Place(before=first.lines[-1].id))
    back = timelines.network(reads(ana), Place(after=second.lines[0].id))
    assert [line.post for line in first.lines] == wanted[:PAGE]
    assert (first.older, first.newer, second.newer, second.older) == (True, False, True, False)
    assert [line.post for line in second.lines] == wanted[PAGE:]
    assert [line.post for line in back.lines] == wanted[:PAGE]


def test_who_mutes_nothing_pays_one_question(thehague: City, django_assert_num_queries: object) -> None:
    ana = resident("ana")
    say(thehague.actor)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert timelines.network(reads(ana)).lines


def test_notices_are_told_what_is_silenced(thehague: City) -> None:
    ana = resident("ana")
    rain, sun = say(thehague.actor, "Rain"), say(thehague.actor, "Sun")
    assert silenced(ana.pk, [rain.pk, sun.pk]) == set()
    Silence.keep(ana, "word", "rain", by="ana")
    assert silenced(ana.pk, [rain.pk, sun.pk]) == {rain.pk}


def test_what_has_an_end_ends(thehague: City) -> None:
    ana = resident("ana")
    post = say(thehague.actor, "Rain")
    past = timezone.now() - timedelta(seconds=1)
    Silence.keep(ana, "word", "rain", by="ana", until=past)
    Bar.put(ana, thehague.actor, "mute", by="ana", until=past)
    assert seen(ana) == [str(post.pk)]
    assert "@thehague" not in browser(ana).get("/account/bars/").content.decode()


def test_the_page_of_bars_lists_and_lifts(thehague: City) -> None:
    ana = resident("ana")
    client = browser(ana)
    client.post("/@thehague/mutes/", {"on": "1", "days": "7"})
    client.post("/account/bars/", {"kind": "word", "what": "Rain", "days": "1"})
    client.post("/account/bars/", {"kind": "language", "what": "nl"})
    page = client.get("/account/bars/").content.decode()
    assert all(words in page for words in ("@thehague", "Muted until", "rain", "Dutch"))
    assert Bar.objects.get().until is not None
    other = resident("bo")
    number = Silence.objects.get(what="nl").pk
    assert browser(other).post(f"/account/bars/{number}/").status_code == 404
    assert client.post(f"/account/bars/{number}/").status_code == 302
    client.post("/@thehague/mutes/", {"on": "0"})
    assert (Silence.objects.count(), Bar.objects.count()) == (1, 0)


@pytest.mark.parametrize("said", [{"kind": "language", "what": "klingon"}, {"kind": "word", "what": " # "}])
def test_what_cannot_be_muted_is_said(said: dict[str, str]) -> None:
    client = browser(resident("ana"))
    assert "cannot be muted" in client.post("/account/bars/", said, follow=True).content.decode()
    assert not Silence.objects.exists()


def test_a_bar_is_nobody_elses(thehague: City) -> None:
    ana, bo = resident("ana"), resident("bo")
    Bar.put(ana, bo, "block", by="ana")
    browser(resident("cy")).post("/@bo/blocks/", {"on": "0"})
    assert Bar.objects.count() == 1
    assert sign_in(bo.profile.person).get("/account/bars/").content.decode().count("@ana") == 0
