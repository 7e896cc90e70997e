"""The known cast of every test: three cities, an owner, an editor, a visitor, and a stranger who must see nothing."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Django reads its settings: tests never touch the data folder of a running network.
os.environ["CITYPLUS_DATA"] = tempfile.mkdtemp(prefix="cityplus-tests-")

import hypothesis
from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField
from django.test import Client, TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from cityplus.actors.models import Actor
from cityplus.cities.models import City, Member
from cityplus.journal import following
from cityplus.languages.text import Text
from cityplus.media import visibility
from cityplus.people.models import Person
from cityplus.routes.models import Route, Stop

CONTENT = Path(__file__).parent / "content"
atexit.register(shutil.rmtree, os.environ["CITYPLUS_DATA"], ignore_errors=True)

# A busy machine is no failure of a property.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """On SQLite the tests use a file as a running network does: in memory, threads would meet other locks than there. On
    PostgreSQL each process of the tests has a database of its own."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["CITYPLUS_DATA"]) / "tests.sqlite3")
    else:
        connection.settings_dict["TEST"]["NAME"] = f"cityplus_tests_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Each table counts from a number of its own, far from 1 and from all others. PostgreSQL never gives back a number that a test
    took, so a test that counts on small keys would go wrong one day by the order of the tests, and one that takes the key of a
    table for that of another would pass."""
    del django_db_setup
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        keys = {model._meta.db_table: model._meta.pk for model in apps.get_models() if model._meta.managed}
        counted = sorted(table for table, key in keys.items() if isinstance(key, AutoField))
        for place, table in enumerate(counted, 1):
            first = place * 100_003
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [f'"{table}"', first])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])


def _sweep(case: TransactionTestCase) -> None:
    """After a test that commits, every table is empty again. Django would empty all of them, those with nothing in them too, and
    then make its own rows of content types and permissions anew, which are the same after every test."""
    del case
    tables = {*connection.introspection.django_table_names()} - {"django_content_type", "auth_permission"}
    named = {table: connection.ops.quote_name(table) for table in sorted(tables)}
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # wait for whoever still writes, as SQLite does by itself
            cursor.execute(f"LOCK TABLE {', '.join(named.values())} IN EXCLUSIVE MODE")
        ask = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in named.items())  # noqa: S608
        cursor.execute(" UNION ALL ".join(ask))
        for (table,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {named[table]}")  # noqa: S608


TransactionTestCase._fixture_teardown = _sweep  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _media_folder(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Each test has a store of its own."""
    from django.core.files.storage import storages  # noqa: PLC0415

    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "media", "base_url": "/media/"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}
    storages._storages.clear()  # type: ignore[attr-defined]
    visibility.forget()
    yield
    storages._storages.clear()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """What a process keeps of the journal is of another test's network."""
    following.forget_everything()


@pytest.fixture(autouse=True)
def _plain_start(settings: Settings) -> Iterator[None]:
    """Each test begins in English, whatever language the request of another asked for, and hashes no password at length. A browser
    does not begin by looking through all static files: it would do so once a test, and the tests have thousands."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with translation.override("en"):
        yield


def make_city(handle: str, names: Text, **facts: object) -> City:
    """A city in the first stage of its life, with plain facts that a test may replace."""
    actor = Actor.objects.create(handle=handle, kind=Actor.Kind.CITY, names=names)
    plain: dict[str, object] = {"country": "NL", "lat": 52.0767, "lon": 4.2986, "time_zone": "Europe/Amsterdam"}
    return City.objects.create(actor=actor, **{**plain, "languages": [names.original], **facts})


def launch(city: City, on: str = "") -> City:
    """Walk a city through its life cycle up to the launch."""
    for stage in ("preparing", "ready"):
        city.advance(stage, by="test")
    city.advance("launched", by="test", on=on)
    return city


@pytest.fixture
def thehague(db: None) -> City:
    names = Text.of("nl", nl="Den Haag", en="The Hague", zh_Hans="海牙")
    return launch(make_city("thehague", names), on="2018-12-03")


@pytest.fixture
def shenzhen(db: None) -> City:
    names = Text.of("zh-Hans", zh_Hans="深圳", en="Shenzhen")
    facts = {"country": "CN", "lat": 22.5455, "lon": 114.0683, "time_zone": "Asia/Shanghai"}
    return launch(make_city("shenzhen", names, **facts))


@pytest.fixture
def plovdiv(db: None) -> City:
    """A city that is not launched: strangers must not know of it."""
    names = Text.of("bg", bg="Пловдив", en="Plovdiv")
    facts = {"country": "BG", "lat": 42.1539, "lon": 24.75, "time_zone": "Europe/Sofia"}
    return make_city("plovdiv", names, **facts)


def _person(username: str) -> Person:
    return Person.objects.create_user(username, password="a long password")


@pytest.fixture
def owner(thehague: City) -> Person:
    person = _person("thehague-owner")
    Member.objects.create(city=thehague, person=person, role=Member.Role.OWNER)
    return person


@pytest.fixture
def editor(thehague: City) -> Person:
    person = _person("thehague-editor")
    Member.objects.create(city=thehague, person=person, role=Member.Role.EDITOR)
    return person


@pytest.fixture
def visitor(db: None) -> Person:
    return _person("visitor")


@pytest.fixture
def stranger() -> Client:
    """A browser that nobody is signed in on."""
    return Client()


def sign_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sitemap(client: Client, section: str) -> str:
    """All parts of a section of the sitemap, as its index names them; empty where it names none."""
    index = client.get("/sitemap.xml").getvalue().decode()
    parts = re.findall(rf"/sitemaps/{section}-\d+\.xml", index)
    return "".join(client.get(part).getvalue().decode() for part in parts)


@pytest.fixture
def route(thehague: City) -> Route:
    """A draft of three stops from the Hofvijver to the sea, in Dutch, English and Chinese."""
    route = Route.objects.create(
        city=thehague,
        slug="to-the-sea",
        title=Text.of("nl", nl="Naar zee", en="To the sea", zh_Hans="到海边去"),
        summary=Text.of(
            "nl", nl="Van de vijver naar de golven.", en="From the pond to the waves.", zh_Hans="从池塘到海浪。"
        ),
        theme="sea",
        mode="walk",
        difficulty="easy",
        minutes=120,
    )
    stops = (
        ("hofvijver", "Hofvijver", "Court Pond", 52.0807, 4.3124, ""),
        ("vredespaleis", "Vredespaleis", "Peace Palace", 52.0866, 4.2955, "walk"),
        ("pier", "Pier", "Pier", 52.1170, 4.2795, "transit"),
    )
    for number, (slug, nl, en, lat, lon, mode) in enumerate(stops, 1):
        Stop.objects.create(
            route=route,
            number=number,
            slug=slug,
            title=Text.of("nl", nl=nl, en=en),
            lat=lat,
            lon=lon,
            story=Text.of("nl", nl=f"Het verhaal van {nl}.", en=f"The story of the {en}."),
            look_for=Text.of("nl", nl="Kijk omhoog.", en="Look up."),
            access=Text.of("nl", nl="Vlak.", en="Level."),
            leg_mode=mode,
        )
    return route
