"""The page of an actor: plugged in by the room of its kind."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cityplus.actors import pages
from cityplus.actors.models import Actor
from cityplus.languages.text import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour() -> Actor:
    names = Text.of("nl", nl="Haven van Den Haag", en="The Hague harbour")
    return Actor.objects.create(handle="harbour", kind=Actor.Kind.ORGANISATION, names=names)


@pytest.fixture(autouse=True)
def no_other_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    others = {kind: page for kind, page in pages._pages.items() if kind != Actor.Kind.ORGANISATION}
    monkeypatch.setattr(pages, "_pages", others)


def test_an_actor_has_its_own_name_in_its_own_language(harbour: Actor) -> None:
    assert harbour.native_name == "Haven van Den Haag"
    assert harbour.native_language == "nl"
    assert str(harbour) == "@harbour"
    assert harbour.get_absolute_url() == "/@harbour/"


def test_the_page_is_that_of_its_kind(harbour: Actor, stranger: Client) -> None:
    def page(request: HttpRequest, handle: str) -> HttpResponse:
        return HttpResponse(f"{request.path} of {handle}")

    pages.plug(Actor.Kind.ORGANISATION, page)
    assert stranger.get("/@harbour/").content == b"/@harbour/ of harbour"
    assert stranger.get("/nl/@harbour/").content == b"/nl/@harbour/ of harbour"


@pytest.mark.parametrize("handle", ["harbour", "nobody"])
def test_without_a_page_or_an_actor_there_is_nothing(harbour: Actor, handle: str) -> None:
    with pytest.raises(Http404):
        pages.page(RequestFactory().get(f"/@{handle}/"), handle)
