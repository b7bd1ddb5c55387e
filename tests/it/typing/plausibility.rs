//! Timing that depends on the text is consistent with human typing, and timing that does not is unusual, whatever it is drawn
//! from. People and programs here are generated: what real people do, `examples/plausibility` measures.

use typeproof::typing::key::Key;
use typeproof::typing::log::{Close, End, Event, EventKind, Log};
use typeproof::typing::plausibility::evidence::Evidence;
use typeproof::typing::plausibility::keys::Pressed;
use typeproof::typing::plausibility::samples::{Columns, Part, Press, SampleError, Unit, Units};
use typeproof::typing::plausibility::traits::{Pair, Trait};
use typeproof::typing::plausibility::{
    self, LEAST_LETTERS_PERMILLE, LEAST_TEXT_PERMILLE, LEAST_WORDS_PERMILLE, Model, NotAssessed, Oddity,
    Verdict, Written,
};

use self::bots::{Bot, Die, typed};

#[path = "../../../examples/plausibility/bots.rs"]
mod bots;

/// English on a keyboard of the United States.
const ENGLISH: Written<'_> = Written { layout: Some("us"), language: Some("en") };

/// 330 keys.
const TEXT: &str = "The harbour office opens at seven, and the first boats leave soon after. Whoever wants to cross must buy a \
    ticket at the small window beside the gate. There is room for ninety people; bicycles travel free. When the wind is \
    strong the captain may wait an hour or two, but nobody has ever had to stay on the island overnight. Bring a warm coat.";

/// A typist: the middle of the times in milliseconds, how far they depend on the text in percent of the model, and how much of
/// chance is in them.
struct Typist {
    middle_ms: f64,
    follows_percent: f64,
    noise: f64,
}

const USUAL: Typist = Typist { middle_ms: 170.0, follows_percent: 100.0, noise: 0.3 };

fn model() -> &'static Model {
    Model::find(ENGLISH).unwrap()
}

/// A text with a word typed wrong and corrected every now and then.
fn keys(text: &str) -> Vec<Pressed> {
    let mut keys = Vec::new();
    for (i, c) in text.chars().enumerate() {
        if i % 47 == 46 {
            keys.extend([Pressed::Char('x'), Pressed::Char('e'), Pressed::Backspace, Pressed::Backspace]);
        }
        keys.push(Pressed::Char(c));
    }
    keys
}

/// What a typist makes of keys: log-normal times around what the model expects, with a tail of hesitations.
fn performed(typist: &Typist, keys: &[Pressed], seed: u64) -> Unit {
    let mut die = Die(seed);
    let mut at = 0.0;
    let mut presses: Vec<Press> = Vec::new();
    for (i, key) in keys.iter().enumerate() {
        if i > 0 {
            let pair = Pair::of(i.checked_sub(2).map(|i| keys[i]), keys[i - 1], *key, 0);
            let expected = pair.map_or(0, |pair| pair.expected_permille(&model().weights));
            let follows = f64::from(expected) / 1_000.0 * typist.follows_percent / 100.0;
            let hesitation = if die.even() < 0.04 { die.exponential() } else { 0.0 };
            at += typist.middle_ms * (follows + typist.noise * die.normal() + hesitation).exp();
        }
        presses.push(Press { at_ms: at.round() as i64, key: *key, interrupted: false });
    }
    let part = Part { session: "1".into(), text: "harbour".into(), presses };
    Unit { subject: "somebody".into(), parts: vec![part] }
}

fn verdict(unit: &Unit) -> Verdict {
    unit.evidence().assess(ENGLISH).verdict
}

fn as_bot(bot: Bot, seed: u64) -> Verdict {
    let keys = keys(TEXT);
    let (own, other) = (performed(&USUAL, &keys, seed), performed(&USUAL, &keys[7..], seed + 1_000));
    verdict(&typed(bot, &own, &other, &model().weights, &mut Die(seed)))
}

#[test]
fn people_of_every_kind_are_consistent() {
    let people = [
        USUAL,
        Typist { middle_ms: 70.0, ..USUAL },
        Typist { middle_ms: 900.0, noise: 0.45, ..USUAL },
        Typist { follows_percent: 70.0, ..USUAL },
    ];
    for (i, person) in people.iter().enumerate() {
        for seed in 0..25 {
            let unit = performed(person, &keys(TEXT), seed);
            assert_eq!(
                verdict(&unit),
                Verdict::Consistent,
                "person {i}, {seed}: {:?}",
                unit.evidence().assess(ENGLISH)
            );
        }
    }
}

