//! Rows of a history: attempts and badges by number.

use sha2::{Digest, Sha256};
use typeproof::store::history::{AttemptRow, BadgeRow, Ended, Filter, Store};
use typeproof::trust::Assurance;
use typeproof::typing::hidden::Hidden;
use typeproof::typing::keyboard::Keyboard;

/// Attempt number `n`: its log has some thousand bytes, as a five-minute test has, and is none that can be replayed.
/// Every third is a free test, every third failed, every third passed.
pub fn attempt(n: u32) -> (AttemptRow, Vec<u8>) {
    let bytes: Vec<u8> = (0..3000_u32).map(|i| (i.wrapping_mul(n + 7) >> 3) as u8).collect();
    let row = AttemptRow {
        id: format!("{n:026x}"),
        started_unix_ms: 1_769_860_800_000 + i64::from(n),
        level: (!n.is_multiple_of(3)).then(|| (format!("speed-{}", 20 + 10 * (n % 3)), 1)),
        lesson: None,
        source: "passages".to_owned(),
        passages: vec![format!("letter-{}", n % 4), "notice-1".to_owned()],
        passed: n % 3 == 1,
        ended: Ended::TimeUp,
        gross_wpm_x100: 6000 + n,
        net_wpm_x100: 5900,
        raw_wpm_x100: 6100,
        accuracy_bp: 9725,
        consistency_bp: 8000,
        duration_ms: 300_000,
        errors_x2: 6,
        score_json: "{}".to_owned(),
        keyboard: n
            .is_multiple_of(2)
            .then(|| Keyboard { set_to: n.is_multiple_of(4).then(|| "us".to_owned()), ..Keyboard::of("de") }),
        hidden: Hidden { errors: n % 11 == 10, figures: n % 22 == 21 },
        digest: Sha256::digest(&bytes).into(),
    };
    (row, bytes)
}

/// A row of attempt number `n` for the bytes of an attempt file.
pub fn attempt_of(n: u32, bytes: &[u8]) -> AttemptRow {
    AttemptRow { digest: Sha256::digest(bytes).into(), ..attempt(n).0 }
}

/// Badge number `n` of attempt number `attempt`.
pub fn badge(n: u32, attempt: u32) -> BadgeRow {
    BadgeRow {
        id: format!("urn:uuid:{n:08x}-0000-4000-8000-000000000000"),
        attempt_id: Some(format!("{attempt:026x}")),
        level_id: Some("speed-30".to_owned()),
        issued_unix: 1_769_860_800 + i64::from(n),
        valid_until_unix: n.is_multiple_of(2).then_some(1_900_000_000),
        assurance: Assurance::SelfAssessed,
        credential: "{\"a\":1}".to_owned(),
        token: "123".to_owned(),
        name: "Ada".to_owned(),
    }
}

/// Badge number `n` as another issuer made it: of no attempt and no level of this history.
pub fn foreign_badge(n: u32) -> BadgeRow {
    BadgeRow { attempt_id: None, level_id: None, assurance: Assurance::Proctored, ..badge(n, 0) }
}

/// Saves the attempts of these numbers.
pub fn save(history: &mut dyn Store, numbers: impl IntoIterator<Item = u32>) {
    for n in numbers {
        let (row, bytes) = attempt(n);
        history.save_attempt(&row, &bytes).unwrap();
    }
}

/// All attempts, newest first.
pub fn rows(history: &dyn Store) -> Vec<AttemptRow> {
    history.attempts(&Filter::default()).unwrap()
}
