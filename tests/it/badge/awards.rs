//! Badges of practice and of courses: their bytes, what they say to people, and that others accept them.

use sha2::{Digest, Sha256};
use typeproof::badge::carry::link;
use typeproof::badge::carry::share::{Channel, Share};
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::claim::{Claim, ClaimError, Final, Gathered, Measured, Taught};
use typeproof::badge::credential::{self, Badge, Texts};
use typeproof::badge::draw::words;
use typeproof::badge::token::Token;
use typeproof::badge::verify::summary::{Kind, Summary};
use typeproof::lessons::catalogue::shipped_courses;
use typeproof::lessons::course::Course;
use typeproof::lessons::practice::Milestone;
use typeproof::trust::Assurance;

use super::interop::assert_accepted;
use crate::support::cast::{self, NOW, Who};
use crate::support::courses;
use crate::support::node;
use crate::support::records::{self, TEN_HOURS};

fn practice() -> (Claim, Texts) {
    let record = records::record(&TEN_HOURS);
    let claim = records::claim(Who::Learner, Assurance::SelfAssessed, &TEN_HOURS, &record);
    (claim, Texts::of_practice(records::ten()))
}

fn course() -> (Claim, Texts) {
    let course = courses::course("numbers");
    let texts = Texts::of_course(&course);
    let (claim, _) = practice();
    let Measured::Practice(gathered) = claim.measured else { panic!("no practice") };
    let gathered = Gathered { exercises: 13, ..gathered };
    let ended = Final { net_x100: 612_300, gross_x100: 630_000, accuracy_bp: 9_820 };
    let taught = Taught::new("us", "en").unwrap();
    (
        Claim { level: texts.reference(), measured: Measured::Course { gathered, ended, taught }, ..claim },
        texts,
    )
}

fn issue((claim, texts): &(Claim, Texts)) -> Badge {
    credential::issue(claim, texts, &Who::Learner.profile(), &Who::Learner.key()).unwrap()
}

#[test]
fn what_is_issued_is_read_and_rebuilt() {
    for (award, form) in [(practice(), 4), (course(), 7)] {
        let badge = issue(&award);
        assert_eq!(badge.token[0], form);
        let full = credential::full_token(&badge.token, &badge.credential).unwrap();
        let read = Token::read(&full).unwrap();
        assert_eq!(read.claim, award.0);
        let rebuilt = credential::rebuild(&read, &award.1, &Who::Learner.profile()).unwrap();
        assert_eq!(rebuilt, badge.credential, "byte for byte");
        let url = link::url("https://badges.example.org/v#", &badge.token);
        assert!(Symbol::new(&url).is_ok_and(|symbol| symbol.version() <= 10), "it fits a code");
    }
}

#[test]
fn no_other_bytes_are_a_claim() {
    for award in [practice(), course()] {
        let token = issue(&award).token;
        for length in 0..token.len() {
            assert!(Token::read(&token[..length]).is_err(), "cut to {length} bytes");
        }
        for form in (0..=255).filter(|form| ![1, 4, 7].contains(form)) {
            let mut other = token.clone();
            other[0] = form;
            assert_eq!(Token::read(&other).unwrap_err(), ClaimError::Version(form));
        }
    }
}

