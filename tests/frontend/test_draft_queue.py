"""The queue of the editor, without page and network: Node runs its tests."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tools.frontend import find_node

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_not_acknowledged_is_kept(tmp_path: Path) -> None:
    node, script = str(find_node()), str(tmp_path / "draft_queue.test.mjs")
    options = {
        "entryPoints": ["tests/frontend/draft_queue.test.ts"],
        "bundle": True,
        "platform": "node",
        "format": "esm",
    }
    build = f'import {{ build }} from "esbuild"; await build({json.dumps({**options, "outfile": script})});'
    subprocess.run([node, "--input-type=module", "--eval", build], cwd=ROOT, check=True)
    run = subprocess.run([node, "--test", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "pass 9" in run.stdout
