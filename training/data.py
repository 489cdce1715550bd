"""Loaders of the training and development sets, and the windows the model is trained on.

All sets become documents of sentences of words. A sentence may carry mention labels (for every word the set of tags
its corpus allows), a dependency tree, or both; a document may carry attributions. What a corpus does not annotate
stays open: its words keep every tag of the kinds the corpus is silent about (partial labels).
Sources and licences of the sets are listed in README.md.
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import random
import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

import own
from pieces import MAX_PIECES, PACKED_PIECES, WordPiece
from words import words

KINDS = [
    "person", "organization", "group", "place", "facility", "weapon",
    "vehicle", "nationality", "quantity", "time", "misc",
]  # fmt: skip
KIND = {name: i for i, name in enumerate(KINDS)}
MENTION_TAGS = ["O"] + [f"{bio}-{kind}" for kind in KINDS for bio in "BI"]
CUE_TAGS = ["O", "B", "I"]
ROLE_TAGS = ["O", "B-source", "I-source", "B-content", "I-content", "B-cue", "I-cue"]
ROLES = ("source", "content", "cue")
UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
KEPT_SUBTYPES = {
    "nsubj:pass", "csubj:pass", "aux:pass", "obl:agent", "nmod:poss", "acl:relcl", "compound:prt",
    "obl:unmarked", "nmod:unmarked",
}  # fmt: skip
DEPRELS = sorted(
    KEPT_SUBTYPES
    | set(
        "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl "
        "fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root "
        "vocative xcomp".split()
    )
)
DEPREL = {name: i for i, name in enumerate(DEPRELS)}
ALL_TAGS = (1 << len(MENTION_TAGS)) - 1

GUM_GENRES = {"academic", "bio", "interview", "news", "voyage"}
TITLES = {
    "president", "mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "lt.", "col.", "maj.", "capt.", "sgt.", "sen.", "rep.",
    "gov.", "king", "queen", "prince", "princess", "sir", "lord", "general", "colonel", "major", "captain", "minister",
    "prime", "secretary", "ambassador", "senator", "professor", "sheikh", "chairman", "foreign", "vice", "dr", "mr",
    "mrs", "ms", "pope", "saint", "st.", "commander", "brigadier", "lieutenant", "spokesman", "judge", "justice",
    "governor", "mayor", "director", "special", "envoy", "defense", "defence", "state", "deputy", "leader", "former",
    "attorney", "detective", "officer", "sheriff", "actress", "actor", "coach", "lawyer", "agent", "star", "pilot",
    "police", "chief", "district", "superintendent", "inspector", "constable", "capt", "sgt", "lt", "det.", "insp.",
    "spokeswoman", "representative", "analyst", "defensive", "tackle", "lineman",
}  # fmt: skip
DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your"}
CLOSING = set("\"'\u201d\u2019)]")


@dataclass
class Sentence:
    """Words of one sentence with the labels its corpus gives.

    `spans` are labelled mentions (start, end, kinds) in words, `allowed` one bit set of mention tags a word,
    `heads` are 1-based (0 = root), `rels` and `upos` are rows of DEPRELS and UPOS (-1 = not scored).
    """

    forms: list[str]
    paragraph: int = 0
    offsets: list[tuple[int, int]] | None = None
    spans: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    allowed: list[int] | None = None
    heads: list[int] | None = None
    rels: list[int] | None = None
    upos: list[int] | None = None


@dataclass
class Document:
    """Sentences in order; attributions map a role to word ranges counted over the whole document."""

    name: str
    sentences: list[Sentence]
    attributions: list[dict[str, list[tuple[int, int]]]] | None = None
    related: bool = True  # whether neighbouring sentences belong to one text


@dataclass
class Window:
    """Whole sentences that go through the encoder together; attributions are clipped to the window's words.

    `answers` are a teacher's (teacher.py); with `attributions` None they are all that is known.
    """

    sentences: list[Sentence]
    attributions: list[dict[str, list[tuple[int, int]]]] | None = None
    pieces: int = 0
    answers: "Answers | None" = None


@dataclass
class Answers:
    """What a teacher thinks of a window: shares of cue tags [W, 3] and of moves [3, 3]; for cue runs the same of roles, [W, 7] and [7, 7]."""

    cue: tuple[np.ndarray, np.ndarray]
    roles: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]]


# Text to sentences


def sentence_starts(text: str, spans: list[tuple[int, int]]) -> list[int]:
    """Indices of the words that open a sentence; a line break always ends one."""
    starts = []
    for i, (start, _) in enumerate(spans):
        if i == 0:
            starts.append(0)
            continue
        between = text[spans[i - 1][1] : start]
        if "\n" in between:
            starts.append(i)
            continue
        if not between:
            continue
        first = text[start]
        if not (first.isupper() or first.isdigit() or first in "\"'\u201c\u2018(["):
            continue
        k = i - 1
        while k > 0 and text[spans[k][0]] in CLOSING and spans[k - 1][1] == spans[k][0]:
            k -= 1
        if text[spans[k][0] : spans[k][1]] in {".", "!", "?", "...", "\u2026"} and k > 0:
            starts.append(i)
    return starts


def text_sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences of words with code-point offsets; blank lines or line breaks part paragraphs."""
    spans = words(text)
    starts = sentence_starts(text, spans)
    out: list[Sentence] = []
    paragraph = 0
    for n, a in enumerate(starts):
        b = starts[n + 1] if n + 1 < len(starts) else len(spans)
        if a and "\n" in text[spans[a - 1][1] : spans[a][0]]:
            paragraph += 1
        out.append(Sentence([text[s:e] for s, e in spans[a:b]], paragraph, spans[a:b]))
    return out


