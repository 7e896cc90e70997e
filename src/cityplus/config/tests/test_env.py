"""The settings page: every wrong value stops the start with a sentence that names it."""

from __future__ import annotations

import stat
import threading
from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path

import pytest

from cityplus.config.databases import database
from cityplus.config.env import PREFIX, Env, SettingError, manual, read


def test_nothing_said_is_a_network_on_this_machine() -> None:
    env = read({})
    assert (env.host, env.port, env.public_url) == ("127.0.0.1", 8000, "http://localhost:8000")
    assert env.data == Path(".data").absolute()
    assert env.hosts == ["127.0.0.1", "[::1]", "localhost"]
    assert not env.debug
    assert not env.https


@pytest.mark.parametrize(
    ("name", "value", "read_as"),
    [
        ("DATA", "/srv/cityplus", Path("/srv/cityplus")),
        ("PORT", "8080", 8080),
        ("HTTPS", "Yes", True),
        ("HTTPS", "off", False),
        ("ALLOWED_HOSTS", "a.example, b.example,", ("a.example", "b.example")),
        ("BASE_URL", "https://cityplus.example/", "https://cityplus.example"),
        ("DATABASE", "postgresql://u:p@db/name", "postgresql://u:p@db/name"),
        ("DATABASE", "", ""),
        ("BASEMAP", "https://tiles.example/night.json", "https://tiles.example/night.json"),
        ("BASEMAP", "/srv/world.pmtiles", "/srv/world.pmtiles"),
        ("JOB_WORKERS", " 3 ", 3),
        ("SIGN_UP", "yes", True),
        ("ADMIN_PATH", "", ""),
        ("ADMIN_PATH", "/back-room/keys", "back-room/keys/"),
        ("MAIL", "smtps://u:p@mail.example:465", "smtps://u:p@mail.example:465"),
        ("MAIL_FROM", "The Hague <post@thehague.example>", "The Hague <post@thehague.example>"),
        ("DNS", "9.9.9.9, 127.0.0.1:5353,[::1]:53", ("9.9.9.9", "127.0.0.1:5353", "[::1]:53")),
        ("FETCH_ALLOW", "127.0.0.1/32, ::1", (ip_network("127.0.0.1"), ip_network("::1"))),
    ],
)
def test_values_are_read(name: str, value: str, read_as: object) -> None:
    assert getattr(read({PREFIX + name: value}), name.lower()) == read_as


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "http", "takes a whole number from 1 to 65535"),
        ("PORT", "0", "takes a whole number"),
        ("PORT", "65536", "takes a whole number"),
        ("PORT", "", "takes a whole number"),
        ("PORT", "²", "takes a whole number"),
        ("WORKERS", "-1", "takes a whole number from 1 to 64"),
        ("THREADS", "1.5", "takes a whole number from 1 to 256"),
        ("JOB_WORKERS", "65", "takes a whole number from 1 to 64"),
        ("HTTPS", "maybe", "takes yes or no"),
        ("DEBUG", "2", "takes yes or no"),
        ("DATA", "", "takes the path of a folder"),
        ("BASE_URL", "cityplus.example", "takes an address with no path"),
        ("BASE_URL", "https://cityplus.example/hague", "takes an address with no path"),
        ("BASE_URL", "ftp://cityplus.example", "takes an address with no path"),
        ("BASEMAP", "world.tiff", "takes the path of a .pmtiles file"),
        ("BASEMAP", "ftp://tiles.example/x.json", "takes the path of a .pmtiles file"),
        ("SIGN_UP", "perhaps", "takes yes or no"),
        ("ADMIN_PATH", "back room", "takes a path of letters"),
        ("ADMIN_PATH", "a//b", "takes a path of letters"),
        ("MAIL_FROM", "nobody", "takes an address such as"),
        ("DNS", "dns.example", "takes IP addresses"),
        ("DNS", "127.0.0.1:x", "takes IP addresses"),
        ("FETCH_ALLOW", "127.0.0.1/8", "takes networks"),
        ("FETCH_ALLOW", "localhost", "takes networks"),
        ("MAIL_FROM", "a@b.example, c@d.example", "takes an address such as"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingError, match=f"^{PREFIX}{name}='{value}': {says}"):
        read({PREFIX + name: value})


@pytest.mark.parametrize(
    "value",
    [
        "http://u:secret@mail.example",
        "smtp://u:secret@",
        "smtp://u:secret@h:x",
        "smtp://u:secret@h/inbox",
        "smtp://u:secret@h?tls=maybe",
    ],
)
def test_a_wrong_mail_server_is_named_without_its_password(value: str) -> None:
    with pytest.raises(SettingError, match=f"^{PREFIX}MAIL: ") as refusal:
        read({PREFIX + "MAIL": value})
    assert "secret" not in str(refusal.value)


def test_letters_are_from_the_public_host_unless_told_otherwise() -> None:
    assert read({}).sender == "CityPlus <noreply@localhost>"
    assert read({PREFIX + "BASE_URL": "https://c.example"}).sender == "CityPlus <noreply@c.example>"
    assert read({PREFIX + "MAIL_FROM": "a@b.example"}).sender == "a@b.example"


@pytest.mark.parametrize(
    "value",
    ["mysql://u:secret@db/name", "postgresql://u:secret@db", "postgresql://u:secret@db:port/name", "db.sqlite3"],
)
def test_a_wrong_database_is_named_without_its_password(value: str) -> None:
    with pytest.raises(SettingError, match=f"^{PREFIX}DATABASE: ") as refusal:
        read({PREFIX + "DATABASE": value})
    assert "secret" not in str(refusal.value)


