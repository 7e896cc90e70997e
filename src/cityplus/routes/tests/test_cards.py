"""The cards of routes and stops: who may see them, how long they hold, and what pages say of them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image

from cityplus.languages.text import Text
from cityplus.media.models import Medium
from cityplus.media.rendering import render
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.web import cardpages

ROUTE = "/@thehague/routes/to-the-sea/card.jpg"
STOP = "/@thehague/routes/to-the-sea/stops/2/card.jpg"


@pytest.fixture(autouse=True)
def kept(settings: LazySettings, tmp_path: Path) -> Path:
    """Where cards are kept, empty for each test."""
    settings.CITYPLUS = replace(settings.CITYPLUS, data=tmp_path)
    return tmp_path / "cards"


@pytest.fixture
def published(route: Route) -> Route:
    route.publish(by="test")
    return route


@pytest.fixture
def covered(published: Route, tmp_path: Path) -> Medium:
    """The cover of the route, whose renditions are not made yet."""
    Image.new("RGB", (800, 600), "#ff8577").save(tmp_path / "cover.png")
    medium = Medium.add(
        published.city.actor, tmp_path / "cover.png", "media/cover.png", credit="Somebody", licence="CC-BY-4.0"
    )
    published.cover = medium
    published.save()
    return medium


@pytest.mark.parametrize("path", [ROUTE, STOP])
def test_strangers_see_no_card_of_a_draft(route: Route, stranger: Client, path: str) -> None:
    assert stranger.get(path).status_code == 404
    assert stranger.get(f"/ar{path}").status_code == 404


def test_the_team_sees_the_card_of_its_draft_and_nobody_else_keeps_it(route: Route, editor: Person) -> None:
    browser = Client()
    browser.force_login(editor)
    answer = browser.get(ROUTE)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, max-age=86400"


@pytest.mark.parametrize("path", [ROUTE, STOP, f"/ar{STOP}", f"/zh-hans{ROUTE}"])
def test_everybody_sees_the_card_of_what_is_published(published: Route, stranger: Client, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_there_is_no_card_of_a_stop_that_is_not(published: Route, stranger: Client) -> None:
    assert stranger.get(STOP.replace("/2/", "/4/")).status_code == 404
    assert stranger.get(STOP.replace("/2/", "/0/")).status_code == 404


def test_a_card_that_has_not_changed_is_not_sent_again(published: Route, stranger: Client) -> None:
    etag = stranger.get(ROUTE)["ETag"]
    again = stranger.get(ROUTE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (etag, "public, max-age=86400")


def test_a_card_is_drawn_once(published: Route, stranger: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = stranger.get(ROUTE).content
    monkeypatch.delattr(cardpages, "draw")
    assert stranger.get(ROUTE).content == first


def test_of_a_card_that_changed_only_the_new_look_is_kept(published: Route, stranger: Client, kept: Path) -> None:
    before = stranger.get(ROUTE)
    published.title = Text.of("nl", nl="Terug uit zee")
    published.save()
    after = stranger.get(ROUTE, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert [path.stem for path in kept.rglob("*.*") if path.is_file()] == [after["ETag"].strip('"')]


def test_a_card_without_its_picture_is_not_kept(covered: Medium, stranger: Client, kept: Path) -> None:
    waiting = stranger.get(ROUTE)
    assert (waiting.status_code, waiting["Cache-Control"]) == (200, "no-store")
    assert not waiting.has_header("ETag")
    assert not kept.exists()
    render(covered.pk)
    ready = stranger.get(ROUTE)
    assert ready["Cache-Control"] == "public, max-age=86400"
    assert ready.content != waiting.content


def test_a_stop_without_a_picture_borrows_the_cover(covered: Medium, stranger: Client) -> None:
    before = stranger.get(STOP).content
    render(covered.pk)
    assert stranger.get(STOP).content != before


@pytest.mark.parametrize("page", ["/@thehague/routes/to-the-sea/", "/ar/@thehague/routes/to-the-sea/stops/2/"])
def test_pages_name_their_card_and_say_what_is_on_it(published: Route, stranger: Client, page: str) -> None:
    html = stranger.get(page).content.decode()
    found = re.search(r'property="og:image" content="http://[^/]+([^"?]+)\?v=([0-9a-f]{10})"', html)
    assert found is not None
    path, version = found.groups()
    assert path == f"{page}card.jpg"
    assert stranger.get(path)["ETag"].strip('"').startswith(version)
    assert 'property="og:image:alt" content="' in html
