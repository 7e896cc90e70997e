"""Two people write in one draft, the network goes, a tab is closed: nothing that was written is lost, and nobody writes over another."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from tests.e2e.conftest import PASSWORD, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look

OWNER, EDITOR, COLLEAGUE = "thehague-owner", "thehague-editor", "thehague-colleague"
SAVED = "Everything is saved."
DJANGO = "import django; django.setup(); from cityplus.people.models import Person; from cityplus.cities.models import City, Member\n"
JOIN = f"""
person, made = Person.objects.get_or_create(username={COLLEAGUE!r})
if made: person.set_password({PASSWORD!r}); person.save()
Member.objects.update_or_create(person=person, city=City.objects.get(actor__handle="thehague"), defaults={{"role": "editor"}})
"""
LEAVE = f"Member.objects.filter(person__username={COLLEAGUE!r}).delete()"

Desk = Callable[..., Page]


def on_the_server(running: Running, code: str) -> None:
    env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
    subprocess.run([sys.executable, "-c", DJANGO + code], env=env, check=True)


@pytest.fixture(scope="session")
def sessions(running: Running, browser: Browser) -> dict[str, Any]:
    """The cookies of each of the cast, signed in once; names of people are those of the sample network, and a colleague's."""
    on_the_server(running, JOIN)
    found = {}
    for name in (OWNER, EDITOR, COLLEAGUE):
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{running.address}/account/session/")
            page.get_by_label("Name or e-mail").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(name)
            found[name] = context.storage_state()
    return found


