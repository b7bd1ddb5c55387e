//! What the parts cost: `cargo bench`. Compare ratios within one run; machines differ and are noisy.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use criterion::{Criterion, criterion_group, criterion_main};
use ed25519_dalek::SigningKey;
use ratatui::layout::Rect;
use typeproof::badge::carry::link;
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::claim::{Claim, Figures, IssuerRef};
use typeproof::badge::credential::{self, IssuerProfile, LevelTexts};
use typeproof::badge::draw::picture;
use typeproof::badge::holder::HolderName;
use typeproof::badge::verify::{self, Check};
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
    let catalogue = Catalogue::embedded();
    let mut level = catalogue.level("speed-60").unwrap().clone();
    level.rules = Rules { limit: Limit::Seconds(600), ..level.rules };
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

fn typing(c: &mut Criterion) {
    let exercise = exercise();
    let session = typed(&exercise);
    let log = session.log().unwrap();
    let bytes = log.to_bytes(&exercise);
    // One session goes on through the whole text, and begins anew at its end: a key as it comes, not a first one.
    c.bench_function("session: one key", |b| {
        let mut session = Session::started(Arc::clone(&exercise));
        let mut at = 0;
        b.iter(|| {
            if matches!(session.phase(), Phase::Ended(_)) {
                session = Session::started(Arc::clone(&exercise));
                at = 0;
            }
            at += 80;
            let key = session.due().unwrap_or(Key::Enter);
            black_box(session.press(Stroke { at, key }))
        });
    });
    c.bench_function("session: one key, drawn", |b| {
        let (mut page, mut screen) = test_page(&exercise);
        let mut now = Instant::now();
        b.iter(|| {
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
    });
    c.bench_function("session: replay of ten minutes", |b| {
        b.iter(|| Session::replay(Arc::clone(&exercise), black_box(&log)).unwrap());
    });
    c.bench_function("score: ten minutes", |b| b.iter(|| Score::of(black_box(&session)).unwrap()));
    c.bench_function("log: write ten minutes", |b| b.iter(|| black_box(&log).to_bytes(&exercise)));
    c.bench_function("log: read ten minutes", |b| {
        b.iter(|| Log::from_bytes(black_box(&bytes), &exercise).unwrap())
    });
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
        assurance: Assurance::SelfAssessed,
        issuer: IssuerRef::Inline { key: key.verifying_key().to_bytes(), name: None },
        name: Some(HolderName::new("Maria Lindqvist").unwrap()),
        email: None,
        figures: Figures {
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
        },
        start_unix: 1_795_430_000,
        log: [9; 16],
        valid_days: None,
        issued_after_s: 0,
        exam: None,
        attempt: None,
        status: None,
    }
}

fn badges(c: &mut Criterion) {
    let key = SigningKey::from_bytes(&[7; 32]);
    let catalogue = Catalogue::embedded();
    let level = catalogue.level("speed-60").unwrap();
    let (texts, claim) = (LevelTexts::of(level), claim(level.reference(), &key));
    let issuer = IssuerProfile::inline(key.verifying_key().as_bytes(), Some("Maria Lindqvist")).unwrap();
    let badge = credential::issue(&claim, &texts, &issuer, &key).unwrap();
    let file = serde_json::to_vec(&badge.credential).unwrap();
    let now: DateTime<Utc> = "2026-12-01T00:00:00Z".parse().unwrap();
    let trust = TrustList::default();
    let check = Check {
        trust: &trust,
        catalogue: &catalogue,
        now,
        documents: &[],
        holder: None,
        attempt: None,
        statuses: &[],
    };
    assert!(verify::document(&file, &check).verdict.integrity.is_yes());
    assert!(verify::token(&badge.token, &check).verdict.integrity.is_yes());
    let url = link::url("https://badges.example.org/v#", &badge.token);
    c.bench_function("badge: issue", |b| {
        b.iter(|| credential::issue(black_box(&claim), &texts, &issuer, &key))
    });
    c.bench_function("badge: verify the file", |b| b.iter(|| verify::document(black_box(&file), &check)));
    c.bench_function("badge: verify the token", |b| {
        b.iter(|| verify::token(black_box(&badge.token), &check))
    });
    c.bench_function("badge: picture as SVG", |b| {
        b.iter(|| picture::svg(black_box(&badge.credential), &url))
    });
    let svg = picture::svg(&badge.credential, &url).unwrap();
    c.bench_function("badge: picture as PNG", |b| b.iter(|| picture::rendered(black_box(&svg))));
    c.bench_function("badge: QR code", |b| b.iter(|| Symbol::new(black_box(&url)).unwrap()));
}

criterion_group!(benches, typing, badges);
criterion_main!(benches);
