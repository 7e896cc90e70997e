"""Edges that an import checker does not see must obey the same order of rooms: addresses, templates, foreign keys, models by name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cityplus"
LAYERS: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
    "layers"
]
RANK = {room.strip(): rank for rank, layer in enumerate(reversed(LAYERS)) for room in layer.split("|")}
MACHINE_NAMES = {"manifest", "robots", "sitemap", "security", "favicon"}

URL = re.compile(r"""{%\s*url\s+["']([\w-]+):""")
INCLUDE = re.compile(r"""{%\s*(?:include|extends)\s+["']([\w-]+)/""")
LOAD = re.compile(r"{%\s*load\s+([\w\s]+?)\s*%}")
REVERSE = re.compile(r"""(?:reverse|redirect|reverse_lazy)\(\s*["']([\w-]+):""")
GET_MODEL = re.compile(r"""get_model\(\s*["']([\w-]+)["'.]""")
TEMPLATE = re.compile(r"""["']([\w-]+)/[\w/-]+\.html["']""")


def edges() -> Iterator[tuple[Path, str, str, str]]:
    """Every hidden edge as (file, room, what kind, room it points to)."""
    for path in sorted(PACKAGE.rglob("*")):
        room = path.relative_to(PACKAGE).parts[0]
        if room not in RANK or "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".html":
            text = path.read_text()
            yield from ((path, room, "url", found) for found in URL.findall(text))
            yield from ((path, room, "template", found) for found in INCLUDE.findall(text))
            yield from ((path, room, "load", name) for line in LOAD.findall(text) for name in line.split())
        elif path.suffix == ".py":
            text = path.read_text()
            yield from ((path, room, "reverse", found) for found in REVERSE.findall(text))
            yield from ((path, room, "get_model", found) for found in GET_MODEL.findall(text))
            yield from ((path, room, "template", found) for found in TEMPLATE.findall(text))


def test_no_hidden_edge_points_up_or_sideways() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {kind} of {target}, which {room} stands below or beside. "
        f"Offer a socket in {room} and plug in from {target}."
        for path, room, kind, target in edges()
        if target in RANK and target != room and RANK[target] >= RANK[room] and room != "config"
    ]
    assert not wrong, "\n".join(wrong)


def test_the_search_finds_edges_at_all() -> None:
    kinds = {kind for _, _, kind, _ in edges()}
    assert {"url", "template", "load", "reverse"} <= kinds


@pytest.mark.parametrize("app", [config for config in apps.get_app_configs() if config.name.startswith("cityplus.")])
def test_foreign_keys_point_down(app: object) -> None:
    config = app
    room = config.name.split(".")[1]  # type: ignore[attr-defined]
    wrong = [
        f"{model.__name__}.{field.name} points up to {field.related_model.__name__}"
        for model in config.get_models()  # type: ignore[attr-defined]
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is not None
        if (target := field.related_model.__module__.split(".")[1]) in RANK
        and target != room
        and RANK[target] >= RANK[room]
    ]
    assert not wrong, "\n".join(wrong)