def word_range(offsets: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """Words that overlap the characters [start, end)."""
    hit = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
    return (hit[0], hit[-1] + 1) if hit else None


# Mention labels


def tag_bits(kind: int, inside: bool) -> int:
    return 1 << (1 + 2 * kind + int(inside))


def kind_bits(kinds) -> int:
    return sum(tag_bits(k, False) | tag_bits(k, True) for k in kinds)


def kind_set(names: str) -> tuple[int, ...]:
    return tuple(KIND[name] for name in names.split())


def label_mentions(sentence: Sentence, spans, silent: tuple[int, ...], unknown=()) -> None:
    """Set `spans` and `allowed`: labelled spans, kinds the corpus is silent about, ranges where anything may stand."""
    base = 1 | kind_bits(silent)
    allowed = [base] * len(sentence.forms)
    for a, b in unknown:
        for i in range(a, b):
            allowed[i] = ALL_TAGS
    for a, b, kinds in spans:
        for i in range(a, b):
            allowed[i] = sum(tag_bits(k, i > a) for k in kinds)
    for a, b, _ in spans:  # a word after a span may only go on with a kind the span may have; B- of it stays open
        if b < len(allowed) and allowed[b] == ALL_TAGS:
            allowed[b] = ALL_TAGS & ~sum(tag_bits(k, True) for k in range(len(KINDS)))
    sentence.spans = list(spans)
    sentence.allowed = allowed


NER_TYPES = {
    "PER": kind_set("person"),
    "ORG": kind_set("organization"),
    "LOC": kind_set("place facility"),
    "MISC": kind_set("nationality misc"),
}
WIKIGOLD_SILENT = kind_set("group weapon vehicle quantity time")
OWN_SILENT = kind_set("group facility weapon vehicle nationality quantity time misc")
UNER_SILENT = kind_set("group weapon vehicle quantity time nationality misc")


def read_lines(path: Path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def load_ner(path: Path, silent: tuple[int, ...]) -> list[Document]:
    """WikiGold or UNER: records of one sentence; 30 consecutive ones make a document for packing."""
    documents: list[Document] = []
    for n, record in enumerate(read_lines(path)):
        offsets = words(record["text"])
        if not offsets:
            continue
        sentence = Sentence([record["text"][a:b] for a, b in offsets], n, offsets)
        spans = []
        for span in record["spans"]:
            hit = word_range(offsets, span["start"], span["end"])
            if hit and not any(hit[0] < b and a < hit[1] for a, b, _ in spans):
                spans.append((*hit, NER_TYPES[span["type"]]))
        label_mentions(sentence, sorted(spans), silent)
        if n % 30 == 0:
            documents.append(Document(f"{path.parent.name}-{n}", []))
        documents[-1].sentences.append(sentence)
    return [d for d in documents if d.sentences]


def load_lgl(path: Path) -> list[Document]:
    """Local-Global Lexicon: news texts with toponyms marked, adjectives of place and places inside other names too.

    Only toponyms that stand by themselves become places; capitalised words beside a toponym stay unknown, other kinds
    than place are not marked.
    """
    silent = kind_set("person organization group facility weapon vehicle nationality quantity time misc")
    documents = []
    for record in read_lines(path):
        sentences = text_sentences(record["text"])
        for sentence in sentences:
            lo, hi = sentence.offsets[0][0], sentence.offsets[-1][1]
            forms = sentence.forms
            fixed, unknown = [], []
            for span in record["spans"]:
                if span["start"] < lo or span["end"] > hi:
                    continue
                hit = word_range(sentence.offsets, span["start"], span["end"])
                if not hit:
                    continue
                a, b = hit
                left = a > 1 and forms[a - 1][0].isupper()
                right = b < len(forms) and forms[b][0].isupper()
                adjective = forms[b - 1].lower().endswith(("an", "ans", "ese", "ish", "i", "is", "ian", "ians"))
                if left or right or adjective or "," in forms[a:b]:
                    unknown.append((max(0, a - 6), min(len(forms), b + 6)))
                elif not any(a < e and s < b for s, e, _ in fixed):
                    fixed.append((a, b, kind_set("place")))
            unknown = [(a, b) for a, b in unknown if not any(a < e and s < b for s, e, _ in fixed)]
            label_mentions(sentence, sorted(fixed), silent, unknown)
        if sentences:
            documents.append(Document(record["id"], sentences))
    return documents


RE3D_KINDS = {
    "Location": "place facility",
    "Temporal": "time",
    "Nationality": "nationality",
    "Quantity": "quantity",
    "Weapon": "weapon",
    "MilitaryPlatform": "vehicle weapon",
    "Vehicle": "vehicle",
}


def trim(forms: list[str], a: int, b: int, dropped: set[str]) -> int:
    while a + 1 < b and forms[a].lower() in dropped:
        a += 1
    return a


def is_name(forms: list[str]) -> bool:
    """Whether every word is capitalised, bar small joining words and punctuation inside."""
    small = {"of", "the", "for", "and", "-", "al", "in", "on", "de", "bin", "ibn", "abu", "el", "'s", "\u2019s"}
    caps = [f for f in forms if f[0].isupper()]
    return bool(caps) and forms[0] not in small - {"al", "abu", "el"} and all(f[0].isupper() or f in small for f in forms)


def load_re3d(path: Path) -> list[Document]:
    """re3d without its BBC records (non-commercial).

    Its Person and Organisation spans are whole phrases: only those that are clearly one name are taken as labels,
    the others stay unknown.
    """
    documents = []
    for record in read_lines(path):
        if record["meta"]["source"].startswith("BBC"):
            continue
        document = Document(record["id"], text_sentences(record["text"]))
        for sentence in document.sentences:
            forms = sentence.forms
            lo, hi = sentence.offsets[0][0], sentence.offsets[-1][1]
            fixed: list[tuple[int, int, tuple[int, ...]]] = []
            unknown: list[tuple[int, int]] = []
            found = []
            for span in record["spans"]:
                if lo <= span["start"] and span["end"] <= hi:
                    hit = word_range(sentence.offsets, span["start"], span["end"])
                    if hit:
                        found.append((hit[1] - hit[0], *hit, span["type"]))
            for _, a, b, kind in sorted(found):
                a = trim(forms, a, b, DETERMINERS)
                if forms[b - 1] in {"'s", "\u2019s"} and b - a > 1:
                    b -= 1
                if kind == "Person":
                    a = trim(forms, a, b, TITLES)
                label = None
                if kind in RE3D_KINDS:
                    label = kind_set(RE3D_KINDS[kind])
                    if kind == "Location" and not is_name(forms[a:b]):
                        label = None
                elif kind in ("Person", "Organisation") and is_name(forms[a:b]):
                    label = kind_set("person" if kind == "Person" else "organization")
                if label is None or any(a < e and s < b for s, e, _ in fixed):
                    unknown.append((a, b))
                else:
                    fixed.append((a, b, label))
            label_mentions(sentence, sorted(fixed), kind_set("group facility misc"), unknown)
        documents.append(document)
    return documents


ECB_KINDS = {
    "HUMAN_PART_PER": "person",
    "HUMAN_PART_ORG": "organization",
    "HUMAN_PART_MET": "organization",
    "LOC_GEO": "place facility",
    "HUMAN_PART_GPE": "place",
    "LOC_FAC": "place facility",
}


def load_ecb(path: Path) -> list[Document]:
    """ECB+ sentences that were annotated with care: participants and places that are names.

    Only what takes part in an event is annotated, so every capitalised word outside a taken name stays unknown;
    headlines in title case are left out.
    """
    silent = kind_set("group facility weapon vehicle nationality quantity time misc")
    documents = []
    for record in read_lines(path):
        document = Document(record["id"], [])
        for n, (lo, hi, checked) in enumerate(record["sentences"]):
            text = record["text"][lo:hi]
            offsets = words(text)
            forms = [text[a:b] for a, b in offsets]
            letters = [f for f in forms if f[0].isalpha()]
            if not checked or len(letters) < 6 or sum(f[0].isupper() for f in letters) > 0.5 * len(letters):
                continue
            sentence = Sentence(forms, n, offsets)
            fixed: list[tuple[int, int, tuple[int, ...]]] = []
            unknown = [(i, i + 1) for i, f in enumerate(forms) if f[0].isupper() or f[0].isdigit()]
            for span in record["spans"]:
                if span["type"] not in ECB_KINDS or span["start"] < lo or span["end"] > hi or "fragments" in span:
                    continue
                hit = word_range(offsets, span["start"] - lo, span["end"] - lo)
                if not hit:
                    continue
                a, b = hit
                a = trim(forms, a, b, DETERMINERS)
                if forms[b - 1].lower() in {"'s", "\u2019s", "'", "."} and b - a > 1:
                    b -= 1
                if span["type"] == "HUMAN_PART_PER":
                    a = trim(forms, a, b, TITLES)
                sure = is_name(forms[a:b]) and not (a == 0 and b == 1) and forms[a].lower() not in TITLES
                if sure and len(forms[a]) > 1 and not any(a < e and s < b for s, e, _ in fixed):
                    fixed.append((a, b, kind_set(ECB_KINDS[span["type"]])))
                else:
                    unknown.append((a, b))
            label_mentions(sentence, sorted(fixed), silent, unknown)
            document.sentences.append(sentence)
        if document.sentences:
            documents.append(document)
    return documents


# Attributions


def load_polnear(path: Path) -> list[Document]:
    """PolNeAR documents with their attributions as word ranges; empty pieces are dropped."""
    documents = []
    for record in read_lines(path):
        sentences = text_sentences(record["text"])
        offsets = [o for s in sentences for o in s.offsets]
        starts = [o[0] for o in offsets]
        attributions = []
        for attribution in record["attributions"]:
            pieces = {}
            for role in ROLES:
                ranges = []
                for a, b in attribution[role]:
                    hit = [i for i in range(bisect(starts, a - 60), bisect(starts, b)) if offsets[i][1] > a and offsets[i][0] < b]
                    if hit:
                        ranges.append((hit[0], hit[-1] + 1))
                pieces[role] = sorted(ranges)
            if pieces["cue"]:
                attributions.append(pieces)
        attributions.sort(key=lambda p: p["cue"][0])
        documents.append(Document(record["id"], sentences, attributions))
    return documents


def bisect(values: list[int], x: int) -> int:
    lo, hi = 0, len(values)
    while lo < hi:
        mid = (lo + hi) // 2
        if values[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo


ANN_KINDS = {
    "per": "person", "org": "organization", "grp": "group", "loc": "place", "fac": "facility", "wea": "weapon",
    "veh": "vehicle", "nat": "nationality", "num": "quantity", "tim": "time", "misc": "misc",
}  # fmt: skip
ANN_ROLES = {"S": "source", "Q": "cue", "C": "content"}


def parse_annotated(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Text of a line with inline tags, and its tags as (tag, start, end) in code points."""
    text: list[str] = []
    tags: list[tuple[str, int, int]] = []
    stack: list[tuple[str, int]] = []
    i = 0
    while i < len(line):
        if line[i] == "{":
            match = re.match(r"\{([A-Za-z]+\d*) ", line[i:])
            if not match:
                raise ValueError(f"a brace without a tag: {line[i : i + 30]!r}")
            stack.append((match[1], len(text)))
            i += match.end()
        elif line[i] == "}":
            tag, start = stack.pop()
            tags.append((tag, start, len(text)))
            i += 1
        else:
            text.append(line[i])
            i += 1
    if stack:
        raise ValueError(f"an open tag: {stack[-1][0]}")
    return "".join(text), tags


def load_annotated(path: Path) -> list[Document]:
    """Own sentences of a file; one document a line."""
    return annotated_documents(path.read_text(encoding="utf-8").splitlines(), path.name)


def annotated_documents(lines: list[str], name: str) -> list[Document]:
    """Lines with inline tags as documents.

    The files leave the complementiser "that" out of the content, PolNeAR has it inside: here it is taken in, so that
    the model sees one convention.
    """
    documents = []
    for n, line in enumerate(lines):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        line = line.replace("\u00a0", " ")
        try:
            text, tags = parse_annotated(line)
        except (ValueError, IndexError) as error:
            print(f"{name}:{n + 1}: {error}")
            continue
        sentences = text_sentences(text)
        offsets = [o for s in sentences for o in s.offsets]
        forms = [f for s in sentences for f in s.forms]
        by_number: dict[str, dict[str, list[tuple[int, int]]]] = {}
        mentions = []
        for tag, a, b in tags:
            hit = word_range(offsets, a, b)
            if not hit:
                continue
            if tag[0] in ANN_ROLES and tag[1:].isdigit():
                start, end = hit
                if tag[0] == "C" and start > 0 and forms[start - 1] == "that":
                    start -= 1
                by_number.setdefault(tag[1:], {r: [] for r in ROLES})[ANN_ROLES[tag[0]]].append((start, end))
            elif tag in ANN_KINDS:
                mentions.append((*hit, kind_set(ANN_KINDS[tag])))
            else:
                print(f"{name}:{n + 1}: unknown tag {tag}")
        done = 0
        for sentence in sentences:
            size = len(sentence.forms)
            inside = sorted((a - done, b - done, k) for a, b, k in mentions if a >= done and b <= done + size)
            kept = []
            for span in inside:
                if not kept or span[0] >= kept[-1][1]:
                    kept.append(span)
            label_mentions(sentence, kept, kind_set("misc"))
            done += size
        attributions = [{r: sorted(p) for r, p in pieces.items()} for pieces in by_number.values() if pieces["cue"]]
        attributions.sort(key=lambda p: p["cue"][0])
        documents.append(Document(f"{name}:{n + 1}", sentences, attributions, related=False))
    return documents


REPORTING = re.compile(r"\b(said|says|told|tells|claimed|accused|denied|according|reported|added|announced)\b")


def load_own_events(path: Path) -> list[Document]:
    """Own sentences with events (`own.py`): their attributions, and the places that are names.

    Attributions are marked in part of the items only: those with none, or with more reporting words than attributions, give none; capitalised words that are no
    place stay unknown.
    """
    documents = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if not line.strip() or line.startswith("#"):
            continue
        item = own.parse(line)
        sentences = text_sentences(item["text"])
        offsets = [o for s in sentences for o in s.offsets]
        forms = [f for s in sentences for f in s.forms]
        attributions = []
        for pieces in item["attributions"].values():
            placed = {r: sorted(filter(None, (word_range(offsets, a, b) for a, b in pieces.get(r, [])))) for r in ROLES}
            placed["content"] = [(a - (a > 0 and forms[a - 1] == "that"), b) for a, b in placed["content"]]
            if placed["cue"]:
                attributions.append(placed)
        attributions.sort(key=lambda p: p["cue"][0])
        places = {span for e in item["events"] for span in e["roles"].get("place", [])}
        done = 0
        for sentence in sentences:
            size = len(sentence.forms)
            fixed = []
            for a, b in places:
                hit = word_range(offsets, a, b)
                if hit and done <= hit[0] and hit[1] <= done + size and is_name(forms[slice(*hit)]):
                    a, b = hit[0] - done, hit[1] - done
                    if not any(a < e and s < b for s, e, _ in fixed):
                        fixed.append((a, b, kind_set("place")))
            unknown = [(i, i + 1) for i, f in enumerate(sentence.forms) if f[0].isupper() or f[0].isdigit()]
            unknown = [(a, b) for a, b in unknown if not any(a < e and s < b for s, e, _ in fixed)]
            label_mentions(sentence, sorted(fixed), OWN_SILENT, unknown)
            done += size
        trusted = 0 < len(attributions) >= len(REPORTING.findall(item["text"]))
        documents.append(Document(f"{path.name}:{n + 1}", sentences, attributions if trusted else None, related=False))
    return documents


def own_reports(place: Path):
    """Name, text and gold of reports of our own: of a folder of `NAME.txt` with `NAME.gold.json`, or of a file of lines (`reports.py`)."""
    if place.is_file():
        for row in read_lines(place):
            yield row["name"], row["text"], row["gold"]
        return
    for path in sorted(place.glob("*.gold.json")):
        text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
        yield path.name.removesuffix(".gold.json"), text, json.loads(path.read_text(encoding="utf-8"))


def load_reports(place: Path) -> list[Document]:
    """Reports of our own with golds (`fixtures/*/NAME.txt`, `NAME.gold.json`): their claims as attributions.

    Golds that tell no contents are passed over. Titles and page furniture are left out, since golds list no claims of theirs. As elsewhere "that" is taken into the content.
    """
    documents = []
    for name, text, gold in own_reports(place):
        if not gold.get("claims") or not all(claim.get("content") for claim in gold["claims"]):
            continue
        title = gold.get("document", {}).get("title_span")
        aside = [(r["start"], r["end"]) for r in [*gold.get("furniture", []), *([title] if title else [])] if "start" in r]
        sentences = [s for s in text_sentences(text) if not any(a < s.offsets[-1][1] and s.offsets[0][0] < b for a, b in aside)]
        offsets = [o for s in sentences for o in s.offsets]
        forms = [f for s in sentences for f in s.forms]
        number = [n for n, s in enumerate(sentences) for _ in s.forms]
        attributions = []
        for claim in gold["claims"]:
            spans = {"source": [claim.get("source")], "cue": [claim.get("cue")], "content": [claim.get("content"), *many(claim.get("content_more"))]}
            placed = {r: sorted(filter(None, (word_range(offsets, p["start"], p["end"]) for p in pieces if p))) for r, pieces in spans.items()}
            placed["content"] = [(a - (a > 0 and forms[a - 1] == "that"), b) for a, b in placed["content"]]
            placed["content"] = [rest for piece in placed["content"] for rest in without(piece, placed["source"] + placed["cue"], forms)]
            # A speaker who is named paragraphs before (in a label, over a statement) is found by rules.
            near = not placed["source"] or placed["cue"] and abs(number[placed["source"][0][0]] - number[placed["cue"][0][0]]) <= 1
            if placed["cue"] and near:
                attributions.append(placed)
        attributions.sort(key=lambda p: p["cue"][0])
        documents.append(Document(name, sentences, attributions))
    return documents


def without(piece: tuple[int, int], holes: list[tuple[int, int]], forms: list[str]) -> list[tuple[int, int]]:
    """What is left of a piece without the words that introduce the speaker inside of it, and without commas at these cuts."""
    a, b = piece
    out = []
    inside = sorted((c, d) for c, d in holes if a < d and c < b)
    for c, d in [*inside, (b, b)]:
        cut = c
        while inside and cut > a and forms[cut - 1] == "," and c < b:
            cut -= 1
        if a < cut:
            out.append((a, cut))
        a = max(a, d)
        while a < b and forms[a] == ",":
            a += 1
    return out


def many(value) -> list:
    """A value, a list of values or nothing as a list."""
    return value if isinstance(value, list) else [value] if value else []


# Trees


def deprel_row(label: str) -> int:
    label = {"obl:tmod": "obl:unmarked", "nmod:tmod": "nmod:unmarked", "obl:npmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked"}.get(label, label)
    if label not in KEPT_SUBTYPES:
        label = label.split(":")[0]
    return DEPREL.get(label, DEPREL["dep"])


def load_conllu(path: Path, genres: set[str] | None = None) -> list[Document]:
    """Trees by document; with `genres` only documents of these genres (second field of the document name)."""
    documents: list[Document] = []
    rows: list[list[str]] = []

    def close() -> None:
        if rows:
            documents[-1].sentences.append(
                Sentence(
                    [r[1] for r in rows],
                    len(documents[-1].sentences),
                    heads=[int(r[6]) for r in rows],
                    rels=[deprel_row(r[7]) for r in rows],
                    upos=[UPOS.index(r[3]) if r[3] in UPOS else -1 for r in rows],
                )
            )
            rows.clear()

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                documents.append(Document(line[14:], []))
            elif not line:
                close()
            elif line[0] != "#":
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    close()
    documents = [d for d in documents if d.sentences]
    if genres is not None:
        documents = [d for d in documents if d.name.split("_")[1] in genres]
    return documents


GUM_TYPES = {"person": "person", "organization": "organization", "place": "place facility", "time": "time"}


def add_gum_mentions(documents: list[Document], path: Path) -> None:
    """Label the named entities of GUM on its trees.

    Only spans that are one name are taken: without leading determiner or title, all words PROPN (joined by a hyphen or
    "of"), head PROPN. Times: a span of at most four words with a number or a PROPN. Everything else in a span and
    every other PROPN stays unknown; kinds GUM does not have stay open.
    """
    records = {r["id"]: r for r in read_lines(path)}
    silent = kind_set("group facility weapon vehicle nationality quantity misc time")
    for document in documents:
        record = records.get(document.name)
        if record is None:
            continue
        text, at = record["text"], 0
        for sentence in document.sentences:
            sentence.offsets = []
            for form in sentence.forms:
                here = text.find(form, at)
                if here < 0 or here > at + 80:
                    here = at
                sentence.offsets.append((here, here + len(form)))
                at = here + len(form)
            lo, hi = sentence.offsets[0][0], sentence.offsets[-1][1]
            names = [UPOS[u] == "PROPN" for u in sentence.upos]
            fixed: list[tuple[int, int, tuple[int, ...]]] = []
            unknown = [(i, i + 1) for i, name in enumerate(names) if name]
            found = []
            for span in record["spans"]:
                if span["type"] in GUM_TYPES and lo <= span["start"] and span["end"] <= hi:
                    hit = word_range(sentence.offsets, span["start"], span["end"])
                    if hit:
                        found.append((hit[1] - hit[0], *hit, span["type"]))
            for _, a, b, kind in sorted(found):
                a = trim(sentence.forms, a, b, DETERMINERS)
                if kind == "person":
                    a = trim(sentence.forms, a, b, TITLES)
                if sentence.forms[b - 1] in {"'s", "\u2019s"} and b - a > 1:
                    b -= 1
                if kind == "time":
                    tags = [UPOS[u] for u in sentence.upos[a:b]]
                    clean = b - a <= 4 and ("NUM" in tags or "PROPN" in tags)
                else:
                    clean = all(
                        name or f in {"-", "of"} or (f == "and" and kind == "organization")
                        for name, f in zip(names[a:b], sentence.forms[a:b])
                    )
                    clean = clean and names[a] and names[b - 1]
                if clean and not any(a < e and s < b for s, e, _ in fixed):
                    fixed.append((a, b, kind_set(GUM_TYPES[kind])))
            label_mentions(sentence, sorted(fixed), silent, unknown)


# Windows


class NameLists:
    """Names by kind and number of words, for swapping; places from the gazetteer, the rest from the labelled sets."""

    def __init__(self, documents: list[Document], geo: Path | None):
        self.names: dict[tuple[int, int], list[list[str]]] = {}
        seen: set[tuple[int, str]] = set()

        def add(kind: int, forms: list[str]) -> None:
            key = (kind, " ".join(forms))
            if key not in seen and forms and forms[0][:1].isupper():
                seen.add(key)
                self.names.setdefault((kind, len(forms)), []).append(forms)

        for document in documents:
            for sentence in document.sentences:
                for a, b, kinds in sentence.spans:
                    if kinds == (KIND["person"],) or kinds == (KIND["organization"],):
                        add(kinds[0], sentence.forms[a:b])
        if geo is not None and (geo / "leaders_wikidata_2022.csv").exists():
            with open(geo / "leaders_wikidata_2022.csv", encoding="utf-8") as lines:
                for row in csv.DictReader(lines):
                    name = row["officeholderLabel"]
                    add(KIND["person"], [name[a:b] for a, b in words(name)])
        people = self.names.get((KIND["person"], 2), [])
        firsts, lasts = sorted({p[0] for p in people}), sorted({p[1] for p in people})
        rng = random.Random(7)
        for _ in range(4 * len(people)):
            add(KIND["person"], [rng.choice(firsts), rng.choice(lasts)])
        if geo is not None and geo.exists():
            for file, column, large in (("countries.tsv.xz", "name", False), ("cities500.tsv.xz", "name", True), ("admin.tsv.xz", "name", True)):
                with lzma.open(geo / file, "rt", encoding="utf-8") as lines:
                    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                        size = row.get("population") or row.get("population_of_listed_places") or "0"
                        if large and int(float(size or 0)) < 150_000:
                            continue
                        name = "".join(
                            c for c in unicodedata.normalize("NFC", row[column]) if unicodedata.category(c)[0] != "C"
                        )
                        add(KIND["place"], [name[a:b] for a, b in words(name)])

    def swap(self, sentence: Sentence, rng: random.Random, share: float) -> Sentence:
        """Replace some person, organization and place names by others of the same number of words."""
        forms = None
        for a, b, kinds in sentence.spans:
            kind = kinds[0]
            if kinds not in ((KIND["person"],), (KIND["organization"],), (KIND["place"],), kind_set("place facility")):
                continue
            choice = self.names.get((kind, b - a))
            if choice and rng.random() < share:
                forms = forms or list(sentence.forms)
                forms[a:b] = rng.choice(choice)
        return sentence if forms is None else replace(sentence, forms=forms)


def change_case(window: Window, rng: random.Random, upper: float, lower: float) -> Window:
    """Upper-case or lower-case a whole window now and then."""
    draw = rng.random()
    if draw < upper:
        sentences = [replace(s, forms=[f.upper() for f in s.forms]) for s in window.sentences]
    elif draw < upper + lower:
        sentences = [replace(s, forms=[f.lower() for f in s.forms]) for s in window.sentences]
    else:
        return window
    return replace(window, sentences=sentences)


def clip(attributions, lo: int, hi: int):
    """Attributions with a cue word in [lo, hi), their pieces cut to it and counted from it."""
    out = []
    for pieces in attributions:
        cut = {
            role: [(max(a, lo) - lo, min(b, hi) - lo) for a, b in ranges if a < hi and b > lo]
            for role, ranges in pieces.items()
        }
        if cut["cue"]:
            out.append(cut)
    return out


def cut_long(sentence: Sentence, wp: WordPiece) -> list[tuple[int, int]]:
    """Word ranges of a sentence that fit a window."""
    ranges, start, size = [], 0, 0
    for i, form in enumerate(sentence.forms):
        n = min(wp.length(form), MAX_PIECES - 2)
        if size + n > MAX_PIECES - 2:
            ranges.append((start, i))
            start, size = i, 0
        size += n
    ranges.append((start, len(sentence.forms)))
    return ranges


def part(sentence: Sentence, a: int, b: int) -> Sentence:
    """The words [a, b) of a sentence; a tree is dropped if it is cut."""
    if (a, b) == (0, len(sentence.forms)):
        return sentence
    return Sentence(
        sentence.forms[a:b],
        sentence.paragraph,
        sentence.offsets[a:b] if sentence.offsets else None,
        [(s - a, e - a, k) for s, e, k in sentence.spans if s >= a and e <= b],
        sentence.allowed[a:b] if sentence.allowed else None,
        None,
        None,
        sentence.upos[a:b] if sentence.upos else None,
    )


def document_windows(document: Document, wp: WordPiece, packed: bool, limit: int = PACKED_PIECES) -> list[Window]:
    """Cut a document into windows: paragraphs alone, or whole sentences packed up to `limit` pieces."""
    groups: list[tuple[list[Sentence], int, int]] = []  # sentences, first word, pieces
    word = 0
    current: list[Sentence] = []
    first, size, paragraph = 0, 0, None
    for sentence in document.sentences:
        for a, b in cut_long(sentence, wp):
            piece = part(sentence, a, b)
            n = sum(wp.length(f) for f in piece.forms)
            full = size + n > (limit if packed else MAX_PIECES - 2)
            if current and (full or (not packed and sentence.paragraph != paragraph)):
                groups.append((current, first, size))
                current, size = [], 0
            if not current:
                first = word + a
            current = current + [piece]
            size += n
            paragraph = sentence.paragraph
        word += len(sentence.forms)
    if current:
        groups.append((current, first, size))
    windows = []
    for sentences, start, size in groups:
        count = sum(len(s.forms) for s in sentences)
        attributions = None
        if document.attributions is not None:
            attributions = clip(document.attributions, start, start + count)
        windows.append(Window(sentences, attributions, size + 2))
    return windows


def joined(documents: list[Document], rng: random.Random, most: int = 4) -> list[Document]:
    """Put unrelated one-line documents together in random groups, so that windows hold several of them."""
    order = list(documents)
    rng.shuffle(order)
    out = []
    while order:
        group = [order.pop() for _ in range(min(len(order), rng.randint(1, most)))]
        sentences: list[Sentence] = []
        attributions: list[dict[str, list[tuple[int, int]]]] = []
        shift = 0
        for n, document in enumerate(group):
            sentences += [replace(s, paragraph=s.paragraph + 100 * n) for s in document.sentences]
            for pieces in document.attributions or []:
                attributions.append({r: [(a + shift, b + shift) for a, b in p] for r, p in pieces.items()})
            shift += sum(len(s.forms) for s in document.sentences)
        out.append(Document("+".join(d.name for d in group), sentences, attributions, related=False))
    return out
