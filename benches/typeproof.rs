//! What the parts cost: `cargo bench`. Compare ratios within one run; machines differ and are noisy.
#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use divan::{Bencher, black_box};
use ed25519_dalek::SigningKey;
use ratatui::layout::Rect;
use typeproof::badge::carry::link;
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::claim::{Claim, Figures, IssuerRef, Measured};
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::draw::picture;
use typeproof::badge::holder::HolderName;
use typeproof::badge::verify::{self, Check, Report};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::choice;
use typeproof::sitting::{Sitting, Task};
use typeproof::trust::{Assurance, TrustList};
use typeproof::tui::input::{Input, KeyPress};
use typeproof::tui::screen::{Colours, Screen};
use typeproof::tui::seat::Seat;
use typeproof::typing::exercise::Exercise;
use typeproof::typing::key::{Key, Stroke};
use typeproof::typing::log::Log;
use typeproof::typing::rules::{Limit, Rules};
use typeproof::typing::score::Score;
use typeproof::typing::session::{Phase, Session};

/// Ten minutes of the `speed-60` level's prose.
fn exercise() -> Arc<Exercise> {
    exercise_for(600)
}

fn exercise_for(seconds: u32) -> Arc<Exercise> {
    let catalogue = Catalogue::embedded();
    let mut level = catalogue.level("speed-60").unwrap().clone();
    level.rules = Rules { limit: Limit::Seconds(seconds), ..level.rules };
    Arc::new(choice::choose(&level, 1, &[], &catalogue).unwrap())
}

/// Types the text at 150 ms a key with an error in every fortieth, corrected.
fn typed(exercise: &Arc<Exercise>) -> Session {
    let mut session = Session::started(Arc::clone(exercise));
    let mut at = 0;
    let mut count = 0;
    while let (Some(key), false) = (session.due(), matches!(session.phase(), Phase::Ended(_))) {
        count += 1;
        let wrong = [Key::Char('#'), Key::Backspace];
        let keys = if count % 40 == 0 { &wrong[..] } else { &[] };
        for key in keys.iter().copied().chain([key]) {
            session.press(Stroke { at, key });
            at += 150;
        }
    }
    session.tick(600_000);
    session
}

fn main() {
    divan::main();
}

mod session {
    use super::*;

    // One session goes on through the whole text, and begins anew at its end: a key as it comes, not a first one.
    #[divan::bench]
    fn one_key(bencher: Bencher) {
        let exercise = exercise();
        let mut session = Session::started(Arc::clone(&exercise));
        let mut at = 0;
        bencher.bench_local(|| {
            if matches!(session.phase(), Phase::Ended(_)) {
                session = Session::started(Arc::clone(&exercise));
                at = 0;
            }
            at += 80;
            let key = session.due().unwrap_or(Key::Enter);
            black_box(session.press(Stroke { at, key }))
        });
    }

    #[divan::bench]
    fn one_key_drawn(bencher: Bencher) {
        let exercise = exercise();
        let (mut page, mut screen) = test_page(&exercise);
        let mut now = Instant::now();
        bencher.bench_local(|| {
            if matches!(page.session().phase(), Phase::Ended(_)) {
                (page, screen) = test_page(&exercise);
            }
            now += Duration::from_millis(80);
            let key = match page.session().due() {
                Some(Key::Char(c)) => KeyPress::Char(c),
                _ => KeyPress::Enter,
            };
            page.take(now, &Input::Key(key));
            black_box(page.draw(&mut screen).len())
        });
    }
}

mod ten_minutes {
    use super::*;

    #[divan::bench]
    fn replayed(bencher: Bencher) {
        let exercise = exercise();
        let log = typed(&exercise).log().unwrap();
        bencher.bench_local(|| Session::replay(Arc::clone(&exercise), black_box(&log)).unwrap());
    }

    #[divan::bench]
    fn scored(bencher: Bencher) {
        let session = typed(&exercise());
        bencher.bench_local(|| Score::of(black_box(&session)).unwrap());
    }

    #[divan::bench]
    fn log_written(bencher: Bencher) {
        let exercise = exercise();
        let log = typed(&exercise).log().unwrap();
        bencher.bench_local(|| black_box(&log).to_bytes(&exercise));
    }

    #[divan::bench]
    fn log_read(bencher: Bencher) {
        let exercise = exercise();
        let bytes = typed(&exercise).log().unwrap().to_bytes(&exercise);
        bencher.bench_local(|| Log::from_bytes(black_box(&bytes), &exercise).unwrap());
    }
}

