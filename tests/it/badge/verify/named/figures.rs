//! Figures that no test under the stated rules gives, and figures that are stated otherwise than they are counted.

use serde_json::{Value, json};
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Figures, Measured};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::super::good::PAGE;
use super::super::resigned::resigned;
use super::{Cases, issued, own};
use crate::support::cast::{self, LEARNER, TYPED, Who};
use crate::support::vector::Vector;

/// What a program could put into the claim of a shipped level's badge.
pub(super) fn impossible() -> Cases {
    let with = |figures: Figures| {
        let claim = Claim {
            measured: Measured::of_test(figures),
            ..cast::claim(Who::Learner, Assurance::SelfAssessed)
        };
        cast::issue(Who::Learner, &claim)
    };
    let of = |what, figures, why| own(what, &with(figures).credential, why);
    let typed = TYPED.figures;
    let faster = Catalogue::embedded().level("speed-120").unwrap().clone();
    let hundred = Figures { net_x100: 9_999, gross_x100: 9_999, ..typed };
    vec![
        (
            "impossible-time-none",
            of(
                "Five minutes in no time.",
                Figures { duration_ms: 0, ..typed },
                "its figures cannot be right: a test that took no time",
            ),
        ),
        (
            "impossible-time-short",
            of(
                "Five minutes in less than a second.",
                Figures { duration_ms: 800, ..typed },
                "a test of 300 s that took 0.8 s",
            ),
        ),
        (
            "impossible-time-short-by-a-little",
            of(
                "A millisecond is missing.",
                Figures { duration_ms: 299_999, ..typed },
                "a test of 300 s that took 299.999 s",
            ),
        ),
        (
            "impossible-time-long",
            of(
                "A second more than there is.",
                Figures { duration_ms: 301_000, ..typed },
                "longer than it lasts",
            ),
        ),
        (
            "impossible-gross",
            of("More speed than characters.", hundred, "gross speed 99.99, where its counts and time give"),
        ),
        (
            "impossible-net",
            of(
                "Less taken off than the errors take.",
                Figures { net_x100: typed.gross_x100, ..typed },
                "net speed",
            ),
        ),
        (
            "impossible-errors",
            of(
                "Fewer errors than were left.",
                Figures { errors_x2: 0, net_x100: typed.gross_x100, ..typed },
                "uncorrected errors 0, where its counts and time give 8",
            ),
        ),
        (
            "impossible-errors-alone",
            of(
                "More errors than were left.",
                Figures { errors_x2: 18, net_x100: typed.net_x100 - 20, ..typed },
                "uncorrected errors 9, where",
            ),
        ),
        (
            "impossible-below-the-level",
            own(
                "Figures of 70 WPM for a level of 120.",
                &issued(Who::Learner, &faster, typed).credential,
                "they do not reach what the level asks",
            ),
        ),
        (
            "impossible-token-time-short",
            Vector::token(
                "The short time as a link.",
                link::url(PAGE, &with(Figures { duration_ms: 800, ..typed }).token),
            )
            .being(Who::Learner)
            .expect("refused", "yes no - no yes", "a test of 300 s that took 0.8 s"),
        ),
        (
            "impossible-by-a-trusted-issuer",
            Vector::credential("A school that states what cannot be.", &{
                let claim = Claim {
                    measured: Measured::of_test(hundred),
                    ..cast::claim(Who::College, Assurance::Proctored)
                };
                cast::issue(Who::College, &claim).credential
            })
            .expect("refused", "yes yes - no yes", "gross speed 99.99"),
        ),
    ]
}

/// What only a changed document says: rows and counts that do not belong together.
pub(super) fn misstated() -> Cases {
    let case = |what, case: Value, why| own(what, &resigned(Who::Learner, &LEARNER.credential, &case), why);
    let set = |pointer: &str, value: Value| json!({"set": {pointer: value}});
    let row = |n: usize| format!("/credentialSubject/result/{n}/value");
    let counts = LEARNER.credential["evidence"][0]["narrative"].as_str().unwrap();
    let evidence = &LEARNER.credential["evidence"][0];
    vec![
        (
            "impossible-accuracy",
            case(
                "An accuracy that the counts do not give.",
                set(&row(2), json!("99.99")),
                "accuracy 99.99, where its counts and time give",
            ),
        ),
        (
            "impossible-consistency",
            case("Above 100 %.", set(&row(4), json!("100.01")), "consistency above 100 %"),
        ),
        (
            "impossible-row-otherwise-written",
            case(
                "A figure in other digits.",
                set(&row(0), json!("69,72")),
                "a figure is missing, stated twice",
            ),
        ),
        (
            "impossible-row-missing",
            case(
                "No net speed.",
                json!({"remove": ["/credentialSubject/result/0"]}),
                "a figure is missing, stated twice",
            ),
        ),
        (
            "impossible-counts-missing",
            case("No counts.", json!({"remove": ["/evidence"]}), "the counts are missing, stated twice"),
        ),
        (
            "impossible-counts-twice",
            case(
                "Counts twice.",
                set("/evidence", json!([evidence, evidence])),
                "the counts are missing, stated twice",
            ),
        ),
        (
            "impossible-counts-otherwise-written",
            case(
                "A zero before a count.",
                set("/evidence/0/narrative", json!(counts.replace("C 1", "C 01"))),
                "the counts are missing",
            ),
        ),
        (
            "impossible-counts-fewer-than-stand",
            case(
                "Fewer right and wrong than stand.",
                set("/evidence/0/narrative", json!(counts.replace("C 1776", "C 1"))),
                "neither right nor wrong",
            ),
        ),
        (
            "impossible-counts-typed",
            case(
                "More typed than stand or were erased.",
                set(
                    "/evidence/0/narrative",
                    json!(counts.replace("1806 characters typed", "1906 characters typed")),
                ),
                "sums that do not fit",
            ),
        ),
        (
            "impossible-end",
            case(
                "It ended an hour later.",
                set("/credentialSubject/activityEndDate", json!("2026-11-20T11:05:00Z")),
                "beginning and end of the test",
            ),
        ),
        (
            "impossible-beginning",
            case(
                "It never began.",
                json!({"remove": ["/credentialSubject/activityStartDate"]}),
                "beginning and end of the test",
            ),
        ),
    ]
}
