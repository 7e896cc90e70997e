"""The whole story of a promotion meeting, from the invitation to what came of it a year later, as the people of it click it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e.test_doors import check, verdict
from tests.e2e.test_matching import deed, look_at
from tests.e2e.test_organisations import found
from tests.e2e.year import People, Year

EVENT = "/@thehague/events/sea-and-software/"
ZONES = ZoneInfo("Europe/Amsterdam"), ZoneInfo("Asia/Shanghai")
ANA = "ana@example.org"
SOUGHT, OFFERED = "Software that cuts sails", "Patterns by software"
ANSWER, OUTCOME = "/@sailmakers/opportunities/software-that-cuts-sails/", "/opportunities/outcomes/"

FORGOTTEN = "name = '' AND person_id IS NULL AND answers = '{}' AND email LIKE '%@forgotten.invalid'"


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    year = Year(tmp_path)
    year.start()
    yield year
    year.stop()


@pytest.fixture
def people(browser: Browser, year: Year) -> Iterator[People]:
    people = People(browser, year)
    yield people
    people.leave()
    assert not people.troubles, people.troubles


def test_from_the_invitation_to_the_outcome(year: Year, people: People) -> None:
    day = (year.now + timedelta(days=10)).date()
    begins = datetime(day.year, day.month, day.day, 9, tzinfo=ZONES[0])
    invited(people, day)
    noor = founded_and_verified(people)
    wei = people.open(name="wei", width=390)
    opportunities(people, noor, wei)
    codes = registered(people, noor, wei)
    matched(people, noor, wei, begins)
    reminded(year, begins)
    people.leave()

    year.move(begins - timedelta(minutes=10))
    at_the_doors(people, codes)
    people.leave()

    year.move(begins + timedelta(days=1))
    told_afterwards(people)
    talk = in_talk(people)
    people.leave()

    year.move(begins + timedelta(days=165))
    forgotten_and_reminded(year, people)

    year.move(begins + timedelta(days=365))
    came_of_it(year, people, talk)


def invited(people: People, day: date) -> None:
    """The Hague plans it and asks Shenzhen, which agrees at its own desk, gives it a Chinese title, and publishes."""
    hague = people.open("/desk/@thehague/events/new/", name="thehague-editor")
    hague.locator("[name='title.nl']").fill("Zee en software")
    hague.locator("[name='title.en']").fill("Sea and software")
    hague.get_by_label("Its name in the address").fill("sea-and-software")
    hague.get_by_label("Begins").fill(f"{day}T09:00")
    hague.get_by_label("Ends").fill(f"{day}T13:00")
    hague.get_by_role("button", name="Plan an event").click()
    for city, name, zone in (
        ("The Hague", "Hall by the sea", "Europe/Amsterdam"),
        ("Shenzhen", "Hall on the bay", "Asia/Shanghai"),
    ):
        hague.get_by_role("link", name="Add a place").click()
        hague.locator("[name='name.en']").fill(name)
        hague.get_by_label("City").select_option(label=city)
        hague.get_by_label("Time zone of its clock").fill(zone)
        hague.get_by_label("Places", exact=True).fill("40")
        hague.get_by_role("button", name="Keep").click()
    hague.get_by_label("Ask a city or an organisation to hold it too").fill("@shenzhen")
    hague.get_by_role("button", name="Ask", exact=True).click()
    expect(hague.get_by_text("asked, and has not answered yet")).to_be_visible()
    hague.get_by_role("button", name="Publish it").click()
    expect(hague.get_by_text("An organiser who was asked has not agreed yet.").first).to_be_visible()

    shenzhen = people.open("/desk/@shenzhen/", name="shenzhen-owner")
    shenzhen.get_by_role("link", name="The city is asked to hold “Sea and software” too").click()
    shenzhen.get_by_role("button", name="We hold it too").click()
    shenzhen.locator("[name='title.zh-Hans']").fill("海与软件")
    for tag in ("zh-Hans", "nl", "en"):
        shenzhen.locator(f"[name=languages][value='{tag}']").check()
    shenzhen.get_by_role("button", name="Keep the plan").click()
    shenzhen.get_by_role("link", name="Meetings of organisations").click()
    shenzhen.get_by_role("button", name="Open the meetings").click()
    for hall in ("Hall by the sea", "Hall on the bay"):
        form = shenzhen.get_by_role("form", name=hall)
        form.get_by_label("Tables").fill("3")
        form.get_by_label("Video lines").fill("3")
        form.get_by_role("button", name="Save").click()
    people.go(shenzhen, "/desk/@shenzhen/events/")
    shenzhen.get_by_role("link", name="Sea and software").first.click()
    shenzhen.get_by_role("button", name="Publish it").click()
    shenzhen.get_by_role("link", name="Its public page").click()
    expect(shenzhen.locator(".event-hosts")).to_contain_text("Den Haag")
    expect(shenzhen.locator(".event-hosts")).to_contain_text("深圳")
    expect(shenzhen.locator(".event-hosts .face")).to_have_count(2)
    expect(shenzhen.locator(".event-tongues")).to_contain_text("海与软件")
    expect(shenzhen.locator(".event-tongues")).to_contain_text("Zee en software")


def founded_and_verified(people: People) -> Page:
    """Noor founds a company, and her city gives its word for it."""
    noor = people.open(name="noor", width=390)
    found(noor, people.year.address, "sailmakers")
    noor.get_by_role("link", name="Where it stands").click()
    noor.get_by_role("button", name="Ask The Hague to verify it").click()
    desk = people.open("/desk/@thehague/organisations/", name="thehague-editor")
    desk.get_by_role("link", name="Zeilmakerij sailmakers").click()
    desk.get_by_role("button", name="Verify it").click()
    expect(desk.get_by_text("everybody sees it now")).to_be_visible()
    return noor


def opportunities(people: People, noor: Page, wei: Page) -> None:
    """Each company says what it asks for or offers, and its city looks it over."""
    written(people, noor, "sailmakers", SOUGHT, "request", "13")
    written(people, wei, "baycode", OFFERED, "offer", "62")
    for city, title in (("thehague", SOUGHT), ("shenzhen", OFFERED)):
        desk = people.open(f"/desk/@{city}/opportunities/", name=f"{city}-editor")
        desk.get_by_role("link", name=title).first.click()
        desk.get_by_role("button", name="Make it public").click()
        expect(desk.get_by_text("It is public now.")).to_be_visible()


def written(people: People, page: Page, host: str, title: str, direction: str, sector: str) -> None:
    people.go(page, f"/work/@{host}/opportunities/new/")
    page.get_by_label(direction).check()
    page.get_by_label("What it is", exact=True).select_option("pilot")
    page.locator("#tongue_0").select_option("en")
    page.locator("#title_0").fill(title)
    page.locator("#story_0").fill("In one season, with two sails.")
    page.locator(f"[name=sectors][value='{sector}']").check()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("button", name="Ask the city to look it over").click()
    expect(page.get_by_text("The city looks it over now.")).to_be_visible()


def registered(people: People, noor: Page, wei: Page) -> dict[str, str]:
    """Two come for their organisations, one has no account; gives the letters of the tickets."""
    codes = {}
    for name, page, hall, firm in (
        ("Noor", noor, "Hall by the sea", "Zeilmakerij sailmakers"),
        ("Wei", wei, "Hall on the bay", "Bay Code"),
    ):
        people.go(page, EVENT)
        page.get_by_role("link", name="Register", exact=True).click()
        asked(page, name, hall)
        page.get_by_label("For whom do you come?").select_option(label=firm)
        page.get_by_role("button", name="Register").click()
        codes[name] = ticket(page)
    ana = people.open(EVENT, width=390)
    ana.get_by_role("link", name="Register", exact=True).click()
    asked(ana, "Ana", "Hall by the sea")
    ana.get_by_label("Your e-mail address").first.fill(ANA)
    ana.get_by_role("button", name="Register").click()
    expect(ana.get_by_role("heading", name="Look into your letters")).to_be_visible()
    people.go(ana, people.year.link(ANA, "You have a place", "events/registration/"))
    ana.get_by_role("button", name="See or change the registration").click()
    codes["Ana"] = ticket(ana)
    look_at(ana, f"{people.year.address}/zh-hans{EVENT}tickets/", 390)
    look_at(ana, f"{people.year.address}/zh-hans{EVENT}registration/", 390)
    return codes


def asked(page: Page, name: str, hall: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label(hall).check()
    page.get_by_label("The organisers may keep").check()


def ticket(page: Page) -> str:
    expect(page.get_by_role("heading", name="You have a place")).to_be_visible()
    page.get_by_role("link", name="Ticket").click()
    expect(page.get_by_role("img", name="QR code of this ticket").locator("svg")).to_be_visible()
    return page.locator(".door-code").inner_text()


def matched(people: People, noor: Page, wei: Page, begins: datetime) -> None:
    """Both say what they seek and whom they wish to meet; the organisers have a timetable worked out and publish it."""
    for page, seeks in ((noor, "62"), (wei, "13")):
        people.go(page, EVENT)
        page.get_by_role("link", name="Meetings of organisations").click()
        page.locator(f"[name=seeks][value='{seeks}']").check()
        page.get_by_role("button", name="Take part in the meetings").click()
    why = wei.get_by_role("list", name="Why you see this")
    expect(why.get_by_text("They offer what you seek: Textiles. +40")).to_be_visible()
    expect(why.get_by_text("They come from another city")).to_be_visible()
    deed(wei, "must", "Zeilmakerij")
    noor.reload()
    expect(noor.get_by_text("They say that they must meet you")).to_be_visible()
    deed(noor, "want", "Bay Code")

    desk = people.open(EVENT + "console/meetings/", name="thehague-editor")
    desk.get_by_role("button", name="Work a timetable out").click()
    desk.get_by_role("button", name="Publish").click(timeout=30_000)
    expect(desk.get_by_text("Fill what became free")).to_be_visible()
    look_at(desk, f"{people.year.address}/zh-hans{EVENT}console/meetings/", 1440)
    for page, other in ((noor, "湾区代码"), (wei, "Zeilmakerij")):
        page.reload()
        slot = page.locator(".meet-slot")
        expect(slot).to_contain_text(other)
        expect(slot).to_contain_text("Video line 1")
        for zone in ZONES:
            expect(slot).to_contain_text(f"{begins.astimezone(zone):%H:%M}")
    look_at(wei, f"{people.year.address}/zh-hans{EVENT}meetings/", 390)


def reminded(year: Year, begins: datetime) -> None:
    """A week and a day before, each once, by the clock of their hall."""
    for before, words in ((7, "is in a week"), (1, "begins in a day")):
        year.move(begins - timedelta(days=before) + timedelta(hours=1))
        for to, zone in (("noor@example.org", ZONES[0]), ("wei@example.org", ZONES[1]), (ANA, ZONES[0])):
            assert f", {begins.astimezone(zone):%-I:%M}" in year.letter(to, words)
            assert len(year.letters(to, words)) == 1


def at_the_doors(people: People, codes: dict[str, str]) -> None:
    """One phone has no line for a while, another lets in who has no account; the console counts all of them."""
    owner = people.open(EVENT, name="thehague-owner")
    people.go(owner, "/desk/@thehague/events/")
    owner.get_by_role("link", name="Sea and software").first.click()
    owner.get_by_role("link", name="Console of the day").click()
    phones = [phone(people, appointed(owner, f"Steward {n}")) for n in (1, 2)]
    away, there = phones
    away.context.set_offline(True)
    check(away, codes["Noor"])
    verdict(away, "yes", "Noor")
    expect(away.locator(".door-verdict")).to_contain_text("Kept on this phone")
    check(there, codes["Ana"])
    verdict(there, "yes", "Ana")
    expect(owner.locator(".door-totals")).to_contain_text("1 inside")
    away.context.set_offline(False)
    expect(away.locator("[data-line]")).to_contain_text("The line is there.")
    expect(owner.locator(".door-totals")).to_contain_text("2 inside")
    check(there, codes["Noor"])
    verdict(there, "no", "This ticket entered at")
    expect(there.locator(".door-verdict")).to_contain_text("Hall by the sea")
    check(there, codes["Wei"])
    verdict(there, "no", "another hall")
    expect(owner.get_by_role("row", name="Hall by the sea").first).to_contain_text("2")
    expect(owner.get_by_role("row", name="Manufacturing").first).to_contain_text("1")
    look_at(owner, f"{people.year.address}/zh-hans{EVENT}console/", 1440)
    look_at(there, there.url.replace(EVENT, f"/zh-hans{EVENT}"), 390)


def appointed(owner: Page, name: str) -> str:
    """The path of the link that the console shows once."""
    owner.get_by_label("Name").fill(name)
    owner.get_by_role("button", name="Make a link").click()
    return owner.locator(".door-address").inner_text().partition("/@")[2]


def phone(people: People, link: str) -> Page:
    page = people.open(f"/@{link}", width=390)
    page.get_by_role("button", name="Open the doors").click()
    page.get_by_role("link", name="Hall by the sea").click()
    expect(page.locator("event-door[data-ready]")).to_be_attached()
    return page


def told_afterwards(people: People) -> None:
    """The event is over by itself; its organisers tell of it, and its page has that and the numbers."""
    desk = people.open("/desk/@shenzhen/events/", name="shenzhen-owner")
    desk.get_by_role("link", name="Sea and software").first.click()
    desk.get_by_role("link", name="Pictures, recording, report").click()
    desk.locator("[name='report.en']").fill("Two companies met, and began to talk.")
    desk.locator("[name='report.zh-Hans']").fill("两家公司见面并开始洽谈。")
    desk.get_by_role("button", name="Keep").click()
    page = page_of_it(people, "/zh-hans", "两家公司见面并开始洽谈。")
    look_at(page, page.url, 390)


def page_of_it(people: People, prefix: str, words: str) -> Page:
    """The page of the event, with what its organisers tell and how many had registered."""
    page = people.open(prefix + EVENT, width=390)
    expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator(".event-figures div").first).to_contain_text("3")
    return page


def in_talk(people: People) -> str:
    """Wei answers what the sailmakers ask for; both say how far they are. Gives where they talk."""
    wei = people.open(ANSWER, name="wei", width=390)
    wei.get_by_label("Message", exact=True).fill("We met at table one. Shall we try it?")
    wei.get_by_role("button", name="Send").click()
    expect(wei.get_by_text("It is sent.")).to_be_visible()
    talk = wei.url.removeprefix(people.year.address)
    noor = people.open(people.year.link("noor@example.org", "Shall we try it?", "interests/"), name="noor", width=390)
    noor.get_by_label(re.compile("Your message")).fill("Come in spring.")
    noor.get_by_role("button", name="Send").click()
    noor.get_by_role("button", name="Say: agreed").click()
    wei.reload()
    expect(wei.locator(".opp-states")).to_contain_text("agreed")
    wei.get_by_role("button", name="Say: meeting").click()
    wei.get_by_role("button", name="Say: agreed").click()
    expect(wei.locator(".opp-states")).not_to_contain_text("new")
    look_at(wei, f"{people.year.address}/zh-hans{talk}", 390)
    return talk


def forgotten_and_reminded(year: Year, people: People) -> None:
    """Consents have run out: nobody's name is kept, the numbers are. Whoever asks or offers is asked whether it still holds."""
    for to, title in (("noor@example.org", SOUGHT), ("wei@example.org", OFFERED)):
        assert title in year.letter(to, "Does this still hold?")
    year.comes_to(0, f"SELECT count(*) FROM events_registration WHERE NOT ({FORGOTTEN})")
    year.comes_to(0, "SELECT count(*) FROM events_ticket")
    assert year.count("SELECT count(*) FROM events_registration WHERE state = 'confirmed'") == 3
    assert year.count("SELECT count(*) FROM events_scan") == 4
    desk = people.open("/desk/@thehague/events/1/registrations/", name="thehague-editor")
    expect(desk.get_by_text("Forgotten, as was agreed")).to_have_count(3)
    page_of_it(people, "", "Two companies met, and began to talk.")