#[test]
fn times_that_know_nothing_of_the_text_are_unusual() {
    let bots = [
        Bot::Paste,
        Bot::Constant,
        Bot::Uniform(10),
        Bot::Uniform(90),
        Bot::Gaussian(25),
        Bot::Exponential,
        Bot::LogNormal,
        Bot::Shuffled,
        Bot::OtherText,
        Bot::WordPauses(30),
        Bot::WordPauses(120),
    ];
    for bot in bots {
        for seed in 0..25 {
            let verdict = as_bot(bot, seed);
            assert!(matches!(verdict, Verdict::Unusual(_)), "{bot:?}, {seed}: {verdict}");
        }
    }
}

#[test]
fn what_is_unusual_is_named_with_its_figure() {
    let Verdict::Unusual(oddities) = as_bot(Bot::LogNormal, 3) else { panic!("unusual") };
    assert!(matches!(oddities[..], [Oddity::Text(figure)] if figure < LEAST_TEXT_PERMILLE), "{oddities:?}");
    let Verdict::Unusual(oddities) = as_bot(Bot::WordPauses(200), 3) else { panic!("unusual") };
    assert!(
        oddities.iter().any(|o| matches!(o, Oddity::Words(figure) if *figure < LEAST_WORDS_PERMILLE)),
        "{oddities:?}"
    );
    let letters = (0..40).find_map(|seed| match as_bot(Bot::LogNormalWordPauses(120), seed) {
        Verdict::Unusual(oddities) if matches!(oddities[..], [Oddity::Letters(_)]) => Some(oddities),
        _ => None,
    });
    assert!(matches!(letters.unwrap()[..], [Oddity::Letters(figure)] if figure < LEAST_LETTERS_PERMILLE));
    let sentences = [
        (Verdict::Consistent, "consistent with human typing"),
        (
            Verdict::Unusual(vec![Oddity::Text(-24), Oddity::Words(104)]),
            "unusual: the times hardly depend on what is typed (-0.02; usual is 0.21 or more); within words the times are even and \
             do not depend on the letters (0.10; usual is 0.85 or more)",
        ),
        (
            Verdict::Unusual(vec![Oddity::Letters(-4)]),
            "unusual: within words the times do not depend on the letters (0.00; usual is 0.05 or more)",
        ),
        (Verdict::NotAssessed(NotAssessed::Short(149)), "not assessed: 149 keystrokes, and 150 are needed"),
        (
            Verdict::NotAssessed(NotAssessed::Layout("dvorak".into())),
            "not assessed: there is no model for the layout \"dvorak\"",
        ),
    ];
    for (verdict, sentence) in sentences {
        assert_eq!(verdict.to_string(), sentence);
        assert!(!sentence.contains("bot") && !sentence.contains("machine"));
    }
}

#[test]
fn limits_are_named_and_true() {
    assert!(plausibility::LIMITS[0].contains("recording") && plausibility::LIMITS[1].contains("who typed"));
    for bot in [Bot::Human, Bot::Scaled(60), Bot::Scaled(170), Bot::Learned] {
        let found = (0..25).filter(|seed| as_bot(bot, *seed) != Verdict::Consistent).count();
        assert_eq!(found, 0, "{bot:?}");
    }
}

#[test]
fn clocks_pauses_and_gaps_change_no_verdict() {
    for tenths in [80, 100, 156, 160, 167, 200] {
        for seed in 0..10 {
            assert_eq!(as_bot(Bot::Clock(tenths), seed), Verdict::Consistent, "{tenths}, {seed}");
        }
    }
    let mut unit = performed(&USUAL, &keys(TEXT), 5);
    let presses = &mut unit.parts[0].presses;
    let mut late = 0;
    for (i, press) in presses.iter_mut().enumerate() {
        match i {
            60 | 200 => late += 240_000,
            120 => late -= 100_000,
            _ => {}
        }
        press.at_ms += late;
    }
    presses[90].key = Pressed::Other;
    presses[91].key = Pressed::Char('é');
    presses[150].interrupted = true;
    assert_eq!(verdict(&unit), Verdict::Consistent);
    // A clock that stands, and one that runs backwards, give no times that vary, or none.
    for press in &mut unit.parts[0].presses {
        press.at_ms = 7;
    }
    assert!(matches!(verdict(&unit), Verdict::Unusual(_)));
    for (i, press) in unit.parts[0].presses.iter_mut().enumerate() {
        press.at_ms = -(i as i64);
    }
    assert_eq!(verdict(&unit), Verdict::NotAssessed(NotAssessed::FewPairs(0)));
}

