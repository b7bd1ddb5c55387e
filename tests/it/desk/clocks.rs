//! Clocks that are wrong: before 1970, far in the future, set back while the program runs. Nothing panics, and nothing
//! that was saved is lost.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use typeproof::desk::Desk;
use typeproof::sitting::Task;
use typeproof::store::history::Filter;
use typeproof::store::paths::Paths;
use typeproof::system;
use typeproof::typing::key::Stroke;
use typeproof::typing::session::{Phase, Session};

#[test]
fn a_time_of_the_operating_system_is_an_instant_whatever_it_says() {
    let at = |time: SystemTime| system::instant(time).to_rfc3339();
    assert_eq!(at(UNIX_EPOCH), "1970-01-01T00:00:00+00:00");
    assert_eq!(at(UNIX_EPOCH + Duration::from_millis(1_500)), "1970-01-01T00:00:01.500+00:00");
    assert_eq!(at(UNIX_EPOCH - Duration::from_millis(1_500)), "1969-12-31T23:59:58.500+00:00");
    assert_eq!(at(UNIX_EPOCH - Duration::from_secs(86_400)), "1969-12-31T00:00:00+00:00");
    let far = Duration::from_secs(1 << 60);
    assert_eq!(system::instant(UNIX_EPOCH + far), DateTime::<Utc>::MAX_UTC);
    assert_eq!(system::instant(UNIX_EPOCH - far), DateTime::<Utc>::MIN_UTC);
}

/// A test of a level, typed without an error.
fn typed(desk: &mut Desk) -> Session {
    let level = desk.level("sprint-20").unwrap();
    let mut session = Session::new(desk.level_exercise(&level).unwrap());
    for n in 0.. {
        let key = session.due().unwrap();
        if matches!(session.press(Stroke { at: n * 200, key }), Phase::Ended(_))
            || matches!(session.tick((n + 1) * 200 - 1), Phase::Ended(_))
        {
            break;
        }
    }
    session
}

#[test]
fn whatever_the_clock_says_an_attempt_is_saved_and_a_badge_is_one_or_refused_in_words() {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::at(Paths::below(home.path()), None);
    desk.settings.holder_name = Some("Ada".to_owned());
    let level = desk.level("sprint-20").unwrap();
    let clock = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let times = [
        clock("1969-12-31T23:59:00Z")..clock("1970-01-01T00:00:00Z"),
        clock("1901-01-01T00:00:00Z")..clock("1901-01-01T00:01:00Z"),
        clock("1980-01-01T00:00:00Z")..clock("2026-01-01T00:01:00Z"),
        clock("2026-01-01T00:01:00Z")..clock("1980-01-01T00:00:00Z"),
        clock("2106-02-07T06:28:15Z")..clock("2106-02-07T06:29:15Z"),
        clock("9999-12-31T23:59:00Z")..clock("9999-12-31T23:59:59Z"),
        DateTime::<Utc>::MIN_UTC..DateTime::<Utc>::MAX_UTC,
        DateTime::<Utc>::MAX_UTC..DateTime::<Utc>::MIN_UTC,
        DateTime::<Utc>::MAX_UTC..DateTime::<Utc>::MAX_UTC,
    ];
    for (n, times) in times.into_iter().enumerate() {
        let session = typed(&mut desk);
        let finished = desk.finish(session, Some(&level), times.clone()).unwrap();
        match desk.award(&finished, None) {
            Ok(award) => assert_eq!(award.row.attempt_id.as_deref(), Some(finished.id.as_str())),
            Err(why) => assert!(why.to_string().len() > 10, "{why}"),
        }
        let again = desk.reopen(&finished.id).unwrap();
        assert_eq!(again.score, finished.score, "{times:?}");
        let newest =
            desk.history().unwrap().attempts(&Filter { limit: Some(1), ..Filter::default() }).unwrap();
        assert_eq!(newest[0].id, finished.id, "attempt {n} was finished last");
        desk.history().unwrap().level_records().unwrap();
    }
    let next = desk.sit(Task::Level("sprint-20".to_owned())).unwrap();
    assert_eq!(next.phase(), Phase::Ready);
}
