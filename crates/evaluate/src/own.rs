//! Sentences annotated inline, one item a line: the form that `training/own.py` reads.
//!
//! `{TAG text}` marks a span; tags nest; ` || LABEL` ends the line; lines that begin with `#` are comments. A tag is an event trigger
//! (`E1:TYPE+status`), letters of roles with the numbers of their events (`A1`, `V1R2`), or a part of an attribution (`S9`, `Q9`, `C9`).

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The label of lines in which nothing of a conflict happens.
pub const NOTHING: &str = "NONE";

fn role_of(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' => "actor",
        'R' => "recipient",
        'V' => "victim",
        'D' => "target",
        'P' => "place",
        'T' => "time",
        'I' => "instrument",
        _ => return None,
    })
}

/// What a tag says.
enum Tag {
    Trigger { event: u32, name: String, status: Vec<String> },
    Roles(Vec<(char, u32)>),
    Attribution { part: &'static str, number: u32 },
}

fn tag(written: &str) -> Option<Tag> {
    let mut letters = written.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    if first == 'E' {
        let (number, name) = rest.split_once(':')?;
        let mut parts = name.split('+').map(str::to_owned);
        return Some(Tag::Trigger { event: number.parse().ok()?, name: parts.next()?, status: parts.collect() });
    }
    let part = match first {
        'S' => Some("source"),
        'Q' => Some("cue"),
        'C' => Some("content"),
        _ => None,
    };
    if let Some(part) = part {
        return Some(Tag::Attribution { part, number: rest.parse().ok()? });
    }
    let mut roles = Vec::new();
    let mut rest = written;
    while let Some(letter) = rest.chars().next() {
        role_of(letter)?;
        rest = &rest[letter.len_utf8()..];
        let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        roles.push((letter, rest[..end].parse().ok()?));
        rest = &rest[end..];
    }
    (!roles.is_empty()).then_some(Tag::Roles(roles))
}

/// Reads one line as a record: `{"text","label","events":[{"start","end","type","status","past","roles":{role:[[s,e]]}}],"attributions"}`.
///
/// # Errors
/// What is wrong with the line, in short words.
pub fn parse(line: &str) -> Result<Value, String> {
    let (body, label) = line.trim_end_matches(['\r', '\n']).rsplit_once(" || ").ok_or("it has no label")?;
    let (mut text, mut length) = (String::new(), 0u32);
    let mut open: Vec<(Tag, u32)> = Vec::new();
    let mut closed: Vec<(Tag, u32, u32)> = Vec::new();
    let mut rest = body;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        match character {
            '{' => {
                let (written, after) = rest.split_once(' ').ok_or("a tag is not closed")?;
                open.push((tag(written).ok_or_else(|| format!("`{written}` is no tag"))?, length));
                rest = after;
            }
            '}' => {
                let (tag, start) = open.pop().ok_or("a brace is closed twice")?;
                if start == length {
                    return Err("a tag is empty".to_owned());
                }
                closed.push((tag, start, length));
            }
            _ => {
                text.push(character);
                length += 1;
            }
        }
    }
    if !open.is_empty() {
        return Err("a tag is not closed".to_owned());
    }
    let mut events: BTreeMap<u32, Value> = BTreeMap::new();
    let mut roles: BTreeMap<u32, BTreeMap<&str, Vec<[u32; 2]>>> = BTreeMap::new();
    let mut attributions: BTreeMap<u32, Map<String, Value>> = BTreeMap::new();
    for (tag, start, end) in closed {
        match tag {
            Tag::Trigger { event, name, status } => {
                let told = status.iter().find(|status| *status != "past").map_or("occurred", String::as_str);
                let row = json!({ "start": start, "end": end, "type": name, "status": told, "past": status.iter().any(|status| status == "past") });
                if events.insert(event, row).is_some() {
                    return Err(format!("event {event} stands twice"));
                }
            }
            Tag::Roles(parts) => {
                for (letter, event) in parts {
                    let name = role_of(letter).ok_or("a role is not known")?;
                    roles.entry(event).or_default().entry(name).or_default().push([start, end]);
                }
            }
            Tag::Attribution { part, number } => {
                let pieces = attributions.entry(number).or_default().entry(part).or_insert_with(|| json!([]));
                if let Some(pieces) = pieces.as_array_mut() {
                    pieces.push(json!([start, end]));
                }
            }
        }
    }
    for (event, of_event) in roles {
        let row = events.get_mut(&event).ok_or_else(|| format!("event {event} has a role but no trigger"))?;
        row["roles"] = json!(of_event);
    }
    Ok(json!({
        "text": text,
        "label": label.trim(),
        "events": events.into_values().collect::<Vec<_>>(),
        "attributions": attributions.into_values().map(Value::Object).collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_offsets() {
        let line = "{A1 Şahin's {V2 men}} {E1:ASSAULT+past+plan shelled} {P1P2 Orla}, {S9 he} {Q9 said}. || ATTACK\n";
        // Roles need a trigger.
        assert!(parse(line).is_err());
        let line = "{A1 Şahin's {V2 men}} {E1:ASSAULT+past+plan shelled} {P1P2 Orla} and {E2:COERCE fled}, {S9 he} {Q9 said}. || ATTACK\n";
        let found = parse(line).expect("a good line");
        assert_eq!(found["text"], "Şahin's men shelled Orla and fled, he said.");
        assert_eq!(found["label"], "ATTACK");
        let first = &found["events"][0];
        assert_eq!((&first["start"], &first["end"], &first["type"]), (&json!(12), &json!(19), &json!("ASSAULT")));
        assert_eq!((&first["status"], &first["past"]), (&json!("plan"), &json!(true)));
        assert_eq!(first["roles"], json!({ "actor": [[0, 11]], "place": [[20, 24]] }));
        assert_eq!(found["events"][1]["roles"], json!({ "victim": [[8, 11]], "place": [[20, 24]] }));
        assert_eq!(found["attributions"], json!([{ "source": [[35, 37]], "cue": [[38, 42]] }]));
    }

    #[test]
    fn bad_lines_are_named() {
        for (line, why) in [
            ("It rained.", "no label"),
            ("{E1:ASSAULT It rained. || NONE", "not closed"),
            ("It} rained. || NONE", "twice"),
            ("{X1 It} rained. || NONE", "no tag"),
            ("{A It} rained. || NONE", "no tag"),
            ("{Aé It} rained. || NONE", "no tag"),
            ("{A1 It} rained. || NONE", "no trigger"),
            ("{E1:AID } rained. || NONE", "empty"),
            ("{", "no label"),
            ("{ || NONE", "not closed"),
        ] {
            let error = parse(line).expect_err(line);
            assert!(error.contains(why), "{line}: {error}");
        }
    }
}
