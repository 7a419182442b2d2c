#!/usr/bin/env python3
"""Makes a large corpus of reports out of small ones, for measuring.

usage: benches/corpus.py OUT MEGABYTES [FOLDER ...]

Every report of the corpus is one that stands in FOLDER (by default the samples that ship), with its paragraphs' sentences
exchanged for those of others in the same language and its numbers changed, so that no two reports are alike, while
headings, lists and tables stay what people wrote. The same arguments make the same bytes.
"""

import random
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
SAMPLES = [HERE / "data/samples", HERE / "tests/corpus"]
SENTENCE = re.compile(r"(?<=[.!?。])\s+")
SHARE = 100  # reports in a folder


def script(text: str) -> str:
    """The script that most of a text is written in."""
    count = {"ko": len(re.findall(r"[가-힣]", text)), "ja": len(re.findall(r"[ぁ-ヿ]", text)), "en": len(re.findall(r"[A-Za-z]", text))}
    return max(count, key=count.get)


def is_prose(paragraph: str) -> bool:
    return len(paragraph) > 80 and "\n" not in paragraph and paragraph[0].isalpha()


def varied(report: str, pool: dict[str, list[str]], chance: random.Random) -> str:
    out = []
    for paragraph in report.split("\n\n"):
        if is_prose(paragraph):
            sentences = SENTENCE.split(paragraph)
            others = pool[script(paragraph)]
            paragraph = " ".join(s if chance.random() < 0.5 else chance.choice(others) for s in sentences)
        out.append(re.sub(r"(?<!\d)\d{2}(?!\d)", lambda _: str(chance.randint(10, 29)), paragraph))
    return "\n\n".join(out)


def main() -> None:
    out, wanted = Path(sys.argv[1]), float(sys.argv[2]) * 1e6
    folders = [Path(folder) for folder in sys.argv[3:]] or SAMPLES
    files = sorted(p for folder in folders for p in folder.rglob("*.md"))
    reports = [text for p in files if len(text := p.read_text(encoding="utf-8", errors="replace")) < 60_000]
    pool: dict[str, list[str]] = {"ko": [], "ja": [], "en": []}
    for report in reports:
        for paragraph in filter(is_prose, report.split("\n\n")):
            pool[script(paragraph)].extend(SENTENCE.split(paragraph))
    chance = random.Random(1)
    written = number = 0
    while written < wanted:
        data = varied(reports[number % len(reports)], pool, chance).encode()
        path = out / f"{number // SHARE:04}" / f"{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written, number = written + len(data), number + 1
    print(f"{number} reports, {written / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
