#!/usr/bin/env python3
"""What techgraph costs beside other programs, and beside itself: CPU time (user + system) and peak memory of whole processes.

usage: benches/compare.py TECHGRAPH CORPUS [--runs N]

CORPUS is a folder of reports, such as benches/corpus.py makes. Every figure is the least of N runs (default 3), all in one
go on one machine, since only ratios travel. Prints a table in Markdown. Needs ripgrep; valgrind, where it is there, counts
instructions, which no noise moves.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def run(command: list[str], out: str = os.devnull) -> tuple[float, float, float]:
    """CPU seconds, seconds and MiB at most of a command."""
    with open(out, "wb") as sink:
        start = time.monotonic()
        child = subprocess.Popen(command, stdout=sink, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"failed: {' '.join(command)}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024


def least(runs: int, command: list[str], before=lambda: None) -> tuple[float, float, float]:
    measured = []
    for _ in range(runs):
        before()
        measured.append(run(command))
    return tuple(min(figures) for figures in zip(*measured))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("techgraph")
    asked.add_argument("corpus", type=Path)
    asked.add_argument("--runs", type=int, default=3)
    asked = asked.parse_args()
    program, corpus, runs = asked.techgraph, asked.corpus, asked.runs
    size = sum(p.stat().st_size for p in corpus.rglob("*") if p.is_file()) / 1e6
    files = sum(1 for p in corpus.rglob("*") if p.is_file())
    temporary = Path(tempfile.mkdtemp())
    surfaces, cache = temporary / "surfaces.txt", temporary / "cache"
    surfaces.write_bytes(subprocess.run([program, "gazetteer", "surfaces"], check=True, capture_output=True).stdout)
    extract = [program, "extract", str(corpus)]
    rows = {
        "rg -F -o -f surfaces": ["rg", "-F", "-o", "-f", str(surfaces), str(corpus)],
        "to graph.json, --max-evidence 3": [*extract, "--max-evidence", "3", "-o", str(temporary / "graph.json")],
        "to graph.json": [*extract, "-o", str(temporary / "graph.json")],
        "to ndjson": [*extract, "-f", "ndjson"],
        "to ndjson, one thread": [*extract, "-f", "ndjson", "--threads", "1"],
    }
    measured = {name: least(runs, command) for name, command in rows.items()}
    cached = [*extract, "-f", "ndjson", "--cache", str(cache)]
    measured["to ndjson, cache written"] = least(1, cached)
    measured["to ndjson, all in the cache"] = least(runs, cached)
    base = measured["rg -F -o -f surfaces"][0]
    print(f"{files} reports, {size:.1f} MB; {os.cpu_count()} processors\n")
    print("| | CPU s | of rg | MB per CPU s | s | MiB |\n|---|--:|--:|--:|--:|--:|")
    for name, (cpu, wall, memory) in measured.items():
        print(f"| {name} | {cpu:.2f} | {cpu / base:.2f} | {size / cpu:.2f} | {wall:.2f} | {memory:.0f} |")
    one, two = measured["to ndjson, one thread"][1], measured["to ndjson"][1]
    first, again = measured["to ndjson, cache written"][0], measured["to ndjson, all in the cache"][0]
    print(f"\nall threads are {one / two:.2f} times as fast as one; a run with all in the cache costs {100 * again / first:.1f} % of the first")
    post = max(corpus.rglob("*.md"), key=lambda p: (p.stat().st_size < 20_000) * p.stat().st_size)
    single, version = [program, "extract", str(post), "-f", "ndjson"], [program, "--version"]
    print(f"one post of {post.stat().st_size / 1e3:.0f} kB: {1e3 * (least(20, single)[1] - least(20, version)[1]):.0f} ms more than --version")
    if shutil.which("valgrind"):
        counted = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *single], capture_output=True, text=True)
        total = next(line.split()[-1] for line in counted.stderr.splitlines() if "Collected" in line)
        print(f"the same post: {int(total) / 1e6:.0f} million instructions")
    print(f"the program: {os.path.getsize(program) / 1e6:.1f} MB")
    shutil.rmtree(temporary)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
