#!/usr/bin/env python3
"""What other programs cost that find listed names in text: the same surface forms, the same files, megabytes per CPU second.

usage: pip install -r benches/peers/requirements.txt
       techgraph gazetteer surfaces > surfaces.txt
       benches/peers/peers.py surfaces.txt CORPUS [flashtext2|spacy|kiwi ...]

Each finds names and does nothing else: no talks, no context, no graph. Building its dictionary is not counted.
"""

import sys
import time
from pathlib import Path


def flashtext2(surfaces: list[str]):
    from flashtext2 import KeywordProcessor

    words = KeywordProcessor(case_sensitive=False)
    words.add_keywords_from_iter(surfaces)
    return lambda text: len(words.extract_keywords(text))


def spacy(surfaces: list[str]):
    from spacy.lang.xx import MultiLanguage
    from spacy.matcher import PhraseMatcher

    language = MultiLanguage()
    language.max_length = 10**9
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("NAME", list(language.tokenizer.pipe(surfaces)))
    return lambda text: len(matcher(language.make_doc(text)))


def kiwi(surfaces: list[str]):
    from kiwipiepy import Kiwi

    analyser = Kiwi(num_workers=1)
    for surface in surfaces:
        analyser.add_user_word(surface.replace("\n", " "), "NNP")
    names = set(surfaces)
    return lambda text: sum(token.form in names for token in analyser.tokenize(text))


PEERS = {"flashtext2": flashtext2, "spacy": spacy, "kiwi": kiwi}


def main() -> None:
    surfaces = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line.strip()]
    texts = [p.read_text(encoding="utf-8", errors="replace") for p in sorted(Path(sys.argv[2]).rglob("*.md"))]
    size = sum(len(text.encode()) for text in texts) / 1e6
    for name in sys.argv[3:] or PEERS:
        find = PEERS[name](surfaces)
        start = time.process_time()
        hits = sum(map(find, texts))
        spent = time.process_time() - start
        print(f"{name:<12} {size / spent:8.2f} MB per CPU second  ({hits} hits in {size:.1f} MB)", flush=True)


if __name__ == "__main__":
    main()
