//! Harms of sentences of our own, through the whole way from text to ledger.

use counterclaim_events::Reader;
use counterclaim_language::Model;
use counterclaim_schema::ledger::{HarmBasis, ReportLedger, Scope};
use counterclaim_schema::{Block, BlockKind, Document, Published, Span};

fn ledger(text: &str) -> ReportLedger {
    let text = format!("Shelling of the town of Bakhmut went on, soldiers said. {text}");
    let document = Document {
        id: "test".to_owned(),
        published: Some(Published { value: "2024-03-03".to_owned(), basis: "given".to_owned(), span: None }),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }],
        text,
        ..Document::default()
    };
    Reader::new(Model::embedded()).read(&document, &[])
}

/// Kind, interval, number and, where they are not the rule, basis, part and scope of each harm.
fn told(text: &str) -> Vec<String> {
    let ledger = ledger(text);
    let end = |end: Option<u64>| end.map_or("?".to_owned(), |end| end.to_string());
    ledger
        .harms
        .iter()
        .map(|harm| {
            let mut row = format!("{} {}..{} {}", harm.kind.word(), end(harm.low), end(harm.high), harm.number.text);
            match harm.basis {
                HarmBasis::Stated => {}
                HarmBasis::Person => row.push_str(" (person)"),
                HarmBasis::Plural => row.push_str(" (plural)"),
            }
            if harm.part_of.is_some() {
                row.push_str(" (part)");
            }
            if harm.is_total {
                row.push_str(" (total)");
            }
            if harm.scope == Scope::Background {
                row.push_str(" (background)");
            }
            row
        })
        .collect()
}

