"""The story of The Hague: an editor writes a route in Dutch, a translator brings it into Chinese and approves it, and it is published,
in one sitting and in two browsers."""

from __future__ import annotations

import uuid

from playwright.sync_api import Page, expect
from tests.e2e.conftest import Open
from tests.e2e.test_desk_editor import SAVED, at_desk, field, sessions, status  # noqa: F401 - at_desk and sessions are fixtures
from tests.e2e.test_desk_editor import Desk as EditorsDesk
from tests.e2e.test_desk_languages import Desk as TranslatorsDesk
from tests.e2e.test_desk_languages import at_desk as translators_desk  # noqa: F401 - a fixture
from tests.e2e.test_desk_languages import session  # noqa: F401 - a fixture

STOPS = (
    ("Vredespaleis", "Het Vredespaleis staat aan het plein.", "52.0866", "4.2955", "和平宫", "和平宫坐落在广场旁。"),
    ("De Pier", "Hier eindigt de stad en begint de zee.", "52.1170", "4.2795", "码头", "城市在此止步，大海由此开始。"),
)


def in_part(page: Page, number: int, label: str) -> object:
    part = page.locator("details.part").nth(number)
    return part.locator(f'.field[data-label="{label}"]').locator("input:not([type=hidden]), textarea, select").first


def test_a_route_is_written_in_dutch_read_in_chinese_and_published(
    at_desk: EditorsDesk,  # noqa: F811
    translators_desk: TranslatorsDesk,  # noqa: F811
    open_page: Open,
) -> None:
    name = f"Naar de golven {uuid.uuid4().hex[:6]}"
    writes = at_desk("/desk/@thehague/routes/")
    writes.get_by_label("Title").fill(name)
    writes.get_by_label("Language in which it is written first").select_option("nl")
    writes.get_by_role("button", name="Begin").click()
    path = str(writes.evaluate("location.pathname"))
    for number in (1, 2):
        writes.get_by_role("button", name="Add a stop").click()
        expect(writes.locator("details.part")).to_have_count(number)
    field(writes, "Summary").fill("Van het paleis naar de golven.")
    field(writes, "Theme").select_option("sea")
    field(writes, "Effort").select_option("easy")
    field(writes, "Minutes in all").fill("90")
    for number, (stop, story, lat, lon, *_) in enumerate(STOPS):
        for label, words in (("Name", stop), ("Story", story), ("Latitude", lat), ("Longitude", lon)):
            in_part(writes, number, label).fill(words)  # type: ignore[attr-defined]
    expect(status(writes)).to_have_text(SAVED)

    reads = translators_desk(f"{path}languages/zh-Hans/")
    chinese = {name: "走向海浪", "Van het paleis naar de golven.": "从宫殿走向海浪。"}
    chinese |= {
        words: version for stop, story, _, _, title, tale in STOPS for words, version in ((stop, title), (story, tale))
    }
    for dutch, version in chinese.items():
        row = reads.locator(".side", has=reads.locator(".side-words", has_text=dutch)).first
        row.get_by_role("textbox").fill(version)
        expect(row.locator(".state")).to_have_text("written by a person")
        row.get_by_role("button", name="Mark as reviewed").click()
        expect(row.locator(".state")).to_contain_text("reviewed")

    writes.goto(writes.url.split("?")[0].rstrip("/") + "/publication/")
    expect(writes.get_by_text("Nothing is missing.")).to_be_visible()
    writes.get_by_role("button", name="Publish now").click()
    expect(writes.get_by_text("Public").first).to_be_visible()

    public = path.removeprefix("/desk")
    chinese_page = open_page(f"/zh-hans{public}")
    expect(chinese_page.get_by_role("heading", level=1)).to_contain_text("走向海浪")
    expect(chinese_page.get_by_text("城市在此止步，大海由此开始。").first).to_be_attached()
    dutch_page = open_page(f"/nl{public}")
    expect(dutch_page.get_by_role("heading", level=1)).to_contain_text("Naar de golven")
    assert "thehague-editor" not in dutch_page.content(), "the public does not learn who of the team wrote it"

    writes.goto(writes.url)  # the network is other tests' too: what it shows is as before
    writes.get_by_role("button", name="Take it back from the public").click()
    expect(writes.get_by_role("button", name="Take it back from the public")).to_have_count(0)
