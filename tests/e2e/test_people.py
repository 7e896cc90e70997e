"""Profiles, following, muting, search and leaving in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests.e2e.hall import Hall
from tests.e2e.talk_deeds import PASSWORD
from tests.e2e.test_axe import AXE, COLOURS, TAGS, look
from tests.e2e.test_talk import Enter, enter  # noqa: F401 - a fixture

FOLLOW = re.compile(r"^Follow (?!no longer)")


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """The network of the talk, with people who do not know each other yet."""
    hall = Hall(tmp_path_factory.mktemp("people"), "people_deeds")
    hall.start()
    yield hall
    hall.stop()


@pytest.mark.parametrize("script", [True, False], ids=["island", "plain"])
def test_a_city_is_followed_from_its_page(enter: Enter, script: bool) -> None:  # noqa: F811
    page = enter("olaf" if script else "newcomer", "/@shenzhen/", script=script)
    page.get_by_role("button", name=FOLLOW).click()
    expect(page.get_by_role("button", name=re.compile("^Follow no longer"))).to_be_visible()
    if script:
        expect(page.get_by_role("button", name=re.compile("^Follow no longer"))).to_be_focused()
    page.goto(page.url)
    page.get_by_role("button", name=re.compile("^Follow no longer")).click()
    expect(page.get_by_role("button", name=FOLLOW)).to_be_visible()


def test_somebody_makes_a_profile_by_keyboard_and_asks_to_follow(enter: Enter, talk: Hall) -> None:  # noqa: F811
    page = enter("ada", "/account/", width=390)
    page.get_by_role("link", name="Make your profile").press("Enter")
    expect(page.get_by_label("Handle")).to_have_value("ada")
    page.locator("main").get_by_label("Language", exact=True).first.select_option("ja")
    page.get_by_label("Name").first.fill("エイダ")
    page.get_by_role("button", name="Add a language").press("Enter")
    expect(page.get_by_label("Name").first).to_have_value("エイダ")
    page.locator("main").get_by_label("Language", exact=True).nth(1).select_option("en")
    page.get_by_label("Name").nth(1).fill("Ada")
    page.get_by_label("Home city").fill("Shenzhen")
    page.get_by_role("button", name="Make the profile").press("Enter")
    expect(page.get_by_text("Your profile is as you said.")).to_be_visible()
    page.goto(f"{talk.address}/@mila/")
    page.get_by_role("button", name=re.compile("^Follow")).click()
    expect(page.get_by_role("button", name=re.compile("^Take back"))).to_be_visible()
    asked = enter("mila", "/home/requests/")
    asked.locator("li", has_text="@ada").get_by_role("button", name=re.compile("^Accept")).click()
    asked.goto(f"{talk.address}/@mila/followers/")
    expect(asked.get_by_text("@ada")).to_be_visible()


def test_a_word_is_muted_and_heard_again(enter: Enter, talk: Hall) -> None:  # noqa: F811
    page = enter("femke", "/account/bars/")
    page.get_by_label("Word or hashtag").fill("#notes")
    page.get_by_role("button", name="Mute the word").click()
    page.goto(f"{talk.address}/posts/")
    expect(page.get_by_text("Note 24")).to_have_count(0)
    page.goto(f"{talk.address}/account/bars/")
    page.get_by_role("button", name=re.compile("^Mute no longer")).click()
    page.goto(f"{talk.address}/posts/")
    expect(page.get_by_text("Note 24")).to_be_visible()


def test_posts_people_and_hashtags_are_found(enter: Enter) -> None:  # noqa: F811
    page = enter("", "/search/?q=tram")
    expect(page.get_by_text("Which tram?")).to_be_visible()
    page = enter("", "/search/?q=%40mila")
    expect(page.locator(".found").get_by_role("link", name="Мила")).to_be_visible()
    page = enter("", "/search/")
    field = page.locator("#page-search")
    field.press_sequentially("#not")
    expect(page.get_by_role("option", name=re.compile("#notes"))).to_be_visible()


def test_somebody_leaves_and_comes_back(enter: Enter, talk: Hall) -> None:  # noqa: F811
    page = enter("olaf", "/account/closing/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.get_by_label("I am sure that I want to close my account.").check()
    page.get_by_role("button", name="Close the account").click()
    expect(page.get_by_text("Your account is closed.")).to_be_visible()
    assert page.request.get(f"{talk.address}/@olaf/").status == 404
    back = enter("olaf", "/@olaf/")
    expect(back.get_by_role("heading", name="Olaf")).to_be_visible()


LOOKS = [
    ("ada", "/account/profile/", 390), ("mila", "/account/profile/", 1440), ("mila", "/ar/account/profile/", 390),
    ("", "/@mila/", 1440), ("lin", "/ar/@mila/", 390), ("mila", "/zh-hans/@mila/", 390), ("newcomer", "/@lin/", 1440),
    ("", "/@thehague/followers/", 390), ("mila", "/@mila/following/", 1440), ("mila", "/home/requests/", 390),
    ("lin", "/account/bars/", 1440), ("lin", "/ar/account/bars/", 390), ("lin", "/account/export/", 390),
    ("lin", "/zh-hans/account/export/", 1440), ("lin", "/account/", 390), ("", "/search/?q=tram", 390),
    ("", "/ar/search/?q=mila", 1440), ("lin", "/@thehague/", 390),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "width"), LOOKS)
def test_axe_finds_nothing(enter: Enter, name: str, path: str, width: int) -> None:  # noqa: F811
    page = enter(name, path, width=width)
    page.evaluate(AXE.read_text())
    found, passed = look(page, TAGS)
    assert not found, "\n".join(found)
    assert passed > 15
    page.evaluate("document.documentElement.dataset.theme = 'day'")
    found, _ = look(page, COLOURS)
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
