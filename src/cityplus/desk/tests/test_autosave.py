"""What the autosave of an open page hears: saved, met, refused, and what others do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import sign_in
from django.test import Client

from cityplus.cities.models import City, Member
from cityplus.drafts.models import Draft, Presence
from cityplus.people.models import Person
from cityplus.routes.models import Route

ROUTE = "/desk/@thehague/routes/to-the-sea"
STORY = "stops/pier/story/nl"


def fields(client: Client) -> dict[str, Any]:
    told: dict[str, Any] = client.get(f"{ROUTE}/fields/").json()
    return told | {"marks": told["marks"] | {one["path"]: one["mark"] for one in told["fields"]}}


def send(client: Client, known: dict[str, Any], *edits: tuple[str, Any]) -> Any:
    body = {
        "draft": known["draft"],
        "revision": known["revision"],
        "edits": [{"path": path, "was": known["marks"].get(path, ""), "value": value} for path, value in edits],
    }
    return client.post(f"{ROUTE}/edits/", json.dumps(body), "application/json")


def beat(client: Client, known: dict[str, Any], path: str = "") -> Any:
    body = {"draft": known["draft"], "revision": known["revision"], "path": path}
    return client.post(f"{ROUTE}/presence/", json.dumps(body), "application/json")


@pytest.fixture
def translator(thehague: City) -> Person:
    person = Person.objects.create_user("li", password="a long password")
    Member.objects.create(city=thehague, person=person, role=Member.Role.TRANSLATOR)
    return person


def test_an_edit_is_answered_with_its_mark_and_the_next_goes_on_from_there(route: Route, editor: Person) -> None:
    client = sign_in(editor)
    known = fields(client)
    first = send(client, known, (STORY, "Eens.")).json()
    assert first["revision"] == 1 and first["others"] == []
    known = known | first | {"marks": known["marks"] | first["marks"]}
    second = send(client, known, (STORY, "Tweemaal."), ("minutes", 90)).json()
    assert second["revision"] == 2 and not second["fresh"]
    assert Draft.objects.get().document["minutes"] == 90


def test_the_same_twice_is_no_harm(route: Route, editor: Person) -> None:
    client = sign_in(editor)
    known = fields(client)
    assert [send(client, known, (STORY, "Eens.")).json()["revision"] for _ in range(2)] == [1, 1]


def test_who_heard_no_answer_and_wrote_on_does_not_meet_themselves(route: Route, editor: Person, owner: Person) -> None:
    client = sign_in(editor)
    known = fields(client)
    send(client, known, (STORY, "Eens."))  # the answer is lost
    edit = {"path": STORY, "was": known["marks"][STORY], "value": "Eens en nog eens.", "sent": [None, 7, "Eens. "]}
    body = {"draft": known["draft"], "revision": 0, "edits": [edit]}
    assert client.post(f"{ROUTE}/edits/", json.dumps(body), "application/json").status_code == 200
    told = fields(client)
    send(sign_in(owner), told, (STORY, "Van de eigenaar."))
    edit |= {"value": "En weer.", "was": told["marks"][STORY]}
    assert client.post(f"{ROUTE}/edits/", json.dumps(body), "application/json").status_code == 409


def test_who_meets_another_hears_what_stands_there_and_of_whom(route: Route, editor: Person, owner: Person) -> None:
    mine, theirs = sign_in(editor), sign_in(owner)
    known = fields(mine)
    send(theirs, known, (STORY, "Van de eigenaar."))
    met = send(mine, known, (STORY, "Van de redacteur."), ("minutes", 5))
    assert met.status_code == 409 and met["Content-Type"] == "application/problem+json"
    (clash,) = met.json()["clashes"]
    assert (clash["path"], clash["by"], clash["value"]["text"]) == (STORY, "thehague-owner", "Van de eigenaar.")
    assert "Pier" in clash["label"] and clash["at"]
    again = send(mine, known | {"marks": {STORY: clash["mark"]}}, (STORY, "Toch van de redacteur."))
    assert again.status_code == 200
    assert Draft.objects.get().document["minutes"] == 120


def test_what_others_wrote_comes_with_the_answer_and_with_each_sign_of_life(
    route: Route, editor: Person, owner: Person
) -> None:
    mine, theirs = sign_in(editor), sign_in(owner)
    known = fields(mine)
    send(theirs, known, ("title/nl", "Naar het strand"))
    told = send(mine, known, (STORY, "Van mij.")).json()
    (other,) = told["others"]
    assert (other["path"], other["by"], other["value"]["text"]) == ("title/nl", "thehague-owner", "Naar het strand")
    heard = beat(theirs, known | {"revision": 1}).json()
    assert [one["path"] for one in heard["others"]] == [STORY]
    assert heard["marks"]["stops/pier"], "whoever may remove the stop has to know its mark"


def test_those_who_are_here_see_each_other_before_anything_is_written(
    route: Route, editor: Person, owner: Person
) -> None:
    mine, theirs = sign_in(editor), sign_in(owner)
    known = fields(mine)
    assert beat(mine, known, STORY).json()["here"] == []
    (other,) = beat(theirs, known).json()["here"]
    assert (other["name"], other["path"]) == ("thehague-editor", STORY)
    assert other["label"] == "Stop 3 (Pier): Story"
    assert Presence.objects.count() == 2 and not Draft.objects.exists()


def test_a_page_whose_draft_is_gone_asks_for_everything(route: Route, editor: Person) -> None:
    client = sign_in(editor)
    known = fields(client)
    saved = send(client, known, (STORY, "Weg.")).json()
    Draft.objects.get().discard(by="thehague-editor")
    assert beat(client, known | saved).json()["fresh"]
    assert not beat(client, fields(client)).json()["fresh"]


def test_what_does_not_fit_is_said_with_its_place(route: Route, editor: Person) -> None:
    client = sign_in(editor)
    known = fields(client)
    refused = send(client, known, ("stops/pier/lat", 91), (STORY, "x"))
    assert refused.status_code == 422
    assert refused.json()["path"] == "stops/pier/lat" and "degrees" in refused.json()["detail"]
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "nonsense", '{"edits": []}', '{"edits": [1]}', '{"edits": [{"path": "title/nl"}]}', "[" * 2000,
        '{"edits": [{"path": 1, "value": 2}]}', '{"edits": [{"path": "x", "was": 3, "value": 2}]}',
        '{"edits": [{"path": "x", "was": "", "value": 2}], "revision": -1}',
        '{"edits": [{"path": "x", "was": "", "value": 2, "sent": [1, 2, 3, 4, 5, 6, 7, 8, 9]}]}', "\udcff".encode("utf-8", "surrogatepass"),
    ],
)  # fmt: skip
def test_what_is_no_edit_at_all_is_refused(route: Route, editor: Person, body: str | bytes) -> None:
    answer = sign_in(editor).post(f"{ROUTE}/edits/", body, "application/json")
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert not Draft.objects.exists()


def test_a_translator_writes_translations_alone(route: Route, translator: Person) -> None:
    client = sign_in(translator)
    known = fields(client)
    assert send(client, known, ("stops/pier/story/zh-Hans", "码头的故事。")).status_code == 200
    for path, value in ((STORY, "Anders."), ("minutes", 5), ("stops/pier", None), ("order", [])):
        refused = send(client, known, (path, value))
        assert refused.status_code == 403 and refused.json()["path"] == path
    assert Draft.objects.get().document["minutes"] == 120


def test_who_was_removed_is_out_at_the_next_sign_of_life(route: Route, editor: Person, stranger: Client) -> None:
    client = sign_in(editor)
    known = fields(client)
    assert beat(client, known).status_code == 200
    Member.objects.filter(person=editor).delete()
    assert beat(client, known).status_code == 404
    assert send(client, known, (STORY, "Nog even.")).status_code == 404
    assert beat(stranger, known).status_code == 404
    assert not Draft.objects.exists()