#[test]
fn too_little_and_what_there_is_no_model_for_is_not_assessed() {
    let keys = keys(TEXT);
    let evidence = |count: usize| performed(&USUAL, &keys[..count], 1).evidence();
    let why = |evidence: &Evidence, written| match evidence.assess(written).verdict {
        Verdict::NotAssessed(why) => Some(why),
        _ => None,
    };
    assert_eq!(why(&evidence(149), ENGLISH), Some(NotAssessed::Short(149)));
    assert_eq!(why(&evidence(150), ENGLISH), None);
    assert_eq!(why(&Evidence::default(), ENGLISH), Some(NotAssessed::Short(0)));
    let whole = evidence(keys.len());
    let on = |layout, language| why(&whole, Written { layout, language });
    assert_eq!(on(None, Some("en")), None);
    assert_eq!(on(Some("uk"), Some("en")), None);
    assert_eq!(on(Some("dvorak"), Some("en")), Some(NotAssessed::Layout("dvorak".into())));
    assert_eq!(on(Some("us"), Some("de")), Some(NotAssessed::Language("de".into())));
    assert_eq!(on(Some("us"), None), Some(NotAssessed::LanguageUnknown));
    let digits: Vec<Pressed> = "8472 1935 6620 ".chars().cycle().take(400).map(Pressed::Char).collect();
    assert!(matches!(
        why(&performed(&USUAL, &digits, 1).evidence(), ENGLISH),
        Some(NotAssessed::FewPairs(_))
    ));
    let russian: Vec<Pressed> =
        "пароход уходит утром ".chars().cycle().take(400).map(Pressed::Char).collect();
    assert!(matches!(
        why(&performed(&USUAL, &russian, 1).evidence(), ENGLISH),
        Some(NotAssessed::FewPairs(_))
    ));
}

#[test]
fn a_pair_has_the_traits_of_its_keys() {
    let pair = |typed: &str| {
        let keys: Vec<Pressed> =
            typed.chars().map(|c| if c == '⌫' { Pressed::Backspace } else { Pressed::Char(c) }).collect();
        let (before, last) = match keys[..] {
            [before, last, _] => (Some(before), last),
            _ => (None, keys[0]),
        };
        Pair::of(before, last, keys[keys.len() - 1], 100)
    };
    use Trait::*;
    let cases: [(&str, &[Trait]); 16] = [
        (" t", &[AfterSpace]),
        ("t ", &[Space]),
        (" th", &[SecondLetter, CommonPair]),
        ("the", &[CommonPair, CommonTriple]),
        ("tha", &[CommonPair, CommonTriple]),
        (" q", &[AfterSpace, RareLetter]),
        (" T", &[AfterSpace, Shift]),
        ("Th", &[AfterShift, CommonPair]),
        ("ed", &[SameFinger, CommonPair]),
        ("ee", &[CommonPair]),
        ("as", &[SameHand, CommonPair]),
        ("o.", &[Mark, SameFinger]),
        ("e⌫", &[Erasing]),
        ("⌫e", &[AfterErasing]),
        ("⌫ ", &[AfterErasing]),
        ("p1", &[Mark]),
    ];
    for (typed, traits) in cases {
        let pair = pair(typed).unwrap();
        let found: Vec<usize> = (0..Trait::COUNT).filter(|number| pair.has(*number)).collect();
        let mut expected: Vec<usize> = traits.iter().map(|one| *one as usize).collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "{typed:?}");
        assert_eq!(pair.in_word, typed.chars().rev().take(2).all(char::is_alphabetic), "{typed:?}");
    }
    for nothing in ["⌫⌫", "é ", "eé"] {
        assert_eq!(pair(nothing), None, "{nothing}");
    }
}

/// A log with presses of a unit, and something else at some of them.
fn log(unit: &Unit, between: &[(usize, EventKind)]) -> Log {
    let mut events = Vec::new();
    for (i, press) in unit.parts[0].presses.iter().enumerate() {
        let at = press.at_ms as u32;
        events.extend(between.iter().filter(|(n, _)| *n == i).map(|(_, what)| Event { at, what: *what }));
        let key = match press.key {
            Pressed::Char(c) => Key::Char(c),
            _ => Key::Backspace,
        };
        events.push(Event { at, what: EventKind::Press(key) });
    }
    let close = Close { end: End::Completed, at: events.last().unwrap().at };
    Log { conduct: typeproof::typing::conduct::Conduct::First, events, close }
}

