"""Rules of the house as lints: each message says what to do instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cityplus"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
CODE = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted(PACKAGE.rglob("*.html"))
LIMITS = {"module": 300, "template": 120, "test": 400}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_door_plate(room: str) -> None:
    plate = (PACKAGE / room / "__init__.py").read_text().split('"""')
    assert len(plate) >= 3 and plate[1].strip(), (
        f"{room}/__init__.py: say in its docstring what the room is, and its words"
    )
    assert plate[1].count("\n") <= 15, f"{room}/__init__.py: a door plate has at most 15 lines"


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_of_a_size_to_feel_good_in(path: Path) -> None:
    limit = LIMITS["test"] if "tests" in path.parts else LIMITS["module"]
    lines = len(path.read_text().splitlines())
    assert lines <= limit, f"{path.name} has {lines} lines; cut it along its nouns (limit {limit})"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_obey_the_policy(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= LIMITS["template"], f"{path.name}: cut it into includes"
    assert not re.search(r"\sstyle=", text), f"{path.name}: no inline style; the policy forbids it, use a class"
    assert not re.search(r"\son\w+=[\"']", text), f"{path.name}: no inline handler; write an island"
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/(ld\+)?json\")\b)", text), (
        f"{path.name}: no inline script"
    )
    assert not re.search(r"https?://(?!schema\.org)[\w.]+", text), f"{path.name}: no address of a third party"


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_views_do_not_save(path: Path) -> None:
    if "views" in path.parts or path.name == "views.py":
        assert ".save(" not in path.read_text(), f"{path.name}: a view asks the policy and calls a verb of the model"


def test_no_outside_request_library() -> None:
    wire = PACKAGE / "languages" / "machines" / "wire.py"  # asks the one address that the operator has set
    wrong = [
        p.name
        for p in CODE
        if p != wire and re.search(r"^\s*(import|from) (requests|httpx|aiohttp)\b", p.read_text(), re.M)
    ]
    assert not wrong, (
        f"{wrong}: requests to other servers go through lib.fetch with its guard, which does not exist yet"
    )


def test_docs_name_only_files_that_are_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "content").glob("*.md")]
    lost = []
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                lost.append(f"{page.relative_to(ROOT)} → {target}")
    assert not lost, "\n".join(lost)


def test_the_project_speaks_of_itself_alone() -> None:
    forbidden = re.compile(r"/work/main|/tmp/tools|pypi\.org|registry\.npmjs|deb\.debian", re.I)
    texts = [*CODE, *TEMPLATES, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "package-lock.json"]
    wrong = [str(p.relative_to(ROOT)) for p in texts if p.exists() and forbidden.search(p.read_text())]
    assert not wrong, f"{wrong}: a path of a machine or the host of a package registry"
