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
FORBIDDEN = {
    r"\sstyle=": "no inline style; the policy forbids it, use a class",
    r"\son\w+=[\"']": "no inline handler; write an island",
    r'<script(?![^>]*\b(src|type="application/(ld\+)?json")\b)': "no inline script",
    r"https?://(?!schema\.org)[\w.]+": "no address of a third party",
}
"""What no template has, and what to do instead."""


def test_every_room_has_a_door_plate() -> None:
    wrong = []
    for room in ROOMS:
        plate = (PACKAGE / room / "__init__.py").read_text().split('"""')
        if len(plate) < 3 or not plate[1].strip():
            wrong.append(f"{room}/__init__.py: say in its docstring what the room is, and its words")
        elif plate[1].count("\n") > 15:
            wrong.append(f"{room}/__init__.py: a door plate has at most 15 lines")
    assert not wrong, "\n".join(wrong)


def test_modules_are_of_a_size_to_feel_good_in() -> None:
    wrong = []
    for path in CODE:
        limit = LIMITS["test"] if "tests" in path.parts else LIMITS["module"]
        if (lines := len(path.read_text().splitlines())) > limit:
            wrong.append(f"{_short(path)} has {lines} lines; cut it along its nouns (limit {limit})")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("sign", "advice"), FORBIDDEN.items())
def test_templates_obey_the_policy(sign: str, advice: str) -> None:
    wrong = [_short(path) for path in TEMPLATES if re.search(sign, path.read_text())]
    assert not wrong, f"{wrong}: {advice}"


def test_templates_are_of_a_size_to_feel_good_in() -> None:
    wrong = [_short(path) for path in TEMPLATES if len(path.read_text().splitlines()) > LIMITS["template"]]
    assert not wrong, f"{wrong}: cut them into includes"


def test_views_do_not_save() -> None:
    views = [path for path in CODE if "views" in path.parts or path.name == "views.py"]
    wrong = [_short(path) for path in views if ".save(" in path.read_text()]
    assert views and not wrong, f"{wrong}: a view asks the policy and calls a verb of the model"


def _short(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def test_no_outside_request_library() -> None:
    wire = PACKAGE / "languages" / "machines" / "wire.py"  # asks the one address that the operator has set
    wrong = [
        p.name
        for p in CODE
        if p != wire and re.search(r"^\s*(import|from) (requests|httpx|aiohttp)\b", p.read_text(), re.M)
    ]
    assert not wrong, f"{wrong}: requests to other servers go through lib.fetch, whose guard knows which may be asked"


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
