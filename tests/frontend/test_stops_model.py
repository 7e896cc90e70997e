"""Orders, keys, steps and thinned ways of the page of the stops, without the page: Node runs its tests."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tools.frontend import find_node

ROOT = Path(__file__).resolve().parents[2]


def test_the_list_reckons_as_the_server_does(tmp_path: Path) -> None:
    node, script = str(find_node()), str(tmp_path / "stops_model.test.mjs")
    options = {
        "entryPoints": ["tests/frontend/stops_model.test.ts"],
        "bundle": True,
        "platform": "node",
        "format": "esm",
    }
    build = f'import {{ build }} from "esbuild"; await build({json.dumps({**options, "outfile": script})});'
    subprocess.run([node, "--input-type=module", "--eval", build], cwd=ROOT, check=True)
    run = subprocess.run([node, "--test", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "pass 7" in run.stdout
