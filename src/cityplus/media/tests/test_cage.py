"""Bars: what a tool that reads files of strangers may not do."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cityplus.media import cage
from cityplus.media.cage import Limits

LIMITS = Limits(memory=10**9, file=10**6, seconds=20, processor=20)


def told(code: str, tmp_path: Path, limits: Limits = LIMITS, **paths: list[Path]) -> tuple[str, int, bool]:
    """What Python code says behind bars, how it ends, and whether it reached a limit."""
    script = tmp_path / "script.py"
    script.write_text(code)
    with cage.script(script, "a task", limits, **paths) as tool:
        said = tool.lines.read()
    return said, tool.status, tool.was_stopped


def test_a_script_gets_its_task_and_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITYPLUS_SECRET_KEY", "secret")
    said, status, _ = told("import os, sys; print(sys.argv[1], sorted(os.environ))", tmp_path)
    assert status == 0
    assert said.startswith('"a task"')
    assert "CITYPLUS" not in said


def test_memory_ends(tmp_path: Path) -> None:
    said, status, _ = told("x = bytes(2_000_000_000)", tmp_path)
    assert status == 1
    assert "MemoryError" in said


def test_processor_time_ends(tmp_path: Path) -> None:
    _, _, stopped = told("while True: pass", tmp_path, Limits(10**9, 0, seconds=60, processor=1))
    assert stopped


def test_time_ends(tmp_path: Path) -> None:
    began = time.monotonic()
    _, _, stopped = told("import time; time.sleep(100)", tmp_path, Limits(10**9, 0, seconds=0.5, processor=50))
    assert stopped
    assert time.monotonic() - began < 20


def test_a_file_that_is_written_ends(tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    folder.mkdir()
    code = f"open({str(folder / 'x')!r}, 'wb').write(bytes(2_000_000))"
    said, status, _ = told(code, tmp_path, writes=[folder])
    assert status == 1
    assert "File too large" in said
    assert (folder / "x").stat().st_size <= 10**6


def test_files_are_read_and_written_only_where_it_was_said(tmp_path: Path) -> None:
    for name in ("mine", "bench", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    attempts = {
        "read mine": "open('{}/mine/file').read()",
        "read other": "open('{}/other/file').read()",
        "read passwd": "open('/etc/passwd').read()",
        "list other": "os.listdir('{}/other')",
        "write bench": "open('{}/bench/new', 'w').write('x')",
        "write mine": "open('{}/mine/new', 'w').write('x')",
        "write other": "open('{}/other/new', 'w').write('x')",
        "link": "os.symlink('/etc/passwd', '{}/bench/link')",
        "through proc": "open('/proc/{ppid}/environ', 'rb').read()",
        "make a folder": "os.mkdir('{}/bench/folder')",
        "remove other": "os.remove('{}/other/file')",
    }
    code = "import json, os\nheld = {}\n"
    for name, attempt in attempts.items():
        line = attempt.replace("{}", str(tmp_path)).replace("{ppid}", str(os.getpid()))
        code += f"try:\n    {line}\n    held[{name!r}] = False\nexcept OSError:\n    held[{name!r}] = True\n"
    said, _, _ = told(
        code + "print(json.dumps(held))", tmp_path, reads=[tmp_path / "mine"], writes=[tmp_path / "bench"]
    )
    free = {name for name, held in json.loads(said).items() if not held}
    assert free == {"read mine", "write bench"}, "this machine has Landlock, or the test cannot tell"


def test_no_address_is_reached(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), timeout=3)"
        said, status, _ = told(code, tmp_path)
        assert status == 1
        assert "Error" in said
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()
        socket.create_connection(("127.0.0.1", port)).close()
        listening.accept()[0].close()  # who is free comes through


def test_an_open_file_is_inherited_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "given").write_text("given")
    with (tmp_path / "given").open() as given, (tmp_path / "given").open() as kept:
        code = f"import os; print(os.read({given.fileno()}, 99)); os.read({kept.fileno()}, 99)"
        argv = [os.path.realpath(sys.executable), "-I", "-S", "-c", code]
        with cage.program(argv, LIMITS, reads=[Path(sys.base_prefix)], handles=[given.fileno()]) as tool:
            said = tool.lines.read()
    assert "b'given'" in said
    assert "Bad file descriptor" in said


def test_no_way_to_more_rights(tmp_path: Path) -> None:
    said, _, _ = told(
        "print([l for l in open('/proc/self/status') if 'NoNewPrivs' in l])", tmp_path, reads=[Path("/proc")]
    )
    assert "NoNewPrivs:\\t1" in said


def test_a_tool_that_is_given_up_is_gone(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import os, time; print(os.getpid(), flush=True); time.sleep(100)")
    with pytest.raises(KeyboardInterrupt), cage.script(script, None, LIMITS) as tool:
        pid = int(tool.lines.readline())
        raise KeyboardInterrupt
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert threading.active_count() < 50


def test_a_tool_dies_with_its_worker_even_if_it_says_nothing(tmp_path: Path) -> None:
    """Who speaks would die of the broken pipe; who is deep in a bomb says nothing for hours."""
    (tmp_path / "silent.py").write_text("import os, time; print(os.getpid(), flush=True); time.sleep(600)")
    worker = (
        "from pathlib import Path; from cityplus.media import cage; from cityplus.media.cage import Limits\n"
        f"with cage.script(Path({str(tmp_path / 'silent.py')!r}), None, Limits(10**9, 0, 600, 600)) as tool:\n"
        "    print(tool.lines.readline(), flush=True)\n"
        "    tool.lines.read()"
    )
    with subprocess.Popen([sys.executable, "-c", worker], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        tool = int(process.stdout.readline())
        assert Path(f"/proc/{tool}").exists()
        process.kill()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{tool}").exists() and ") Z " not in Path(f"/proc/{tool}/stat").read_text():
        assert time.monotonic() < deadline, "the tool outlived its worker"


def test_what_this_machine_holds_is_told() -> None:
    assert cage.held() == {"network": "namespace", "files": True}, "CI's kernel has both"
