"""The queue of what is to be translated, who does it, the glossary's pages, and files by form."""

from __future__ import annotations

import pytest
from conftest import sign_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cityplus.cities.models import City, Member, Rules
from cityplus.desk.access import Desk
from cityplus.desk.policies import may_assign
from cityplus.desk.waiting import for_person
from cityplus.drafts import Edit
from cityplus.drafts.models import Draft
from cityplus.journal.models import Entry
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.ties.models import Tie
from cityplus.translation.models import Assignment, Term

QUEUE = "/desk/@thehague/languages/"
SIDES = "/desk/@thehague/routes/to-the-sea/languages/zh-Hans/"
GIVE = f"{SIDES}assignment/"
GLOSSARY = f"{QUEUE}glossary/"
TERM = {
    "source_language": "nl",
    "source": "Pier",
    "target_language": "zh-Hans",
    "target": "码头",
    "note": "",
    "with": "",
}


def sent(client: Client, path: str, content: bytes, name: str = "a.xlf", **fields: str) -> tuple[int, str]:
    response = client.post(path, {"file": SimpleUploadedFile(name, content), **fields}, follow=True)
    return response.status_code, response.content.decode()


def test_the_queue_shows_drafts_and_published_pieces_the_neediest_first(
    route: Route, mei: Person, thehague: City
) -> None:
    route.publish(by="test")
    html = sign_in(mei).get(QUEUE).content.decode()
    assert f'href="{SIDES}?open=1"' in html
    assert html.index("<h2>To the sea</h2>") < html.index("<h2>Profile</h2>")
    assert html.index('<span class="queue-name">French') < html.index('<span class="queue-name">Simplified Chinese')
    only = sign_in(mei).get(f"{QUEUE}?lang=zh-Hans").content.decode()
    assert "queue-name" in only
    assert '<span class="queue-name">French' not in only
    assert sign_in(mei).get(f"{QUEUE}?lang=nonsense").status_code == 404
    Rules(city=thehague).set(by="test", languages=["de"])
    assert '<span class="queue-name">German' in sign_in(mei).get(QUEUE).content.decode()


def test_work_is_given_waits_for_its_person_and_is_done(
    route: Route, mei: Person, editor: Person, thehague: City
) -> None:
    sign_in(editor).post(GIVE, {"person": "mei"})
    given = Assignment.objects.get()
    assert (given.person, given.by, given.language) == (mei, "thehague-editor", "zh-Hans")
    desk = Desk(thehague, mei, Member.Role.TRANSLATOR)
    (waits,) = [one for one in for_person(desk) if one.url == SIDES]
    assert waits.words == "To the sea, Simplified Chinese: 14 texts need your work"
    assert waits.since == given.at
    assert not [one for one in for_person(Desk(thehague, editor, Member.Role.EDITOR)) if one.url == SIDES]
    assert '<span class="queue-who">mei</span>' in sign_in(mei).get(f"{QUEUE}?mine=1").content.decode()
    assert "Nothing that was given to you" in sign_in(editor).get(f"{QUEUE}?mine=1").content.decode()
    sign_in(mei).post(GIVE, {"person": "mei", "done": "1"})
    given.refresh_from_db()
    assert given.done_at is not None
    assert not [one for one in for_person(desk) if one.url == SIDES]
    verbs = list(Entry.objects.filter(verb__startswith="assignment.").order_by("id").values_list("verb", flat=True))
    assert verbs == ["assignment.given", "assignment.finished"]