@pytest.fixture
def at_desk(browser: Browser, running: Running, sessions: dict[str, Any]) -> Iterator[Desk]:
    """``at_desk(path, who)``: a page of the desk of The Hague in a browser of this person's own. What a page throws fails the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_(path: str, who: str = EDITOR, width: int = 1440, script: bool = True) -> Page:
        context = browser.new_context(
            storage_state=sessions[who],
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        page.goto(f"{running.address}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not troubles, troubles


@pytest.fixture
def route(at_desk: Desk) -> str:
    """The path of the editor of a new route with one stop, begun in the browser."""
    page = at_desk("/desk/@thehague/routes/")
    page.get_by_label("Title").fill(f"Naar zee {uuid.uuid4().hex[:6]}")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Add a stop").click()
    expect(page.locator(".part")).to_have_count(1)
    path = page.evaluate("location.pathname")
    page.context.close()
    return str(path)


def field(page: Page, label: str) -> Locator:
    """The control of a field; one of a stop is shown."""
    found = page.locator(f'.field[data-label="{label}"]').first
    for details in page.locator("details.part:not([open])").all():
        details.locator("summary").click()
    return found.locator("input:not([type=hidden]), textarea, select").first


def status(page: Page) -> Locator:
    return page.locator(".editor-said")


def test_a_cover_is_chosen_from_the_library(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    cover = page.locator('.field[data-path="cover"]')
    cover.get_by_role("button", name="Choose from the library").click()
    choice = page.get_by_role("dialog").locator(".media-choice").first
    choice.click()
    expect(status(page)).to_have_text(SAVED)
    chosen = cover.locator("select").input_value()
    assert chosen
    page.reload()
    expect(page.locator('.field[data-path="cover"] select')).to_have_value(chosen)


def test_what_is_typed_is_saved_by_itself(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    field(page, "Summary").fill("Van de vijver naar de golven.")
    field(page, "Theme").select_option("sea")
    field(page, "Story").fill("Zand tot aan de horizon.")
    expect(status(page)).to_have_text(SAVED)
    page.reload()
    expect(field(page, "Summary")).to_have_value("Van de vijver naar de golven.")
    expect(field(page, "Theme")).to_have_value("sea")
    expect(field(page, "Story")).to_have_value("Zand tot aan de horizon.")


def test_the_network_is_lost_in_the_middle_of_an_edit(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    field(page, "Summary").fill("Voor de tunnel.")
    expect(status(page)).to_have_text(SAVED)
    page.context.set_offline(True)
    field(page, "Summary").fill("In de tunnel geschreven.")
    expect(status(page)).to_contain_text("No connection")
    field(page, "Minutes in all").fill("90")
    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)
    other = at_desk(route, OWNER)
    expect(field(other, "Summary")).to_have_value("In de tunnel geschreven.")
    expect(field(other, "Minutes in all")).to_have_value("90")


def test_an_answer_that_was_lost_makes_nobody_meet_themselves(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    expect(status(page)).to_have_text(SAVED)

    def lose(request: Route) -> None:
        request.fetch()  # the server has it
        request.abort()

    page.route("**/edits/", lose, times=1)
    field(page, "Summary").fill("Eens.")
    expect(status(page)).to_contain_text("No connection")
    field(page, "Summary").fill("Eens, en nog eens.")
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator(".clash-box")).to_have_count(0)
    expect(field(at_desk(route, OWNER), "Summary")).to_have_value("Eens, en nog eens.")


def test_a_tab_that_is_closed_without_a_network_loses_nothing(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    context, address = page.context, page.url
    expect(status(page)).to_have_text(SAVED)
    context.set_offline(True)
    field(page, "Summary").fill("Nog niet verstuurd.")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(field(again, "Summary")).to_have_value("Nog niet verstuurd.")
    expect(status(again)).to_have_text(SAVED)
    expect(field(at_desk(route, OWNER), "Summary")).to_have_value("Nog niet verstuurd.")


def test_a_tab_that_is_closed_at_the_last_key_loses_nothing(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    context, address = page.context, page.url
    expect(status(page)).to_have_text(SAVED)
    field(page, "Summary").fill("De laatste toets.")
    page.close()
    again = context.new_page()
    again.goto(address)
    expect(field(again, "Summary")).to_have_value("De laatste toets.")
    expect(status(again)).to_have_text(SAVED)
    expect(field(at_desk(route, OWNER), "Summary")).to_have_value("De laatste toets.")


def test_two_in_one_draft_see_each_other_and_what_each_writes(at_desk: Desk, route: str) -> None:
    mine, theirs = at_desk(route, EDITOR), at_desk(route, OWNER)
    field(theirs, "Summary").focus()
    expect(mine.locator(".editor-here")).to_contain_text(f"{OWNER} (at “Summary”)")
    field(theirs, "Summary").fill("Van de eigenaar.")
    expect(field(mine, "Summary")).to_have_value("Van de eigenaar.")
    expect(mine.locator(".field-news").first).to_contain_text(OWNER)
    field(mine, "Summary").fill("Van de eigenaar, en van de redacteur.")
    field(theirs, "Theme").focus()  # while one is in a field it is left as it is
    expect(field(theirs, "Summary")).to_have_value("Van de eigenaar, en van de redacteur.")


def clashing(mine: Page, theirs: Page) -> Locator:
    """Both write at one place, neither having seen the other's; returns what the second is shown."""
    expect(status(mine)).to_have_text(SAVED)
    expect(status(theirs)).to_have_text(SAVED)
    mine.context.set_offline(True)
    field(mine, "Summary").fill("Van de redacteur.")
    field(mine, "Minutes in all").fill("45")
    field(theirs, "Summary").fill("Van de eigenaar.")
    field(theirs, "Theme").focus()
    expect(status(theirs)).to_have_text(SAVED)
    mine.context.set_offline(False)
    box = mine.locator(".clash-box")
    expect(box).to_contain_text("Van de eigenaar.")
    expect(field(mine, "Summary")).to_have_value("Van de redacteur.")
    return box


def test_two_who_wrote_at_one_place_are_asked_and_mine_is_kept(at_desk: Desk, route: str) -> None:
    mine, theirs = at_desk(route, EDITOR), at_desk(route, OWNER)
    box = clashing(mine, theirs)
    expect(box).to_contain_text(OWNER)
    expect(field(theirs, "Minutes in all")).to_have_value("45")  # what met nobody is saved meanwhile
    box.get_by_role("button", name="Keep mine").click()
    expect(status(mine)).to_have_text(SAVED)
    expect(field(theirs, "Summary")).to_have_value("Van de redacteur.")


def test_two_who_wrote_at_one_place_are_asked_and_theirs_is_taken(at_desk: Desk, route: str) -> None:
    mine, theirs = at_desk(route, EDITOR), at_desk(route, OWNER)
    box = clashing(mine, theirs)
    mine.reload()  # a clash outlives the page
    box = mine.locator(".clash-box")
    box.get_by_role("button", name="Take theirs").click()
    expect(field(mine, "Summary")).to_have_value("Van de eigenaar.")
    expect(status(mine)).to_have_text(SAVED)
    mine.reload()
    expect(field(mine, "Summary")).to_have_value("Van de eigenaar.")
    expect(mine.locator(".clash-box")).to_have_count(0)


