use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the text of a document, on character boundaries.
///
/// A span is a view: the words are read from the document when they are needed, never copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets. `start` must not exceed `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "span {start}..{end}");
        Span { start: start as u32, end: end as u32 }
    }

    /// First byte as an index.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte as an index.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words that the span covers. Panics when the span is not of this text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let left = words.len() - words.trim_start().len();
        let kept = words.trim().len();
        Span::new(self.start() + left, self.start() + left + kept)
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn trims_and_covers() {
        let text = "a  bc ";
        assert_eq!(Span::new(1, 6).trim(text), Span::new(3, 5));
        assert_eq!(Span::new(1, 3).trim(text).len(), 0);
        assert_eq!(Span::new(0, 1).to(Span::new(3, 5)), Span::new(0, 5));
        assert!(Span::new(0, 3).overlaps(Span::new(2, 4)));
        assert!(!Span::new(0, 2).overlaps(Span::new(2, 4)));
    }
}
