//! Badges in sentences: figures for people, what was required of them, and times in words.

use serde_json::json;
use typeproof::badge::carry::link;
use typeproof::badge::carry::share::{Channel, Share};
use typeproof::badge::draw::words::{self, Figure};
use typeproof::badge::verify::summary::Summary;
use typeproof::lessons::decimal;
use typeproof::trust::Assurance;

use super::pictures::{BASE, noted};
use crate::support::cast::COLLEGE;

fn amount(name: &str, value: &str) -> String {
    Figure::of(name, value, None).amount()
}

/// One decimal place, cut: nobody's figure is shown higher than it is, and what is no number stays as it is.
#[test]
fn figures_have_one_decimal_place() {
    for (value, shown) in [
        ("62.12", "62.1"),
        ("59.99", "59.9"),
        ("100.00", "100.0"),
        ("99.96", "99.9"),
        ("2.5", "2.5"),
        ("3", "3"),
        ("0", "0"),
        ("1234567890123456789.987654321", "1234567890123456789.9"),
        ("", ""),
        (".5", ".5"),
        ("5.", "5."),
        ("1.2.3", "1.2.3"),
        ("-1.25", "-1.25"),
        ("1,25", "1,25"),
        ("fast", "fast"),
        ("٣.١٤", "٣.١٤"),
    ] {
        assert_eq!(amount("Speed", value), shown, "{value:?}");
    }
    assert_eq!(amount("Net speed, WPM (gross less the penalty)", "62.12"), "62.1 WPM");
    assert_eq!(amount("Accuracy, percent", "97.79"), "97.7 %");
}

#[test]
fn what_was_required_stands_beside_what_was_achieved() {
    let summary = Summary::of(&COLLEGE.credential);
    let all: Vec<String> = Figure::all(&summary).iter().map(Figure::in_full).collect();
    assert_eq!(
        all,
        ["Required 60 · Achieved 69.7 WPM", "71.3 WPM", "Required 97 · Achieved 98.3 %", "8", "94.5 %"]
    );
    assert_eq!(
        words::figures(&summary)[..3],
        ["Net speed 69.7 WPM (required 60)", "Gross speed 71.3 WPM", "Accuracy 98.3 % (required 97)"]
    );
}

/// A badge of others chooses what it requires; only a number is shown.
#[test]
fn a_requirement_is_a_number_or_is_not_shown() {
    for (value, shown) in [
        (json!("60"), Some("60")),
        (json!("96.5"), Some("96.5")),
        (json!(60), None),
        (json!(""), None),
        (json!("at least 60"), None),
        (json!("60 · Achieved 999"), None),
        (json!("1234567890123"), None),
        (json!("-1"), None),
        (json!("٦٠"), None),
        (json!(["60"]), None),
    ] {
        let mut credential = COLLEGE.credential.clone();
        credential["credentialSubject"]["achievement"]["resultDescription"][0]["requiredValue"] =
            value.clone();
        let figures = Figure::all(&Summary::of(&credential));
        assert_eq!(figures[0].required.as_deref(), shown, "{value}");
        assert_eq!(figures[0].amount(), "69.7 WPM");
    }
}

#[test]
fn durations_are_words() {
    for (to, shown) in [
        ("10:05:00", Some("5 minutes")),
        ("10:01:00", Some("1 minute")),
        ("10:01:01", Some("1 minute 1 second")),
        ("10:02:30", Some("2 minutes 30 seconds")),
        ("10:00:45", Some("45 seconds")),
        ("10:00:00", Some("0 seconds")),
        ("12:00:00", Some("120 minutes")),
        ("09:59:59", None),
        ("later", None),
    ] {
        let mut credential = COLLEGE.credential.clone();
        credential["credentialSubject"]["activityStartDate"] = json!("2026-11-23T10:00:00Z");
        credential["credentialSubject"]["activityEndDate"] = json!(format!("2026-11-23T{to}Z"));
        assert_eq!(words::duration(&Summary::of(&credential)).as_deref(), shown, "{to}");
    }
}

/// A figure that is shown reaches a threshold of one decimal place exactly where the figure itself does.
#[test]
fn what_is_shown_passes_where_the_figure_does() {
    for (asked_x10, more) in [(600, ""), (975, ".5"), (1, ".1")] {
        for x100 in 0..12_000_u64 {
            let shown = decimal::figure(x100);
            let tenths: u64 = shown.replace('.', "").parse().unwrap();
            assert_eq!(tenths >= asked_x10, x100 >= asked_x10 * 10, "{shown} beside {asked_x10}{more}");
        }
    }
}

/// The same figure reads the same in a table, in a sentence of what is missing, and on the badge.
#[test]
fn one_figure_has_one_form() {
    assert_eq!(decimal::figure(9_769), "97.6");
    assert_eq!(decimal::figure_of("97.69"), "97.6");
    assert_eq!(decimal::missed(9_800, 9_769), ("97.6".to_owned(), "0.4".to_owned()));
    assert_eq!(
        decimal::missed(9_775, 9_774),
        ("97.74".to_owned(), "0.01".to_owned()),
        "else they would be the same"
    );
    assert_eq!(decimal::missed(6_000, 0), ("0".to_owned(), "60".to_owned()));
}

/// What the program noted of a test is said wherever the supervision is.
#[test]
fn what_was_noted_stands_beside_the_supervision() {
    let noted = noted(Assurance::SelfAssessed);
    let summary = Summary::of(&noted.credential);
    let said = words::circumstances(&summary, true);
    assert!(said.starts_with("Self-assessed: signed by a key on your own machine."), "{said}");
    assert!(said.contains("Noted by the program: 4000000 characters came at the same moment"), "{said}");
    let link = link::url(BASE, &noted.token);
    for form in [Channel::Text, Channel::Markdown, Channel::Html] {
        let text = Share::new(&noted.credential, &link, BASE).form(form).unwrap();
        assert!(text.contains("4000000 characters"), "{text}");
    }
}