#[test]
fn figures_and_people_without_a_figure() {
    for (text, expected) in [
        (
            "Gunmen killed mayor Luis Prada and a nurse.",
            vec!["killed 1..1 Luis Prada (person)", "killed 1..1 a nurse (person)"],
        ),
        ("The bishop was murdered on Friday.", vec!["killed 1..1 The bishop (person)"]),
        ("Militiamen shot villagers dead on Friday.", vec!["killed 2..? villagers (plural)"]),
        (
            "At least nine officers were killed and a dozen injured when a truck blew up.",
            vec!["killed 9..? At least nine", "injured 12..12 a dozen"],
        ),
        ("The blast killed 14 people, including three children.", vec!["killed 14..14 14", "killed 3..3 three (part)"]),
        ("Six bodies were found, raising the death toll to 31.", vec!["killed 6..6 Six", "killed 31..31 31 (total)"]),
        (
            "The hospital put the number of dead at six, all of them civilians, and said 27 people had been injured.",
            vec!["killed 6..6 six (total)", "injured 27..27 27"],
        ),
        ("Two brothers aged nine and 12 died in the blast.", vec!["killed 2..2 Two"]),
        ("The strike killed nine displaced women.", vec!["killed 9..9 nine"]),
        (
            "Two of the drivers are still being held and one sailor, a Filipino, is missing.",
            vec!["detained 2..2 Two", "missing 1..1 one"],
        ),
    ] {
        let mut found = told(text);
        found.sort();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn other_numbers_are_no_harm() {
    for text in [
        "Call 555-0134 or +254 20 271 1111 about those killed.",
        "The 155mm shells were fired from 20 km away on 12 March 2023 and killed livestock.",
        "At 37 degrees, 40 percent of the voters came, and $3 million was spent on the wounded.",
        "The men tried to kill two officers.",
        "It could kill thousands.",
    ] {
        let none: Vec<String> = told(text);
        assert!(none.is_empty(), "{text}: {none:?}");
    }
}

#[test]
fn tolls_of_wars_are_background() {
    for text in [
        "More than 40,000 people have been killed in the conflict.",
        "The war has killed 3,000 civilians.",
        "Since 2017 at least 3,500 people have been killed.",
        "Last October a drone struck a school. Eight people died there.",
    ] {
        let found = told(text);
        assert!(!found.is_empty() && found.iter().all(|row| row.ends_with("(background)")), "{text}: {found:?}");
    }
    let news = told("Twelve people were killed on Friday in one of the worst attacks in years.");
    assert!(news.iter().any(|row| row == "killed 12..12 Twelve"), "{news:?}");
}

#[test]
fn the_same_people_are_told_once() {
    let ledger = ledger(
        "Judge Mario Ledesma was shot dead on Friday. The judge died in his car. Ledesma was murdered by hired men, police said.",
    );
    let firsts = ledger.harms.iter().filter(|harm| harm.same_as.is_none()).count();
    assert_eq!((ledger.harms.len(), firsts), (3, 1), "{:?}", ledger.harms);
}

#[test]
fn ages_and_sexes_are_told() {
    let ledger = ledger(
        "The strike killed three girls and a 70-year-old man. Two brothers, aged nine and 12, died in hospital.",
    );
    let rows: Vec<_> =
        ledger.harms.iter().map(|harm| (harm.sex.as_deref(), harm.is_minor, harm.ages.as_slice())).collect();
    assert_eq!(
        rows,
        [(Some("female"), true, &[][..]), (Some("male"), false, &[70][..]), (Some("male"), false, &[9, 12][..])]
    );
}

#[test]
fn a_list_of_victims_is_no_one_person() {
    let ledger = ledger("Mayor Luis Prada, his wife and Ana Soler, a nurse, were killed on Friday.");
    let firsts: Vec<&str> =
        ledger.harms.iter().filter(|harm| harm.same_as.is_none()).map(|harm| harm.number.text.as_str()).collect();
    assert!(firsts.contains(&"Luis Prada") && firsts.contains(&"Ana Soler"), "{firsts:?}");
}

#[test]
fn things_are_counted_too() {
    for (text, expected) in [
        (
            "The shelling destroyed 120 houses, two schools and a hospital.",
            "destroyed homes 120..120, destroyed school 2..2, destroyed hospital 1..1",
        ),
        (
            "Rebels shot down three helicopters and seized 30 rifles.",
            "destroyed aircraft 3..3, seized small_arms 30..30",
        ),
        ("They planned to destroy five bridges.", ""),
    ] {
        let rows: Vec<String> = ledger(text)
            .damages
            .iter()
            .map(|row| {
                let end = |end: Option<u64>| end.map_or("?".to_owned(), |end| end.to_string());
                format!("{:?} {} {}..{}", row.effect, row.class, end(row.low), end(row.high)).to_lowercase()
            })
            .collect();
        assert_eq!(rows.join(", "), expected, "{text}");
    }
}

#[test]
fn a_figure_beyond_any_event_is_noted_and_kept() {
    let ledger = ledger("The bomb in the market killed 200,000 people.");
    assert!(ledger.harms.iter().any(|harm| harm.low == Some(200_000)));
    assert!(ledger.diagnostics.iter().any(|row| row.code == "CC0302"), "{:?}", ledger.diagnostics);
}

#[test]
fn tolls_that_answer_the_one_before() {
    for (text, expected) in [
        ("Elders put their dead at nine. The police gave five.", vec!["killed 9..9 nine (total)", "killed 5..5 five"]),
        (
            "The army said 31 people had died. Another official put it at 24.",
            vec!["killed 31..31 31", "killed 24..24 24"],
        ),
        ("Its commander gave his losses as 11.", vec!["killed 11..11 11 (total)"]),
        ("The ministry said the dead numbered 31.", vec!["killed 31..31 31 (total)"]),
        ("The army put its losses at two wounded.", vec!["injured 2..2 two (total)"]),
        ("The governor put the displaced at 1,400.", vec!["displaced 1400..1400 1,400 (total)"]),
        ("The mayor gave 30 as the number of militants killed.", vec!["killed 30..30 30 (total)"]),
        ("The Red Cross counted 12 graves.", vec!["killed 12..12 12"]),
        ("The militia acknowledged six losses.", vec!["killed 6..6 six"]),
        ("The army said it had neutralised 14 fighters.", vec!["killed 14..14 14"]),
        // What is counted is told.
        ("Officials said 31 people had died. The mayor counted seven trucks.", vec!["killed 31..31 31"]),
        ("Officials said 31 people had died. Rebels put the number of violations at 1,877.", vec!["killed 31..31 31"]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn verbs_of_harm_and_what_stands_with_them() {
    for (text, expected) in [
        ("Seven villagers were frogmarched to a waiting truck.", vec!["detained 7..7 Seven"]),
        ("The junta threw 40 monks in jail.", vec!["detained 40..40 40"]),
        ("Gunmen made off with two nurses.", vec!["detained 2..2 two"]),
        ("Four engineers are still in the hands of the militia.", vec!["detained 4..4 Four"]),
        ("Shrapnel hit a fruit seller in the neck.", vec!["injured 1..1 a fruit seller (person)"]),
        ("Six people came away with cuts and bruises.", vec!["injured 6..6 Six"]),
        ("The air strike cost a farmer his life.", vec!["killed 1..1 a farmer (person)"]),
        ("Two aid workers have not been seen since Friday.", vec!["missing 2..2 Two"]),
        ("The fate of eleven sailors is unknown.", vec!["missing 11..11 eleven"]),
        ("Around 7,500 people are sheltering in churches.", vec!["displaced 7500..7500 Around 7,500"]),
        ("Forty-odd families were burned out of their homes.", vec!["displaced 40..49 Forty-odd"]),
        ("Twenty soldiers laid down their arms.", vec!["surrendered 20..20 Twenty"]),
        ("The men made off with 40 goats.", vec![]),
        ("A court sentenced two men to death.", vec![]),
        ("Police were shot at by two men.", vec![]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn figures_without_a_verb_of_their_own() {
    for (text, expected) in [
        ("The district chief reported seven deaths, the hospital ten.", vec!["killed 7..7 seven", "killed 10..10 ten"]),
        ("Five officers were wounded, one seriously.", vec!["injured 5..5 Five", "injured 1..1 one (part)"]),
        (
            "The clashes left 17 dead: ten soldiers and seven rebels.",
            vec!["killed 17..17 17", "killed 10..10 ten (part)", "killed 7..7 seven (part)"],
        ),
        ("Two men were killed and a third was taken prisoner.", vec!["killed 2..2 Two", "detained 1..1 a third"]),
        ("Police detained 40 students. The rector knows of nine.", vec!["detained 40..40 40", "detained 9..9 nine"]),
        ("He handed over nine bodies.", vec!["killed 9..9 nine"]),
        ("A family of six was killed.", vec!["killed 6..6 six"]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn people_told_of_next_who_add_up_to_a_figure_are_its_parts() {
    for (text, expected) in [
        (
            "Three attacks left five wounded. At the port a mine injured two guards. In the market a grenade wounded three vendors.",
            vec!["injured 5..5 five", "injured 2..2 two (part)", "injured 3..3 three (part)"],
        ),
        (
            "Two teachers were shot dead on Friday. Luis Prada and Carlos Ortega were murdered on the road, a friend said.",
            vec![
                "killed 2..2 Two",
                "killed 1..1 Luis Prada (person) (part)",
                "killed 1..1 Carlos Ortega (person) (part)",
            ],
        ),
        // Two single figures of other places make up a pair by chance.
        (
            "Two soldiers were killed at the bridge. In the hills one shepherd was killed. One farmer was killed by a mine.",
            vec!["killed 2..2 Two", "killed 1..1 one", "killed 1..1 One"],
        ),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn words_of_harm_that_tell_of_none() {
    for (text, expected) in [
        ("A boy fell into a pit on Friday.", vec![]),
        ("The council must become a body of trust and order.", vec![]),
        ("He called the raid a crime against the life of 40 villagers.", vec![]),
        ("The consul was almost killed.", vec![]),
        ("The report that the envoy was wounded is unfounded.", vec![]),
        ("Neither the envoy nor his wife was injured.", vec![]),
        ("Over the past 10 years many priests have been killed.", vec!["killed 3..? many (background)"]),
        ("The bomb killed two guards and wounded another.", vec!["killed 2..2 two", "injured 1..1 another"]),
        ("Colonel Pedro Ruiz's wife was shot dead.", vec!["killed 1..1 Colonel Pedro Ruiz's wife (person)"]),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn harm_of_old_times_and_wars() {
    for text in [
        "In this decade 200 people have been killed by traffickers.",
        "The accord ended a civil war that killed 40,000 people.",
        "Talks collapsed in 2019 after the rebels killed 22 cadets.",
    ] {
        let ledger = ledger(text);
        assert!(ledger.harms.iter().all(|harm| harm.scope == Scope::Background), "{text}: {:?}", told(text));
        assert!(!ledger.harms.is_empty(), "{text}");
    }
}

#[test]
fn burnt_huts_are_not_killed() {
    let text = "Gunmen killed six people, police said. The elder counted four burnt huts in the village.";
    assert_eq!(told(text), ["killed 6..6 six"], "{text}");
    let beasts = "Gunmen killed six people, police said. They also left eleven dead cows and two dead dogs behind.";
    assert_eq!(told(beasts), ["killed 6..6 six"], "{beasts}");
}

#[test]
fn a_report_read_as_a_whole_tells_whom_a_number_counts() {
    let fell = "In the fighting at Menongue on Monday, Brigadier Louw claimed, 120 Angolans and Cubans fell for the loss of a single lieutenant. \
                Luanda denied the figure and said its army had lost six men.";
    assert!(told(fell).iter().any(|harm| harm.starts_with("killed 120..120")), "{:?}", told(fell));
    // Inmates who get away are not driven out.
    let jail = "At least 4,600 inmates escaped from two prisons in Haiti last weekend, officials said. The police denied that guards had fled.";
    assert!(told(jail).iter().all(|harm| !harm.starts_with("displaced")), "{:?}", told(jail));
    // Who is set free is not dead.
    let freed = "Villagers report five beheaded; the district administrator confirms three deaths. Rwandan troops said they had killed eight insurgents \
                 in pursuit on 15 July and freed three girls. Local sources say one of those killed was a fisherman. The Islamic State group claimed the attack \
                 on Mbau on Telegram and said it had burned 30 houses.";
    let killed = told(freed).iter().filter(|harm| harm.starts_with("killed 3")).count();
    assert_eq!(killed, 1, "{:?}", told(freed));
    // Those who live there are not harmed.
    let town = "Rockets fell on Tarin, a town of 14,000 people, on Monday, the governor said. The rebels denied firing at the town.";
    assert_eq!(told(town), Vec::<String>::new());
    let left = "Vuhledar had 14,000 inhabitants before the war; the regional governor, Petro Savchuk, said fewer than 300 remained. He ordered them to leave by Thursday and promised buses.";
    assert_eq!(told(left), Vec::<String>::new());
}

#[test]
fn harm_of_another_month_is_history_where_a_dateline_tells_no_year() {
    let text = "Raid kills four near Sarabuki\n\nTBILISI, Nov 12 (Caucasus Wire) - Four soldiers were killed on Thursday near Sarabuki, the Georgian army said. \
                In August, 17 soldiers were killed in these hills. In January 2002 five had died on the same beach. In October, six villagers were killed.\n\n\
                About 20 people died in protests before the accord, a rights group said. Two guards were shot on Wednesday, before the accord.";
    let read = counterclaim_ingest::read_bytes(text.as_bytes(), &counterclaim_ingest::Options::default());
    let ledger =
        counterclaim_events::Reader::new(counterclaim_language::Model::embedded()).read(&read[0].document, &[]);
    let scopes: Vec<(&str, Scope)> = ledger.harms.iter().map(|harm| (harm.number.text.as_str(), harm.scope)).collect();
    let expected = [
        ("Four", Scope::Current),
        ("17", Scope::Background),
        ("five", Scope::Background),
        ("six", Scope::Background),
        ("About 20", Scope::Background),
        ("Two", Scope::Current),
    ];
    assert_eq!(scopes, expected);
    // And no toll of the day is denied by one of another month.
    assert!(ledger.contradictions.is_empty(), "{:?}", ledger.contradictions);
}
