"""Metrics, checked and loaded by Prometheus' promtool."""

import os
import shutil
import subprocess
import sys
import tempfile

import expected

if not shutil.which("promtool"):
    expected.skip("promtool")

MEASURED = {"company", "concept", "event", "technology"}
with open(f"{sys.argv[2]}/snapshot.prom", "rb") as file:
    done = subprocess.run(["promtool", "check", "metrics"], stdin=file, capture_output=True, text=True)
assert done.returncode == 0 and not done.stdout + done.stderr, done.stdout + done.stderr
with open(f"{sys.argv[2]}/snapshot.prom", encoding="utf-8", newline="\n") as file:
    snapshot = [line for line in file.read().split("\n") if line and not line.startswith("#")]
nodes = expected.nodes()
wanted = {id: n["talks"] for id, n in nodes.items() if n["kind"] in MEASURED and n["talks"]}
assert len(snapshot) == len(wanted), (len(snapshot), len(wanted))
assert sum(int(line.rsplit(" ", 1)[1]) for line in snapshot) == sum(wanted.values())
dated = {s for s, t, _ in expected.edges() if t in wanted and nodes[s].get("date")}
with tempfile.TemporaryDirectory() as folder:
    load = ["promtool", "tsdb", "create-blocks-from", "--max-block-duration=8760h", "openmetrics", f"{sys.argv[2]}/history.om", folder]
    done = subprocess.run(load, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    # A dump wants the log of a running Prometheus, too.
    os.makedirs(f"{folder}/wal", exist_ok=True)
    dump = subprocess.run(["promtool", "tsdb", "dump", folder], capture_output=True, text=True)
    samples = [line for line in dump.stdout.splitlines() if line.startswith("{__name__=")]
    assert bool(samples) == bool(dated), dump.stderr
    with open(f"{sys.argv[2]}/history.om", encoding="utf-8", newline="\n") as file:
        lines = [line for line in file.read().split("\n") if line and not line.startswith("#")]
    assert len(samples) == len(lines), (len(samples), len(lines))
