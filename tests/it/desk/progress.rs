//! What came of practice: days, streaks and runs follow from what was saved, whatever the clock says.

use typeproof::desk::{Day, Progress, Run};
use typeproof::store::history::{AttemptRow, Ended, Practised};

use crate::support::rows::attempt;

const DAY_MS: i64 = 86_400_000;

fn practised(days: &[(i64, u32)]) -> Vec<Practised> {
    let one = |(day, ms): &(i64, u32)| Practised { started_unix_ms: day * DAY_MS + 1_000, practised_ms: *ms };
    days.iter().map(one).collect()
}

fn of(days: &[(i64, u32)], today: i64) -> Progress {
    Progress::of(&[], &practised(days), today * DAY_MS + 5, 15)
}

#[test]
fn days_are_added_up_in_order() {
    let progress = of(&[(3, 40_000), (1, 70_000), (3, 30_000), (2, 0), (-1, 60_000)], 3);
    let day = |day, practised_ms| Day { day, practised_ms };
    assert_eq!(progress.days, [day(-1, 60_000), day(1, 70_000), day(3, 70_000)]);
    assert_eq!(
        (progress.practised_ms(), progress.practised_on(3), progress.practised_on(2)),
        (200_000, 70_000, 0)
    );
    assert_eq!((progress.today, progress.goal_ms), (3, 900_000));
}

#[test]
fn a_streak_goes_on_until_a_day_without_a_minute() {
    const M: u32 = 60_000;
    for (days, today, streak, longest) in [
        (&[][..], 9, 0, 0),
        (&[(9, M)], 9, 1, 1),
        (&[(9, M - 1)], 9, 0, 0),
        (&[(9, M / 2), (9, M / 2)], 9, 1, 1),
        (&[(8, M)], 9, 1, 1),
        (&[(7, M)], 9, 0, 1),
        (&[(7, M), (8, M), (9, M)], 9, 3, 3),
        (&[(6, M), (8, M), (9, M)], 9, 2, 2),
        (&[(1, M), (2, M), (3, M), (4, M), (8, M)], 9, 1, 4),
        // A clock that ran ahead is nobody's streak.
        (&[(12, M), (13, M)], 9, 0, 2),
        (&[(i64::MIN / DAY_MS, M), (i64::MAX / DAY_MS - 1, M)], 9, 0, 1),
    ] {
        let progress = of(days, today);
        assert_eq!((progress.streak(), progress.longest_streak()), (streak, longest), "{days:?}");
    }
}

#[test]
fn runs_are_tests_of_some_length_that_ended_and_practice_where_there_are_none() {
    let row = |n: u32, source: &str, ended, duration_ms| AttemptRow {
        source: source.to_owned(),
        ended,
        duration_ms,
        ..attempt(n).0
    };
    let practice = row(1, "practice: guided", Ended::Completed, 40_000);
    let test = row(2, "passages", Ended::TimeUp, 60_000);
    let others = [row(3, "passages", Ended::GaveUp, 60_000), row(4, "passages", Ended::TimeUp, 9_999)];
    let run = |row: &AttemptRow| Run {
        started_unix_ms: row.started_unix_ms,
        net_wpm_x100: row.net_wpm_x100,
        accuracy_bp: row.accuracy_bp,
        hidden: row.hidden,
    };
    let runs = |rows: &[AttemptRow]| Progress::of(rows, &[], 0, 0).runs;
    let newer = row(5, "a.txt", Ended::Completed, 10_000);
    let all = [&[newer.clone(), practice.clone(), test.clone()], &others[..]].concat();
    assert_eq!(runs(&all), [run(&test), run(&newer)], "the oldest first");
    assert_eq!(runs(&[std::slice::from_ref(&practice), &others[..]].concat()), [run(&practice)]);
    assert_eq!(runs(&others), []);
}
