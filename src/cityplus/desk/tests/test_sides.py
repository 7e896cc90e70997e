"""A piece side by side with its version in one language: written, reviewed, found still right, by form alone."""

from __future__ import annotations

import re

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.journal.models import Entry
from cityplus.languages.text import Version
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.ties.models import Tie
from cityplus.translation.models import Term

PAGE = "/desk/@thehague/routes/to-the-sea/languages/zh-Hans/"
STORY = "stops/pier/story/zh-Hans"
TITLE = "title/zh-Hans"


def version(route: Route, path: str) -> Version | None:
    draft = Draft.on("route", route.pk, route.city.actor)
    held = draft.does.shape.at(path).value(draft.document)
    return Version(**held) if held else None


def write(route: Route, path: str, words: object, by: str) -> None:
    draft = Draft.on("route", route.pk, route.city.actor)
    was = mark(draft.does.shape.at(path).value(draft.document))
    draft.edit([Edit(path, was, words)], by=by)


def form_of(html: str) -> dict[str, str]:
    """What a browser would send of the page untouched."""
    fields = dict(re.findall(r'<input type="hidden" name="(was:[^"]+)" value="([^"]*)"', html))
    for name, words in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', html, re.S):
        fields[name] = words.replace("\n", "\r\n")
    return fields


def opened(client: Client, page: str = PAGE) -> dict[str, str]:
    response = client.get(page)
    assert response.status_code == 200
    return form_of(response.content.decode())


def test_every_text_stands_beside_its_version(route: Route, mei: Person) -> None:
    html = sign_in(mei).get(PAGE).content.decode()
    assert html.count('<article class="side"') == 14
    assert 'lang="nl" dir="ltr"><p>Het verhaal van Pier.</p>' in html
    assert "0 of 14 done" in html
    assert "12 missing" in html
    assert "2 by machine" in html
    arabic = sign_in(mei).get(PAGE.replace("zh-Hans", "ar")).content.decode()
    assert arabic.count('lang="ar" dir="rtl" rows=') == 14


