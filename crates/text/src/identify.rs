//! Whether a document is in English: a gate, not a guess.

use counterclaim_schema::{BlockKind, Diagnostic, DiagnosticCode, Document};

/// The language of a document.
#[derive(Debug, Clone)]
pub struct Language {
    /// ISO 639-1 code where there is one, `und` when it cannot be told.
    pub code: &'static str,
    /// Whether the program reads it.
    pub readable: bool,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Function words that English text of any sort is full of.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "by", "said", "were", "has", "have",
    "at", "from", "it", "after", "as",
];

/// Characters looked at.
const SAMPLE: usize = 1000;

/// Identifies the language from title and body, at most 1,000 characters.
pub fn identify(document: &Document) -> Language {
    let mut sample = String::new();
    for block in &document.blocks {
        if matches!(block.kind, BlockKind::Title | BlockKind::Paragraph) && sample.len() < 4 * SAMPLE {
            sample.push_str(block.span.of(&document.text));
            sample.push('\n');
        }
    }
    if sample.trim().is_empty() {
        sample = document.text.chars().take(SAMPLE).collect();
    }
    identify_text(&sample)
}

/// Identifies the language of a text.
pub fn identify_text(text: &str) -> Language {
    let sample: String = text.chars().take(SAMPLE).collect::<String>().to_lowercase();
    let letters: Vec<char> = sample.chars().filter(|character| character.is_alphabetic()).collect();
    let refuse = |code: &'static str| Language {
        code,
        readable: false,
        diagnostics: vec![Diagnostic::with(
            DiagnosticCode::NotEnglish,
            None,
            format!("the text is not in English (it looks like `{code}`) and was not coded"),
        )],
    };
    if letters.is_empty() {
        return Language {
            code: "und",
            readable: false,
            diagnostics: vec![Diagnostic::new(DiagnosticCode::EmptyDocument, None)],
        };
    }
    let cyrillic = letters.iter().filter(|character| ('\u{400}'..='\u{4ff}').contains(*character)).count();
    if cyrillic * 2 > letters.len() {
        let has = |wanted: &str| sample.chars().any(|character| wanted.contains(character));
        // No identification library knows these two; their letters do.
        if has("ҷӣӯҳқғ") && has("ҷӣӯҳ") {
            return refuse("tg");
        }
        if has("ңөү") && !has("әқғұ") && !has("җһ") {
            return refuse("ky");
        }
    }
    let ascii = letters.iter().filter(|character| character.is_ascii()).count();
    let words: Vec<&str> =
        sample.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let english = words.iter().filter(|word| ENGLISH.contains(word)).count();
    let mostly_latin = ascii * 10 >= letters.len() * 9;
    let english = mostly_latin && english * 8 >= words.len();
    let guess = whatlang::detect(&sample);
    match guess {
        Some(info) if info.lang() == whatlang::Lang::Eng => {
            Language { code: "en", readable: true, diagnostics: Vec::new() }
        }
        _ if english => Language { code: "en", readable: true, diagnostics: Vec::new() },
        // A headline of a few words is too short for any method: read it when it is in Latin letters.
        Some(info) if info.is_reliable() || !mostly_latin || words.len() > 30 => refuse(two_letters(info.lang())),
        _ if mostly_latin => Language {
            code: "en",
            readable: true,
            diagnostics: vec![Diagnostic::new(DiagnosticCode::LanguageUncertain, None)],
        },
        _ => refuse("und"),
    }
}

fn two_letters(language: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match language {
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Pes => "fa",
        Lang::Fra => "fr",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Deu => "de",
        Lang::Ita => "it",
        Lang::Tur => "tr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Urd => "ur",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Mya => "my",
        Lang::Amh => "am",
        Lang::Aze => "az",
        Lang::Uzb => "uz",
        Lang::Hye => "hy",
        Lang::Kat => "ka",
        Lang::Nld => "nl",
        Lang::Pol => "pl",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::identify_text;

    fn check(text: &str, code: &str, readable: bool) {
        let language = identify_text(text);
        assert_eq!((language.code, language.readable), (code, readable), "{text}");
    }

    #[test]
    fn english_is_read() {
        check("The army said on Friday that it had retaken the town from the rebels.", "en", true);
        check("THE ARMY SAID ON FRIDAY THAT IT HAD RETAKEN THE TOWN FROM THE REBELS.", "en", true);
        assert!(identify_text("Clashes in Goma").readable);
    }

    #[test]
    fn other_languages_are_named_and_refused() {
        check("Армия сообщила в пятницу, что она вернула город, захваченный повстанцами неделю назад.", "ru", false);
        check(
            "L'armée a annoncé vendredi avoir repris la ville aux rebelles après trois jours de combats.",
            "fr",
            false,
        );
        check("El ejército dijo el viernes que había recuperado la ciudad de manos de los rebeldes.", "es", false);
        check(
            "Вазорати корҳои дохилии Тоҷикистон гуфт, ки дар сарҳад ҷанг қатъ шудааст ва аҳолӣ бармегардад.",
            "tg",
            false,
        );
        check(
            "Чек ара кызматы өткөн түнү атышуу токтогонун жана тургундар үйлөрүнө кайтып жатканын билдирди, деп айтты өкүл.",
            "ky",
            false,
        );
        assert!(!identify_text("12345 !!!").readable);
    }
}
