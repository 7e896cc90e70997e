"""A new password by letter, an authenticator app, a passkey, devices: as people do it, in a real Chromium."""

from __future__ import annotations

import re
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect
from tests.e2e.conftest import PASSWORD, Open, Running
from tests.e2e.test_axe import AXE, TAGS, look

PHONE = 390
MAKE = """
import os, django
django.setup()
from cityplus.people.models import Person
name = os.environ["WHO"]
Person.enrol(name, name + "@example.org", os.environ["PASSWORD_OF_WHO"], operator=name.startswith("ops"))
"""

POST = """
import django
django.setup()
from cityplus.jobs import worker
while worker.run_one("postman", urgent=True):
    pass
"""


@pytest.fixture
def program(running: Running) -> Callable[..., str]:
    """Run Python on the data of the running network; returns what it says on standard error."""

    def run(*words: str, **more: str) -> str:
        env = running.env | {"DJANGO_SETTINGS_MODULE": "cityplus.config.settings"} | more
        env["CITYPLUS_BASE_URL"] = running.address
        done = subprocess.run([sys.executable, *words], env=env, check=True, capture_output=True, text=True)
        return done.stderr

    return run


@pytest.fixture
def somebody(program: Callable[..., str]) -> str:
    """Somebody new, so that tests do not lock each other's people in or out."""
    name = f"p{uuid.uuid4().hex[:12]}"
    program("-c", MAKE, WHO=name, PASSWORD_OF_WHO=PASSWORD)
    return name


@pytest.fixture
def letters(program: Callable[..., str]) -> Callable[[], str]:
    """Lets the worker send what waits to the terminal, and hands over what it wrote there."""
    return lambda: program("-c", POST)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(password)
    page.locator("main form.form button").click()


def show_once_more(page: Page) -> None:
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form.form button").click()


def is_clean(page: Page) -> None:
    """axe finds nothing, and nothing lies beside the page."""
    page.evaluate(AXE.read_text())
    found, passes = look(page, TAGS)
    assert not found, f"{page.url}: " + "\n".join(found)
    assert passes > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} scrolls sideways"


def code_of(page: Page, secret: str, ahead: int = 0) -> str:
    now = int(page.evaluate("Date.now()")) // 30_000
    return str(format_hotp_value(hotp_value(secret, now + ahead)))


def test_a_forgotten_password_is_replaced_by_a_letter(
    open_page: Open, somebody: str, letters: Callable[[], str]
) -> None:
    page = open_page("/account/session/", width=PHONE, script=False)
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail").fill(f"{somebody}@example.org")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    link = re.search(r"^http\S+/account/password/reset/\S+$", letters(), re.M)
    assert link
    page.goto(link[0])
    page.get_by_label("New password").fill("a quite other password")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password is changed")
    page.locator("main").get_by_role("link", name="Sign in").click()
    sign_in(page, f"{somebody}@example.org", "a quite other password")
    expect(page.get_by_role("heading", level=1)).to_have_text(somebody)