/// The test screen at 80×24 with live figures, drawn once.
fn test_page(exercise: &Arc<Exercise>) -> (Seat, Screen) {
    let area = Rect::new(0, 0, 80, 24);
    let sitting = Sitting::new(Task::Level("speed-60".to_owned()), None, Arc::clone(exercise));
    let mut page = Seat::new(sitting, true, area);
    let mut screen = Screen::new(area.as_size(), Colours::All);
    page.draw(&mut screen);
    (page, screen)
}

fn claim(level: [u8; 4], key: &SigningKey) -> Claim {
    Claim {
        level,
        supervision: Assurance::SelfAssessed.into(),
        issuer: IssuerRef::Inline { key: key.verifying_key().to_bytes(), name: None },
        name: Some(HolderName::new("Maria Lindqvist").unwrap()),
        email: None,
        measured: Measured::of_test(Figures {
            net_x100: 6_212,
            gross_x100: 6_272,
            standing: 1_569,
            correct: 1_566,
            incorrect_left: 3,
            incorrect_fixed: 61,
            fixes: 40,
            right: 1_594,
            errors_x2: 6,
            consistency_bp: 8_120,
            duration_ms: 300_000,
        }),
        start_unix: 1_795_430_000,
        log: [9; 16],
        valid_days: None,
        issued_after_s: 0,
        exam: None,
        attempt: None,
        status: None,
    }
}

mod badge {
    use super::*;

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    /// What a badge of the `speed-60` level is issued from.
    fn parts() -> (Claim, Texts, IssuerProfile) {
        let catalogue = Catalogue::embedded();
        let level = catalogue.level("speed-60").unwrap();
        let public = key().verifying_key();
        let issuer = IssuerProfile::inline(public.as_bytes(), Some("Maria Lindqvist")).unwrap();
        (claim(level.reference(), &key()), Texts::of(level), issuer)
    }

    /// The badge, and the link in its code.
    fn issued() -> (Badge, String) {
        let (claim, texts, issuer) = parts();
        let badge = credential::issue(&claim, &texts, &issuer, &key()).unwrap();
        let url = link::url("https://badges.example.org/v#", &badge.token);
        (badge, url)
    }

    /// Verifies again and again what is verified as intact.
    fn verified(bencher: Bencher, verify: impl Fn(&Check<'_>) -> Report) {
        let (trust, catalogue) = (TrustList::default(), Catalogue::embedded());
        let check = Check {
            trust: &trust,
            catalogue: &catalogue,
            now: "2026-12-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap(),
            documents: &[],
            holder: None,
            attempt: None,
            statuses: &[],
        };
        assert!(verify(&check).verdict.integrity.is_yes());
        bencher.bench_local(|| verify(black_box(&check)));
    }

    #[divan::bench]
    fn issue(bencher: Bencher) {
        let ((claim, texts, issuer), key) = (parts(), key());
        bencher.bench_local(|| credential::issue(black_box(&claim), &texts, &issuer, &key));
    }

    #[divan::bench]
    fn verify_the_file(bencher: Bencher) {
        let file = serde_json::to_vec(&issued().0.credential).unwrap();
        verified(bencher, |check| verify::document(black_box(&file), check));
    }

    #[divan::bench]
    fn verify_the_token(bencher: Bencher) {
        let token = issued().0.token;
        verified(bencher, |check| verify::token(black_box(&token), check));
    }

    #[divan::bench]
    fn picture_as_svg(bencher: Bencher) {
        let (badge, url) = issued();
        bencher.bench_local(|| picture::svg(black_box(&badge.credential), &url));
    }

    #[divan::bench]
    fn picture_as_png(bencher: Bencher) {
        let (badge, url) = issued();
        let svg = picture::svg(&badge.credential, &url).unwrap();
        bencher.bench_local(|| picture::rendered(black_box(&svg)));
    }

    #[divan::bench]
    fn qr_code(bencher: Bencher) {
        let (_, url) = issued();
        bencher.bench_local(|| Symbol::new(black_box(&url)).unwrap());
    }
}

/// A history of ten thousand tests of a minute each.
mod ten_thousand_attempts {
    use rusqlite::Connection;
    use sha2::{Digest, Sha256};
    use tempfile::TempDir;
    use typeproof::coach::mode::Mode;
    use typeproof::coach::track::DAY;
    use typeproof::coach::tutor::{Plan, Proposal, Tutor};
    use typeproof::coach::vocabulary::Vocabulary;
    use typeproof::desk::Desk;
    use typeproof::store::history::{AttemptRow, Ended, Filter, Store};
    use typeproof::store::paths::Paths;
    use typeproof::store::sqlite::Sqlite;
    use typeproof::typing::attempt::Attempt;
    use typeproof::typing::keystrokes::Keystrokes;

