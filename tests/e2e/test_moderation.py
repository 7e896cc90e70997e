"""A reader reports, the team of the city hides, the writer appeals, the office undoes it; and every page of it holds for everybody."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import DAY, NIGHT, Open, Running
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_joining import sign_in

CAST = """
import django, json, sys
django.setup()
from cityplus.actors.models import Actor
from cityplus.cities.models import City
from cityplus.languages.text import Text
from cityplus.moderation.models import Acceptance, Edition
from cityplus.moderation.proposal import PROPOSAL
from cityplus.people.models import Person
from cityplus.social import posting
from cityplus.social.models import Profile
from cityplus.social.writing import Writing
mark = sys.argv[1]
edition = Edition.in_force() or Edition.publish(PROPOSAL, by="foundation", after=0)
thehague = City.objects.get(actor__handle="thehague")
people = {}
for name in ("reads", "writes"):
    person = Person.enrol(f"{name}{mark}", f"{name}{mark}@example.org", "a password for tests")
    Acceptance.give(person, edition)
    people[name] = Profile.open(person, person.username, Text.of("en", en=person.username), ["en"], thehague)
begun = posting.publish(thehague.actor, Writing(Text.of("nl", nl="Hoe was de markt?", en="How was the market?")), by="thehague-owner")
words = Text.of("en", en=f"I bring my grandfather’s watches to the market on Saturday. {mark}")
post = posting.publish(people["writes"].actor, Writing(words, reply_to=begun), by=f"writes{mark}")
print(json.dumps({"post": post.pk, "at": post.get_absolute_url(), "edition": edition.number}))
"""


class Case:
    """A post by somebody in a space of The Hague, made for one test; ``mark`` tells its people apart from those of others."""

    def __init__(self, running: Running) -> None:
        self.mark = secrets.token_hex(3)
        env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
        made = subprocess.run([sys.executable, "-c", CAST, self.mark], env=env, check=True, capture_output=True)
        told = json.loads(made.stdout.splitlines()[-1])
        self.post, self.at = told["post"], told["at"]
        self.form = f"/reports/post/{self.post}/"


@pytest.fixture
def case(running: Running) -> Iterator[Case]:
    yield Case(running)


def report(page: Page, network: str, case: Case) -> None:
    page.goto(network + case.form)
    page.get_by_label("spam or fraud").check()
    page.get_by_label("No spam, no fraud").check()
    page.get_by_label("In your own words").fill("An advertisement.")
    page.get_by_label("may see it too").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Somebody will look at it.")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_reported_hidden_appealed_and_undone(open_page: Open, network: str, case: Case, script: bool) -> None:
    def browser(name: str, width: int = 1440) -> Page:
        page = open_page("/", width=width, script=script)
        sign_in(page, network, name)
        return page

    report(browser(f"reads{case.mark}", 390), network, case)

    team = browser("thehague-editor")
    team.goto(f"{network}/desk/@thehague/moderation/")
    team.locator(".ledger li", has_text=case.mark).get_by_role("link").first.click()
    expect(team.get_by_text("An advertisement.")).to_be_visible()
    team.locator("input[name=kind][value=hide]").check()
    team.get_by_label("No spam, no fraud").check()
    team.locator("#reason").fill("Trade is not for this place.")
    team.get_by_role("button", name="Decide").click()
    expect(team.get_by_text("It is decided.")).to_be_visible()

    writer = browser(f"writes{case.mark}", 390)
    assert writer.request.get(network + case.at).status == 404
    writer.goto(f"{network}/account/")
    writer.get_by_role("link", name="Read 1 decision").click()
    writer.get_by_role("link", name="hidden").click()
    expect(writer.get_by_text("Trade is not for this place.")).to_be_visible()
    writer.get_by_label("Why it is wrong").fill("I sell nothing.")
    writer.get_by_role("button", name="Appeal").click()
    expect(writer.get_by_text("Your appeal is sent.")).to_be_visible()

    office = browser("foundation")
    office.goto(f"{network}/office/moderation/appeals/")
    office.locator(".ledger li", has_text=case.mark).get_by_role("link").first.click()
    expect(office.get_by_text("I sell nothing.")).to_be_visible()
    office.locator("#reason").fill("He sells nothing.")
    office.get_by_role("button", name="Undo the decision").click()
    expect(office.get_by_text("The decision is undone. Whom it was about is told.")).to_be_visible()

    assert writer.request.get(network + case.at).status == 200


PAGES = {
    "reads": ["{form}", "/account/rules/"],
    "writes": ["/account/decisions/", "{decision}"],
    "thehague-editor": ["/desk/@thehague/moderation/", "{report}", "/desk/@thehague/moderation/held/", "/desk/@thehague/moderation/decisions/"],
    "foundation": [
        "/office/moderation/", "/office/moderation/appeals/", "/office/moderation/decisions/", "/office/moderation/@thehague/",
        "/office/moderation/rules/", "/office/moderation/filters/", "/office/moderation/held/",
    ],
    "": ["/about/rules/", "/about/transparency/"],
}  # fmt: skip
BEFORE = """
import django, sys
django.setup()
from cityplus.moderation.models import BlockedDomain, BlockedWord, Report
from cityplus.people.models import Person
mark, post = sys.argv[1], int(sys.argv[2])
reader = Person.objects.get(username=f"reads{mark}")
team = Person.objects.get(username="thehague-editor")
from cityplus.social.models import Post
from cityplus.cities.models import City
city = City.objects.get(actor__handle="thehague").actor
one = Report.make(reader, "post", post, reason="spam", words="An advertisement.", forward=True)
waiting = Report.make(Person.objects.get(username="visitor"), "post", Post.objects.get(pk=post).reply_to_id, reason="false", words="It was on Sunday.")
print(one.pk)
decision = one.decide("warn", by=team, reason="Trade is not for this place.", team=city)
BlockedWord.add("casino", "hold", by="foundation")
BlockedDomain.add("evil.example", "refuse", by="foundation")
print(decision.pk)
"""


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("", 390), ("/ar", 390)])
@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing_and_nothing_hangs_over(
    open_page: Open, running: Running, network: str, case: Case, who: str, prefix: str, width: int
) -> None:
    env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"}
    made = subprocess.run(
        [sys.executable, "-c", BEFORE, case.mark, str(case.post)], env=env, check=True, capture_output=True, text=True
    )
    one, decision = made.stdout.split()[-2:]
    known = {
        "form": case.form,
        "report": f"/desk/@thehague/moderation/{one}/",
        "decision": f"/account/decisions/{decision}/",
    }
    page = open_page("/about/", width=width, theme=NIGHT)
    if who:
        sign_in(page, network, f"{who}{case.mark}" if who in {"reads", "writes"} else who)
    for pattern in PAGES[who]:
        path = pattern.format(**known)
        answer = page.goto(network + prefix + path)
        assert answer and answer.status == 200, path
        page.evaluate(AXE.read_text())
        by_night, passes = look(page, TAGS)
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", DAY)
        by_day, _ = look(page, COLOURS)
        assert not by_night + by_day, f"{path}: " + "\n".join([*by_night, *(f"by day: {line}" for line in by_day)])
        assert passes > 15, "axe looked at next to nothing"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
