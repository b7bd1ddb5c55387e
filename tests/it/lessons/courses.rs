//! Courses: every shipped lesson on every shipped layout and in every language.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use typeproof::lessons::catalogue::{Catalogue, shipped_courses};
use typeproof::lessons::course::{Course, Ground, Lesson, Material, judge};
use typeproof::lessons::generator::Generator;
use typeproof::lessons::judge::Shortfall;
use typeproof::lessons::language::Language;
use typeproof::lessons::layout::place::Hand;
use typeproof::lessons::shelves::shipped_layouts;
use typeproof::typing::attempt::Attempt;
use typeproof::typing::exercise::Exercise;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::session::{Phase, Session};

use crate::support::typing::laws;

/// Every shipped course on every shipped layout, in every language that has words.
fn all(each: impl Fn(&Course, &Ground<'_>, &[Lesson])) {
    let catalogue = Catalogue::embedded();
    for course in shipped_courses() {
        for layout in shipped_layouts() {
            for language in Language::ALL {
                let ground = Ground::new(layout, language, catalogue.shelves());
                if !ground.words.is_empty() {
                    each(course, &ground, &course.lessons(&ground));
                }
            }
        }
    }
}

fn name(lesson: &Lesson) -> String {
    let named = &lesson.named;
    format!("{} {} on {} in {}", named.course, named.lesson, named.layout, named.language)
}

fn text(lesson: &Lesson, ground: &Ground<'_>, seed: u64) -> String {
    lesson.exercise(ground, seed).unwrap_or_else(|why| panic!("{}: {why}", name(lesson))).text.to_string()
}

/// Somebody who types at a pace of `wpm_x100` and misses a key now and then, and puts it right.
fn learner(exercise: &Arc<Exercise>, wpm_x100: u32, wrong_in_1000: u64, seed: u64) -> Attempt {
    let mut session = Session::new(Arc::clone(exercise));
    let mut generator = Generator::new(seed);
    let pace = 12_000 * 100 / wpm_x100;
    let mut at = 0;
    while !matches!(session.phase(), Phase::Ended(_)) {
        let due = session.due().expect("every text can be typed key by key");
        if generator.below(1_000) < wrong_in_1000 {
            session.press(Stroke { at, key: Key::Char('~') });
            session.press(Stroke { at: at + pace / 4, key: Key::Backspace });
            at += pace / 2;
        }
        session.press(Stroke { at, key: due });
        at += pace;
    }
    let log = session.log().unwrap();
    Attempt {
        exercise: Arc::clone(exercise),
        level: None,
        started_unix_ms: 1_795_168_800_000,
        wall_ms: i64::from(log.close.at),
        circumstances: None,
        keyboard: None,
        log,
    }
}

#[test]
fn the_shipped_courses_are_there() {
    let ids: Vec<&str> = shipped_courses().map(|course| course.id.as_str()).collect();
    let codes =
        ["rust", "python", "javascript", "c", "shell", "sql", "html"].map(|code| format!("code-{code}"));
    let expected: Vec<&str> =
        ["foundations", "numbers"].into_iter().chain(codes.iter().map(String::as_str)).collect();
    assert_eq!(ids, expected, "every file can be read");
    let digests: BTreeSet<[u8; 32]> = shipped_courses().map(Course::digest).collect();
    assert_eq!(digests.len(), ids.len());
    for course in shipped_courses() {
        assert!(course.parts.last().unwrap().test, "{} ends with a test", course.id);
    }
}

#[test]
fn every_lesson_holds_nothing_but_what_was_introduced() {
    all(|_, ground, lessons| {
        for lesson in lessons {
            for seed in [1, 2, 0xfeed] {
                let text = text(lesson, ground, seed);
                let strange: BTreeSet<char> = text.chars().filter(|c| !lesson.known.contains(c)).collect();
                assert!(strange.is_empty(), "{}: {strange:?} in {text}", name(lesson));
                let unreachable: BTreeSet<char> =
                    text.chars().filter(|c| *c != '\n' && ground.layout.way(*c).is_none()).collect();
                assert!(unreachable.is_empty(), "{}: {unreachable:?}", name(lesson));
                let length = text.chars().count();
                let least =
                    if matches!(lesson.material, Material::Code(_)) { 60 } else { lesson.length * 9 / 10 };
                assert!(length >= least, "{}: {length} characters: {text}", name(lesson));
                assert!(length <= lesson.length * 2 + 60, "{}: {length} characters", name(lesson));
            }
        }
    });
}

#[test]
fn lessons_have_what_they_need() {
    all(|course, _, lessons| {
        let mut ids = BTreeSet::new();
        let mut speed = 0;
        for (at, lesson) in lessons.iter().enumerate() {
            let name = name(lesson);
            assert!(ids.insert(&lesson.named.lesson), "{name} is there once");
            assert_eq!((lesson.number, lesson.named.version), (at + 1, course.version), "{name}");
            assert!(
                lesson.goal.ends_with('.') && lesson.goal.chars().count() <= 140,
                "{name}: {}",
                lesson.goal
            );
            assert!(!lesson.explanation.contains(['{', '}']) || course.id.starts_with("code"), "{name}");
            assert!(!lesson.title.is_empty() && lesson.explanation.chars().count() > 60, "{name}");
            assert!(lesson.gate.speed.0 >= speed, "{name}: the speed rises");
            assert!((1..=12).contains(&lesson.minutes()), "{name}: {} minutes", lesson.minutes());
            speed = lesson.gate.speed.0;
            assert_eq!(lesson.is_test, at + 1 == lessons.len(), "{name}");
        }
        assert_eq!((lessons[0].gate.speed.0, speed), (course.from_x100, course.to_x100), "{}", course.id);
        assert!(lessons.len() >= 4);
    });
}

/// Two letters a lesson, one a hand as long as both hands have any, the commonest first behind the home row, and all of them.
#[test]
fn foundations_go_from_the_home_row_outward() {
    all(|course, ground, lessons| {
        if course.id != "foundations" {
            return;
        }
        let name = format!("{} in {}", ground.layout.id, ground.language.code());
        let hand = |c: char| ground.layout.key_of(c).unwrap().finger.hand().unwrap();
        let letters: Vec<&Lesson> = lessons
            .iter()
            .filter(|l| l.named.lesson.starts_with("keys-") && l.material == Material::Letters)
            .collect();
        let all: Vec<char> = letters.iter().flat_map(|l| l.new.iter().copied()).collect();
        let unique: BTreeSet<char> = all.iter().copied().collect();
        assert_eq!(unique.len(), all.len(), "{name}: each letter once");
        let both = all.iter().filter(|c| hand(**c) == Hand::Left).count();
        let both = both.min(all.len() - both);
        for (at, lesson) in letters.iter().enumerate() {
            assert!((1..=2).contains(&lesson.new.len()), "{name}");
            if at < both {
                assert_eq!([hand(lesson.new[0]), hand(lesson.new[1])], [Hand::Left, Hand::Right], "{name}");
            }
        }
        let resting = |c: &char| ground.layout.distance(*c) == Some(0);
        let home: Vec<bool> = letters.iter().flat_map(|l| l.new.first()).map(resting).collect();
        assert!(home.is_sorted_by(|a, b| a >= b), "{name}: the home row comes first");
        for side in [Hand::Left, Hand::Right] {
            let order: Vec<u64> = all
                .iter()
                .filter(|c| hand(**c) == side && !resting(c) && ground.layout.distance(**c) < Some(3))
                .filter(|c| ground.layout.key_of(**c).unwrap().place.row.name() != "digits")
                .map(|c| ground.letters.count(*c))
                .collect();
            assert!(order.is_sorted_by(|a, b| a >= b), "{name}: the commonest first");
        }
        let last = lessons.last().unwrap();
        let missing: Vec<char> = ground.alphabet().into_iter().filter(|c| !last.known.contains(c)).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        for c in "AZ.,?!'\"-0123456789@".chars().filter(|c| ground.layout.way(*c).is_some()) {
            assert!(last.known.contains(&c), "{name}: {c}");
        }
    });
}

#[test]
fn new_keys_are_practised() {
    all(|_, ground, lessons| {
        for lesson in lessons.iter().filter(|lesson| !lesson.new.is_empty()) {
            let text = text(lesson, ground, 5);
            for key in lesson.new.iter().filter(|_| lesson.new.len() <= 4) {
                let count = text.chars().filter(|c| c == key).count();
                assert!(count >= 6, "{}: {key} {count} times in {text}", name(lesson));
            }
        }
    });
}

/// Real words as soon as enough of them fit.
#[test]
fn words_are_real_as_soon_as_the_keys_allow() {
    all(|course, ground, lessons| {
        if course.id != "foundations" {
            return;
        }
        for lesson in lessons.iter().filter(|l| l.material == Material::Words && l.number > 12) {
            let real: BTreeSet<&str> = ground.words.iter().copied().collect();
            let text = text(lesson, ground, 9);
            let words: Vec<&str> = text.split(' ').collect();
            let count = words.iter().filter(|word| real.contains(*word)).count();
            assert!(count * 10 >= words.len() * 6, "{}: {count} of {}: {text}", name(lesson), words.len());
        }
    });
}

#[test]
fn a_learner_at_the_speed_of_the_gate_passes_every_lesson() {
    all(|_, ground, lessons| {
        for lesson in lessons {
            let exercise = Arc::new(lesson.exercise(ground, 11).unwrap());
            let wpm_x100 = lesson.gate.speed.0 / lesson.rules.unit.per_wpm();
            let attempt = learner(&exercise, wpm_x100 * 11 / 10, 20, 3);
            let passed =
                judge(lesson, &attempt, ground).unwrap_or_else(|why| panic!("{}: {why:?}", name(lesson)));
            assert_eq!((passed.lesson(), passed.gate()), (&lesson.named, &lesson.gate));
            assert_eq!(Attempt::from_bytes(&attempt.to_bytes()).unwrap(), attempt, "{}", name(lesson));
        }
    });
}

#[test]
fn what_is_missing_is_said_accuracy_first() {
    let catalogue = Catalogue::embedded();
    let ground = catalogue.ground("us", Language::English).unwrap();
    let lessons = catalogue.course("foundations").unwrap().lessons(&ground);
    let lesson = &lessons[4];
    let exercise = Arc::new(lesson.exercise(&ground, 1).unwrap());
    let said = |lesson: &Lesson, attempt: &Attempt| {
        let missing = judge(lesson, attempt, &ground).unwrap_err();
        missing.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let slow = learner(&exercise, 500, 150, 2);
    let both = said(lesson, &slow);
    assert_eq!(both.len(), 2, "{both:?}");
    assert!(both[0].starts_with("accuracy ") && both[1].starts_with("net "), "{both:?}");
    // A gate of one's own asks for what one wants, and the course's own gate still asks for the same.
    let own = lesson.with_gate(Some(8_000), 50);
    assert!(judge(&own, &slow, &ground).is_ok_and(|passed| *passed.gate() != lesson.gate));
    assert!(judge(lesson, &slow, &ground).is_err());
    // Another lesson, another text, other rules.
    let good = learner(&exercise, 2_000, 0, 2);
    assert!(judge(lesson, &good, &ground).is_ok());
    assert_eq!(judge(&lessons[5], &good, &ground), Err(vec![Shortfall::WrongText]));
    let other = Arc::new(Exercise { seed: 2, ..(*exercise).clone() });
    assert_eq!(
        judge(lesson, &Attempt { exercise: other, ..good.clone() }, &ground),
        Err(vec![Shortfall::WrongText])
    );
    let dvorak = catalogue.ground("dvorak", Language::English).unwrap();
    let there = &catalogue.course("foundations").unwrap().lessons(&dvorak)[4];
    assert_eq!(
        judge(there, &good, &dvorak),
        Err(vec![Shortfall::WrongText]),
        "on another layout it is another lesson"
    );
    let found = catalogue.lesson(&lesson.named).map(|(found, _)| found);
    assert_eq!(found.as_ref(), Some(lesson));
}

proptest! {
    #![proptest_config(laws(96))]

    #[test]
    fn a_text_for_allowed_keys_holds_no_other_key(seed: u64, layout in 0..9usize, lesson in 0..40usize) {
        let catalogue = Catalogue::embedded();
        let layout = shipped_layouts().nth(layout).unwrap();
        let ground = Ground::new(layout, Language::English, catalogue.shelves());
        let lessons = catalogue.course("foundations").unwrap().lessons(&ground);
        let lesson = &lessons[lesson % lessons.len()];
        let text = text(lesson, &ground, seed);
        prop_assert!(text.chars().all(|c| lesson.known.contains(&c)), "{}", text);
        prop_assert_eq!(text, self::text(lesson, &ground, seed), "the same seed means the same text");
    }
}
