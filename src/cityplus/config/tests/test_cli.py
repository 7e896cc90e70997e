"""The program `cityplus`: it does what it is told, or says in one sentence why not."""

from __future__ import annotations

import os
import socket
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from cityplus.cities.models import City, Member
from cityplus.config import env as environment
from cityplus.config.cli import Stop, doctor, main, prepare, ready, serve, up
from cityplus.jobs.models import Job
from cityplus.organisations.models import Delegate
from cityplus.packs.tests.conftest import write_pack
from cityplus.people.models import Person

Says = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of whoever runs the tests, but the database, and a data folder of its own."""
    for name in os.environ:
        if name.startswith("CITYPLUS_") and name != "CITYPLUS_DATABASE":
            monkeypatch.delenv(name)
    monkeypatch.setenv("CITYPLUS_DATA", str(tmp_path / "data"))


def test_a_wrong_setting_ends_every_command_with_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Says) -> None:
    monkeypatch.setenv("CITYPLUS_PROT", "1")
    for command in (["serve"], ["work", "--once"], ["migrate"], ["city", "list"], ["up"]):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert told.startswith("cityplus: CITYPLUS_PROT is not a setting.")
        assert told.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Says
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("CITYPLUS_DATA", str(tmp_path / "file" / "data"))
    assert main(["serve"]) == 1
    told = capsys.readouterr().err
    assert f"the data folder {tmp_path}/file/data cannot be written (Not a directory)" in told
    assert "CITYPLUS_DATA" in told


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(Stop, match=r"MB free; 4398046511104 MB are needed\. Free some, or name a folder"):
        ready.check_folder(tmp_path, needed=2**62)


def test_a_folder_that_is_not_there_is_made_and_left_clean(tmp_path: Path) -> None:
    ready.check_folder(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_processes_that_start_together_do_not_trip_over_each_other_in_the_folder(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as crew:
        for done in [crew.submit(ready.check_folder, tmp_path, 0) for _ in range(400)]:
            done.result()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def taken_port() -> object:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_named(taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: Says) -> None:
    monkeypatch.setenv("CITYPLUS_PORT", str(taken_port))
    for command in (["serve"], ["up"]):
        assert main(command) == 1
        told = capsys.readouterr().err
        assert f"port {taken_port} on 127.0.0.1 is taken by another program" in told
        assert "CITYPLUS_PORT=" in told


def test_the_server_is_started_with_the_settings() -> None:
    env = environment.read({"CITYPLUS_HOST": "::1", "CITYPLUS_PORT": "9000", "CITYPLUS_WORKERS": "3"})
    words = " ".join(serve.command(env))
    assert "--host ::1 --port 9000 --workers 3" in words
    assert "--interface asgi" in words
    assert "--reload" not in words
    taken = int(words.partition("--backpressure ")[2].split()[0])
    assert taken > env.listeners, (
        "a process that takes fewer connections than lines leaves the next visitor waiting for ever"
    )
    assert "--reload" in serve.command(env, reload=True)


def test_the_doctor_prints_the_settings(capsys: Says) -> None:
    assert main(["doctor", "--settings"]) == 0
    assert capsys.readouterr().out.strip() == environment.manual()


def test_the_doctor_finds_a_fit_machine_fit(db: None, capsys: Says) -> None:
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert told.count("ok    ") == len(doctor.CHECKS)
    assert "SICK" not in told


def test_the_doctor_tells_everything_that_is_wrong(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Says
) -> None:
    Job.objects.create(kind="test", key="1", state="dead", error="it rained")
    (tmp_path / "file").touch()
    monkeypatch.setenv("CITYPLUS_DATA", str(tmp_path / "file" / "data"))
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "SICK  data folder: the data folder" in told
    assert "ok    Python" in told
    monkeypatch.setenv("CITYPLUS_DATA", str(tmp_path))
    assert main(["doctor"]) == 1
    assert "SICK  jobs: 1 jobs are dead; their rows say why" in capsys.readouterr().out


def test_cities_are_listed_with_their_teams(thehague: City, plovdiv: City, owner: Person, capsys: Says) -> None:
    assert main(["city", "list"]) == 0
    one, other = capsys.readouterr().out.splitlines()
    listed = {line.split("@")[1].split()[0]: line for line in (one, other)}
    assert "launched" in listed["thehague"]
    assert "Den Haag: thehague-owner (owner)" in listed["thehague"]
    assert "Пловдив: no team" in listed["plovdiv"]


def typed(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: password)


def test_a_person_is_made_with_a_role(thehague: City, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "windy pier 1901")
    assert main(["user", "add", "anna", "--city", "thehague", "--role", "translator"]) == 0
    person = Person.objects.get(username="anna")
    assert person.check_password("windy pier 1901")
    assert not person.is_staff
    assert Member.objects.get(person=person).role == "translator"
    typed(monkeypatch, "another long one")
    assert main(["user", "password", "anna"]) == 0
    assert Person.objects.get(username="anna").check_password("another long one")
    assert main(["user", "add", "office", "--office"]) == 0
    assert Person.objects.get(username="office").is_staff


@pytest.mark.parametrize(
    ("words", "password", "says"),
    [
        (["add", "visitor"], "windy pier 1901", "visitor exists already"),
        (["password", "nobody"], "windy pier 1901", "nobody does not exist"),
        (["add", "anna", "--city", "delft"], "windy pier 1901", "there is no city @delft"),
        (
            ["add", "anna", "--city", "thehague", "--role", "king"],
            "windy pier 1901",
            "king is not a role: owner, editor",
        ),
        (["add", "anna"], "short", "This password is too short"),
    ],
)
def test_a_person_that_cannot_be_made(
    thehague: City, visitor: Person, monkeypatch: pytest.MonkeyPatch, capsys: Says,
    words: list[str], password: str, says: str,
) -> None:  # fmt: skip
    typed(monkeypatch, password)
    assert main(["user", *words]) == 1
    assert says in capsys.readouterr().err
    assert not Person.objects.filter(username="anna").exists()


def test_a_pack_is_imported_and_its_media_are_rendered(db: None, tmp_path: Path, capsys: Says) -> None:
    assert main(["pack", "import", str(write_pack(tmp_path / "delft"))]) == 0
    assert "1 imported" in capsys.readouterr().out
    assert main(["work", "--once"]) == 0
    assert Job.objects.progress() == {"waiting": 0, "running": 0, "done": 2, "dead": 0}
    cover = City.objects.get().cover
    assert cover
    assert cover.ready


def test_a_wrong_pack_is_told_in_one_sentence(db: None, tmp_path: Path, capsys: Says) -> None:
    assert main(["pack", "import", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("cityplus: nothing was imported. ")


def run_prepare(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["prepare", *words])
    return prepare.main()


def test_the_first_start_loads_packs_and_makes_accounts_for_their_cities(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Says
) -> None:
    pack = write_pack(tmp_path / "packs" / "thehague")
    (pack / "city.yaml").write_text((pack / "city.yaml").read_text().replace("handle: delft", "handle: thehague"))
    monkeypatch.setenv("CITYPLUS_DEMO_PASSWORD", "windy pier 1901")
    assert run_prepare(monkeypatch, "--content", str(pack.parent)) == 0
    told = capsys.readouterr().out
    assert "that of CITYPLUS_DEMO_PASSWORD" in told
    assert "windy" not in told
    staff = dict(Person.objects.values_list("username", "is_staff"))
    assert staff == {"foundation": True, "thehague-owner": False, "thehague-editor": False, "visitor": False}
    assert Person.objects.get(username="visitor").check_password("windy pier 1901")
    assert Person.objects.get(username="visitor").profile.actor.handle == "visitor"
    assert Member.objects.get(person__username="thehague-editor").role == "editor"
    assert run_prepare(monkeypatch, "--content", str(pack.parent)) == 0
    assert capsys.readouterr().out == ""  # the second start finds everything


def test_a_random_password_is_printed_once_and_works(
    thehague: City, shenzhen: City, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Says
) -> None:
    assert run_prepare(monkeypatch, "--content", str(tmp_path)) == 0
    told = capsys.readouterr().out
    password = told.split("Password of all: ")[1].split()[0]
    assert Person.objects.count() == 6
    assert Person.objects.get(username="shenzhen-owner").check_password(password)


def test_with_organisations_come_their_owners(
    thehague: City, shenzhen: City, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Says
) -> None:
    sample = Path(__file__).resolve().parents[4] / "content"
    (tmp_path / "organisations.yaml").write_bytes((sample / "organisations.yaml").read_bytes())
    (tmp_path / "logos").symlink_to(sample / "logos")
    assert run_prepare(monkeypatch, "--content", str(tmp_path)) == 0
    assert "golfslag-owner   owner of @sample_golfslag_lab" in capsys.readouterr().out
    owners = Delegate.objects.values_list("person__username", "organisation__actor__handle", "role")
    expected = {("golfslag-owner", "sample_golfslag_lab", "owner"), ("fengyan-owner", "sample_fengyan_drones", "owner")}
    assert set(owners) == expected


def test_an_empty_start_loads_nothing(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run_prepare(monkeypatch, "--empty", "--content", str(tmp_path)) == 0
    assert not City.objects.exists()
    assert not Person.objects.exists()


def test_a_first_start_with_wrong_packs_stops(
    db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Says
) -> None:
    assert run_prepare(monkeypatch, "--content", str(tmp_path)) == 1
    assert "nothing was imported" in capsys.readouterr().err
    assert not Person.objects.exists()


@pytest.fixture
def slow_server() -> object:
    """Answers 503 twice, then 200."""
    answers = [503, 503]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert self.path == "/readyz"
            self.send_response(answers.pop() if answers else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def child(poll: Callable[[], int | None]) -> SimpleNamespace:
    return SimpleNamespace(poll=poll)


def test_up_waits_until_the_server_is_ready(slow_server: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # a proxy of the operator must not stand between
    env = replace(environment.read({}), host="0.0.0.0", port=slow_server)  # noqa: S104 - nothing is bound here
    up._wait_until_ready(env, child(lambda: None))  # type: ignore[arg-type]


def test_up_says_when_the_server_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Stop, match="the server ended as it started"):
        up._wait_until_ready(environment.read({}), child(lambda: 1))  # type: ignore[arg-type]


def test_up_tells_how_far_the_media_are(tmp_path: Path) -> None:
    env = environment.read({"CITYPLUS_DATA": str(tmp_path)})
    db = sqlite3.connect(tmp_path / "cityplus.sqlite3")
    db.execute("CREATE TABLE jobs_job (state TEXT, percent INTEGER)")
    assert up.progress_line(env) == ""
    rows = [("done", 100), ("done", 100), ("dead", 10), ("running", 40), ("waiting", 0)]
    db.executemany("INSERT INTO jobs_job VALUES (?, ?)", rows)
    db.commit()
    assert up.progress_line(env) == "  Preparing pictures, films and sounds: 3 of 5 (340 of 500 points)"
    db.execute("UPDATE jobs_job SET state = 'done'")
    db.commit()
    db.close()
    assert up.progress_line(env) == ""


@pytest.mark.django_db(transaction=True)
def test_a_world_is_made_once(capsys: Says) -> None:
    words = ["bench", "world", "--cities", "12", "--routes", "8", "--stops", "20"]
    assert main(words) == 0
    assert "A world of 12 cities, 8 routes and 20 stops, made in" in capsys.readouterr().out
    assert City.objects.count() == 12
    assert main(words) == 1
    assert capsys.readouterr().err.startswith("cityplus: this network is not empty")
    assert City.objects.count() == 12
