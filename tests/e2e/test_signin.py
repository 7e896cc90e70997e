"""Signing in and out, and who sees what of it."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import PASSWORD, Open

EDITOR = "thehague-editor"


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Name or e-mail").fill(EDITOR)
    page.get_by_label("Password").fill(password)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def test_an_editor_signs_in_finds_the_city_and_signs_out(open_page: Open) -> None:
    page = open_page("/")
    page.locator(".header .sign-in").click()
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(EDITOR)
    cities = page.get_by_role("region", name="Your cities")
    expect(cities).to_contain_text("Den Haag")
    expect(cities).to_contain_text("editor", ignore_case=True)
    expect(page.locator(".header .sign-in")).to_have_text(EDITOR)
    cities.get_by_role("link", name="Den Haag").click()
    expect(page.locator("h1 bdi")).to_have_text("Den Haag")
    page.locator(".header .sign-in").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".header .sign-in")).to_have_text("Sign in")


def test_a_wrong_password_is_told_and_keeps_the_name(open_page: Open) -> None:
    page = open_page("/account/session/")
    sign_in(page, "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Name or e-mail")).to_have_value(EDITOR)
    expect(page.get_by_label("Name or e-mail")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Name or e-mail")).to_have_attribute("aria-describedby", "form-error")


def test_the_account_asks_strangers_to_sign_in_first(open_page: Open) -> None:
    page = open_page("/nl/account/")
    expect(page.locator("input[name=password]")).to_be_visible()
    assert "/account/session/" in page.url


def test_pages_of_who_is_signed_in_are_kept_for_nobody_else(open_page: Open, browser: Browser, network: str) -> None:
    page = open_page("/account/session/")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(EDITOR)
    for path in ("/", "/cities/", "/@thehague/", "/@thehague/routes/22-destinations/", "/ties/"):
        with browser.new_context() as stranger:
            before = stranger.request.get(network + path).text()  # now a kept page is there
            own = page.request.get(network + path)
            after = stranger.request.get(network + path).text()
        assert EDITOR in own.text(), f"{path}: the editor got the page of a stranger"
        assert EDITOR not in before + after, f"{path}: a stranger got the page of the editor"
        assert "cookie" in own.headers.get("vary", "").lower(), path
        assert own.headers.get("cache-control", "") in {"", "private", "no-cache", "private, no-cache"} or (
            "no-store" in own.headers["cache-control"]
        )


def test_after_signing_out_the_account_is_closed(open_page: Open) -> None:
    page = open_page("/account/session/")
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(EDITOR)
    assert "no-store" in page.request.get(page.url).headers["cache-control"]
    account = page.url
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".header .sign-in")).to_have_text("Sign in")
    page.goto(account)
    expect(page.locator("input[name=password]")).to_be_visible()
