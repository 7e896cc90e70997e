"""Attaching something of this network by its address: found by who may see it, shown as it may be seen now."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings

from cityplus.cities.models import City
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.social import attachments
from cityplus.social.models import Post
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.forms import form

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def public(route: Route) -> Route:
    Route.objects.filter(pk=route.pk).update(state="published")
    return Route.objects.get(pk=route.pk)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/@thehague/routes/to-the-sea/", "route"),
        ("/zh-hans/@thehague/routes/to-the-sea/", "route"),
        ("/@thehague/routes/to-the-sea", "route"),
        ("http://localhost:8000/nl/@thehague/routes/to-the-sea/?from=here#top", "route"),
        ("/ar/@thehague/routes/to-the-sea/stops/3/", "stop"),
    ],
)
def test_it_is_found_by_any_form_of_its_address(public: Route, address: str, kind: str) -> None:
    wanted = public.pk if kind == "route" else public.stops.get(number=3).pk
    assert attachments.find(address, NOBODY) == (kind, wanted)


@pytest.mark.parametrize(
    "address",
    [
        "/@thehague/routes/nowhere/", "/@thehague/routes/to-the-sea/stops/99/", "/@thehague/", "https://example.org/@thehague/routes/to-the-sea/",
        "javascript:alert(1)", "//evil.example/@thehague/routes/to-the-sea/", "", "/@thehague/routes/to-the-sea/../../", "/ceremonies/1/",
    ],
)  # fmt: skip
def test_what_is_none_is_not_found(public: Route, address: str) -> None:
    assert attachments.find(address, NOBODY) is None


def test_what_one_may_not_see_is_not_found_and_a_card_ends_with_what_it_shows(route: Route, owner: Person) -> None:
    address = route.get_absolute_url()
    assert attachments.find(address, NOBODY) is None
    assert attachments.find(address, owner) == ("route", route.pk)
    Route.objects.filter(pk=route.pk).update(state="published")
    key = attachments.find(address, NOBODY)
    assert key and attachments.shown([key], NOBODY)[key].url == address
    Route.objects.filter(pk=route.pk).update(state="withdrawn")
    assert attachments.shown([key], NOBODY) == {}


def test_many_cards_are_a_few_queries(public: Route, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keys = [("route", public.pk), *(("stop", stop.pk) for stop in public.stops.all())]
    with django_assert_num_queries(3):
        assert len(attachments.shown(keys, NOBODY)) == 4


def test_one_attaches_by_pasting_and_the_page_shows_the_card(public: Route, settings: Settings) -> None:
    resident("ana")
    browser = sign_in(Person.objects.get(username="ana"))
    page = browser.post("/posts/new/", form(attach="/@thehague/routes/nowhere/"))
    assert page.status_code == 400
    assert "/@thehague/routes/nowhere/" in page.content.decode()
    assert not Post.objects.exists()
    browser.post("/posts/new/", form(attach=public.get_absolute_url()))
    post = Post.objects.get()
    assert (post.attached_kind, post.attached_id) == ("route", public.pk)
    assert 'class="attached"' in browser.get(post.get_absolute_url()).content.decode()


def test_a_city_is_offered_its_own(public: Route, thehague: City) -> None:
    assert attachments.offered(thehague.actor) == [(public.get_absolute_url(), "To the sea")]
    assert attachments.offered(say(resident("ana")).author) == []
