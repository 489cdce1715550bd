"""Labels of events: sentence types, triggers, roles, factuality, from public sets and own sentences.

An `Item` is one window of sentences with whatever its set tells; what is None is unknown and not learned from.
Words count through the whole window.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path

import own
from data import Document, Sentence, document_windows, many, own_reports, read_lines, text_sentences, word_range
from pieces import MAX_PIECES, WordPiece

TYPES = own.TYPES + ["NONE"]
TYPE = {name: i for i, name in enumerate(TYPES)}
LABELS = own.LABELS
LABEL = {name: i for i, name in enumerate(LABELS)}
STATUS = own.STATUS[:-1]
LINK_ROLES = ["actor", "recipient", "victim", "target", "place", "time", "instrument"]
LINK_TAGS = ["O"] + [f"{bio}-{role}" for role in LINK_ROLES for bio in "BI"]
SIDE_TAGS = ["O", "B-source", "I-source", "B-target", "I-target"]
KEY_ROLES = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"]
KEY_TAGS = ["O"] + [f"{bio}-{role}" for role in KEY_ROLES for bio in "BI"]
FACT_BINS = [-3.0, -1.5, 0.0, 1.5, 3.0]
FACTS = {"occurred": 3.0, "going": 3.0, "neg": -3.0, "hyp": 0.0, "order": 0.0, "threat": 0.0}  # what is planned is unsure by degrees: no value

MARKS = ["term", "breach", "plight", "agreement", "answer", "answered"]  # what words of a report belong to

OLD_TYPES = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
PENTA = {
    0: "NONE REQUEST",
    1: "AGREE CONSULT SUPPORT",
    2: "COOPERATE AID CONCEDE RETREAT",
    3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
LABEL_TYPES = {
    "ARMED_CLASH": "ASSAULT", "GOV_REGAINS_TERIT": "ASSAULT", "NON_STATE_ACTOR_OVERTAKES_TER": "ASSAULT", "ATTACK": "ASSAULT",
    "ABDUCT_DISSAP": "ASSAULT COERCE", "SEX_VIOL": "ASSAULT", "AIR_STRIKE": "ASSAULT", "ART_MISS_ATTACK": "ASSAULT",
    "SUIC_BOMB": "ASSAULT", "REM_EXPLOS": "ASSAULT", "GRENADE": "ASSAULT", "CHEM_WEAP": "ASSAULT ACCUSE",
    "PEACE_PROTEST": "PROTEST", "PROTEST_WITH_INTER": "PROTEST COERCE", "FORCE_AGAINST_PROTEST": "PROTEST COERCE ASSAULT",
    "VIOL_DEMONSTR": "PROTEST", "AGREEMENT": "AGREE RETREAT CONSULT", "ARREST": "COERCE", "ATTRIB": "ACCUSE",
}  # fmt: skip
MUC_ROLES = {
    "PERP: INDIVIDUAL ID": "PerpInd", "PERP: ORGANIZATION ID": "PerpOrg", "PHYS TGT: ID": "Target",
    "HUM TGT: NAME": "Victim", "INCIDENT: INSTRUMENT ID": "Weapon",  # as GRIT: descriptions of victims are left out
}  # fmt: skip


@dataclass
class Link:
    """Roles of one trigger: word run, spans by role, and the roles that the set tells (others are unknown)."""

    trigger: tuple[int, int]
    roles: list[tuple[str, int, int]]
    told: tuple[str, ...] = tuple(LINK_ROLES)


@dataclass
class Item:
    """One window with labels. `ranges` are the units (word ranges) that sentence labels belong to."""

    sentences: list[Sentence]
    pieces: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)
    types: list[list[int] | None] = field(default_factory=list)  # allowed types of each unit
    labels: list[int | None] = field(default_factory=list)  # ACLED-like class of each unit
    weight: float = 1.0
    words: list[tuple[int, int, int]] = field(default_factory=list)  # word-type labels told for [a, b): first, end, type
    told_words: list[tuple[int, int]] = field(default_factory=list)  # where every word's type is told (NONE elsewhere)
    status: list[tuple[int, int]] = field(default_factory=list)  # word, status
    past: list[tuple[int, int]] = field(default_factory=list)  # word, 0 or 1
    facts: list[tuple[int, float]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    sides: list[tuple[int, int, list[tuple[str, int, int]]]] = field(default_factory=list)  # unit range, spans
    keys: list[tuple[str, int, int]] | None = None
    deeds: list[tuple[int, int]] | None = None  # event words of any kind
    told_deeds: list[tuple[int, int]] = field(default_factory=list)
    parts: list["Item"] = field(default_factory=list)  # the items that were joined into this one
    main: object = None  # word vectors [W, 384] of the frozen encoder, once computed


def make(text: str, wp: WordPiece) -> tuple[Item, list[tuple[int, int]]] | None:
    """A window of the text's first pieces, and the code-point offsets of its words."""
    document = Document("", text_sentences(text))
    windows = document_windows(document, wp, True, MAX_PIECES - 2)
    if not windows:
        return None
    window = windows[0]
    offsets = [offset for sentence in window.sentences for offset in sentence.offsets]
    return Item(window.sentences, window.pieces, [(0, len(offsets))], [None], [None]), offsets


