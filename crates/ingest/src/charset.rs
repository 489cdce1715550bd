//! Bytes to text: byte order mark, declaration, UTF-8, signs of UTF-16, and last a guess.

use counterclaim_schema::{Diagnostic, DiagnosticCode};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes beyond which a document is cut: some 40,000 words, no report is longer. It bounds the time of a run.
pub const LONGEST_TEXT: usize = 256 << 10;

/// What the bytes say, without control characters; none for what is no text.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> (Option<String>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    if is_binary(bytes) {
        diagnostics.push(Diagnostic::new(DiagnosticCode::BinaryInput, None));
        return (None, diagnostics);
    }
    let (encoding, skipped, guessed) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length, false),
        None => match declared.and_then(|label| Encoding::for_label(label.as_bytes())) {
            // A page that declares itself to be something else but is valid UTF-8 is UTF-8.
            Some(encoding) if encoding == UTF_8 || std::str::from_utf8(bytes).is_err() => (encoding, 0, false),
            _ => guess(bytes),
        },
    };
    if guessed {
        diagnostics.push(Diagnostic::with(
            DiagnosticCode::CharsetGuessed,
            None,
            format!("the charset was not declared and was guessed to be {}", encoding.name()),
        ));
    }
    let (text, broken) = encoding.decode_without_bom_handling(&bytes[skipped..]);
    if broken {
        diagnostics.push(Diagnostic::new(DiagnosticCode::InvalidBytes, None));
    }
    let text = without_controls(text.into_owned(), &mut diagnostics);
    if text.trim().is_empty() {
        diagnostics.push(Diagnostic::new(DiagnosticCode::EmptyDocument, None));
    }
    (Some(text), diagnostics)
}

fn guess(bytes: &[u8]) -> (&'static Encoding, usize, bool) {
    // UTF-16 without a mark: most characters of Western text leave every other byte zero.
    let sample = &bytes[..bytes.len().min(4096)];
    let even = sample.iter().step_by(2).filter(|&&byte| byte == 0).count();
    let odd = sample.iter().skip(1).step_by(2).filter(|&&byte| byte == 0).count();
    if sample.len() >= 4 && odd * 5 > sample.len() && even * 20 < sample.len() {
        return (UTF_16LE, 0, true);
    }
    if sample.len() >= 4 && even * 5 > sample.len() && odd * 20 < sample.len() {
        return (UTF_16BE, 0, true);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => (UTF_8, 0, false),
        // A few broken bytes in a long UTF-8 text are damage, not another charset.
        Err(error) if error.valid_up_to() > 0 && mostly_utf8(bytes) => (UTF_8, 0, false),
        Err(_) => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(sample_of(bytes), true);
            (detector.guess(None, chardetng::Utf8Detection::Allow), 0, true)
        }
    }
}

fn sample_of(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(1 << 20)]
}

fn mostly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(sample_of(bytes));
    let broken = text.chars().filter(|&character| character == '\u{fffd}').count();
    let wide = text.chars().filter(|character| !character.is_ascii() && *character != '\u{fffd}').count();
    wide > 4 * broken
}

/// Magic numbers of files that are no text, or many bytes that text does not hold.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: &[&[u8]] = &[
        b"%PDF-",
        b"PK\x03\x04",
        b"\x89PNG",
        b"\x7fELF",
        b"\x1f\x8b",
        b"\xff\xd8\xff",
        b"GIF8",
        b"SQLite format 3",
        b"\x28\xb5\x2f\xfd",
        b"BZh",
        b"\xfd7zXZ",
        b"Rar!",
        b"\xd0\xcf\x11\xe0",
    ];
    if MAGIC.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    let sample = &bytes[..bytes.len().min(8192)];
    let controls = sample.iter().filter(|&&byte| byte < 9 || (14..32).contains(&byte) && byte != 27).count();
    let zeros = sample.iter().filter(|&&byte| byte == 0).count();
    let utf16 = zeros * 5 > sample.len() && zeros * 5 < sample.len() * 3;
    !utf16 && controls * 10 > sample.len() && !sample.is_empty() && zeros < sample.len()
}

/// Control characters become spaces of one byte, so that offsets stay.
fn without_controls(text: String, diagnostics: &mut Vec<Diagnostic>) -> String {
    let hostile = |character: char| character.is_ascii_control() && !matches!(character, '\n' | '\r' | '\t');
    if !text.contains(hostile) {
        return text;
    }
    diagnostics.push(Diagnostic::new(DiagnosticCode::ControlCharacters, None));
    text.chars().map(|character| if hostile(character) { ' ' } else { character }).collect()
}

/// Bytes of markup beyond which a page is cut; its text is cut by itself.
pub const LONGEST_PAGE: usize = 8 << 20;

/// Cuts a text that is too long at the end of a paragraph, line or word.
pub fn cut(mut text: String, longest: usize, diagnostics: &mut Vec<Diagnostic>) -> String {
    if text.len() <= longest {
        return text;
    }
    let mut end = longest;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = &text[..end];
    let near = end.saturating_sub(1 << 16);
    let better =
        [window.rfind("\n\n"), window.rfind('\n'), window.rfind(' ')].into_iter().flatten().find(|&at| at > near);
    text.truncate(better.unwrap_or(end));
    diagnostics.push(Diagnostic::new(DiagnosticCode::Truncated, None));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], declared: Option<&str>, expected: Option<&str>, codes: &[DiagnosticCode]) {
        let (text, diagnostics) = decode(bytes, declared);
        let found: Vec<DiagnosticCode> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!((text.as_deref(), found.as_slice()), (expected, codes));
    }

    #[test]
    fn charsets() {
        check("Ünï".as_bytes(), None, Some("Ünï"), &[]);
        check(b"\xef\xbb\xbfabc", None, Some("abc"), &[]);
        check(b"\xff\xfea\x00b\x00", None, Some("ab"), &[]);
        check(b"a\x00b\x00c\x00d\x00", None, Some("abcd"), &[DiagnosticCode::CharsetGuessed]);
        check(b"caf\xe9 au lait \x97 non", Some("windows-1252"), Some("café au lait — non"), &[]);
        check("café".as_bytes(), Some("windows-1252"), Some("café"), &[]);
        check(b"a\x00b", None, Some("a b"), &[DiagnosticCode::ControlCharacters]);
        check(b"", None, Some(""), &[DiagnosticCode::EmptyDocument]);
        check(b"%PDF-1.7 xx", None, None, &[DiagnosticCode::BinaryInput]);
        check(&[1, 2, 3, 4, 5, 6, 200, 201, 7, 8], None, None, &[DiagnosticCode::BinaryInput]);
    }

    #[test]
    fn damage_in_utf8_is_named() {
        let mut bytes = "“Все”, сказал он. ".repeat(4).into_bytes();
        bytes.extend(b"\xff end");
        let (text, diagnostics) = decode(&bytes, None);
        assert!(text.is_some_and(|text| text.ends_with("\u{fffd} end")));
        assert_eq!(diagnostics[0].code, DiagnosticCode::InvalidBytes);
    }
}
