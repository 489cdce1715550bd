//! Words of strangers in a terminal: control, bidirectional and invisible characters are shown, not obeyed.

/// Text that is safe to print: line breaks and tabs become spaces, what could steer a terminal or hide text becomes `\u{..}`.
pub fn sanitize(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' | '\u{a0}' => safe.push(' '),
            _ if is_hostile(character) => safe.extend(character.escape_unicode()),
            _ => safe.push(character),
        }
    }
    safe
}

fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::sanitize;

    #[test]
    fn escapes_are_shown() {
        assert_eq!(sanitize("a\u{1b}[31mred"), "a\\u{1b}[31mred");
        assert_eq!(sanitize("x\u{202e}y\u{200b}"), "x\\u{202e}y\\u{200b}");
        assert_eq!(sanitize("line\nnext\ttab"), "line next tab");
        assert_eq!(sanitize("Ақтөбе — “ok”"), "Ақтөбе — “ok”");
    }
}