def test_a_translator_writes_and_reviews_and_the_public_route_stays(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    fields = opened(client)
    response = client.post(PAGE, fields | {STORY: "码头的\r\n故事。 "})
    assert (response.status_code, response["Location"]) == (302, PAGE)
    written = version(route, STORY)
    assert written == Version("码头的\n故事。", "author", "person:mei", written.at if written else "")
    client.post(PAGE, opened(client) | {"review": TITLE})
    reviewed = version(route, TITLE)
    assert reviewed is not None
    assert (reviewed.text, reviewed.state, reviewed.by) == ("到海边去", "reviewed", "person:mei")
    assert route.stops.get(slug="pier").story.versions.keys() == {"nl", "en"}
    other = version(route, "summary/zh-Hans")
    assert other is not None
    assert other.state == "machine", "saving the page makes nobody the author of what a machine wrote"


def test_an_untouched_page_changes_nothing(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    client.post(PAGE, opened(client))
    assert not Draft.objects.exists()


def test_somebody_else_s_words_are_shown_and_not_written_over(route: Route, mei: Person, editor: Person) -> None:
    client = sign_in(mei)
    fields = opened(client)
    write(route, STORY, "别人的话。", editor.get_username())
    response = client.post(PAGE, fields | {STORY: "我的话。", TITLE: "去海边"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "thehague-editor has changed this text meanwhile" in html
    assert "别人的话。" in html
    assert "我的话。</textarea>" in html, "what was typed is not lost"
    assert str(version(route, STORY).text) == "别人的话。"  # type: ignore[union-attr]
    assert str(version(route, TITLE).text) == "去海边", "what meets nothing is saved"  # type: ignore[union-attr]
    client.post(PAGE, form_of(html))
    assert str(version(route, STORY).text) == "我的话。"  # type: ignore[union-attr]


def test_what_somebody_else_changed_and_one_did_not_touch_is_no_clash(
    route: Route, mei: Person, editor: Person
) -> None:
    client = sign_in(mei)
    fields = opened(client)
    write(route, TITLE, "别人的标题", editor.get_username())
    assert client.post(PAGE, fields | {STORY: "故事。"}).status_code == 302
    assert str(version(route, TITLE).text) == "别人的标题"  # type: ignore[union-attr]


def test_a_version_whose_original_changed_is_outdated_until_it_is_found_right(
    route: Route, mei: Person, editor: Person
) -> None:
    client = sign_in(mei)
    client.post(PAGE, opened(client) | {STORY: "码头的故事。"})
    write(route, "stops/pier/story/nl", "Het verhaal van de pier.", editor.get_username())
    html = client.get(PAGE).content.decode()
    assert "1 outdated" in html
    assert f'name="still" value="{STORY}"' in html
    client.post(PAGE, form_of(html) | {"still": STORY})
    html = client.get(PAGE).content.decode()
    assert "state-outdated" not in html
    kept = version(route, STORY)
    assert kept is not None
    assert (kept.state, kept.by) == ("author", "person:mei")


def test_what_is_too_long_stays_in_its_field_with_a_sentence(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    fields = opened(client) | {TITLE: "长" * 201, STORY: "故事。"}
    response = client.post(PAGE, fields)
    html = response.content.decode()
    assert response.status_code == 422
    assert "at most 200 characters" in html
    assert "长" * 201 in html
    assert version(route, STORY) is not None
    assert client.post(PAGE, form_of(html) | {TITLE: "短"}).status_code == 302
    assert client.post(PAGE, opened(client) | {TITLE: "a\x00b"}).status_code == 422


def test_nothing_cannot_be_approved(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    response = client.post(PAGE, opened(client) | {"review": STORY})
    assert "no words yet to approve" in response.content.decode()
    assert version(route, STORY) is None


def test_only_versions_in_this_language_can_be_written(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    forged = {"title/nl": "Gekaapt", "was:title/nl": "", "minutes": "3", "was:minutes": ""}
    client.post(PAGE, opened(client) | forged)
    client.post(PAGE.replace("zh-Hans", "nl"), forged | {"title/nl": "Gekaapt"})
    assert not Draft.objects.exists()


def test_the_glossary_warns_where_a_version_says_it_otherwise(
    route: Route, mei: Person, thehague: City, shenzhen: City, tie: Tie
) -> None:
    words = {"source_language": "nl", "source": "Vredespaleis", "target_language": "zh-Hans", "target": "和平宫"}
    Term.keep(shenzhen, thehague, by="li", **words)
    client = sign_in(mei)
    path = "stops/vredespaleis/story/zh-Hans"
    client.post(PAGE, opened(client) | {path: "和平殿的故事。"})
    assert "The glossary says “和平宫” for “Vredespaleis”." in client.get(PAGE).content.decode()
    client.post(PAGE, opened(client) | {path: "和平宫的故事。"})
    assert "The glossary says" not in client.get(PAGE).content.decode()


def test_only_what_needs_work_can_be_shown(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    response = client.post(f"{PAGE}?open=1", opened(client) | {"review": TITLE})
    assert response["Location"] == f"{PAGE}?open=1#row-2", "on to the next that needs work"
    html = client.get(f"{PAGE}?open=1").content.decode()
    assert html.count('<article class="side"') == 13
    assert 'value="title' not in html


@pytest.mark.parametrize("tag", ["zh_Hans", "chinese", "ZH-HANS"])
def test_a_language_that_is_none_is_not_there(route: Route, mei: Person, tag: str) -> None:
    assert sign_in(mei).get(PAGE.replace("zh-Hans", tag)).status_code == 404


def test_the_profile_has_its_sides_too(thehague: City, mei: Person) -> None:
    page = "/desk/@thehague/profile/languages/fr/"
    client = sign_in(mei)
    client.post(page, opened(client, page) | {"names/fr": "La Haye"})
    assert Draft.objects.get(kind="profile").document["names"]["versions"]["fr"]["text"] == "La Haye"
    assert not Entry.objects.filter(verb__startswith="draft.").exists(), "writing is nothing for the trail"


def test_strangers_see_nothing_and_roles_without_the_right_are_told(
    route: Route, stranger: Client, visitor: Person, thehague: City
) -> None:
    assert stranger.get(PAGE).status_code == stranger.post(PAGE, {}).status_code == 404
    assert sign_in(visitor).get(PAGE).status_code == 404
    Member.objects.create(city=thehague, person=visitor, role=Member.Role.ANALYST)
    assert sign_in(visitor).get(PAGE).status_code == 403


def test_one_row_alone_is_there_for_the_island(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    html = client.get(PAGE, {"path": STORY}).content.decode()
    assert html.count('<article class="side"') == 1
    assert f'name="{STORY}"' in html
    assert "0 of 14 done" in html
    assert client.get(PAGE, {"path": "minutes"}).status_code == 404
