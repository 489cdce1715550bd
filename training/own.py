"""Reads sentences annotated inline (training/data/own/*.ann) and checks them.

A line is text with tags `{TAG text}` that may nest, then ` || LABEL`. Tags: `E1:TYPE+status`
(event trigger), role letters with the numbers of their events (`A1`, `V1R2`), and `S9`/`Q9`/`C9`
for attributions. Offsets count code points of the text with all tags removed.

`python own.py FILES` prints the mistakes by line, counts, and ends with status 1 if there are any.
"""
import collections
import re
import sys

TYPES = ("AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION "
         "MOBILIZE COERCE ASSAULT").split()
STATUS = "occurred going plan order threat hyp neg past".split()
ROLES = {"A": "actor", "R": "recipient", "V": "victim", "D": "target", "P": "place", "T": "time", "I": "instrument"}
LABELS = ("ARMED_CLASH GOV_REGAINS_TERIT NON_STATE_ACTOR_OVERTAKES_TER ATTACK ABDUCT_DISSAP SEX_VIOL AIR_STRIKE "
          "ART_MISS_ATTACK SUIC_BOMB REM_EXPLOS GRENADE CHEM_WEAP PEACE_PROTEST PROTEST_WITH_INTER FORCE_AGAINST_PROTEST "
          "VIOL_DEMONSTR MOB_VIOL PROPERTY_DISTRUCT AGREEMENT ARREST CHANGE_TO_GROUP_ACT DISR_WEAP HQ_ESTABLISHED "
          "NON_VIOL_TERRIT_TRANSFER DIPLO ATTRIB ORG_CRIME NATURAL_DISASTER MAN_MADE_DISASTER OTHER").split() + ["NONE"]

TAG = re.compile(r"\{(E\d+:[A-Z]+(?:\+[a-z]+)*|(?:[ARVDPTI]\d+)+|[SQC]\d+) ")


class Bad(ValueError):
    """A line that breaks the format."""


def parse(line):
    """One line -> {"text", "label", "events": [{"id","start","end","type","status","past","roles": {role: [(s, e)]}}],
    "attributions": {number: {"source"|"cue"|"content": [(s, e)]}}}. Raises Bad."""
    if " || " not in line:
        raise Bad("no label")
    body, label = line.rstrip("\n").rsplit(" || ", 1)
    label = label.strip()
    if label not in LABELS:
        raise Bad(f"unknown label {label}")
    text, stack, spans, at = [], [], [], 0
    length = 0
    while at < len(body):
        if body[at] == "{":
            m = TAG.match(body, at)
            if not m:
                raise Bad(f"bad tag at: {body[at:at + 25]}")
            stack.append((m.group(1), length))
            at = m.end()
        elif body[at] == "}":
            if not stack:
                raise Bad("brace closed twice")
            tag, start = stack.pop()
            if start == length:
                raise Bad("empty tag")
            spans.append((tag, start, length))
            at += 1
        else:
            text.append(body[at])
            length += 1
            at += 1
    if stack:
        raise Bad(f"tag {stack[-1][0]} not closed")
    text = "".join(text)
    if text != text.strip():
        raise Bad("white space at an edge")
    events, roles, attributions = {}, collections.defaultdict(lambda: collections.defaultdict(list)), {}
    for tag, start, end in spans:
        if text[start:end] != text[start:end].strip():
            raise Bad(f"white space inside the edge of {tag}")
        if tag[0] == "E" and ":" in tag:
            name, kind = tag.split(":")
            kind, *status = kind.split("+")
            if kind not in TYPES:
                raise Bad(f"unknown type {kind}")
            if any(s not in STATUS for s in status):
                raise Bad(f"unknown status {status}")
            if name[1:] in events:
                raise Bad(f"{name} twice")
            plain = [s for s in status if s != "past"]
            events[name[1:]] = {"id": name[1:], "start": start, "end": end, "type": kind,
                                "status": plain[0] if plain else "occurred", "past": "past" in status}
        elif tag[0] in "SQC":
            role = {"S": "source", "Q": "cue", "C": "content"}[tag[0]]
            attributions.setdefault(tag[1:], {}).setdefault(role, []).append((start, end))
        else:
            for letter, number in re.findall(r"([A-Z])(\d+)", tag):
                roles[number][ROLES[letter]].append((start, end))
    for number in roles:
        if number not in events:
            raise Bad(f"role of event {number}, which is not there")
    for number, event in events.items():
        event["roles"] = {k: sorted(v) for k, v in roles[number].items()}
    for number, parts in attributions.items():
        if "cue" not in parts or "content" not in parts:
            raise Bad(f"attribution {number} lacks its cue or content")
    return {"text": text, "label": label, "events": [events[k] for k in sorted(events, key=int)],
            "attributions": attributions}


def read(path):
    """Yields the parsed items of a file; raises Bad with the line number."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip() and not line.startswith("#"):
                try:
                    yield parse(line)
                except Bad as bad:
                    raise Bad(f"{path}:{number}: {bad}") from None


def main(paths):
    wrong, types, labels, statuses, seen = 0, collections.Counter(), collections.Counter(), collections.Counter(), {}
    items = 0
    for path in paths:
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                item = parse(line)
            except Bad as bad:
                print(f"{path}:{number}: {bad}")
                wrong += 1
                continue
            if item["text"] in seen:
                print(f"{path}:{number}: the same text as {seen[item['text']]}")
                wrong += 1
            seen[item["text"]] = f"{path}:{number}"
            items += 1
            labels[item["label"]] += 1
            for event in item["events"]:
                types[event["type"]] += 1
                statuses[event["status"]] += 1
                statuses["past"] += event["past"]
    print(f"{items} items, {sum(types.values())} events, {wrong} mistakes")
    print(dict(types.most_common()))
    print(dict(statuses.most_common()))
    print(dict(labels.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