def test_who_translates_takes_work_and_gives_none_to_others(
    route: Route, mei: Person, editor: Person, thehague: City
) -> None:
    client = sign_in(mei)
    assert client.post(GIVE, {"person": "mei"}).status_code == 302
    assert client.post(GIVE, {"person": "thehague-editor"}).status_code == 403
    assert Assignment.objects.get().person == mei
    sign_in(editor).post(GIVE, {"person": "thehague-editor"})
    assert Assignment.objects.get().person == editor, "it is one person's at a time"
    assert client.post(GIVE, {"person": ""}).status_code == 403, "nor takes it from them"
    assert client.post(GIVE, {"done": "1"}).status_code == 403
    sign_in(editor).post(GIVE, {"person": ""})
    assert not Assignment.objects.exists()
    analyst = Person.objects.create_user("jan", password="a long password")
    Member.objects.create(city=thehague, person=analyst, role=Member.Role.ANALYST)
    sign_in(editor).post(GIVE, {"person": "jan"})
    assert not Assignment.objects.exists(), "who may not translate is given nothing to translate"
    assert sign_in(editor).post(GIVE, {"person": "nobody"}).status_code == 404


@pytest.mark.parametrize(
    ("role", "oneself", "others"),
    [("owner", True, True), ("editor", True, True), ("translator", True, False), ("presenter", False, False),
     ("analyst", False, False)],
)  # fmt: skip
def test_who_may_assign(role: str, oneself: bool, others: bool) -> None:
    assert may_assign(role, True) == oneself
    assert may_assign(role, False) == others


def test_what_is_given_of_a_route_that_is_gone_waits_for_nobody(route: Route, mei: Person, thehague: City) -> None:
    Assignment.give(thehague, "route", route.pk, "fr", mei, by="test")
    Assignment.give(thehague, "profile", thehague.pk, "fr", mei, by="test")
    route.delete()
    words = [one.words for one in for_person(Desk(thehague, mei, Member.Role.TRANSLATOR))]
    assert [one for one in words if "French" in one] == ["Profile, French: 1 text needs your work"]


def test_a_word_is_agreed_on_found_and_removed(thehague: City, shenzhen: City, tie: Tie, mei: Person) -> None:
    client = sign_in(mei)
    assert client.post(GLOSSARY, TERM | {"with": "shenzhen"}).status_code == 302
    assert client.post(GLOSSARY, TERM | {"source": "Strand", "target": "海滩"}).status_code == 302
    html = client.get(GLOSSARY).content.decode()
    assert "码头" in html
    assert "together with Shenzhen" in html
    assert "mei" in html
    assert "Strand" not in client.get(f"{GLOSSARY}?with=shenzhen").content.decode().split('id="terms"')[1]
    assert "Pier" not in client.get(f"{GLOSSARY}?with=-").content.decode().split('id="terms"')[1]
    assert "Strand" in client.get(f"{GLOSSARY}?q=STRAND").content.decode().split('id="terms"')[1]
    term = Term.objects.get(source="Pier")
    client.post(f"{GLOSSARY}{term.pk}/", {"drop": "1"})
    assert list(Term.objects.values_list("source", flat=True)) == ["Strand"]


def test_a_word_that_is_none_is_told_and_kept_in_its_field(thehague: City, mei: Person) -> None:
    response = sign_in(mei).post(GLOSSARY, TERM | {"target_language": "nl"})
    assert response.status_code == 422
    assert "from one language to another" in response.content.decode()
    assert 'value="码头"' in response.content.decode()
    assert sign_in(mei).post(GLOSSARY, TERM | {"with": "atlantis"}).status_code == 422


def test_the_glossary_of_another_city_is_not_there(thehague: City, shenzhen: City, mei: Person) -> None:
    term, _ = Term.keep(shenzhen, by="li", **{k: v for k, v in TERM.items() if k != "with"})
    assert sign_in(mei).post(f"{GLOSSARY}{term.pk}/", {"drop": "1"}).status_code == 404
    assert Term.objects.count() == 1


def test_the_sheet_goes_out_and_comes_in_by_form(thehague: City, mei: Person) -> None:
    client = sign_in(mei)
    client.post(GLOSSARY, TERM)
    sheet = client.get(f"{QUEUE}glossary.csv")
    assert sheet["Content-Disposition"] == 'attachment; filename="glossary-thehague.csv"'
    Term.objects.all().delete()
    status, html = sent(client, f"{QUEUE}glossary.csv", sheet.content, "glossary.csv")
    assert (status, Term.objects.count()) == (200, 1)
    assert "1 term is new or changed" in html
    status, html = sent(client, f"{QUEUE}glossary.csv", b"a,b\n1,2\n", "glossary.csv")
    assert status == 422
    assert "it lacks: source_language" in html
    assert client.post(f"{QUEUE}glossary.csv", {}).status_code == 422


