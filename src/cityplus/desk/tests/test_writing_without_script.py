"""The form of a piece without JavaScript: the same edits, and a choice where two wrote."""

from __future__ import annotations

import re
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.drafts.models import Draft
from cityplus.people.models import Person
from cityplus.routes.models import Route

ROUTE = "/desk/@thehague/routes/to-the-sea/"
STORY = "stops/pier/story/nl"


def form_of(answer: Any) -> dict[str, list[str]]:
    """What a browser would send of the first form of the desk's part of a page."""
    from html.parser import HTMLParser  # noqa: PLC0415

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: dict[str, list[str]] = {}
            self.area: str | None = None
            self.select: str | None = None

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {name: value or "" for name, value in attrs}
            if "disabled" in given:
                return
            if tag == "input" and "name" in given and (given.get("type") != "radio" or "checked" in given):
                self.found.setdefault(given["name"], []).append(given.get("value", ""))
            elif tag == "textarea":
                self.area = given["name"]
                self.found.setdefault(given["name"], []).append("")
            elif tag == "select":
                self.select = given["name"]
                self.found.setdefault(given["name"], []).append("")
            elif tag == "option" and self.select and "selected" in given:
                self.found[self.select][-1] = given.get("value", "")

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea" and self.area:
                self.found[self.area][-1] = self.found[self.area][-1].removeprefix("\n")
                self.area = None
            if tag == "select":
                self.select = None

        def handle_data(self, data: str) -> None:
            if self.area:
                self.found[self.area][-1] += data

    reader = Reader()
    body = answer.content.decode()
    reader.feed(body[body.index('desk-part"') :])
    return reader.found


@pytest.fixture
def client(editor: Person) -> Client:
    return sign_in(editor)


def test_a_form_that_is_sent_back_as_it_came_changes_nothing(route: Route, client: Client) -> None:
    for address in (ROUTE, f"{ROUTE}?in=en", f"{ROUTE}?in=zh-Hans", "/desk/@thehague/profile/"):
        form = form_of(client.get(address))
        assert len(form) > 20
        answer = client.post(address, form)
        assert answer.status_code == 302
        assert not Draft.objects.exists(), address


def test_what_is_changed_is_saved_and_the_rest_left(route: Route, client: Client) -> None:
    form = form_of(client.get(ROUTE))
    form |= {STORY: ["Een nieuw verhaal.\r\n\r\nMet een tweede alinea."], "minutes": ["95"], "sources": ["een\r\ntwee"]}
    client.post(ROUTE, form)
    draft = Draft.objects.get()
    assert sorted(draft.changes.get().paths) == ["minutes", "sources", STORY]
    assert draft.document["stops"]["pier"]["story"]["versions"]["nl"]["text"].count("\n") == 2
    assert (draft.document["minutes"], draft.document["sources"]) == (95, ["een", "twee"])


def test_a_version_in_another_language(route: Route, client: Client) -> None:
    form = form_of(client.get(f"{ROUTE}?in=fr"))
    assert form["title/fr"] == [""]
    client.post(ROUTE, form | {"title/fr": ["Vers la mer"]})
    assert Draft.objects.get().document["title"]["versions"]["fr"]["text"] == "Vers la mer"


def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_lost(route: Route, client: Client) -> None:
    form = form_of(client.get(ROUTE))
    answer = client.post(ROUTE, form | {"minutes": ["long"], STORY: ["Mooi <b>verhaal</b>."]})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Give a whole number from 0 to 20000." in body
    assert "Mooi &lt;b&gt;verhaal&lt;/b&gt;." in body
    assert not Draft.objects.exists()


