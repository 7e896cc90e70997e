"""Pictures of posts: sent, described, and seen by nobody who may not see the post."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import pytest
from conftest import sign_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.jobs import worker
from cityplus.journal.subscribers import deliver
from cityplus.languages.text import Text
from cityplus.media import usage
from cityplus.media.errors import InUse
from cityplus.media.models import Medium, Rendition
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Follow, Post, PostMedium
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.forms import form

pytestmark = pytest.mark.django_db


def jpeg(colour: tuple[int, int, int] = (200, 0, 0), size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def file(content: bytes | None = None, name: str = "sea.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or jpeg(), "image/jpeg")


def browser_of(actor: Actor) -> Client:
    return sign_in(Person.objects.get(username=actor.handle))


def work() -> None:
    while deliver() or worker.run_one("test"):
        pass


@pytest.fixture
def ana(thehague: City) -> Actor:
    return resident("ana", thehague)


def posted(ana: Actor, **fields: str) -> Post:
    """A post of hers with a picture, whose renditions are made."""
    browser = browser_of(ana)
    browser.post("/posts/new/", form(deed="upload", file=file()))
    medium = Medium.objects.get()
    answer = browser.post("/posts/new/", form(medium=[medium.pk], **{f"alt-{medium.pk}-en": "The sea"}, **fields))
    assert answer.status_code == 302, answer.content.decode()
    work()
    return Post.objects.get()


def test_without_a_script_a_file_comes_with_the_form_and_is_the_authors_own(ana: Actor) -> None:
    page = browser_of(ana).post("/posts/new/", form(deed="upload", file=file(), text__en="Kept")).content.decode()
    medium = Medium.objects.select_related("owner").get()
    assert (medium.owner, medium.credit, medium.licence) == (ana, "Ana", "LicenseRef-rights-reserved")
    assert f'name="medium" value="{medium.pk}"' in page
    assert "Kept</textarea>" in page
    assert not Post.objects.exists()


def test_a_file_that_comes_with_the_last_click_is_not_posted_before_it_is_described(ana: Actor) -> None:
    answer = browser_of(ana).post("/posts/new/", form(file=file()))
    assert (answer.status_code, 'href="#at-media"' in answer.content.decode()) == (400, True)
    assert (Post.objects.count(), Medium.objects.count()) == (0, 1)


def test_every_picture_is_described_in_every_language_of_the_text(ana: Actor) -> None:
    browser = browser_of(ana)
    browser.post("/posts/new/", form(deed="upload", file=file()))
    pk = Medium.objects.get().pk
    two = form(language=["nl", "en"], original="nl", text__nl="Zee", text__en="Sea", medium=[pk])
    for words in ({}, {f"alt-{pk}-nl": "Golven"}, {f"alt-{pk}-nl": "Golven", f"alt-{pk}-en": "  "}):
        answer = browser.post("/posts/new/", two | words)
        assert (answer.status_code, Medium.objects.get().alt) == (400, Text()), "nothing is written before it is posted"
        assert all(value in answer.content.decode() for value in words.values())
    assert browser.post("/posts/new/", two | {f"alt-{pk}-nl": "Golven", f"alt-{pk}-en": "Waves"}).status_code == 302
    assert {tag: v.text for tag, v in Medium.objects.get().alt.versions.items()} == {"nl": "Golven", "en": "Waves"}


def test_what_is_no_picture_is_refused_with_a_sentence(ana: Actor, settings: Settings) -> None:
    browser = browser_of(ana)
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(99), b"<script>alert(1)</script>"):
        answer = browser.post("/posts/new/", form(deed="upload", file=file(content), text__en="Kept"))
        assert (answer.status_code, "Kept</textarea>" in answer.content.decode()) == (400, True)
    settings.CITYPLUS = replace(settings.CITYPLUS, person_bytes=10)
    answer = browser.post("/posts/new/", form(deed="upload", file=file()))
    assert "of your" in answer.content.decode()
    assert not Medium.objects.exists()


def test_pictures_of_others_cannot_be_used(ana: Actor, thehague: City) -> None:
    bo = resident("bo")
    theirs = Medium.objects.create(owner=bo, kind="picture", name="media/x.jpg", bytes=1, alt=Text.of("en", en="Bo"))
    answer = browser_of(ana).post("/posts/new/", form(medium=[theirs.pk], **{f"alt-{theirs.pk}-en": "Mine"}))
    assert (answer.status_code, Post.objects.count()) == (400, 0)
    assert "Bo" not in answer.content.decode().partition("data-media")[2].partition("</ol>")[0]
    assert browser_of(ana).get(f"/posts/new/media/{theirs.pk}/").status_code == 404
    assert browser_of(bo).get(f"/posts/new/media/{theirs.pk}/?language=en").status_code == 200
    browser_of(ana).post("/posts/new/", form(deed=f"pick:{theirs.pk}"))
    theirs.refresh_from_db()
    assert str(theirs.alt) == "Bo"


def sees(browser: Client) -> set[int]:
    """What a browser is answered for the file and for the medium itself."""
    addresses = [Rendition.objects.order_by("pk").first().url, Medium.objects.get().get_absolute_url()]  # type: ignore[union-attr]
    answers = [browser.get(address) for address in addresses]
    for answer in answers:
        answer.getvalue()  # to its end, so that the file is closed
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize("audience", ["public", "followers", "mentioned"])
def test_its_files_are_seen_by_who_sees_the_post(ana: Actor, thehague: City, stranger: Client, audience: str) -> None:
    bo, cy, di = resident("bo"), resident("cy"), resident("di")
    Follow.begin(bo, ana, by="bo")
    post = posted(ana, audience=audience, text__en="For @cy")
    may = {"public": [bo, cy, di], "followers": [bo, cy], "mentioned": [cy]}[audience]
    for actor in (bo, cy, di):
        assert sees(browser_of(actor)) == ({200} if actor in may else {404}), actor.handle
    assert sees(stranger) == ({200} if audience == "public" else {404})
    posting.withhold(post, by="office")
    assert sees(stranger) == sees(browser_of(bo)) == {404}
    posting.release(post, by="office")
    posting.delete(post, by="ana")
    for browser in (stranger, browser_of(bo), browser_of(cy)):
        assert sees(browser) == {404}
    assert sees(browser_of(ana)) == {200}, "it is still hers"


def test_a_picture_that_is_not_posted_is_its_owners_alone(ana: Actor, stranger: Client) -> None:
    browser_of(ana).post("/posts/new/", form(deed="upload", file=file()))
    work()
    assert sees(browser_of(ana)) == {200}
    assert sees(stranger) == sees(browser_of(resident("bo"))) == {404}


def test_what_a_post_shows_is_not_deleted_under_it(ana: Actor) -> None:
    post = posted(ana)
    medium = Medium.objects.get()
    [use] = usage.of(ana, [medium.pk])
    assert use.url == post.get_absolute_url()
    with pytest.raises(InUse):
        medium.remove(by="ana")
    browser_of(ana).post("/posts/drafts/", form(medium=[medium.pk], nonce="d" * 20))
    assert [use.draft for use in usage.of(ana)] == [False, True]


def test_a_post_looks_different_when_its_picture_is_made_or_described(ana: Actor, stranger: Client) -> None:
    post = posted(ana)
    page = stranger.get(post.get_absolute_url()).content.decode()
    assert Rendition.objects.filter(content_type="image/jpeg").order_by("-width")[0].url in page
    before = Post.objects.get().revision
    Medium.objects.get().describe(by="ana", alt=Text.of("en", en="The North Sea"))
    deliver()
    assert Post.objects.get().revision == before + 1
    assert "The North Sea" in stranger.get(post.get_absolute_url()).content.decode()


def test_large_files_come_in_pieces_as_one_of_ones_voices(ana: Actor, thehague: City, stranger: Client) -> None:
    content = jpeg()
    said = {
        "HTTP_TUS_RESUMABLE": "1.0.0",
        "HTTP_UPLOAD_LENGTH": str(len(content)),
        "HTTP_UPLOAD_METADATA": "filename " + base64.b64encode(b"sea.jpg").decode(),
    }
    browser = browser_of(ana)
    begun = browser.post("/@ana/posts/media/", **said)
    assert begun.status_code == 201
    for other in ("/@thehague/posts/media/", "/@nobody/posts/media/"):
        assert browser.post(other, **said).status_code == 404
    assert stranger.post("/@ana/posts/media/", **said).status_code == 302
    place = begun["Location"]
    assert browser_of(resident("bo")).get(place).status_code == 404
    more = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_UPLOAD_OFFSET": "0"}
    assert browser.patch(place, content, "application/offset+octet-stream", **more).status_code == 204
    work()
    told = browser.get(place).json()
    assert (told["state"], Medium.objects.get(pk=told["medium"]).owner) == ("done", ana)
    item = browser.get(f"/posts/new/media/{told['medium']}/?language=nl&language=ar").content.decode()
    assert f'name="alt-{told["medium"]}-ar" lang="ar" dir="rtl"' in item


def test_there_are_eight_pictures_or_one_film(ana: Actor) -> None:
    kinds = ["picture"] * 9 + ["film"]
    media = [
        Medium.objects.create(owner=ana, kind=kind, name=f"media/{n}", bytes=1, alt=Text.of("en", en="A"), title=Text.of("en", en="A"))
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    assert PostMedium.objects.filter(post=say(ana, media=media[:8])).count() == 8
    for wrong in (media[:9], media[8:]):
        with pytest.raises(ValueError, match="A post has"):
            say(ana, media=wrong)