def allowed(names: str) -> list[int]:
    return [TYPE[name] for name in names.split()]


def head_word(a: int, b: int) -> int:
    """Word that stands for a trigger in word-wise labels."""
    return a


def load_plover(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        found = make(record["text"], wp)
        if not found:
            continue
        item, offsets = found
        names = {e.get("root") or e.get("event") for e in record["events"]}
        rows = []
        for name in names:
            rows += allowed("CONCEDE RETREAT") if name == "YIELD" else [TYPE[OLD_TYPES.get(name, name)]]
        item.types = [sorted(set(rows))]
        spans, is_plain = [], True
        for span in record["spans"]:
            role = {"source": "source", "target": "target", "SRC": "source", "TAR": "target", "SRC/TAR": "source"}.get(span["type"])
            hit = word_range(offsets, span["start"], span["end"])
            if role and hit:
                spans.append((role, *hit))
        if spans and is_plain:
            item.sides = [(0, len(offsets), spans)]
        out.append(item)
    return out


def load_penta(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        found = make(record["text"], wp)
        if found:
            found[0].types = [allowed(PENTA[int(record["events"][0]["penta"])])]
            out.append(found[0])
    return out


def load_case(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        found = make(record["text"], wp)
        if found:
            name = record["events"][0]["acled"]
            found[0].labels = [LABEL[name]]
            if name in LABEL_TYPES:
                found[0].types = [allowed(LABEL_TYPES[name])]
            out.append(found[0])
    return out


def load_synthetic(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        text = record["text"].strip().split("\n")[0][:600]
        found = make(text, wp)
        if found and record["events"]:
            found[0].types = [[TYPE[record["events"][0]["event"]]]]
            found[0].weight = 0.3
            out.append(found[0])
    return out


def load_sides(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        found = make(record["text"], wp)
        if found:
            item, offsets = found
            spans = [(s["type"], *hit) for s in record["spans"] if s["type"] in ("source", "target") and (hit := word_range(offsets, s["start"], s["end"]))]
            item.sides = [(0, len(offsets), spans)]
            out.append(item)
    return out


def load_places(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        found = make(record["text"], wp)
        if not found:
            continue
        item, offsets = found
        verbs = [word_range(offsets, s["start"], s["end"]) for s in record["spans"] if s["type"] == "verb"]
        places = [word_range(offsets, s["start"], s["end"]) for s in record["spans"] if s["type"] == "location"]
        if len(verbs) == 1 and verbs[0] and all(places):
            item.links = [Link(verbs[0], [("place", *p) for p in places], ("place",))]
            out.append(item)
    return out


def load_facts(path: Path, wp: WordPiece) -> list[Item]:
    out = []
    for record in read_lines(path):
        found = make(record["text"], wp)
        if found:
            item, offsets = found
            for span in record["spans"]:
                hit = word_range(offsets, span["start"], span["end"])
                if hit:
                    item.facts.append((hit[0], float(span["value"])))
            if item.facts:
                out.append(item)
    return out


def load_muc(path: Path, wp: WordPiece) -> list[Item]:
    """Windows of the reports, line breaks inside paragraphs taken for spaces."""
    out = []
    for record in read_lines(path):
        text = re.sub(r"(?<!\n)\n(?!\s*\n)", " ", record["text"])
        document = Document(record["id"], text_sentences(text))
        spans = [(MUC_ROLES[s["type"]], s["start"], s["end"]) for s in record["spans"] if s["type"] in MUC_ROLES]
        for window in document_windows(document, wp, True):
            offsets = [o for sentence in window.sentences for o in sentence.offsets]
            item = Item(window.sentences, window.pieces, [], [], [])
            item.keys = []
            for role, start, end in sorted(spans, key=lambda s: s[1] - s[2]):
                hit = word_range(offsets, start, end)
                if hit:
                    item.keys.append((role, *hit))
            out.append(item)
    return out


def load_deeds(path: Path, wp: WordPiece) -> list[Item]:
    """ECB+ action mentions in the sentences that were annotated with care."""
    out = []
    for record in read_lines(path):
        checked = [(a, b) for a, b, is_checked in record["sentences"] if is_checked]
        document = Document(record["id"], text_sentences(record["text"]))
        for window in document_windows(document, wp, True):
            offsets = [o for sentence in window.sentences for o in sentence.offsets]
            item = Item(window.sentences, window.pieces, [], [], [])
            for a, b in checked:
                hit = word_range(offsets, a, b)
                if hit:
                    item.told_deeds.append(hit)
            if not item.told_deeds:
                continue
            item.deeds = []
            for span in record["spans"]:
                if span["type"].startswith(("ACTION", "NEG_ACTION")):
                    hit = word_range(offsets, span["start"], span["end"])
                    if hit:
                        item.deeds.append(hit)
            out.append(item)
    return out


def load_own(paths: list[Path], wp: WordPiece) -> list[Item]:
    out = []
    for path in paths:
        try:
            records = list(own.read(path))
        except own.Bad as bad:
            print("left out:", bad, flush=True)
            continue
        for record in records:
            found = make(record["text"], wp)
            if not found:
                continue
            item, offsets = found
            item.labels = [LABEL[record["label"]]]
            item.told_words = [(0, len(offsets))]
            current = [e for e in record["events"] if not e["past"]] or record["events"]
            item.types = [sorted({TYPE[e["type"]] for e in current}) or [TYPE["NONE"]]]
            for event in record["events"]:
                hit = word_range(offsets, event["start"], event["end"])
                if not hit:
                    continue
                item.words.append((*hit, TYPE[event["type"]]))
                item.status.append((hit[0], STATUS.index(event["status"])))
                item.past.append((hit[0], int(event["past"])))
                if event["status"] in FACTS:
                    item.facts.append((hit[0], FACTS[event["status"]]))
                roles = [(role, *span) for role, spans in event["roles"].items() for s in spans if (span := word_range(offsets, *s))]
                item.links.append(Link(hit, roles))
            if len(current) == 1:
                event = current[0]
                spans = [("source", *s) for x in event["roles"].get("actor", []) if (s := word_range(offsets, *x))]
                for role in ("recipient", "victim", "target"):
                    told = [("target", *s) for x in event["roles"].get(role, []) if (s := word_range(offsets, *x))]
                    spans += told
                    if told:
                        break
                if len({s[0] for s in spans}) == 2:
                    item.sides = [(0, len(offsets), spans)]
            out.append(item)
    return out


def told_claims(gold: dict) -> list[tuple[dict, list[tuple[int, int]]]]:
    """Claims in the order of their cues, each with its pieces of cue and content."""
    rows = []
    for claim in gold.get("claims", []):
        pieces = [claim.get("cue"), claim.get("content"), *many(claim.get("content_more"))]
        spans = [(p["start"], p["end"]) for piece in pieces for p in many(piece)]
        if claim.get("cue") and claim.get("content"):
            rows.append((claim, spans))
    return sorted(rows, key=lambda row: row[1][0])


def source_words(claim: dict) -> tuple[int, int] | None:
    source = claim.get("source")
    return (source["start"], source["end"]) if isinstance(source, dict) else None


GOLD_STATUS = {"occurred": "occurred", "ongoing": "going", "planned": "plan", "ordered": "order", "threatened": "threat", "hypothetical": "hyp", "denied": "neg"}


def load_report_events(places: list[Path], wp: WordPiece) -> list[Item]:
    """Deeds of reports of our own whose golds list them: words that name them, status, whether they are told as history.

    Headlines, page furniture, other words for a deed and deeds that careful readers may leave out stay unknown.
    """
    out = []
    for name, text, gold in (row for place in places for row in own_reports(place)):
        if not gold.get("events"):
            continue
        title = gold.get("document", {}).get("title_span")
        unknown = [(r["start"], r["end"]) for r in [*gold.get("furniture", []), *([title] if title else [])] if "start" in r]
        for event in [*gold["events"], *gold.get("optional_events", [])]:
            unknown += [(t["start"], t["end"]) for t in event.get("also_triggers", []) if isinstance(t, dict)]
        optional = [e for e in [*gold["events"], *gold.get("optional_events", [])] if e.get("optional") or e in gold.get("optional_events", [])]
        unknown += [(e["trigger"]["start"], e["trigger"]["end"]) for e in optional]
        sure = [e for e in gold["events"] if not e.get("optional")]
        document = Document(name, text_sentences(text))
        for window in document_windows(document, wp, True):
            offsets = [o for sentence in window.sentences for o in sentence.offsets]
            item = Item(window.sentences, window.pieces, [], [], [])
            open_ = set()
            for a, b in unknown:
                hit = word_range(offsets, a, b)
                open_ |= set(range(*hit)) if hit else set()
            for event in sure:
                hit = word_range(offsets, event["trigger"]["start"], event["trigger"]["end"])
                if not hit:
                    continue
                open_ -= set(range(*hit))
                item.words.append((*hit, TYPE[OLD_TYPES.get(event["plover"][0], event["plover"][0])]))
                status = GOLD_STATUS.get(event.get("status"))
                if status and not event.get("status_alternatives"):
                    item.status.append((hit[0], STATUS.index(status)))
                if not event.get("scope_alternatives"):
                    item.past.append((hit[0], int(event.get("scope") == "background")))
            item.told_words = [(at, at + 1) for at in range(len(offsets)) if at not in open_]
            out.append(item)
    return out


DEED_ROLES = own.ROLES


def load_report_deeds(paths: list[Path], texts: dict[str, str], wp: WordPiece) -> list[Item]:
    """Deeds of whole reports with all their parts (`data/deeds.jsonl`): words, type, status, history, links.

    A line has `name`, `text` (where `texts` has none of that name) and `deeds`; what careful coders may leave out is unknown, all else told.
    """
    out = []
    for row in (row for path in paths for row in read_lines(path)):
        text = row.get("text") or texts[row["name"]]
        for window in document_windows(Document(row["name"], text_sentences(text)), wp, True):
            offsets = [o for sentence in window.sentences for o in sentence.offsets]
            item = Item(window.sentences, window.pieces, [], [], [])
            open_, sure = set(), set()
            for deed in row["deeds"]:
                hit = word_range(offsets, *deed["trigger"])
                if not hit:
                    continue
                if deed.get("optional") or len(deed["types"]) > 1:
                    open_ |= set(range(*hit))
                if deed.get("optional"):
                    continue
                if len(deed["types"]) == 1:
                    sure |= set(range(*hit))
                    item.words.append((*hit, TYPE[deed["types"][0]]))
                item.status.append((hit[0], STATUS.index(deed["status"])))
                item.past.append((hit[0], int(deed.get("past", False))))
                if deed["status"] in FACTS:
                    item.facts.append((hit[0], FACTS[deed["status"]]))
                spans = [(DEED_ROLES[letter], word_range(offsets, a, b)) for letter, a, b in deed["roles"]]
                # Its places are all that a coder would name ("a market; Zalingei; Darfur"); those of `event_location` are the nearest one.
                told = tuple(role for role in LINK_ROLES if role != "place")
                item.links.append(Link(hit, sorted({(role, *span) for role, span in spans if span and role in told}), told))
            item.told_words = [(at, at + 1) for at in range(len(offsets)) if at not in open_ - sure]
            out.append(item)
    return out


def marked(gold: dict, text: str) -> list[tuple[str, int, int, float]]:
    """Spans of a gold by kind of mark, 1 for what is so and -1 for what careful readers differ on."""
    spans = []

    def place(row, near: int) -> tuple[int, int] | None:
        words = row if isinstance(row, str) else row.get("span", row)
        if isinstance(words, dict):
            return words["start"], words["end"]
        starts = [m.start() for m in re.finditer(re.escape(words), text)]
        at = min(starts, key=lambda start: abs(start - near), default=None)
        return None if at is None else (at, at + len(words))

    for row in gold.get("ceasefires", []):
        near = row["span"]["start"]
        past = row.get("scope") == "background"
        for kind, rows in (("agreement", [row["span"], *row.get("also_spans", [])]), ("term", row.get("terms", [])),
                           ("breach", row.get("violations", [])), ("plight", row.get("status_words", []))):  # fmt: skip
            for one in rows:
                hit = place(one, near)
                open_ = past or isinstance(one, dict) and one.get("optional")
                if hit:
                    spans.append((kind, *hit, -1.0 if open_ else 1.0))
    claims = {claim["id"]: claim for claim in gold.get("claims", [])}
    order = {name: n for n, name in enumerate(claims)}
    for key, value in (("optional_contradictions", -1.0), ("contradictions", 1.0)):
        for pair in gold.get(key, []):
            if pair["a"] not in claims or pair["b"] not in claims or pair["a"] == pair["b"]:
                continue
            first, second = sorted((pair["a"], pair["b"]), key=lambda name: (claims[name]["cue"]["start"], order[name]))
            for kind, name in (("answered", first), ("answer", second)):
                for piece in (claims[name].get("cue"), claims[name].get("content"), claims[name].get("content_more")):
                    for part in piece if isinstance(piece, list) else [piece]:
                        if part:
                            spans.append((kind, part["start"], part["end"], value))
    return sorted(spans, key=lambda span: span[3])


def join(items: list[Item]) -> Item:
    """Several items as one window, their words counted on."""
    if len(items) == 1:
        return items[0]
    whole = Item([], 2, parts=list(items))
    shift = 0
    for item in items:
        n = sum(len(s.forms) for s in item.sentences)
        whole.sentences += item.sentences
        whole.pieces += item.pieces - 2
        whole.ranges += [(a + shift, b + shift) for a, b in item.ranges]
        whole.types += item.types
        whole.labels += item.labels
        whole.words += [(a + shift, b + shift, t) for a, b, t in item.words]
        whole.told_words += [(a + shift, b + shift) for a, b in item.told_words]
        whole.status += [(w + shift, s) for w, s in item.status]
        whole.past += [(w + shift, s) for w, s in item.past]
        whole.facts += [(w + shift, v) for w, v in item.facts]
        whole.links += [
            Link((l.trigger[0] + shift, l.trigger[1] + shift), [(r, a + shift, b + shift) for r, a, b in l.roles], l.told)
            for l in item.links
        ]
        whole.sides += [(a + shift, b + shift, [(r, c + shift, d + shift) for r, c, d in s]) for a, b, s in item.sides]
        shift += n
    whole.weight = min(item.weight for item in items)
    return whole


def grouped(items: list[Item], rng: random.Random, share: float, most: int = 160) -> list[Item]:
    """A share of the items put together in windows of two or three, as reports hold several sentences."""
    order = [i for i in items]
    rng.shuffle(order)
    out, waiting = [], []
    for item in order:
        if rng.random() > share or item.keys is not None or item.deeds is not None:
            out.append(item)
            continue
        waiting.append(item)
        if len(waiting) >= rng.choice((2, 3)) or sum(i.pieces for i in waiting) > most:
            if sum(i.pieces for i in waiting) > most + 60:
                out += waiting
            else:
                out.append(join(waiting))
            waiting = []
    return out + waiting
