"""A machine's help at the desk: for one text, and for a whole piece in the background; at a real server, by a real worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import sign_in
from django.conf import settings as plain
from django.db import connections
from django.utils import timezone
from pytest_django import Settings
from tests.translators import KEY, Translator, translator

from cityplus.cities.models import City
from cityplus.drafts import Edit, mark
from cityplus.drafts.models import Draft
from cityplus.jobs import worker
from cityplus.jobs.models import Job
from cityplus.journal.models import Entry
from cityplus.languages.text import Text
from cityplus.people.models import Person
from cityplus.routes.models import Route
from cityplus.translation.models import Errand, Term

SIDES = "/desk/@thehague/routes/to-the-sea/languages/zh-Hans/"
MACHINE = f"{SIDES}machine/"
STORY = "stops/pier/story/zh-Hans"


@pytest.fixture(params=["libretranslate", "deepl"])
def server(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Translator]:
    with translator() as running:
        values = {"translator": request.param, "translator_url": running.url, "translator_key": KEY}
        settings.CITYPLUS = replace(plain.CITYPLUS, **values)
        yield running


def text(route: Route, path: str) -> Text:
    document = Draft.on("route", route.pk, route.city.actor).document
    for name in path.split("/")[:-1]:
        document = document[name]
    return Text.from_json(document)


def write(route: Route, path: str, words: object, by: str = "anna") -> None:
    draft = Draft.on("route", route.pk, route.city.actor)
    draft.edit([Edit(path, mark(draft.does.shape.at(path).value(draft.document)), words)], by=by)


def work() -> None:
    while worker.run_one("w"):
        pass


def test_a_text_that_is_missing_gets_a_machine_s_words_and_says_so(
    route: Route, mei: Person, server: Translator
) -> None:
    client = sign_in(mei)
    response = client.post(SIDES, {"ask": STORY})
    assert response.status_code == 302
    version = text(route, STORY).versions["zh-Hans"]
    assert (version.text, version.state) == ("‹Het verhaal van Pier.›", "machine")
    assert "by machine, not yet reviewed" in client.get(SIDES).content.decode()


def test_of_what_a_person_wrote_a_machine_s_words_are_shown_beside_and_not_kept(
    route: Route, mei: Person, server: Translator
) -> None:
    client = sign_in(mei)
    for state in ("author", "reviewed"):
        write(route, STORY, {"text": "码头的故事。", "state": state})
        was = mark({"text": "码头的故事。", "state": state})
        html = client.post(SIDES, {"ask": STORY, STORY: "码头的故事。", f"was:{STORY}": was}).content.decode()
        assert "‹Het verhaal van Pier.›" in html
        assert text(route, STORY).versions["zh-Hans"].text == "码头的故事。"
        assert text(route, STORY).versions["zh-Hans"].state == state


def test_a_machine_that_fails_is_told_beside_the_text(route: Route, mei: Person, server: Translator) -> None:
    server.failures = [(403, {}, "{}")]
    response = sign_in(mei).post(SIDES, {"ask": STORY})
    assert response.status_code == 422
    assert "refuses our key" in response.content.decode()
    assert not Draft.objects.exists()


def test_without_a_machine_nothing_offers_one(route: Route, mei: Person) -> None:
    client = sign_in(mei)
    html = client.get(SIDES).content.decode()
    assert "Ask a machine" not in html
    assert 'machine/"' not in html
    assert client.post(SIDES, {"ask": STORY}).status_code == 422
    client.post(MACHINE, {})
    assert not Errand.objects.exists()


def test_a_whole_piece_is_done_in_the_background_and_nobody_s_words_are_touched(
    route: Route, mei: Person, server: Translator, thehague: City
) -> None:
    write(route, STORY, "码头的故事。")
    write(route, "title/zh-Hans", {"text": "去海边", "state": "reviewed"})
    words = {"source_language": "nl", "source": "Vredespaleis", "target_language": "zh-Hans", "target": "和平宫"}
    Term.keep(thehague, by="mei", **words)
    client = sign_in(mei)
    client.post(MACHINE, {})
    client.post(MACHINE, {})  # pressed twice
    errand = Errand.objects.get()
    assert (errand.state, errand.total) == ("waiting", 11)
    assert client.get(MACHINE).json() == {"state": "waiting", "percent": 0, "problem": ""}
    work()
    errand.refresh_from_db()
    assert (errand.state, errand.done, errand.left, errand.percent) == ("done", 11, 0, 100)
    assert text(route, "stops/vredespaleis/story/zh-Hans").versions["zh-Hans"].text == "‹Het verhaal van 和平宫.›"
    assert text(route, STORY).versions["zh-Hans"].text == "码头的故事。"
    assert text(route, "title/zh-Hans").versions["zh-Hans"].text == "去海边"
    states = {text(route, f"stops/pier/{name}/zh-Hans").versions["zh-Hans"].state for name in ("title", "access")}
    assert states == {"machine"}
    assert Entry.objects.filter(verb__in=["errand.sent", "errand.done"], by="mei").count() == 2
    before = len(server.asked)
    client.post(MACHINE, {})
    assert Errand.objects.count() == 1, "there is nothing left to do"
    assert len(server.asked) == before


@pytest.mark.django_db(transaction=True)
def test_words_that_somebody_writes_meanwhile_stand(route: Route, mei: Person, server: Translator) -> None:
    sign_in(mei).post(MACHINE, {})
    plain_said = server.said

    def said(words: str) -> str:
        if "verhaal van" in words and "zh-Hans" not in text(route, STORY).versions:
            write(route, STORY, "别人写的。", "editor")
        connections.close_all()
        return plain_said(words)

    server.said = said  # type: ignore[method-assign, assignment] # somebody writes while the machine thinks
    work()
    assert text(route, STORY).versions["zh-Hans"].text == "别人写的。"
    errand = Errand.objects.get()
    assert (errand.state, errand.done + errand.left) == ("done", 12)
    assert errand.left == 1


def test_a_busy_machine_is_asked_again_later_and_what_it_said_is_not_asked_twice(
    route: Route, mei: Person, server: Translator
) -> None:
    sign_in(mei).post(MACHINE, {})
    server.failures = [(429, {"Retry-After": "120"}, "")]
    work()
    errand = Errand.objects.get()
    assert (errand.state, errand.put_off) == ("waiting", 1)
    assert "asked again later" in errand.problem
    later = Job.objects.get(kind="translation.errand", state="waiting")
    assert timedelta(seconds=100) < later.run_after - timezone.now() <= timedelta(seconds=120)
    Job.objects.filter(pk=later.pk).update(run_after=timezone.now())
    work()
    errand.refresh_from_db()
    assert errand.state == "done"
    assert server.texts().count("Het verhaal van Pier.") == 1


def test_an_errand_that_fails_or_is_stopped_says_why(route: Route, mei: Person, server: Translator) -> None:
    client = sign_in(mei)
    server.failures = [(403, {}, "{}")]
    client.post(MACHINE, {})
    work()
    assert Errand.objects.get().state == "stopped"
    assert "refuses our key" in client.get(SIDES).content.decode()
    client.post(MACHINE, {})
    client.post(MACHINE, {"stop": "1"})
    work()
    errand = Errand.objects.order_by("-id")[0]
    assert (errand.state, errand.problem, errand.done) == ("stopped", "It was stopped by mei.", 0)
    assert not Draft.objects.exists()
