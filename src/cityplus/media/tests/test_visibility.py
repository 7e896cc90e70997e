"""Who may see the page may see its media, and nobody else: files, captions, and the medium itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import launch, sign_in
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cityplus.cities.models import City, Member
from cityplus.languages.text import Text
from cityplus.media import store
from cityplus.media.models import Caption, Medium
from cityplus.media.tests.conftest import add, drawing
from cityplus.people.models import Person
from cityplus.routes.models import Route, StopMedium


@pytest.fixture
def medium(thehague: City, tmp_path: Path) -> Medium:
    """A film in nobody's page, with one file and one caption track."""
    words = Text.of("nl", nl="De zee.", en="The sea.")
    sea = drawing(tmp_path / "sea.svg")
    return with_a_file(add(thehague.actor, sea, "media/sea.svg", alt=words, title=words), tmp_path)


def with_a_file(medium: Medium, tmp_path: Path) -> Medium:
    path = tmp_path / "480.mp4"
    path.write_bytes(b"moving")
    key = store.move_in(path, f"renditions/{medium.sha256[:16]}/480.mp4")
    medium.renditions.create(content_type="video/mp4", key=key, bytes=6)
    medium.captions.create(language="nl", vtt="WEBVTT\n")
    return medium


def addresses(medium: Medium) -> list[str]:
    return [medium.renditions.get().url, Caption.objects.get(medium=medium).url, medium.get_absolute_url()]


def statuses(client: Client, medium: Medium) -> set[int]:
    return {_status(client, address) for address in addresses(medium)}


def _status(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        assert b"".join(answer.streaming_content) == b"moving"  # type: ignore[attr-defined]
    return answer.status_code


def office() -> Client:
    return sign_in(Person.objects.create_user("foundation", password="a long password", is_staff=True))


def test_a_medium_of_no_page_is_the_team_s_alone(
    medium: Medium, owner: Person, editor: Person, visitor: Person, stranger: Client
) -> None:
    for client in (stranger, sign_in(visitor)):
        assert statuses(client, medium) == {404}
    for client in (sign_in(owner), sign_in(editor), office()):
        assert statuses(client, medium) == {200}


def test_the_team_of_another_city_is_no_better_than_a_stranger(medium: Medium, shenzhen: City, visitor: Person) -> None:
    Member.objects.create(city=shenzhen, person=visitor, role=Member.Role.OWNER)
    assert statuses(sign_in(visitor), medium) == {404}


@pytest.mark.parametrize("place", ["cover", "film", "stop", "poster"])
def test_media_of_a_route_are_seen_from_its_publication_to_its_withdrawal(
    medium: Medium, route: Route, stranger: Client, place: str, tmp_path: Path
) -> None:
    put(medium, route, place, tmp_path)
    assert statuses(stranger, medium) == {404}
    route.publish(by="test")
    assert statuses(stranger, medium) == {200}
    route.withdraw(by="test")
    assert statuses(stranger, medium) == {404}


def put(medium: Medium, route: Route, place: str, tmp_path: Path) -> None:
    if place == "stop":
        StopMedium.objects.create(stop=route.stops.all()[0], medium=medium)
    elif place == "poster":
        title = Text.of("nl", nl="Een film")
        film = add(route.city.actor, drawing(tmp_path / "film.svg", drawing_of(2)), "media/film.svg", title=title)
        film.captions.create(language="nl", vtt="WEBVTT\n")
        Medium.objects.filter(pk=film.pk).update(poster=medium)
        Route.objects.filter(pk=route.pk).update(film=film)
    else:
        Route.objects.filter(pk=route.pk).update(**{place: medium})


def drawing_of(size: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><rect width="1" height="1"/></svg>'


def test_the_cover_of_a_city_is_seen_from_its_launch_on(plovdiv: City, stranger: Client, tmp_path: Path) -> None:
    medium = with_a_file(add(plovdiv.actor, drawing(tmp_path / "sea.svg")), tmp_path)
    City.objects.filter(pk=plovdiv.pk).update(cover=medium)
    assert statuses(stranger, medium) == {404}
    launch(City.objects.get(pk=plovdiv.pk))
    assert statuses(stranger, medium) == {200}


def test_equal_files_of_two_cities_are_public_when_one_of_them_is(
    medium: Medium, plovdiv: City, stranger: Client, tmp_path: Path
) -> None:
    other = add(plovdiv.actor, drawing(tmp_path / "sea.svg"))
    other.renditions.create(content_type="video/mp4", key=medium.renditions.get().key, bytes=6)
    address = medium.renditions.get().url
    assert _status(stranger, address) == 404
    City.objects.filter(actor=medium.owner).update(cover=medium)
    launch(plovdiv)  # something happens
    assert _status(stranger, address) == 200
    assert _status(stranger, other.get_absolute_url()) == 404


def test_what_is_private_is_kept_by_nobody_and_what_is_public_for_ever(medium: Medium, owner: Person) -> None:
    client = sign_in(owner)
    file, track, itself = addresses(medium)
    private = [client.get(address) for address in (file, track, itself)]
    assert {answer.headers["Cache-Control"] for answer in private} == {"private, no-store"}
    assert b"".join(private[0].streaming_content)  # type: ignore[attr-defined]
    missing = Client().get(file)
    assert missing.headers["Cache-Control"] == "no-store"  # it may be public in a moment


def test_a_range_and_an_etag_are_no_way_round(medium: Medium, stranger: Client) -> None:
    file = medium.renditions.get().url
    etag = f'"{medium.sha256[:16]}-480.mp4"'
    for headers in ({"range": "bytes=0-1"}, {"if-none-match": etag}, {"range": "bytes=0-1", "if-range": etag}):
        assert stranger.get(file, headers=headers).status_code == 404
    assert stranger.head(file).status_code == 404


def test_a_file_without_a_row_is_served_to_nobody(medium: Medium, owner: Person) -> None:
    from django.core.files.storage import default_storage  # noqa: PLC0415

    key = f"renditions/{medium.sha256[:16]}/960.mp4"
    default_storage.save(key, ContentFile(b"moving"))
    assert sign_in(owner).get(f"/media/{key}").status_code == 404


def test_a_public_file_costs_one_question_until_something_happens(
    medium: Medium, route: Route, stranger: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    put(medium, route, "cover", Path())
    route.publish(by="test")
    file = medium.renditions.get().url
    assert _status(stranger, file) == 200
    with django_assert_num_queries(1):  # the journal's newest id
        assert _status(stranger, file) == 200
    route.withdraw(by="test")
    assert _status(stranger, file) == 404


def test_a_medium_tells_its_words_and_files(medium: Medium, route: Route, stranger: Client) -> None:
    put(medium, route, "cover", Path())
    route.publish(by="test")
    told = stranger.get(medium.get_absolute_url()).json()
    assert (told["kind"], told["licence"], told["ready"]) == ("picture", "CC-BY-4.0", True)
    assert told["renditions"] == [
        {"url": medium.renditions.get().url, "content_type": "video/mp4", "width": 0, "height": 0, "bytes": 6}
    ]
    assert stranger.get(f"/@shenzhen/media/{medium.pk}/").status_code == 404