def test_two_who_wrote_at_one_place_choose(route: Route, client: Client, owner: Person) -> None:
    theirs, mine = form_of(client.get(ROUTE)), form_of(client.get(ROUTE))
    sign_in(owner).post(ROUTE, theirs | {STORY: ["Van de eigenaar."]})
    met = client.post(ROUTE, mine | {STORY: ["Van de redacteur."], "minutes": ["95"]})
    assert met.status_code == 409
    body = met.content.decode()
    assert "Van de eigenaar." in body and "Van de redacteur." in body and "thehague-owner" in body
    assert Draft.objects.get().document["minutes"] == 120
    choice = form_of(met)
    client.post(ROUTE, choice)
    document = Draft.objects.get().document
    assert document["minutes"] == 95, "what met nobody is saved with the choice"
    assert document["stops"]["pier"]["story"]["versions"]["nl"]["text"] == "Van de eigenaar."
    client.post(ROUTE, choice | {f"choice:{STORY}": ["mine"]})
    assert Draft.objects.get().document["stops"]["pier"]["story"]["versions"]["nl"]["text"] == "Van de redacteur."


def test_parts_are_added_moved_and_removed(route: Route, client: Client) -> None:
    form = form_of(client.get(ROUTE))
    there = client.post(ROUTE, form | {"add": ["stops"], "minutes": ["95"]})
    document = Draft.objects.get().document
    assert len(document["order"]) == 4 and document["minutes"] == 95
    new = document["order"][-1]
    assert there["Location"].endswith(f"#p-stops-{new}")
    client.post(ROUTE, form_of(client.get(ROUTE)) | {"move": [f"stops/{new}:-1"]})
    assert Draft.objects.get().document["order"][2] == new
    client.post(ROUTE, form_of(client.get(ROUTE)) | {"remove": ["stops/pier"]})
    assert Draft.objects.get().document["order"] == ["hofvijver", "vredespaleis", new]


def test_a_part_that_another_changed_is_not_removed_unasked(route: Route, client: Client, owner: Person) -> None:
    theirs, mine = form_of(client.get(ROUTE)), form_of(client.get(ROUTE))
    sign_in(owner).post(ROUTE, theirs | {STORY: ["Toch nodig."]})
    met = client.post(ROUTE, mine | {"remove": ["stops/pier"]})
    assert met.status_code == 409
    client.post(ROUTE, form_of(met))
    assert "pier" in Draft.objects.get().document["order"]
    client.post(ROUTE, form_of(met) | {"choice:stops/pier": ["mine"]})
    assert "pier" not in Draft.objects.get().document["order"]


def test_gaps_lead_to_their_fields(route: Route, client: Client) -> None:
    Route.objects.filter(pk=route.pk).update(theme="")
    body = client.get(ROUTE).content.decode()
    assert re.search(r'<a href="/desk/@thehague/routes/to-the-sea/#f-theme">The route has no theme', body)
    assert 'id="f-theme"' in body


def test_a_translator_sees_all_and_writes_translations(route: Route, thehague: City) -> None:
    person = Person.objects.create_user("li", password="a long password")
    Member.objects.create(city=thehague, person=person, role=Member.Role.TRANSLATOR)
    client = sign_in(person)
    assert [name for name in form_of(client.get(ROUTE)) if name.startswith("was:")] == []
    form = form_of(client.get(f"{ROUTE}?in=zh-Hans"))
    assert f"was:{STORY[:-2]}zh-Hans" in form and "was:minutes" not in form
    client.post(ROUTE, form | {"stops/pier/story/zh-Hans": ["码头的故事。"]})
    forged = client.post(ROUTE, form | {"was:minutes": [""], "minutes": ["1"]})
    assert forged.status_code == 403
    assert Draft.objects.get().document["minutes"] == 120


def test_a_route_is_begun_with_a_title(thehague: City, client: Client) -> None:
    page = client.get("/desk/@thehague/routes/").content.decode()
    assert "There is no route yet" in page
    assert client.post("/desk/@thehague/routes/", {"title": " ", "language": "nl", "mode": "walk"}).status_code == 422
    begun = client.post("/desk/@thehague/routes/", {"title": "Naar de duinen", "language": "nl", "mode": "cycle"})
    assert begun["Location"] == "/desk/@thehague/routes/naar-de-duinen/"
    made = Route.objects.get(slug="naar-de-duinen")
    assert (made.state, made.mode, made.title.versions["nl"].by) == ("draft", "cycle", "@thehague")
    assert "Naar de duinen" in client.get("/desk/@thehague/routes/").content.decode()