#[test]
fn a_log_is_assessed_without_the_times_across_its_interruptions() {
    let unit = performed(&USUAL, &keys(TEXT), 2);
    let whole = plausibility::of_log(&log(&unit, &[]), ENGLISH);
    assert_eq!(whole, unit.evidence().assess(ENGLISH));
    let between = [
        (20, EventKind::Release(Key::Char('a'))),
        (40, EventKind::FocusLost),
        (60, EventKind::Paste(12)),
        (80, EventKind::Suspended),
    ];
    let interrupted = plausibility::of_log(&log(&unit, &between), ENGLISH);
    assert_eq!(interrupted.verdict, Verdict::Consistent);
    assert_eq!(interrupted.keystrokes, whole.keystrokes);
    assert_eq!(interrupted.figures.unwrap().pairs + 3, whole.figures.unwrap().pairs);
}

mod replays {
    use typeproof::typing::plausibility::rhythm::{LEAST_TIMES, Rhythm};

    use super::*;

    /// The rhythm of a unit whose times were changed.
    fn changed(unit: &Unit, mut change: impl FnMut(f64) -> f64) -> Rhythm {
        let mut rhythm = Rhythm::default();
        for press in &unit.parts[0].presses {
            rhythm.press(change(press.at_ms as f64).round() as i64, press.key);
        }
        rhythm
    }

    #[test]
    fn a_performance_is_known_again_shifted_scaled_and_with_noise() {
        for (seed, text) in (0..).zip([TEXT, "We are working on this as we speak, so please wait."].repeat(5))
        {
            let unit = performed(&USUAL, &keys(text), seed);
            let stored = changed(&unit, |at| at);
            let mut die = Die(seed);
            let replays = [
                ("exact", changed(&unit, |at| at)),
                ("shifted", changed(&unit, |at| at + 86_400_000.0)),
                ("faster", changed(&unit, |at| at * 0.6)),
                ("slower", changed(&unit, |at| at * 1.5)),
                ("with noise", changed(&unit, |at| at + (die.even() - 0.5) * 10.0)),
                ("by a clock of 20 ms", changed(&unit, |at| (at / 20.0).ceil() * 20.0)),
                ("all at once", changed(&unit, |at| (at * 0.6 + 1_000.0 + (die.even() - 0.5) * 10.0).ceil())),
            ];
            for (how, replay) in replays {
                let same = stored.same(&replay).unwrap_or_else(|| panic!("{how}, {seed}"));
                assert!(
                    same.agreement_permille >= 850 && same.times as usize >= LEAST_TIMES,
                    "{how}: {same:?}"
                );
                assert!(replay.same(&stored).is_some(), "{how}, the other way round");
            }
            let begun_later = Rhythm::of_log(&log(&unit, &[(9, EventKind::FocusLost)]));
            assert!(stored.same(&begun_later).is_some());
        }
    }

    #[test]
    fn the_same_text_typed_again_is_another_performance() {
        let keys = keys(TEXT);
        let rhythm = |seed| changed(&performed(&USUAL, &keys, seed), |at| at);
        for seed in 0..40 {
            assert_eq!(rhythm(seed).same(&rhythm(seed + 100)), None, "{seed}");
        }
        let short = changed(&performed(&USUAL, &keys[..LEAST_TIMES], 1), |at| at);
        assert_eq!(short.same(&short), None, "too short to say so");
        let standing = changed(&performed(&USUAL, &keys, 1), |_| 0.0);
        assert_eq!(standing.same(&standing), None, "without times nothing agrees");
    }
}

mod tables {
    use super::*;

    const COLUMNS: &str = "subject,session,text_id,t_ms,key,hold_ms";

    fn columns(line: &str) -> Columns {
        Columns::read(line.as_bytes()).unwrap()
    }

