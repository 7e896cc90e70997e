"""Publishing from the desk: now, at a moment, over what was changed past the draft, and back again; and the preview before it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from conftest import sign_in
from django.test import Client
from django.utils import timezone

from cityplus.cities.models import City
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.drafts.moments import moment_of
from cityplus.people.models import Person
from cityplus.routes.models import Route

ROUTE = "/desk/@thehague/routes/to-the-sea"
PUBLIC = "/@thehague/routes/to-the-sea/"
STORY = "stops/pier/story/nl"


@pytest.fixture
def client(editor: Person) -> Client:
    return sign_in(editor)


def write(route: Route, path: str = STORY, value: object = "Een nieuw verhaal.") -> Draft:
    draft = Draft.on("route", route.pk, route.city.actor)
    draft.edit([Edit(path, mark(draft.does.shape.at(path).value(draft.document)), value)], by="thehague-editor")
    return draft


def test_published_and_taken_back(route: Route, client: Client, stranger: Client) -> None:
    write(route)
    assert stranger.get(PUBLIC).status_code == 404
    assert "<del>Het</del><ins>Een nieuw</ins>" in client.get(f"{ROUTE}/publication/").content.decode()
    client.post(f"{ROUTE}/publication/")
    assert "Een nieuw verhaal." in stranger.get(f"/nl{PUBLIC}").content.decode()
    client.post(f"{ROUTE}/publication/withdrawal/")
    assert stranger.get(PUBLIC).status_code == 404


def test_what_is_missing_is_listed_with_links_and_keeps_it_back(route: Route, client: Client) -> None:
    write(route, "theme", "")
    answer = client.post(f"{ROUTE}/publication/")
    assert answer.status_code == 409
    body = answer.content.decode()
    assert f'<a href="{ROUTE}/#f-theme">The route has no theme' in body
    assert Route.objects.get().state == "draft"


def test_a_moment_is_read_on_the_clocks_of_the_city(route: Route, client: Client) -> None:
    write(route)
    year = timezone.now().year + 1
    answer = client.post(f"{ROUTE}/publication/schedule/", {"at": f"{year}-01-15T09:30"})
    assert answer.status_code == 302
    assert Draft.objects.get().publish_at == datetime(year, 1, 15, 8, 30, tzinfo=UTC)
    page = client.get(f"{ROUTE}/publication/").content.decode().replace("\u202f", " ")
    assert "9:30 AM UTC+1" in page and "8:30 AM UTC" in page
    client.post(f"{ROUTE}/publication/schedule/", {"at": ""})
    assert Draft.objects.get().publish_at is None


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("soon", "date and a time"), ("2020-01-01T10:00", "has passed"), ("2027-03-28T02:30", "skip that hour"),
        ("9999-01-01T10:00", "more than a year"), ("2027-01-01T10:00+01:00", "date and a time"),
    ],
)  # fmt: skip
def test_a_moment_that_does_not_do(said: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        moment_of(said, "Europe/Amsterdam")


def test_over_what_was_changed_past_the_draft_only_when_one_says_so(route: Route, client: Client) -> None:
    write(route)
    Route.objects.filter(pk=route.pk).update(minutes=45)
    assert client.post(f"{ROUTE}/publication/").status_code == 409
    page = client.get(f"{ROUTE}/publication/").content.decode()
    assert 'name="over"' in page and "<del>45</del><ins>120</ins>" in page
    client.post(f"{ROUTE}/publication/", {"over": "yes"})
    assert Route.objects.get().minutes == 120


def test_thrown_away_and_still_among_the_versions(route: Route, client: Client) -> None:
    write(route)
    client.post(f"{ROUTE}/disposal/")
    assert not Draft.objects.exists()
    assert "Before the draft was thrown away" in client.get(f"{ROUTE}/versions/").content.decode()


def test_the_preview_shows_the_draft_and_the_public_the_route(route: Route, client: Client, stranger: Client) -> None:
    route.publish(by="test")
    draft = write(route)
    new = {"title": {"nl": "Strand"}, "story": {"nl": "Zand."}}
    draft.edit([Edit("stops/strand", "", new)], by="thehague-editor")
    preview = client.get(f"/nl{ROUTE}/preview/").content.decode()
    assert "Een nieuw verhaal." in preview and "Strand" in preview and 'class="preview-bar"' in preview
    assert "noindex" in preview
    assert "Zand." in client.get(f"/nl{ROUTE}/preview/stops/4/").content.decode()
    assert client.get(f"{ROUTE}/preview/stops/5/").status_code == 404
    assert "Een nieuw verhaal." not in stranger.get(f"/nl{PUBLIC}").content.decode()
    assert stranger.get(f"{ROUTE}/preview/").status_code == 404
    assert Route.objects.get().stops.count() == 3


def test_the_preview_of_a_profile(thehague: City, client: Client, stranger: Client) -> None:
    draft = Draft.on("profile", thehague.pk, thehague.actor)
    strength = {"section": "R", "sentence": {"nl": "Musea."}}
    edits = [Edit("tagline/nl", "", "Stad van vrede en recht."), Edit("strengths/s9", "", strength)]
    draft.edit(edits, by="thehague-editor")
    preview = client.get("/nl/desk/@thehague/profile/preview/").content.decode()
    assert "Stad van vrede en recht." in preview and "Musea." in preview
    assert "Stad van vrede en recht." not in stranger.get("/nl/@thehague/").content.decode()
    client.post("/desk/@thehague/profile/publication/")
    assert "Stad van vrede en recht." in stranger.get("/nl/@thehague/").content.decode()


def test_each_part_of_the_desk_answers_without_a_draft(route: Route, client: Client) -> None:
    for piece in ("profile", "routes/to-the-sea"):
        for part in ("", "preview/", "versions/", "review/", "publication/", "fields/"):
            assert client.get(f"/desk/@thehague/{piece}/{part}").status_code == 200, (piece, part)
    assert client.get("/desk/@thehague/routes/nowhere/").status_code == 404
