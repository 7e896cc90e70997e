"""Pushes: to a real push service on loopback, opened by a browser, and with nothing in them that the person may not see."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from conftest import sign_in
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cityplus.actors.models import Actor
from cityplus.jobs.kinds import work_of
from cityplus.jobs.models import Job
from cityplus.notifications.models import Device, Notice, Wishes
from cityplus.notifications.push import vapid
from cityplus.notifications.tests.conftest import Posts, actor, favour
from cityplus.notifications.tests.push_service import BrowserKeys, Service, claims_of, push_service
from cityplus.people.models import Person


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    """A push service that this network may reach although it is not public."""
    settings.CITYPLUS = replace(django_settings.CITYPLUS, fetch_allow=(ip_network("127.0.0.1/32"),))
    with push_service() as found:
        yield found


@pytest.fixture
def browser(reader: Person) -> Client:
    return sign_in(reader)


@pytest.fixture
def keys(browser: Client, service: Service) -> BrowserKeys:
    """The reader's browser has asked for pushes."""
    found = BrowserKeys()
    subscribe(browser, service.endpoint(), found)
    return found


def subscribe(client: Client, endpoint: str, keys: BrowserKeys) -> None:
    told = {"endpoint": endpoint, "expirationTime": None, "keys": keys.told}
    answer = client.post("/account/notices/devices/", told, content_type="application/json")
    assert answer.status_code == 201, answer.content


def work() -> None:
    """Let the worker do what is due of the pushes."""
    while job := Job.objects.filter(kind="notifications.push").take("test"):
        work_of(job.kind)(**job.args)
        job.finish()


def test_a_push_reaches_its_browser_and_is_read_by_it_alone(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor
) -> None:
    reader.prefer("ja")
    favour(reader, ana)
    work()
    [(path, heads, body)] = service.came
    assert path == "/push/one"
    assert json.loads(keys.open(body)) == {
        "title": "[ja] Ana favoured your post 1.",
        "body": "The sea begins where the tram ends.",
        "url": "http://localhost:8000/@reader/posts/1/",
        "tag": "favourite:social.post:1",
        "lang": "ja",
        "dir": "ltr",
    }
    assert b"favoured" not in body
    assert (heads["content-encoding"], heads["ttl"], heads["urgency"]) == ("aes128gcm", "86400", "normal")
    assert len(heads["topic"]) <= 32
    assert {"cookie", "referer"} & set(heads) == set()
    assert Device.objects.get().pushed_at


def test_it_says_who_sends_it_by_a_signature(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor
) -> None:
    favour(reader, ana)
    work()
    claims = claims_of(service.came[0][1]["authorization"])
    assert claims["aud"] == f"http://127.0.0.1:{service.port}"
    assert claims["sub"] == "mailto:noreply@localhost"
    assert 0 < claims["exp"] - time.time() <= 86_400
    assert service.came[0][1]["authorization"].endswith(f"k={vapid.public_key()}")


def test_the_key_is_made_once_and_kept_beside_the_secret() -> None:
    path = django_settings.CITYPLUS.data / "push-key"
    first = vapid.public_key()
    assert path.stat().st_mode & 0o777 == 0o600
    vapid._private.cache_clear()
    assert vapid.public_key() == first


@pytest.mark.parametrize("how", ["deleted", "hidden", "blocked", "read", "unwanted", "closed"])
def test_what_one_may_not_see_or_does_not_want_is_not_pushed(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor, how: str
) -> None:
    favour(reader, ana)
    meanwhile: dict[str, Callable[[], object]] = {
        "deleted": posts.texts.clear,
        "hidden": lambda: posts.hidden.add((reader.pk, 1)),
        "blocked": lambda: posts.blocked.add((reader.pk, ana.pk)),
        "read": lambda: Notice.read(reader, Notice.objects.get().pk),
        "unwanted": lambda: Wishes.of(reader).choose({"favourite": ["page"]}),
        "closed": lambda: Person.objects.update(is_active=False),
    }
    meanwhile[how]()
    work()
    assert service.came == []


def test_a_thousand_hands_ring_once_until_it_is_read(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts
) -> None:
    for n in range(5):
        favour(reader, actor(f"a{n}"))
    work()
    assert json.loads(keys.open(service.came[0][2]))["title"] == "[en] A4 and 4 others favoured your post 1."
    assert len(service.came) == 1
    Notice.read(reader, Notice.objects.heads().get().pk)
    favour(reader, actor("late"))
    work()
    assert len(service.came) == 2
    assert service.came[0][1]["topic"] == service.came[1][1]["topic"]


def test_each_device_gets_it_and_one_that_is_gone_is_forgotten(
    service: Service, keys: BrowserKeys, browser: Client, reader: Person, posts: Posts, ana: Actor
) -> None:
    phone = BrowserKeys()
    subscribe(browser, service.endpoint("phone"), phone)
    service.answers = [(410, {})]
    favour(reader, ana)
    work()
    assert {path for path, _, _ in service.came} == {"/push/one", "/push/phone"}
    assert Device.objects.count() == 1
    service.answers = [(404, {})]
    posts.texts[2] = "x"
    favour(reader, ana, post=2)
    work()
    assert not Device.objects.exists()


