"""Codes, signatures and verdicts of a phone at a door, without the page: Node runs the tests on what the server has written."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tools.frontend import find_node

from cityplus.events.doors import codes

ROOT = Path(__file__).resolve().parents[2]


def test_a_phone_reads_what_the_server_writes(tmp_path: Path) -> None:
    secret, listed = codes.secret_of("a seed"), '{"rows":[[1,"Ana"]]}'
    scanned = codes.signed(2**40, secret)
    given = {
        "key": codes.public_key(),
        "list": listed,
        "signature": codes.sign_list(listed),
        "event": 2**40,
        "secret": secret.hex(),
        "digest": codes.digest_of(secret),
        "scanned": scanned,
        "typed": codes.typed(secret),
        "lost": codes.signed(2**40, codes.secret_of("a lost one")),
        "replaced": codes.digest_of(codes.secret_of("a lost one")),
        "newer": codes.signed(2**40, codes.secret_of("another seed")),
        "forged": scanned[:-2] + ("00" if scanned[-2:] != "00" else "11"),
        "elsewhere": codes.signed(5, secret),
    }
    node, script = str(find_node()), str(tmp_path / "door_judging.test.mjs")
    options = {
        "entryPoints": ["tests/frontend/door_judging.test.ts"],
        "bundle": True,
        "platform": "node",
        "format": "esm",
        "define": {"GIVEN": json.dumps(given)},
    }
    build = f'import {{ build }} from "esbuild"; await build({json.dumps({**options, "outfile": script})});'
    subprocess.run([node, "--input-type=module", "--eval", build], cwd=ROOT, check=True)
    run = subprocess.run([node, "--test", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "pass 5" in run.stdout
