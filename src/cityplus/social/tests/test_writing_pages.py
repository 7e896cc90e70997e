"""The form in which one posts: as whom, in which languages; what is wrong is said and nothing is lost."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Bar, Follow, Post
from cityplus.social.tests.cast import resident, say
from cityplus.social.tests.forms import form

pytestmark = pytest.mark.django_db


def writes(handle: str) -> Client:
    return sign_in(Person.objects.get(username=handle))


@pytest.fixture
def ana(thehague: City) -> Actor:
    return resident("ana", thehague)


@pytest.fixture
def pair(thehague: City, shenzhen: City) -> Actor:
    return Actor.objects.create(handle="shenzhen+thehague", kind="pair", names=Text.of("en", en="Both"))


def test_a_person_posts_in_two_languages(ana: Actor) -> None:
    fields = form(language=["nl", "en"], original="nl", text__nl="Dag #zee", text__en="Good day", note__nl="Weer")
    answer = writes("ana").post("/posts/new/", fields | {"audience": "followers", "who_boosts": "nobody"})
    post = Post.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())
    assert post.text.original == "nl"
    said = {tag: (version.text, version.state) for tag, version in post.text.versions.items()}
    assert said == {"nl": ("Dag #zee", "author"), "en": ("Good day", "author")}
    assert (str(post.note), post.audience, post.who_boosts, post.by) == ("Weer", "followers", "nobody", "ana")


def test_a_city_posts_by_one_of_its_team_and_nobody_by_a_voice_of_others(editor: Person, shenzhen: City) -> None:
    browser = sign_in(editor)
    assert browser.post("/posts/new/", form(**{"as": "thehague"})).status_code == 302
    post = Post.objects.get()
    assert (post.author.handle, post.by) == ("thehague", "thehague-editor")
    assert browser.post("/posts/new/", form(**{"as": "shenzhen"}, nonce="m" * 32)).status_code == 404
    assert Post.objects.count() == 1


def test_who_has_several_voices_chooses_one(editor: Person) -> None:
    from cityplus.social.models import Profile  # noqa: PLC0415

    Profile.open(editor, "ed", Text.of("en", en="Ed"), ["en"])
    page = sign_in(editor).get("/posts/new/").content.decode()
    assert '<select id="at-as" name="as">' in page
    assert page.index('value="ed" selected') < page.index('value="thehague"')


def test_a_stranger_signs_in_first_and_who_has_no_profile_makes_one(stranger: Client, visitor: Person) -> None:
    for address in ("/posts/new/", "/posts/drafts/"):
        answer = stranger.get(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/session/")
        assert sign_in(visitor).get(address).status_code == 403
    assert sign_in(visitor).post("/posts/new/", form()).status_code == 403
    assert stranger.post("/posts/new/", form()).status_code == 302
    assert not Post.objects.exists()


def test_what_is_wrong_is_said_at_its_field_and_all_that_was_typed_stays(ana: Actor) -> None:
    typed = form(
        language=["nl", "en"], original="en", text__nl="Dag <b>", text__en="x" * 5001, note__en="Note", attach="/nowhere/",
        audience="mentioned", who_replies="followers", space="a+b", poll="1", poll_options="3", option__0__en="Yes",
        poll_ends="yesterday", poll_many="1", due="2020-01-01T10:00",
    )  # fmt: skip
    answer = writes("ana").post("/posts/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert not Post.objects.exists()
    for where in ("text", "audience", "space", "attach", "poll_ends"):
        assert f'href="#at-{where}"' in page, where
        assert f'id="at-{where}"' in page, where
    for kept in (
        "Dag &lt;b&gt;", "x" * 5001, 'value="Note"', 'value="/nowhere/"', 'value="mentioned" selected', 'value="followers" selected',
        'value="Yes"', 'name="poll_many" value="1" checked', 'value="2020-01-01T10:00"', f'name="nonce" value="{typed["nonce"]}"',
    ):  # fmt: skip
        assert kept in page, kept
    assert page.count('data-tab="') == 2


def test_without_a_script_languages_come_and_go_with_what_was_typed(ana: Actor) -> None:
    browser = writes("ana")
    page = browser.post("/posts/new/", form(deed="language", more="ar")).content.decode()
    assert 'name="text-ar" lang="ar" dir="rtl"' in page
    assert "Hello.</textarea>" in page
    assert 'value="ar" lang="ar"' not in page, "it is not offered again"
    two = form(language=["en", "ar"], text__ar="مرحبا", deed="no-language:en")
    page = browser.post("/posts/new/", two).content.decode()
    assert "مرحبا</textarea>" in page
    assert 'name="text-en"' not in page
    assert not Post.objects.exists()


@pytest.mark.parametrize("more", ["", "klingon", "<script>", "en", "x" * 5000])
def test_what_is_no_language_is_none(ana: Actor, more: str) -> None:
    page = writes("ana").post("/posts/new/", form(deed="language", more=more)).content.decode()
    assert page.count('data-tab="') == 1


def test_one_form_posts_once(ana: Actor) -> None:
    browser = writes("ana")
    first, second = (browser.post("/posts/new/", form()) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Post.objects.count() == 1
    assert browser.post("/posts/new/", form(nonce="another" * 4))["Location"] != first["Location"]


def test_a_reply_is_for_whom_the_post_is_for(ana: Actor, thehague: City) -> None:
    Follow.begin(ana, thehague.actor, by="ana")
    post = say(thehague.actor, audience="followers")
    browser, address = writes("ana"), f"{post.get_absolute_url()}replies/"
    page = browser.get(address).content.decode()
    assert "@thehague </textarea>" in page
    assert 'value="followers" selected' in page
    public = browser.post(address, form(audience="public"))
    assert (public.status_code, 'href="#at-audience"' in public.content.decode()) == (400, True)
    assert browser.post(address, form(audience="followers", reply_to="1")).status_code == 302
    assert Post.objects.get(author=ana).reply_to == post


def test_replies_and_quotes_go_through_the_policies(ana: Actor, thehague: City, shenzhen: City) -> None:
    browser = writes("ana")
    hidden = say(thehague.actor, audience="followers")
    closed = say(thehague.actor, who_replies="nobody", who_quotes="followers")
    barred = say(shenzhen.actor)
    Bar.put(shenzhen.actor, ana, "block", by="s")
    for post, status in ((hidden, 404), (barred, 404), (closed, 403)):
        for part in ("replies", "quotes"):
            for answer in (
                browser.get(f"{post.get_absolute_url()}{part}/"),
                browser.post(f"{post.get_absolute_url()}{part}/", form()),
            ):
                assert answer.status_code == status, (post.audience, part)
    Follow.begin(ana, thehague.actor, by="ana")
    assert browser.post(f"{closed.get_absolute_url()}quotes/", form()).status_code == 302
    assert Post.objects.get(author=ana).quote == closed


def test_what_was_deleted_meanwhile_is_not_answered(ana: Actor, thehague: City) -> None:
    post = say(thehague.actor)
    posting.delete(post, by="t")
    assert writes("ana").post(f"{post.get_absolute_url()}replies/", form()).status_code == 404


def test_a_question_is_public_and_asks_a_city_that_there_is(ana: Actor, plovdiv: City) -> None:
    browser = writes("ana")
    assert browser.get("/posts/new/?asks=plovdiv").status_code == 404
    assert 'name="asks" value="thehague"' in browser.get("/posts/new/?asks=thehague").content.decode()
    refused = browser.post("/posts/new/", form(asks="plovdiv"))
    assert (refused.status_code, Post.objects.count()) == (400, 0)
    assert browser.post("/posts/new/", form(asks="thehague", audience="followers")).status_code == 400
    assert browser.post("/posts/new/", form(asks="thehague")).status_code == 302
    assert Post.objects.get().asks_id == Actor.objects.get(handle="thehague").pk


def test_in_the_space_of_a_pair_speak_its_cities_and_their_residents(ana: Actor, pair: Actor, editor: Person) -> None:
    resident("bo")
    assert writes("bo").post("/posts/new/", form(space=pair.handle)).status_code == 400
    assert "shenzhen+thehague" not in writes("bo").get("/posts/new/").content.decode()
    assert "shenzhen+thehague" in writes("ana").get("/posts/new/").content.decode()
    assert writes("ana").post("/posts/new/", form(space=pair.handle, who_replies="pair")).status_code == 302
    city = form(space=pair.handle, nonce="c" * 32) | {"as": "thehague"}
    assert sign_in(editor).post("/posts/new/", city).status_code == 302
    assert list(Post.objects.values_list("space", flat=True)) == [pair.pk, pair.pk]


def test_only_for_those_mentioned_needs_somebody(ana: Actor) -> None:
    browser = writes("ana")
    assert browser.post("/posts/new/", form(audience="mentioned")).status_code == 400
    assert browser.post("/posts/new/", form(audience="mentioned", text__en="@thehague hi")).status_code == 302


@pytest.mark.parametrize("kind", ["multipart", "urlencoded"])
def test_a_form_of_another_site_is_refused(ana: Actor, kind: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Person.objects.get(username="ana"))
    if kind == "multipart":
        answer = browser.post("/posts/new/", form())
    else:
        answer = browser.post("/posts/new/", "text-en=Hi", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, Post.objects.count()) == (403, 0)