def test_a_service_that_is_busy_is_asked_again_later(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor
) -> None:
    service.answers = [(503, {}), (429, {"Retry-After": "3600"})]
    favour(reader, ana)
    work()
    again = Job.objects.get(kind="notifications.push", state="waiting")
    assert 30 < (again.run_after - timezone.now()).total_seconds() <= 60
    Job.objects.filter(pk=again.pk).update(run_after=timezone.now())
    work()
    third = Job.objects.get(kind="notifications.push", state="waiting")
    assert 3500 < (third.run_after - timezone.now()).total_seconds() <= 3600
    Job.objects.filter(pk=third.pk).update(run_after=timezone.now())
    work()
    assert len(service.came) == 3
    assert not Job.objects.filter(kind="notifications.push", state="waiting").exists()
    assert json.loads(keys.open(service.came[2][2]))["title"] == "[en] Ana favoured your post 1."


def test_it_is_not_tried_for_ever_nor_when_it_never_will_be_taken(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor
) -> None:
    service.answers = [(500, {})] * 20
    favour(reader, ana)
    for _ in range(12):
        work()
        Job.objects.filter(kind="notifications.push", state="waiting").update(run_after=timezone.now())
    assert len(service.came) == 9
    service.answers = [(403, {})]
    posts.texts[2] = "x"
    favour(reader, ana, post=2)
    work()
    assert not Job.objects.filter(kind="notifications.push", state="waiting").exists()
    assert Device.objects.exists()


def test_a_service_that_is_away_is_asked_again(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor
) -> None:
    Device.objects.update(endpoint="http://127.0.0.1:1/push")
    favour(reader, ana)
    work()
    assert Job.objects.filter(kind="notifications.push", state="waiting").count() == 1


def test_an_address_inside_of_our_network_is_never_asked(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor, settings: Settings
) -> None:
    settings.CITYPLUS = replace(settings.CITYPLUS, fetch_allow=())
    favour(reader, ana)
    work()
    assert service.came == []
    assert not Device.objects.exists()


def test_signing_out_ends_pushes_to_that_browser(
    service: Service, keys: BrowserKeys, browser: Client, reader: Person, posts: Posts, ana: Actor
) -> None:
    browser.post("/account/session/end/")
    assert not Device.objects.exists()
    favour(reader, ana)
    work()
    assert service.came == []


def test_a_session_that_ended_elsewhere_gets_nothing(
    service: Service, keys: BrowserKeys, reader: Person, posts: Posts, ana: Actor
) -> None:
    reader.change_password("another long password")
    favour(reader, ana)
    work()
    assert service.came == []
    assert not Device.objects.exists()


def test_a_browser_is_of_who_signed_in_on_it_last(
    service: Service, keys: BrowserKeys, reader: Person, visitor: Person, posts: Posts, ana: Actor
) -> None:
    subscribe(sign_in(visitor), service.endpoint(), keys)
    favour(reader, ana)
    work()
    assert service.came == []
    assert Device.objects.get().person == visitor
    favour(visitor, ana)
    work()
    assert len(service.came) == 1


def test_long_words_are_cut_and_fit(service: Service, keys: BrowserKeys, reader: Person, posts: Posts) -> None:
    posts.texts[1] = "海" * 5000
    favour(reader, actor("long", "名" * 500, "zh-Hans"))
    work()
    told = json.loads(keys.open(service.came[0][2]))
    assert (len(told["title"]), len(told["body"])) == (120, 400)
    assert len(service.came[0][2]) <= 4096


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/1", "https://127.0.0.1/1", "https://[::1]/1", "https://10.0.0.1/1", "https://169.254.169.254/",
        "https://push.example:8443/1", "https://a@push.example/1", "ftp://push.example/1", "push.example", "", 7, None,
        "https://push.example/" + "x" * 2000, "https://push.example/\n", "https://2130706433/", "https://0/",
    ],
)  # fmt: skip
def test_what_is_no_public_endpoint_is_refused(browser: Client, endpoint: object) -> None:
    told = {"endpoint": endpoint, "keys": BrowserKeys().told}
    answer = browser.post("/account/notices/devices/", told, content_type="application/json")
    assert (answer.status_code, Device.objects.count()) == (400, 0)
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "7", "{", '{"endpoint": "https://push.example/1"}',
        '{"endpoint": "https://push.example/1", "keys": {"p256dh": "x", "auth": "y"}}',
    ],
)  # fmt: skip
def test_what_is_no_subscription_is_refused(browser: Client, body: str) -> None:
    answer = browser.post("/account/notices/devices/", body, content_type="application/json")
    assert (answer.status_code, Device.objects.count()) == (400, 0)


def test_a_stranger_and_a_forged_form_add_nothing(stranger: Client, reader: Person) -> None:
    told = {"endpoint": "https://push.example/1", "keys": BrowserKeys().told}
    assert stranger.post("/account/notices/devices/", told, content_type="application/json").status_code == 302
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(reader)
    assert forged.post("/account/notices/devices/", told, content_type="application/json").status_code == 403
    assert not Device.objects.exists()


def test_the_same_browser_is_one_device_and_the_eleventh_replaces_the_first(browser: Client, reader: Person) -> None:
    for _ in range(2):
        subscribe(browser, "https://push.example/0", BrowserKeys())
    assert Device.objects.count() == 1
    for n in range(1, 11):
        subscribe(browser, f"https://push.example/{n}", BrowserKeys())
    assert Device.objects.count() == 10
    assert not Device.objects.filter(endpoint="https://push.example/0").exists()


def test_the_worker_is_served_at_the_root_as_a_script(stranger: Client) -> None:
    answer = stranger.get("/notices-worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    script = answer.content.decode()
    assert "showNotification" in script
    assert "import" not in script and "export" not in script, "it is no module"
