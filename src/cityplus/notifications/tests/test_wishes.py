"""Choosing what one hears of: the page, and what is kept of it."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.notifications import plug
from cityplus.notifications.models import Device, Wishes
from cityplus.notifications.tests.conftest import Posts
from cityplus.people.models import Person

DIGEST = {"digest": "daily", "weekday": "6", "hour": "7", "zone": "Asia/Shanghai", "language": "zh-hans"}


@pytest.fixture
def at_home(reader: Person) -> Client:
    return sign_in(reader)


def ticked(page: str, kind: str) -> set[str]:
    return set(re.findall(rf'name="kind-{kind}" value="(\w+)" checked', page))


def test_it_begins_with_the_usual_and_keeps_what_is_chosen(at_home: Client, reader: Person, posts: Posts) -> None:
    plug(Posts("follow").kind())
    page = at_home.get("/account/notices/").content.decode()
    assert ticked(page, "favourite") == {"page", "mail", "push"}
    assert ticked(page, "follow") == {"page", "mail"}
    assert not Wishes.objects.exists(), "looking keeps nothing"
    answer = at_home.post("/account/notices/", {**DIGEST, "kind-favourite": ["push"]})
    assert answer.status_code == 302
    wishes = Wishes.objects.get()
    assert wishes.ways == {"favourite": ["push"], "follow": []}
    assert (wishes.digest, wishes.weekday, wishes.hour, wishes.zone) == ("daily", 6, 7, "Asia/Shanghai")
    reader.refresh_from_db()
    assert reader.language == "zh-hans"
    again = at_home.get("/account/notices/").content.decode()
    assert ticked(again, "favourite") == {"push"}
    assert ticked(again, "follow") == set()
    assert '<option value="7" selected>' in again


def test_a_kind_that_comes_later_has_the_usual_ways(reader: Person, posts: Posts) -> None:
    Wishes.of(reader).choose({"favourite": []})
    plug(Posts("follow").kind(mail=False))
    wishes = Wishes.of(reader)
    assert [wishes.wants("follow", way) for way in ("page", "mail", "push")] == [True, False, False]
    assert not wishes.wants("nothing", "page")


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Europe/Atlantis"}, {"zone": ""}, {"zone": "../../etc/passwd"}, {"hour": "24"}, {"weekday": "7"},
        {"digest": "hourly"}, {"language": "tlh"}, {"kind-favourite": "pigeon"},
    ],
)  # fmt: skip
def test_a_wrong_choice_is_said_and_nothing_is_kept(at_home: Client, posts: Posts, wrong: dict[str, str]) -> None:
    answer = at_home.post("/account/notices/", {**DIGEST, **wrong})
    assert answer.status_code == 400
    assert "form-error" in answer.content.decode() or "kind-favourite" in wrong
    assert not Wishes.objects.exists()


def test_a_zone_is_known_however_it_is_typed(at_home: Client, posts: Posts) -> None:
    at_home.post("/account/notices/", {**DIGEST, "zone": " europe/amsterdam "})
    assert Wishes.objects.get().zone == "Europe/Amsterdam"


def test_the_week_begins_as_in_the_language_of_the_page(at_home: Client, posts: Posts) -> None:
    page = at_home.get("/ar/account/notices/").content.decode()
    assert '<option value="5" selected>السبت</option>' in page
    assert "Saturday" not in page


def test_devices_are_listed_and_somebody_elses_are_not(at_home: Client, reader: Person, visitor: Person) -> None:
    firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    mine = Device.add(reader, "https://push.example/1", "p", "a", session="s", agent=firefox)
    theirs = Device.add(visitor, "https://push.example/2", "p", "a", session="s")
    page = at_home.get("/account/notices/").content.decode()
    assert "Firefox, Linux" in page
    assert mine.digest in page
    assert theirs.digest not in page
    assert "push.example" not in page, "an endpoint is a secret of the browser"
    assert at_home.post(f"/account/notices/devices/{theirs.pk}/end/").status_code == 404
    assert at_home.post(f"/account/notices/devices/{mine.pk}/end/").status_code == 302
    assert list(Device.objects.all()) == [theirs]


def test_the_account_leads_here(at_home: Client) -> None:
    assert 'href="/account/notices/"' in at_home.get("/account/").content.decode()
