//! What stands behind the question mark, and forms.

use std::collections::BTreeMap;

/// Names with their values; the last of several counts, empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Query(BTreeMap<String, String>);

impl Query {
    /// Reads `a=b&c=d` in the coding of forms; bytes that are no UTF-8 become U+FFFD.
    pub(crate) fn parse(text: &str) -> Query {
        let mut found = BTreeMap::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            if !value.trim().is_empty() {
                found.insert(decode(name), value);
            }
        }
        Query(found)
    }

    /// A value, without blanks around it.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(|value| value.trim())
    }

    /// A value as it was typed.
    pub(crate) fn raw(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The first name that is not among these.
    pub(crate) fn unknown(&self, known: &[&str]) -> Option<&str> {
        self.0.keys().map(String::as_str).find(|name| !known.contains(name))
    }

    /// The query with one value changed, for links.
    pub(crate) fn with(&self, name: &str, value: &str) -> String {
        let mut pairs: Vec<(&str, &str)> =
            self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|pair| pair.0 != name).collect();
        if !value.is_empty() {
            pairs.push((name, value));
        }
        pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
    }

    /// The query as it came, coded anew.
    pub(crate) fn text(&self) -> String {
        self.with("", "")
    }
}

/// Percent coding of everything but letters, digits, `-._~`.
pub(crate) fn encode(text: &str) -> String {
    let mut coded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            coded.push(char::from(byte));
        } else {
            coded.push_str(&format!("%{byte:02X}"));
        }
    }
    coded
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                plain.push((high * 16 + low) as u8);
                at += 3;
            }
            (b'+', _, _) => {
                plain.push(b' ');
                at += 1;
            }
            (byte, _, _) => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_read_whatever_they_hold() {
        for (text, name, value) in [
            ("q=market+bomb", "q", Some("market bomb")),
            ("q=%D0%90%D2%9B", "q", Some("Ақ")),
            ("q=%", "q", Some("%")),
            ("q=%F", "q", Some("%F")),
            ("q=%FF%FE", "q", Some("\u{fffd}\u{fffd}")),
            ("q=&q=+", "q", None),
            ("a=1&a=2", "a", Some("2")),
            ("q=a%26b%3Dc", "q", Some("a&b=c")),
            ("", "q", None),
            ("&&==&", "", Some("=")),
        ] {
            assert_eq!(Query::parse(text).get(name), value, "{text}");
        }
        let query = Query::parse("q=a%26b&page=3");
        assert_eq!(query.with("page", "4"), "q=a%26b&page=4");
        assert_eq!(query.with("page", ""), "q=a%26b");
        assert_eq!(Query::parse(&query.text()), query);
    }
}