def came_of_it(year: Year, people: People, talk: str) -> None:
    """Nobody renewed the opportunities, and they lapsed. What came of one is told by one side, confirmed by the other, and added up."""
    noor = people.open(talk, name="noor", width=390)
    noor.get_by_text("Tell what came of it").click()
    noor.locator("#id_kind").select_option("order")
    noor.get_by_label("Value, from").fill("40000")
    noor.get_by_label("Value, to").fill("60000")
    noor.get_by_label("Currency").select_option("EUR")
    noor.get_by_label("Everybody may see the value").check()
    noor.get_by_role("button", name="Tell it").click()
    expect(noor.get_by_text("The other side has not confirmed it yet.")).to_be_visible()
    wei = people.open("/opportunities/interests/", name="wei", width=390)
    wei.get_by_role("link", name=SOUGHT).click()
    wei.get_by_role("button", name="It is so").click()
    expect(wei.get_by_text("Confirmed by both sides.")).to_be_visible()

    year.comes_to(2, "SELECT count(*) FROM opportunities_opportunity WHERE state = 'lapsed'")
    page = people.open(OUTCOME, width=390)
    for table, line in (
        ("By pair of cities", "Shenzhen – The Hague"),
        ("By city", "Shenzhen"),
        ("By city", "The Hague"),
        ("By sector", "Manufacturing"),
        ("By kind", "order"),
        ("By year", f"{year.now.astimezone(UTC):%Y}"),
    ):
        row = page.get_by_role("table", name=table).get_by_role("row", name=line)
        expect(row).to_contain_text("€40,000")
        expect(row).to_contain_text("€60,000")
    with page.expect_download() as loaded:
        page.get_by_role("link", name="As a table (CSV)").click()
    assert "sailmakers" in Path(loaded.value.path()).read_text()
    look_at(page, f"{year.address}/zh-hans{OUTCOME}", 390)
    page_of_it(people, "", "Two companies met, and began to talk.")