    use super::*;

    const ATTEMPTS: u32 = 10_000;

    fn minute() -> Vec<u8> {
        let exercise = exercise_for(60);
        let log = typed(&exercise).log().unwrap();
        Attempt {
            exercise,
            level: None,
            started_unix_ms: 0,
            wall_ms: 60_000,
            circumstances: None,
            keyboard: None,
            log,
        }
        .to_bytes()
    }

    fn row(bytes: &[u8]) -> AttemptRow {
        AttemptRow {
            id: "first".to_owned(),
            started_unix_ms: 0,
            level: Some(("speed-60".to_owned(), 1)),
            lesson: None,
            source: "passages".to_owned(),
            passages: Vec::new(),
            passed: false,
            ended: Ended::TimeUp,
            gross_wpm_x100: 8_000,
            net_wpm_x100: 7_500,
            raw_wpm_x100: 8_000,
            accuracy_bp: 9_700,
            consistency_bp: 8_000,
            duration_ms: 60_000,
            errors_x2: 0,
            score_json: "{}".to_owned(),
            keyboard: None,
            hidden: Default::default(),
            digest: Sha256::digest(bytes).into(),
        }
    }

    /// Copies of one attempt, as an older version left them: each save of its own would wait for the disk.
    fn history() -> (TempDir, Sqlite) {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("history.sqlite3");
        let mut history = Sqlite::open(&path, DateTime::UNIX_EPOCH).unwrap().0;
        let bytes = minute();
        history.save_attempt(&row(&bytes), &bytes).unwrap();
        let mut conn = Connection::open(&path).unwrap();
        let copies = conn.transaction().unwrap();
        copies.execute_batch("CREATE TEMP TABLE copy AS SELECT * FROM attempts").unwrap();
        for n in 1..ATTEMPTS {
            copies.execute("UPDATE copy SET id = ?1, started_unix_ms = ?1", [n]).unwrap();
            copies.execute("INSERT INTO attempts SELECT * FROM copy", []).unwrap();
        }
        copies.execute_batch("DROP TABLE copy").unwrap();
        copies.commit().unwrap();
        (dir, history)
    }

    #[divan::bench(sample_count = 1, sample_size = 1)]
    fn keystrokes_filled_in_once(bencher: Bencher) {
        let (_dir, mut history) = history();
        bencher.bench_local(|| history.keystrokes(&Filter::default()).unwrap());
    }

    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn keystrokes_kept(bencher: Bencher) {
        let (_dir, mut history) = history();
        history.keystrokes(&Filter::default()).unwrap();
        bencher.bench_local(|| history.keystrokes(&Filter::default()).unwrap());
    }

    /// What the first practice after an update waits for, once.
    #[divan::bench(sample_count = 1, sample_size = 1)]
    fn coach_read_from_the_history_once(bencher: Bencher) {
        let (dir, _history) = history();
        bencher.bench_local(|| proposed(&dir));
    }

    /// What every other practice waits for: the coach's knowledge is opened, and a text is chosen.
    #[divan::bench(sample_count = 10, sample_size = 1)]
    fn practice_opened(bencher: Bencher) {
        let (dir, _history) = history();
        proposed(&dir);
        bencher.bench_local(|| proposed(&dir));
    }

    /// A text, as a program proposes it that was just started.
    fn proposed(dir: &TempDir) -> Proposal {
        let mut desk = Desk::at(Paths::below(dir.path()), None);
        let plan = Plan { target_wpm: 40.0, mode: Mode::Guided, seed: 1 };
        let state = desk.learner().unwrap().clone();
        Tutor::new(Arc::new(Vocabulary::english()), plan, state).next(DAY)
    }

    #[divan::bench]
    fn keystrokes_of_one_replayed(bencher: Bencher) {
        let bytes = minute();
        bencher.bench_local(|| Keystrokes::of_attempt(black_box(&bytes)).unwrap());
    }

    #[divan::bench(sample_count = 10)]
    fn counts(bencher: Bencher) {
        let (_dir, history) = history();
        bencher.bench_local(|| history.counts().unwrap());
    }

    #[divan::bench(sample_count = 10)]
    fn level_records(bencher: Bencher) {
        let (_dir, history) = history();
        bencher.bench_local(|| history.level_records().unwrap());
    }
}
