"""Two publics talk in a browser: one asks, another answers, the team sees it at the desk; axe finds nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.e2e.conftest import PASSWORD, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_desk_editor import EDITOR, on_the_server

MEI, PIET = "mei-in-shenzhen", "piet-in-the-hague"
PEOPLE = f"""
from datetime import timedelta
from django.utils import timezone
from cityplus.languages.text import Text
from cityplus.moderation.models import Acceptance, Edition
from cityplus.social.models import Profile
for name, names, home in (
    ({MEI!r}, Text.of("zh-Hans", zh_Hans="林梅", en="Lin Mei"), "shenzhen"),
    ({PIET!r}, Text.of("nl", nl="Piet"), "thehague"),
):
    person, made = Person.objects.get_or_create(username=name)
    if made:
        person.set_password({PASSWORD!r})
        person.save()
        handle = name.split("-")[0] + "e2e"
        Profile.open(person, handle, names, ["en"], City.objects.get(actor__handle=home))
    if rules := Edition.in_force():
        Acceptance.give(person, rules)
    # They are no newcomers, of whom ten writings an hour are taken.
    Profile.objects.filter(person=person).update(joined_at=timezone.now() - timedelta(days=60))
"""
QUESTIONS, QUEUE = "/@thehague/questions/", "/desk/@thehague/conversation/"

Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def cookies(running: Running, browser: Browser) -> dict[str, object]:
    """Each of the cast, signed in once."""
    on_the_server(running, PEOPLE)
    found: dict[str, object] = {}
    for name in (MEI, PIET, EDITOR):
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
def visit(browser: Browser, running: Running, cookies: dict[str, object]) -> Iterator[Visit]:
    """``visit(path, who, width=1440, script=True)``: a page in a browser of this person's own."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_(path: str, who: str, width: int = 1440, script: bool = True) -> Page:
        size = {"width": width, "height": 900}
        context = browser.new_context(
            storage_state=cookies[who],  # type: ignore[arg-type]
            viewport=size,  # type: ignore[arg-type]
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


def asked(visit: Visit, words: str, script: bool = True) -> Page:
    page = visit(f"{QUESTIONS}new/", MEI, script=script)
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("heading", name="No answer yet")).to_be_visible()
    return page


@pytest.mark.parametrize("script", [True, False])
def test_one_asks_another_answers_and_the_asker_marks_what_helped(visit: Visit, script: bool) -> None:
    words = f"Xq{uuid.uuid4().hex} zv{uuid.uuid4().hex}?"
    mine = asked(visit, words, script)
    path = mine.evaluate("location.pathname") if script else "/" + mine.url.split("/", 3)[3]
    theirs = visit(path, PIET, script=script)
    theirs.get_by_label("Your words").fill("Neem lijn 9.")
    theirs.get_by_role("button", name="Post it").click()
    expect(theirs.get_by_text("Answer of a resident")).to_be_visible()
    mine.goto(mine.url)
    mine.get_by_role("button", name="This helped me").click()
    expect(mine.get_by_text("This helped you")).to_be_visible()
    thread = visit(path, MEI, script=script)
    thread.get_by_role("link", name="The whole conversation").click()
    expect(thread.get_by_text("This helped you")).to_be_visible()


def test_the_team_answers_from_the_queue_by_keyboard(visit: Visit) -> None:
    words = f"Queue {uuid.uuid4().hex}?"
    asked(visit, words)
    page = visit(f"{QUEUE}?kind=question", EDITOR, width=390)
    while not page.get_by_text(words).count():
        page.get_by_role("link", name=re.compile("More")).click()
    matter = page.locator(".talk-matter", has_text=words)
    matter.get_by_role("button", name="I see to it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("sees to it")
    page.goto(f"{page.url.split('?')[0]}?show=mine")
    matter = page.locator(".talk-matter", has_text=words)
    matter.locator("summary", has_text="Answer here").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Lijn 9.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The city has answered")


def test_two_who_open_one_question_see_each_other(visit: Visit, running: Running) -> None:
    words = f"Both {uuid.uuid4().hex}?"
    asked(visit, words)
    page = visit(f"{QUEUE}?kind=question", EDITOR)
    while not page.get_by_text(words).count():
        page.get_by_role("link", name=re.compile("More")).click()
    page.locator(".talk-matter", has_text=words).get_by_role("link", name=re.compile("^Open")).click()
    expect(page.locator("#here")).to_be_empty()
    come = """
from django.utils import timezone
from cityplus.social.models import Answering, Matter
person = Person.objects.get(username="thehague-owner")
Answering.objects.create(matter=Matter.objects.latest("pk"), person=person, seen_at=timezone.now())
"""
    on_the_server(running, come)
    page.reload()
    expect(page.locator("#here")).to_contain_text("thehague-owner has this open too.")


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", 390)])
@pytest.mark.parametrize(
    ("path", "who"),
    [
        (QUESTIONS, MEI),
        (f"{QUESTIONS}new/", MEI),
        (QUEUE, EDITOR),
        (f"{QUEUE}ready/", EDITOR),
        (f"{QUEUE}numbers/", EDITOR),
        ("/desk/@thehague/common/", EDITOR),
        ("/ties/shenzhen+thehague/questions/", MEI),
    ],
)
def test_axe_finds_nothing(visit: Visit, path: str, who: str, prefix: str, width: int) -> None:
    page = visit(prefix + path, who, width=width)
    page.evaluate(AXE.read_text())
    by_night, passes = look(page, TAGS)
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    by_day, _ = look(page, COLOURS)
    assert not by_night + by_day, "\n".join([*by_night, *by_day])
    assert passes > 15
    for narrow in (width, 320):
        page.set_viewport_size({"width": narrow, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"wider than {narrow}"
