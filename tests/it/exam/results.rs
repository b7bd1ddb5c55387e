//! Results: which test counts, and a table that no spreadsheet takes for formulas.

use typeproof::exam::definition::Counting;
use typeproof::exam::event::What;
use typeproof::exam::journal::{Entry, Head};
use typeproof::exam::results::{Counted, safe_cell, to_csv};
use typeproof::exam::taken::{Taken, recomputed};
use typeproof::exam::{Actor, Event, Seat, Seats};

use crate::support::exam::{
    candidate, connected, definition, did, event, finished, noise, nothing, proctor, roster, started,
};

const THREE: &str = "[warm-up]\nseconds = 0\n[attempts]\nnumber = 3\n";

/// A candidate who took three tests at these speeds, the second of which is void.
fn events() -> Vec<Event> {
    let ends = |taken: Taken| event(Actor::Room, "", What::Finished(taken.outcome));
    vec![
        connected(1),
        did(What::Confirmed),
        did(What::Ready),
        started(1, 1),
        ends(finished(1, 200)),
        did(What::Ready),
        started(2, 2),
        ends(finished(2, 100)),
        event(proctor(), "help was given", What::Voided { run: 2 }),
        event(proctor(), "", noise(Some(2))),
        did(What::Ready),
        started(3, 3),
        ends(finished(3, 250)),
    ]
}

fn seat() -> Seat {
    let mut seat = Seat::new("17", &definition(THREE));
    for event in events() {
        seat.apply(&event).unwrap();
    }
    seat
}

#[test]
fn the_policy_says_which_test_counts() {
    let seat = seat();
    let run = |counts| match seat.result(counts) {
        Some(Counted::Run(run)) => run.begun.run,
        other => panic!("{other:?}"),
    };
    assert_eq!((run(Counting::Best), run(Counting::Last)), (1, 3), "the void one counts for nothing");
    let Some(Counted::Mean { tests, net_wpm_x100, .. }) = seat.result(Counting::Mean) else {
        panic!("no mean")
    };
    let speeds = [200, 250].map(|ms| finished(1, ms).outcome.score.unwrap().net_wpm_x100);
    assert_eq!((tests, net_wpm_x100), (2, (speeds[0] + speeds[1]).div_ceil(2)));
    assert_eq!(Seat::new("17", &definition("")).result(Counting::Best), None);
}

#[test]
fn the_table_has_a_row_for_every_test_and_every_candidate() {
    let exam = definition(THREE);
    let mut candidates = roster();
    candidates[0].name = "=1+1 Ada".into();
    let mut seats = Seats::new(&exam, &candidates);
    let mut head = Head::default();
    for event in events() {
        let entry = Entry::of_seat(head, "17", event);
        head = entry.head();
        seats.apply(&entry).unwrap();
    }
    let text = to_csv(&exam, &candidates, &seats);
    let mut table = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5);
    let cells = |row: usize, names: [&str; 6]| -> Vec<String> {
        let headers = csv::Reader::from_reader(text.as_bytes()).headers().unwrap().clone();
        let at = |name: &str| headers.iter().position(|header| header == name).unwrap();
        names.iter().map(|name| rows[row][at(name)].to_owned()).collect()
    };
    let names = ["number", "name", "run", "counts", "status", "notes"];
    assert_eq!(cells(0, names), ["17", "'=1+1 Ada", "1", "yes", "finished", ""]);
    assert_eq!(cells(1, names), ["17", "'=1+1 Ada", "2", "no", "void", "noise a drill next door"]);
    assert_eq!(cells(2, names), ["17", "'=1+1 Ada", "3", "no", "finished", ""]);
    assert_eq!(cells(3, names), ["18", "Grace Hopper", "", "no", "not taken", ""]);
    // 43 characters, of which the first starts the clock: 42 in 8.4 seconds are 60 words a minute.
    let figures = ["seconds", "gross_wpm", "errors", "net_wpm", "accuracy_percent", "policy"];
    assert_eq!(cells(0, figures), ["8.400", "60.00", "0", "60.00", "100.00", "best of 3 attempts"]);
    assert!(text.contains("\r\n") && text.is_ascii());
}

#[test]
fn no_cell_is_a_formula() {
    for (text, safe) in [
        ("Ada", "Ada"),
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-Ada", "'-Ada"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("＝1", "'＝1"),
        ("-12.5", "-12.5"),
        ("-", "'-"),
        ("a=1", "a=1"),
        ("A\u{202e}da", "Ada"),
        ("", ""),
    ] {
        assert_eq!(safe_cell(text), safe, "{text:?}");
    }
}

#[test]
fn a_log_gives_the_figures_again() {
    let taken = finished(1, 200);
    assert_eq!(recomputed(&taken.attempt), Ok(taken.outcome.score.unwrap()));
    assert!(recomputed(&taken.attempt[..taken.attempt.len() - 3]).is_err());
    assert!(recomputed(b"TPA\x01").is_err());
    assert_eq!(Taken::nothing(1).outcome, nothing(1));
    assert_eq!(candidate("1", "A").email, None);
}
