"""A running network with the real sample content, and a real Chromium that looks at it.

Making the renditions takes two minutes of both cores. Who works on these tests prepares a network once
(``cityplus up`` with ``CITYPLUS_DEMO_PASSWORD`` as below) and names it: ``E2E_NETWORK`` is its address,
``E2E_DATA`` its data folder. (The program itself takes no unknown ``CITYPLUS_`` names.)

With ``-n 2`` each process of the tests has a Chromium and a network of its own, with a server on a port of its own.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--disable-quic", "--enable-unsafe-swiftshader",
]  # fmt: skip
WHOLE = ("chromium", "google-chrome")
PASSWORD = "a password for tests"
NIGHT, DAY = "night", "day"
SHENZHEN, THE_HAGUE = "/@shenzhen/routes/5-landmarks/", "/@thehague/routes/22-destinations/"
NO_WEBGL2 = """
const before = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind === "webgl2" ? null : before.call(this, kind, ...rest);
};
"""
"""For ``open_page(init=…)``: a browser that cannot draw in three dimensions."""

Open = Callable[..., Page]
expect.set_options(timeout=15_000)  # a busy machine is no failure of a page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@dataclass(frozen=True)
class Running:
    """A network that is being served: its address, and the environment in which its program works on its data."""

    address: str
    env: dict[str, str]

    def cityplus(self, *arguments: str) -> None:
        """Run the program on the same data while the server runs.

        Raises:
            subprocess.CalledProcessError: it ended with another status than 0.
        """
        subprocess.run([sys.executable, "-m", "cityplus", *arguments], env=self.env, check=True)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A network with the sample in it and every rendition made: the embedded default, as ``bin/up`` runs it."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith(("CITYPLUS_", "DJANGO_"))}
    if address := os.environ.get("E2E_NETWORK"):
        yield Running(address.rstrip("/"), plain | {"CITYPLUS_DATA": os.environ["E2E_DATA"]})
        return
    port = _free_port()
    data = tmp_path_factory.mktemp("network") / "data"
    env = plain | {"CITYPLUS_PORT": str(port), "CITYPLUS_DEMO_PASSWORD": PASSWORD}
    shutil.copytree(_prepared(tmp_path_factory, env), data)
    env["CITYPLUS_DATA"] = str(data)
    server = subprocess.Popen([sys.executable, "-m", "cityplus", "serve"], env=env)
    network = Running(f"http://localhost:{port}", env)
    try:
        _wait_for(f"{network.address}/readyz")
        yield network
    finally:
        server.terminate()
        server.wait(20)


def _prepared(tmp_path_factory: pytest.TempPathFactory, env: dict[str, str]) -> Path:
    """The folder of a network that nobody has touched: made by the first process of a run, copied by each."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # that of the run, in which each of its processes has one
    made = shared / "prepared-network"
    with (shared / "prepared-network.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait here, while both cores make renditions
        if not made.exists():
            making = shared / "network-in-the-making"
            shutil.rmtree(making, ignore_errors=True)
            env = env | {"CITYPLUS_DATA": str(making)}
            prepare = [sys.executable, "-m", "cityplus.config.cli.prepare", "--content", str(ROOT / "content")]
            subprocess.run(prepare, env=env, check=True)
            halves = [subprocess.Popen([sys.executable, "-m", "cityplus", "work", "--once"], env=env) for _ in range(2)]
            assert [half.wait(900) for half in halves] == [0, 0]
            making.rename(made)
    return made


@pytest.fixture(scope="session")
def network(running: Running) -> str:
    """The address of the running network, without a slash at its end."""
    return running.address


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 120  # a busy machine is no failure of a server
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(url)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without a window, where it is installed: a page costs it a third of the processor that it costs the whole one."""
    with _launched(playwright, "chromium-headless-shell", *WHOLE) as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_browser(playwright: Playwright) -> Iterator[Browser]:
    """For what only a whole browser has, as messages on the desk of who uses it."""
    with _launched(playwright, *WHOLE) as browser:
        yield browser


def _launched(playwright: Playwright, *programs: str) -> Browser:
    executable = next(filter(None, map(shutil.which, programs)), None)
    assert executable, "Chromium is missing: bin/test installs it, or apt install chromium"
    return playwright.chromium.launch(executable_path=executable, args=FLAGS)


@pytest.fixture
def open_page(browser: Browser, network: str) -> Iterator[Open]:
    """``open_page(path, width=1440, theme="night", script=True, motion=False, init="")``: a page in a fresh browser context.

    ``init`` is a script that runs before those of the page. A test fails when the page logs an error, breaks its
    security policy or throws.
    """
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_(
        path: str,
        *,
        width: int = 1440,
        theme: str = NIGHT,
        script: bool = True,
        motion: bool = False,
        init: str = "",
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 600 else 900},
            java_script_enabled=script,
            reduced_motion="no-preference" if motion else "reduce",
            has_touch=width < 600,
        )
        context.add_cookies([{"name": "theme", "value": theme, "url": network}])
        if init:
            context.add_init_script(init)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: note(path, message))
        page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
        page.goto(network + path, wait_until="load")
        return page

    def note(path: str, message: ConsoleMessage) -> None:
        missing = "404 (Not Found)" in message.text and message.location["url"] == network + path
        if message.type == "error" and not missing:  # the page that says “not found” may be one
            troubles.append(f"{path}: {message.text} {message.location['url']}")

    yield open_
    for context in contexts:
        context.close()
    assert not troubles, troubles


def is_uncovered(target: Locator) -> bool:
    """Whether a pointer at the middle of this element hits it (or what is in it), and nothing that lies upon it."""
    hit = """element => {
      const box = element.getBoundingClientRect();
      const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return !!found && (element === found || element.contains(found));
    }"""
    return bool(target.evaluate(hit))


from tests.e2e.hall_pages import enter, hall  # noqa: E402, F401 - fixtures; a hall itself needs what stands above