def test_what_is_not_taken_is_said_at_its_field_and_holds_up_nothing(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    field(page, "Minutes in all").fill("lang")
    field(page, "Summary").fill("Dit wel.")
    expect(page.locator(".field-wrong .field-problem")).to_contain_text("Give a whole number")
    expect(status(page)).to_contain_text("not taken")
    expect(field(at_desk(route, OWNER), "Summary")).to_have_value("Dit wel.")
    field(page, "Minutes in all").fill("60")
    expect(status(page)).to_have_text(SAVED)
    expect(page.locator(".field-wrong")).to_have_count(0)


def test_who_is_removed_is_out_within_six_seconds_and_keeps_what_they_wrote(
    at_desk: Desk, route: str, running: Running
) -> None:
    page = at_desk(route, COLLEAGUE)
    field(page, "Summary").fill("Bewaard.")
    expect(status(page)).to_have_text(SAVED)
    page.context.set_offline(True)
    field(page, "Summary").fill("Niet meer verstuurd.")
    expect(status(page)).to_contain_text("No connection")
    on_the_server(running, LEAVE)
    try:
        page.context.set_offline(False)
        expect(status(page)).to_contain_text("1 changes that were not saved stay", timeout=6_000)
        expect(page.locator(".editor-left")).to_contain_text("Niet meer verstuurd.")
        expect(page.locator(".field")).to_have_count(0)
        page.get_by_role("button", name="Remove them from this device").click()
        assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('cityplus-draft:'))") == []
    finally:
        on_the_server(running, JOIN)
    expect(field(at_desk(route, OWNER), "Summary")).to_have_value("Bewaard.")


def test_who_is_removed_and_only_reads_is_out_too(at_desk: Desk, route: str, running: Running) -> None:
    page = at_desk(route, COLLEAGUE)
    expect(status(page)).to_have_text(SAVED)
    on_the_server(running, LEAVE)
    try:
        expect(status(page)).to_contain_text("no longer in this team", timeout=6_000)
        expect(page.locator(".field")).to_have_count(0)
    finally:
        on_the_server(running, JOIN)


def test_other_islands_set_values_and_hear_of_changes(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    expect(status(page)).to_have_text(SAVED)
    heard = page.evaluate(
        """async () => {
          const editor = document.querySelector("draft-editor");
          const part = document.querySelector(".part").dataset.part;
          const heard = [];
          editor.addEventListener("draft-changed", event => heard.push(event.detail.path));
          editor.set(`${part}/lat`, 52.1);
          editor.set(`${part}/leg_track`, [[52, 4], [52.1, 4.1]]);
          await editor.flush();
          return {
            heard, part, lat: editor.value(`${part}/lat`), track: editor.value(`${part}/leg_track`),
            marks: [editor.mark(`${part}/lat`), editor.mark(`${part}/leg_track`), editor.mark(part)].map(mark => mark.length),
          };
        }"""
    )
    assert heard["heard"] == [f"{heard['part']}/lat", f"{heard['part']}/leg_track"]
    assert (heard["lat"], heard["track"]) == ("52.1", [[52, 4], [52.1, 4.1]])
    assert heard["marks"] == [12, 12, 12]
    page.reload()
    expect(field(page, "Latitude")).to_have_value("52.1")
    expect(page.locator("p.field-track")).to_contain_text("Drawn with 2 points")


def test_it_works_without_javascript(at_desk: Desk, route: str) -> None:
    page = at_desk(route, script=False)
    page.get_by_label("Summary Dutch").fill("Met de hand bewaard.")
    page.locator(".editor-foot").get_by_role("button", name="Save").click()
    expect(page.locator(".message")).to_contain_text("Saved.")
    expect(page.get_by_label("Summary Dutch")).to_have_value("Met de hand bewaard.")


def test_a_link_to_what_is_missing_opens_its_field(at_desk: Desk, route: str) -> None:
    page = at_desk(route)
    page.get_by_role("link", name="has no story").click()
    expect(page.locator('.field[data-label="Story"]')).to_be_in_viewport()


@pytest.mark.parametrize("part", ["", "review/", "versions/", "publication/", "preview/"])
@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
def test_axe_finds_nothing(at_desk: Desk, route: str, part: str, prefix: str, width: int) -> None:
    path = route if part != "preview/" else "/desk/@thehague/routes/22-destinations/"
    page = at_desk(f"{prefix}{path}{part}", width=width)
    for details in page.locator("details.part:not([open])").all():
        details.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("() => { document.documentElement.dataset.theme = 'day'; }")
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, "\n".join([*by_night, *by_day])
    assert passes > 15