def test_a_file_goes_out_and_comes_back_by_form(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    for ending in ("xlf", "po"):
        response = client.get(f"{SIDES}file.{ending}?source=nl")
        assert f'filename="thehague-routes-to-the-sea-nl-zh-Hans.{ending}"' in response["Content-Disposition"]
    content = client.get(f"{SIDES}file.po").content.replace(
        b'msgid "Het verhaal van Pier."\nmsgstr ""', 'msgid "Het verhaal van Pier."\nmsgstr "码头"'.encode()
    )
    status, html = sent(client, f"{SIDES}file.xlf", content, "from the agency.po")
    assert status == 200
    assert "The file was brought in" in html
    story = Draft.objects.get().document["stops"]["pier"]["story"]["versions"]["zh-Hans"]
    assert (story["text"], story["by"]) == ("码头", "person:mei")


def test_of_a_file_that_does_not_fit_whole_nothing_is_written_unless_asked(
    route: Route, mei: Person, editor: Person
) -> None:
    client = sign_in(mei)
    content = client.get(f"{SIDES}file.po").content
    for old, new in (("Pier", "码头"), ("Hofvijver", "湖")):
        head = f'msgid "Het verhaal van {old}."\nmsgstr "'.encode()
        content = content.replace(head, head + new.encode())
    draft = Draft.on("route", route.pk, route.city.actor)
    was = client.get("/desk/@thehague/routes/to-the-sea/fields/").json()["fields"]
    seen = next(one["mark"] for one in was if one["path"] == "stops/pier/story/nl")
    draft.edit([Edit("stops/pier/story/nl", seen, "Anders.")], by=editor.get_username())
    status, html = sent(client, f"{SIDES}file.po", content, "a.po")
    assert status == 422
    assert "The original was changed since the file was made." in html
    assert "zh-Hans" not in Draft.objects.get().document["stops"]["hofvijver"]["story"]["versions"]
    status, _ = sent(client, f"{SIDES}file.po", content, "a.po", partly="1")
    assert status == 200
    stops = Draft.objects.get().document["stops"]
    assert stops["hofvijver"]["story"]["versions"]["zh-Hans"]["text"] == "湖"
    assert "zh-Hans" not in stops["pier"]["story"]["versions"]


def test_what_is_no_file_or_too_large_is_refused(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    status, html = sent(client, f"{SIDES}file.xlf", b"<!DOCTYPE x><x/>")
    assert status == 422
    assert "document type" in html
    assert client.post(f"{SIDES}file.xlf", {}).status_code == 422
    huge = client.post(f"{SIDES}file.xlf", CONTENT_LENGTH=str(9 * 1024 * 1024), data={"a": "b"})
    assert huge.status_code == 413
    assert client.get(f"{SIDES}file.doc").status_code == 404


@pytest.mark.parametrize("path", [QUEUE, GLOSSARY, f"{QUEUE}glossary.csv", f"{SIDES}file.xlf", f"{SIDES}machine/"])
def test_none_of_it_is_a_stranger_s(route: Route, stranger: Client, visitor: Person, thehague: City, path: str) -> None:
    for client in (stranger, sign_in(visitor)):
        assert client.get(path).status_code == 404
        assert client.post(path, {}).status_code in {404, 405}
    Member.objects.create(city=thehague, person=visitor, role=Member.Role.PRESENTER)
    assert sign_in(visitor).get(path).status_code == 403


@pytest.mark.parametrize("path", [f"{QUEUE}glossary.csv", f"{SIDES}file.xlf", SIDES, GLOSSARY, GIVE])
def test_no_form_of_another_site_is_taken(route: Route, mei: Person, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mei)
    assert client.post(path, {"file": SimpleUploadedFile("a.po", b"x")}).status_code == 403
