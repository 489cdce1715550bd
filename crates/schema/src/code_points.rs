use crate::Span;

/// Converts byte offsets of one text into offsets that count Unicode code points, and back.
///
/// Holds one checkpoint per 64 bytes, so a conversion scans at most 63 bytes.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    checkpoints: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Indexes a text; linear in its length.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 2);
        let mut count = 0;
        for (position, byte) in text.bytes().enumerate() {
            if position.is_multiple_of(STEP) {
                checkpoints.push(count);
            }
            count += u32::from((byte as i8) >= -0x40);
        }
        if text.len().is_multiple_of(STEP) {
            checkpoints.push(count);
        }
        CodePoints { text, checkpoints }
    }

    /// Code points before byte `offset`. `offset` must be on a character boundary.
    pub fn of_byte(&self, offset: usize) -> u32 {
        let slot = offset / STEP;
        let tail = &self.text.as_bytes()[slot * STEP..offset];
        self.checkpoints[slot] + tail.iter().filter(|&&byte| (byte as i8) >= -0x40).count() as u32
    }

    /// Byte offset of the character that `count` code points precede; the end of the text when there are fewer.
    pub fn to_byte(&self, count: u32) -> usize {
        let slot = self.checkpoints.partition_point(|&at| at <= count).saturating_sub(1);
        let mut left = count - self.checkpoints[slot];
        let mut offset = slot * STEP;
        let bytes = self.text.as_bytes();
        while offset < bytes.len() && (bytes[offset] as i8) < -0x40 {
            offset += 1;
        }
        while left > 0 && offset < bytes.len() {
            offset += 1;
            while offset < bytes.len() && (bytes[offset] as i8) < -0x40 {
                offset += 1;
            }
            left -= 1;
        }
        offset
    }

    /// The span in code points with its words, as the ledger prints it.
    pub fn text_span(&self, span: Span) -> crate::ledger::TextSpan {
        crate::ledger::TextSpan {
            start: self.of_byte(span.start()),
            end: self.of_byte(span.end()),
            text: span.of(self.text).to_owned(),
        }
    }

    /// The byte span of a range of code points.
    pub fn byte_span(&self, start: u32, end: u32) -> Span {
        Span::new(self.to_byte(start), self.to_byte(end))
    }
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn converts_every_boundary() {
        for text in ["", "abc", &"жé𐍈x".repeat(60), &"a".repeat(64), &"é".repeat(32)] {
            let index = CodePoints::new(text);
            let mut expected = 0;
            for (offset, _) in text.char_indices() {
                assert_eq!(index.of_byte(offset), expected);
                assert_eq!(index.to_byte(expected), offset);
                expected += 1;
            }
            assert_eq!(index.of_byte(text.len()), expected);
            assert_eq!(index.to_byte(expected), text.len());
            assert_eq!(index.to_byte(expected + 9), text.len());
        }
    }
}