#[test]
fn numbers_that_contradict_each_other_are_no_claim() {
    let (claim, _) = course();
    let Measured::Course { gathered: g, ended: e, taught } = claim.measured else { panic!("no course") };
    let gathered = [
        ("figures-practice-none", Gathered { practised_s: 0, ..g }),
        ("figures-practice-long", Gathered { practised_s: g.span_s + 1, ..g }),
        ("figures-practice-days", Gathered { days: 0, ..g }),
        ("figures-practice-days", Gathered { days: 5, ..g }),
        ("figures-practice-days", Gathered { exercises: g.days - 1, ..g }),
        ("figures-practice-remarked", Gathered { remarked: g.exercises + 1, ..g }),
    ];
    let gathered = gathered.map(|(code, gathered)| (code, Measured::Course { gathered, ended: e, taught }));
    let ended = [
        ("figures-net", Final { net_x100: e.gross_x100 + 1, ..e }),
        ("figures-share", Final { accuracy_bp: 10_001, ..e }),
    ];
    let ended = ended.map(|(code, ended)| (code, Measured::Course { gathered: g, ended, taught }));
    let taught = [("", "en"), ("us", ""), ("US", "en"), ("us", "e n"), ("us", "én")];
    let taught = taught.map(|(layout, language)| {
        let taught = Taught::new(layout, language).unwrap();
        ("figures-course-ground", Measured::Course { gathered: g, ended: e, taught })
    });
    assert_eq!(Taught::new("a-layout-of-seventeen", "en"), None);
    for (code, measured) in gathered.into_iter().chain(ended).chain(taught) {
        let other = Claim { measured, ..claim.clone() };
        assert_eq!(other.to_bytes().unwrap_err(), ClaimError::Figures(code));
    }
}

#[test]
fn people_are_told_what_was_measured_and_no_more() {
    let badge = issue(&practice()).credential;
    let summary = Summary::of(&badge);
    assert_eq!(summary.kind, Kind::Practice);
    assert_eq!(
        words::figures(&summary),
        ["Practice 10.0 hours (required 10)", "Days with practice 4", "Exercises 5"]
    );
    assert_eq!(words::period(&summary).unwrap(), "2026-11-20 to 2026-11-23");
    assert!(words::assurance(&summary, false).ends_with("Nobody else observed the practice."));
    let text = Share::new(&badge, "123", "").form(Channel::Text).unwrap();
    for part in ["10 hours of typing practice", "Practice 10.0 hours", "days with practice 4"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let said = summary.criteria.as_str();
    assert!(
        said.contains("longer than 5 seconds, none of it counts") && said.contains("not how well"),
        "{said}"
    );
    let summary = Summary::of(&issue(&course()).credential);
    assert_eq!(summary.kind, Kind::Course);
    assert_eq!(
        words::figures(&summary)[..4],
        [
            "Net speed in the final test 6123.0 KPH (required 6000)",
            "Accuracy in the final test 98.2 % (required 97)",
            "Lessons passed 13",
            "Keyboard layout and language us, en",
        ]
    );
    assert!(words::assurance(&summary, true).ends_with("Nobody else observed the course."));
}

#[test]
fn published_libraries_accept_them() {
    if !node::ready() {
        return;
    }
    let texts = [practice(), course()].map(|award| credential::text(&issue(&award).credential));
    assert_accepted(&[("practice", &texts[0], NOW), ("course", &texts[1], NOW)]);
}

/// Badges name the digest of a course, and their records are judged by the texts that its lessons have: a change of either is
/// another version of the course.
#[test]
fn a_course_is_the_same_for_ever() {
    let grounds = [("us", "en"), ("de", "de"), ("fr", "fr"), ("es", "es"), ("dvorak", "en")];
    let texts = |course: &Course| {
        let mut digest = Sha256::new();
        for (layout, language) in grounds {
            courses::on(layout, language, |ground| {
                for lesson in course.lessons(ground) {
                    digest.update(lesson.exercise(ground, 5).unwrap().text.to_string());
                }
            });
        }
        data_encoding::HEXLOWER.encode(&digest.finalize()[..16])
    };
    let line =
        |course: &Course| format!("{} {} {}", course.code(), Texts::of_course(course).urn(), texts(course));
    let found: Vec<String> = shipped_courses().map(line).collect();
    let pinned = include_str!("../../data/badge/courses.txt");
    assert_eq!(found, pinned.lines().collect::<Vec<_>>(), "give the course a new version");
}

#[test]
fn a_milestone_is_the_same_for_ever() {
    let found: Vec<String> = Milestone::all().map(|milestone| Texts::of_practice(milestone).urn()).collect();
    let pinned = include_str!("../../data/badge/milestones.txt");
    assert_eq!(found, pinned.lines().collect::<Vec<_>>(), "badges name these digests");
    assert_eq!(cast::NAME, Summary::of(&issue(&practice()).credential).holder[0]);
}