@pytest.mark.parametrize(("prefix", "width"), [("", 1440), ("/ar", PHONE)])
def test_an_authenticator_app_is_set_up_and_asked_for(open_page: Open, somebody: str, prefix: str, width: int) -> None:
    page = open_page(f"{prefix}/account/session/?next={prefix}/account/app/", width=width)
    is_clean(page)
    sign_in(page, somebody)
    is_clean(page)
    show_once_more(page)
    expect(page.locator(".app-secret img")).to_be_visible()
    is_clean(page)
    secret = page.locator(".app-key").inner_text()
    page.locator("input[name=code]").fill(code_of(page, secret))
    page.locator("main form.form button").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    is_clean(page)
    page.goto(re.sub(r"recovery-codes/$", "", page.url))
    is_clean(page)
    page.locator(".account-leave button").click()
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + f"{prefix}/account/session/")
    sign_in(page, somebody)
    expect(page).to_have_url(re.compile("/account/session/second/$"))
    is_clean(page)
    page.locator("input[name=code]").fill("000000")
    page.locator("main form.form button").click()
    expect(page.locator("#id_code_error")).to_be_visible()
    is_clean(page)
    page.locator("input[name=code]").fill(code_of(page, secret, 1))
    page.locator("main form.form button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(somebody)


def with_virtual_key(page: Page) -> Any:
    """Chromium's own authenticator, as a phone has one: keeps keys, and checks who holds it."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return client


def test_a_passkey_is_made_and_opens_the_account(open_page: Open, somebody: str) -> None:
    page = open_page("/account/session/?next=/account/passkeys/new/", width=PHONE)
    with_virtual_key(page)
    sign_in(page, somebody)
    show_once_more(page)
    is_clean(page)
    page.get_by_label("Name of the passkey").fill("pocket")
    page.locator("main").get_by_role("button", name="Add a passkey").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    page.goto(page.url.replace("recovery-codes", "passkeys"))
    expect(page.locator("main .plain-list")).to_contain_text("pocket")
    is_clean(page)
    page.goto(page.url.replace("passkeys/", ""))
    page.get_by_role("button", name="Sign out").click()

    page.goto(page.url.rstrip("/") + "/account/session/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(somebody)
    page.get_by_role("button", name="Sign out").click()

    page.goto(page.url.rstrip("/") + "/account/session/")
    sign_in(page, somebody)
    expect(page).to_have_url(re.compile("/account/session/second/$"))
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(somebody)


def test_a_device_without_a_passkey_says_so(open_page: Open) -> None:
    page = open_page("/account/session/")
    client = with_virtual_key(page)
    client.send("WebAuthn.disable")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')); }"
    )
    expect(page.locator("[data-say=failed]")).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-say=failed]")).to_be_visible()


def test_without_script_a_passkey_is_not_offered_in_vain(open_page: Open) -> None:
    page = open_page("/account/session/", script=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_disabled()
    expect(page.locator("[data-say=unsupported]")).to_be_visible()


def test_a_device_is_signed_out_from_another(open_page: Open, somebody: str) -> None:
    laptop, phone = open_page("/account/session/"), open_page("/account/session/", width=PHONE, script=False)
    for page in (laptop, phone):
        sign_in(page, somebody)
        expect(page.get_by_role("heading", level=1)).to_have_text(somebody)
    laptop.get_by_role("link", name="Where you are signed in").click()
    expect(laptop.locator("main .plain-list li")).to_have_count(2)
    is_clean(laptop)
    laptop.get_by_role("button", name="Sign out there").click()
    expect(laptop.locator("main .plain-list li")).to_have_count(1)
    phone.reload()
    expect(phone.locator("input[name=login]")).to_be_visible()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_every_page_of_an_account_is_clean(open_page: Open, somebody: str, prefix: str) -> None:
    page = open_page(f"{prefix}/account/session/?next={prefix}/account/email/", width=PHONE)
    sign_in(page, somebody)
    page.locator("input[name=email][type=email]").fill(f"more-{somebody}@example.org")
    page.locator("button[name=action_add]").click()
    show_once_more(page)
    expect(page.locator("main .plain-list li")).to_have_count(2)
    is_clean(page)
    root = page.url.removesuffix("email/")
    for path in ("", "password/", "passkeys/", "sessions/", "session/again/?next=/account/"):
        page.goto(root + path)
        is_clean(page)


AT_THE_DOOR = [
    "/account/password/reset/",
    "/account/password/reset/sent/",
    "/account/password/reset/1-no-key/",
    "/account/password/reset/done/",
    "/account/new/",
    "/account/email/sent/",
]


@pytest.mark.parametrize("path", AT_THE_DOOR)
def test_every_page_at_the_door_is_clean(open_page: Open, path: str) -> None:
    is_clean(open_page(path, width=PHONE))
    is_clean(open_page("/ar" + path))


def test_somebody_too_hasty_gets_a_page_in_our_look(browser: Browser, network: str) -> None:
    """It uses up what this network may guess at one name, and no other test knows that name."""
    with browser.new_context(viewport={"width": PHONE, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{network}/account/session/")
        name = f"hasty{uuid.uuid4().hex[:8]}"
        for _ in range(11):
            sign_in(page, name, "wrong")
        expect(page.get_by_role("heading", level=1)).to_have_text("A little patience")
        is_clean(page)


@pytest.fixture
def operator(program: Callable[..., str]) -> Iterator[str]:
    name = f"ops{uuid.uuid4().hex[:10]}"
    program("-c", MAKE, WHO=name, PASSWORD_OF_WHO=PASSWORD)
    yield name


def test_the_operator_s_pages_work_under_the_policy(open_page: Open, operator: str) -> None:
    """`open_page` fails this test when a page breaks the policy: Django's pages bring neither inline script nor inline style."""
    page = open_page("/account/session/?next=/operator/")
    sign_in(page, operator)
    expect(page.locator("#site-name")).to_contain_text("CityPlus")
    for name in ("people/person", "journal/entry", "cities/city", "jobs/job"):
        page.goto(page.url.split("/operator/")[0] + f"/operator/{name}/")
        expect(page.locator("#changelist")).to_be_visible()
    page.locator("#result_list th a").first.click()
    expect(page.locator("#content")).to_be_visible()