    #[test]
    fn a_row_is_a_keystroke() {
        let row = |line: &str| columns(COLUMNS).row(line.as_bytes());
        let rows = [
            ("a,1,5,0,t,93", Pressed::Char('t'), 0),
            ("a,1,5,-20,t,", Pressed::Char('t'), -20),
            ("a,1,5,17.6, ,\r\n", Pressed::Char(' '), 18),
            ("a,1,5,3,\",\",1", Pressed::Char(','), 3),
            ("a,1,5,3,\"\"\"\",1", Pressed::Char('"'), 3),
            ("a,1,5,3,BS,1,more", Pressed::Backspace, 3),
            ("a,1,5,3,LEFT", Pressed::Other, 3),
            ("a,1,,3,é,", Pressed::Char('é'), 3),
        ];
        for (line, key, at_ms) in rows {
            let row = row(line).unwrap_or_else(|why| panic!("{line:?}: {why}"));
            assert_eq!((row.key, row.at_ms, row.subject.as_str()), (key, at_ms, "a"), "{line:?}");
        }
        let refused = [
            ("", "subject is missing"),
            ("a", "session is missing"),
            (",1,5,0,t,", "subject is missing"),
            ("a,1,5,0", "key is missing"),
            ("a,1,5,0,,3", "key is missing"),
            ("a,1,5,soon,t,", "t_ms is no time in milliseconds: \"soon\""),
            ("a,1,5,NaN,t,", "t_ms is no time in milliseconds: \"NaN\""),
            ("a,1,5,1e300,t,", "t_ms is no time in milliseconds: \"1e300\""),
            ("a,1,5,,t,", "t_ms is missing"),
            ("a,1,5,0,\",3", "a quotation mark is not closed"),
            ("a,1,5,0,\"t\"t,3", "a quotation mark is not closed"),
        ];
        for (line, why) in refused {
            assert_eq!(row(line).unwrap_err().to_string(), why, "{line:?}");
        }
        assert_eq!(columns(COLUMNS).row(b"a,1,5,0,\xff,1"), Err(SampleError::Encoding));
        assert_eq!(columns(COLUMNS).row(&vec![b'a'; 5_000]), Err(SampleError::Long));
    }

    #[test]
    fn columns_are_found_by_their_names() {
        let other = columns("\u{feff}key,t_ms,session,subject\r\n").row(b"t,5,1,a").unwrap();
        assert_eq!((other.subject.as_str(), other.at_ms, other.text.as_str()), ("a", 5, ""));
        for (line, name) in
            [("", "subject"), ("subject,session,text_id,time,key", "t_ms"), ("subject,session,t_ms", "key")]
        {
            assert_eq!(Columns::read(line.as_bytes()), Err(SampleError::Column(name)), "{line}");
        }
    }

    /// Sessions of so many keys, as `subject: session × keys`, and the units that they are joined to.
    fn joined(joined_to: Option<u32>, sessions: &[(&str, &str, usize)]) -> Vec<String> {
        let mut units = Units::new(joined_to);
        let mut found = Vec::new();
        for (subject, session, count) in sessions {
            for i in 0..*count {
                let line = format!("{subject},{session},{session},{i},t,");
                found.extend(units.push(columns(COLUMNS).row(line.as_bytes()).unwrap()));
            }
        }
        found.extend(units.finish());
        let name =
            |unit: &Unit| format!("{} {} {}", unit.subject, unit.sessions().join("+"), unit.keystrokes());
        found.iter().map(name).collect()
    }

    #[test]
    fn short_sessions_of_one_person_are_joined() {
        let sessions = [
            ("a", "1", 100),
            ("a", "2", 149),
            ("a", "3", 51),
            ("a", "4", 40),
            ("b", "4", 150),
            ("b", "5", 320),
            ("b", "6", 9),
        ];
        assert_eq!(
            joined(None, &sessions),
            ["a 1+2+3 300", "a 4 40", "b 4 150", "b 5 320", "b 6 9"],
            "a session that can be assessed stays alone"
        );
        assert_eq!(joined(Some(150), &sessions), ["a 1+2 249", "a 3+4 91", "b 4 150", "b 5 320", "b 6 9"]);
        assert_eq!(joined(Some(600), &sessions), ["a 1+2+3+4 340", "b 4+5+6 479"]);
        assert_eq!(joined(None, &[]), [""; 0]);
    }

    #[test]
    fn no_time_is_taken_across_sessions_texts_and_rows_that_are_skipped() {
        let mut units = Units::new(Some(1_000));
        for line in ["a,1,5,0,t,", "a,1,5,9,h,", "a,1,6,18,e,", "a,2,6,27,r,"] {
            assert_eq!(units.push(columns(COLUMNS).row(line.as_bytes()).unwrap()), None);
        }
        units.interrupt();
        for line in ["a,2,6,36,e,", "a,2,6,45,s,"] {
            assert_eq!(units.push(columns(COLUMNS).row(line.as_bytes()).unwrap()), None);
        }
        let unit = units.finish().unwrap();
        let times: Vec<u32> = unit.evidence().pairs().iter().map(|pair| pair.ms).collect();
        assert_eq!((unit.keystrokes(), times), (6, vec![9, 9]), "t-h and e-s");
    }
}