def test_a_typing_mistake_does_not_pass_for_a_setting() -> None:
    with pytest.raises(SettingError, match=r"^CITYPLUS_PROT is not a setting\. There are: .*CITYPLUS_PORT"):
        read({"CITYPLUS_PROT": "8000"})
    assert read({"PORT": "1", "CITY_PLUS": "2"}).port == 8000  # what is not ours does not concern us


def test_the_manual_has_every_setting() -> None:
    page = manual()
    for setting in fields(Env):
        assert f"{PREFIX}{setting.name.upper()} (default: " in page
        assert setting.metadata["about"] in page


@pytest.mark.parametrize(
    ("host", "own", "asked"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", "127.0.0.1"),
        ("0.0.0.0", "http://127.0.0.1:8000", "127.0.0.1"),  # noqa: S104 - nothing is bound here
        ("::", "http://[::1]:8000", "[::1]"),
        ("::1", "http://[::1]:8000", "[::1]"),
        ("192.0.2.7", "http://192.0.2.7:8000", "192.0.2.7"),
    ],
)
def test_the_server_answers_to_the_address_it_listens_on(host: str, own: str, asked: str) -> None:
    env = read({"CITYPLUS_HOST": host})
    assert env.own_url == own
    assert asked in env.hosts


def test_the_public_host_and_the_named_ones_may_be_asked_for() -> None:
    env = read({"CITYPLUS_BASE_URL": "https://city.example:8443", "CITYPLUS_ALLOWED_HOSTS": "www.city.example"})
    assert {"city.example", "www.city.example", "localhost"} <= set(env.hosts)


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    env = read({"CITYPLUS_DATA": str(tmp_path / "data")})
    secret = env.secret()
    path = tmp_path / "data" / "secret"
    assert len(secret) >= 50
    assert read({"CITYPLUS_DATA": str(tmp_path / "data")}).secret() == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["secret"]


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    env, start, made = read({"CITYPLUS_DATA": str(tmp_path)}), threading.Barrier(8), set()

    def begin() -> None:
        start.wait(5)
        made.add(env.secret())

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert len(made) == 1
    assert made != {""}


def test_a_secret_may_be_given_or_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    named = {"CITYPLUS_SECRET_KEY_FILE": str(tmp_path / "key"), "CITYPLUS_DATA": str(tmp_path / "data")}
    assert read(named).secret() == "from a file"
    assert read({**named, "CITYPLUS_SECRET_KEY": "given"}).secret() == "given"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_secret_file_without_a_secret_is_named(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "key").touch()
    with pytest.raises(SettingError, match=r"^CITYPLUS_SECRET_KEY_FILE: .*key (is empty|cannot be read: No such file)"):
        read({"CITYPLUS_SECRET_KEY_FILE": str(tmp_path / "key")}).secret()


def test_the_database_is_sqlite_with_safe_writes_unless_one_is_named() -> None:
    told = database(read({"CITYPLUS_DATA": "/srv/x"}))
    assert told["NAME"] == Path("/srv/x/cityplus.sqlite3")
    assert told["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in told["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart() -> None:
    address = "postgresql://city:p%40ss%2Fword@db.example:5433/network?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem"
    told = database(read({"CITYPLUS_DATABASE": address, "CITYPLUS_THREADS": "4"}))
    assert (told["USER"], told["PASSWORD"]) == ("city", "p@ss/word")
    assert (told["HOST"], told["PORT"], told["NAME"]) == ("db.example", "5433", "network")
    assert told["OPTIONS"]["sslmode"] == "verify-full"
    assert told["OPTIONS"]["sslrootcert"] == "/etc/ca.pem"
    assert told["OPTIONS"]["pool"]["max_size"] >= 4


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"TRANSLATOR": "google"}, "takes libretranslate or deepl"),
        ({"TRANSLATOR": "libretranslate"}, "TRANSLATOR_URL: libretranslate needs the address"),
        ({"TRANSLATOR": "deepl"}, "TRANSLATOR_KEY: deepl needs a key"),
        ({"TRANSLATOR_URL": "http://localhost:5000"}, "TRANSLATOR: say libretranslate or deepl"),
        ({"TRANSLATOR_KEY": "secret-of-ours"}, "TRANSLATOR: say libretranslate or deepl"),
        ({"TRANSLATOR": "libretranslate", "TRANSLATOR_URL": "localhost"}, "takes the address of a service"),
        ({"TRANSLATOR": "libretranslate", "TRANSLATOR_URL": "http://localhost:five"}, "TRANSLATOR_URL="),
    ],
)
def test_a_translator_is_named_whole(given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingError, match=says) as problem:
        read({f"{PREFIX}{name}": value for name, value in given.items()})
    assert "secret-of-ours" not in str(problem.value)


def test_a_translator_nearby_and_one_far_away() -> None:
    near = read({f"{PREFIX}TRANSLATOR": "libretranslate", f"{PREFIX}TRANSLATOR_URL": "http://localhost:5000/mt/"})
    assert (near.translator, near.translator_url) == ("libretranslate", "http://localhost:5000/mt")
    assert read({f"{PREFIX}TRANSLATOR": "deepl", f"{PREFIX}TRANSLATOR_KEY": "a:fx"}).translator_url == ""
