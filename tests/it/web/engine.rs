//! The page's engine against the program: the vectors of the verifier and many odd inputs give the very same answers,
//! in the same words, by WebCrypto and without it.

mod edges;

use std::collections::BTreeMap;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use ed25519_dalek::Signature;
use serde::Deserialize;
use serde_json::{Value, json};
use typeproof::badge::credential::Texts;
use typeproof::badge::reasons::{Parameter, Reason};
use typeproof::badge::template;
use typeproof::badge::verify::Report;
use typeproof::badge::verify::status::List;
use typeproof::desk::credential_text;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::practice::Milestone;
use typeproof::trust::multikey;
use typeproof::web::data::{self, PageData};

use crate::support::cast;
use crate::support::vector::{self, Vector};

/// What the script found.
#[derive(Deserialize)]
struct Output {
    /// For each job the answer with WebCrypto and that without.
    results: Vec<[Found; 2]>,
    /// The template filled with each level.
    filled: Vec<Value>,
    /// Whether each signature fits: with WebCrypto, without, and in browsers whose WebCrypto lacks it or has it wrong.
    fits: Vec<Vec<bool>>,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Found {
    outcome: String,
    /// By question: the answer, the codes of its reason and of those within it, and the reason.
    answers: BTreeMap<String, (String, Vec<String>, String)>,
    sentence: String,
    summary: Value,
    file: Option<String>,
}

/// Reasons whose words are the page's own.
pub const OWN_WORDS: [&str; 8] = [
    // The program's end with what its parser, or the decoder of UTF-8, says.
    "json-syntax",
    "claim-damaged",
    // The program's name an option or a command; the page says what to do here.
    "token-level",
    "token-issuer",
    "did-no-document",
    "status-missing",
    "no-log",
    "no-record",
];

/// A signature to be checked: texts in hexadecimal. The points are made with known scalars, and with a point of order 8.
#[derive(Deserialize)]
struct Signed {
    what: String,
    key: String,
    message: String,
    signature: String,
}

fn signatures() -> Vec<Signed> {
    serde_json::from_str(include_str!("../../data/signatures.json")).unwrap()
}

/// A value for each hole of the template besides the level's.
fn holes() -> Value {
    let overlays = template::overlays().unwrap().into_iter().flat_map(|(_, places)| places);
    let overlays = overlays.map(|(_, part)| part.to_string()).collect::<String>();
    let names = [template::credential_1().unwrap().to_string(), overlays].concat();
    let part = |room: &str| -> Value {
        let mark = format!("{{{room}.");
        let pieces = names.split(&mark).skip(1);
        pieces.map(|piece| piece.split('}').next().unwrap()).map(|name| (name, format!("<{name}>"))).collect()
    };
    json!({"issuer": part("issuer"), "claim": part("claim")})
}

/// A vector as the script takes it.
fn job(vector: &Vector) -> Value {
    let now: DateTime<Utc> = vector.now.parse().unwrap();
    json!({
        "kind": vector.kind,
        "given": vector.given,
        "now": now.timestamp_millis(),
        "holder": vector.holder,
        "data": {
            "issuers": vector.trust().issuers().iter().map(data::issuer).collect::<Vec<_>>(),
            "documents": vector.did_documents,
            "status": vector.statuses().iter().map(List::to_json).collect::<Vec<_>>(),
        },
    })
}

/// A page has neither the attempt file nor the user's own key.
fn as_a_page(vector: &Vector) -> Vector {
    Vector { attempt: None, yourself: None, ..vector.clone() }
}

fn node(jobs: &[Vector], signatures: &Value) -> Option<Output> {
    if Command::new("node").arg("--version").output().is_err() {
        println!("SKIPPED: the page's engine is not compared, since the node command is not installed");
        return None;
    }
    let catalogue = Catalogue::embedded();
    let built = cast::NOW.parse().unwrap();
    let page = PageData { catalogue: &catalogue, issuers: &[], documents: &[], statuses: &[], built };
    let whole = json!({
        "base": page.to_json().unwrap(),
        "jobs": jobs.iter().map(job).collect::<Vec<_>>(),
        "holes": holes(),
        "signatures": signatures,
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jobs.json");
    std::fs::write(&file, whole.to_string()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/engine.mjs");
    let output = Command::new("node").arg(script).arg(&file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// The code of a reason, and those of the reasons within it, as the script gives them.
pub fn codes_of(reason: &Reason) -> Vec<String> {
    let within = reason.parameters().iter().flat_map(|(_, value)| match value {
        Parameter::Reason(within) => codes_of(within),
        Parameter::Text(_) | Parameter::Number(_) => Vec::new(),
    });
    std::iter::once(reason.code().to_owned()).chain(within).collect()
}

/// What differs between the page's answers and the program's.
fn difference(found: &Found, report: &Report) -> Option<String> {
    let outcome = serde_json::to_value(report.verdict.outcome()).unwrap();
    let file = report.credential.as_ref().map(credential_text);
    let facts = serde_json::to_value(&report.summary).unwrap();
    let answers = report.verdict.answers();
    let other = answers.iter().find_map(|(name, answer)| {
        let (is, codes, why) = &found.answers[*name];
        let own = OWN_WORDS.contains(&codes[0].as_str());
        let expected = codes_of(answer.reason());
        let same = *is == answer.word().replace(' ', "-") && (own || *why == answer.why());
        (!same || *codes != expected).then(|| {
            let word = answer.word();
            format!("{name}: {is}, {codes:?}: {why}\n  for {word}, {expected:?}: {}", answer.why())
        })
    });
    let own = found.answers.values().any(|(_, codes, why)| {
        OWN_WORDS.contains(&codes[0].as_str()) && found.sentence.contains(why.as_str())
    });
    let sentence = report.verdict.sentence();
    match () {
        () if outcome != found.outcome.as_str() => {
            Some(format!("{} for {outcome}: {}", found.outcome, found.sentence))
        }
        () if other.is_some() => other,
        () if !own && found.sentence != sentence => Some(format!("{} for {sentence}", found.sentence)),
        () if facts != found.summary => Some(format!("facts {} for {facts}", found.summary)),
        () if file != found.file => Some(format!("another file: {:?} for {file:?}", found.file)),
        () => None,
    }
}

/// Compares all jobs; gives how many closing sentences are the program's own.
fn compare(jobs: &[Vector]) -> Option<usize> {
    let mut same = 0;
    let (output, reports) = thread::scope(|scope| {
        let halves = jobs.chunks(jobs.len() / 2 + 1);
        let report = |half| scope.spawn(move || Vec::from_iter(<[Vector]>::iter(half).map(Vector::report)));
        let handles: Vec<_> = halves.map(report).collect();
        let output = node(jobs, &json!([]));
        (output, handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect::<Vec<_>>())
    });
    let mut failed = Vec::new();
    for ((job, report), [quick, slow]) in jobs.iter().zip(&reports).zip(&output?.results) {
        let shown: String = job.given.chars().take(60).collect();
        failed.extend(difference(quick, report).map(|what| format!("{} ({shown}): {what}", job.what)));
        if quick != slow {
            failed.push(format!("{}: another answer without WebCrypto: {}", job.what, slow.sentence));
        }
        if !quick.sentence.contains(&job.expect.why) {
            failed.push(format!("{}: {} does not say {}", job.what, quick.sentence, job.expect.why));
        }
        same += usize::from(quick.sentence == report.verdict.sentence());
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), jobs.len(), failed.join("\n"));
    Some(same)
}

#[test]
fn every_vector_has_the_programs_answers() {
    let stated = |vector: Vector| {
        // Whoever has the attempt file, or whose own key it is, gets another answer: here the program's without them.
        let asks_more = vector.attempt.is_some() || vector.yourself.is_some();
        let mut page = as_a_page(&vector);
        page.expect.why = if asks_more { String::new() } else { vector.expect.why };
        page
    };
    let jobs: Vec<Vector> = vector::all().map(|(_, vector)| stated(vector)).collect();
    let Some(same) = compare(&jobs) else { return };
    println!("{same} of {} closing sentences are the program's own", jobs.len());
}

#[test]
fn odd_inputs_have_the_programs_answers() {
    let jobs = edges::made();
    let Some(same) = compare(&jobs) else { return };
    println!("{same} of {} closing sentences are the program's own", jobs.len());
}

#[test]
fn white_space_of_any_length_is_read_at_once() {
    let begun = Instant::now();
    if compare(&edges::spacious()).is_none() {
        return;
    }
    // A second or two; a search that takes the square of the length takes minutes.
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[test]
fn signatures_fit_as_strictly_as_in_the_program() {
    let all = signatures();
    let texts: Vec<Value> =
        all.iter().map(|s| json!({"key": s.key, "message": s.message, "signature": s.signature})).collect();
    let Some(output) = node(&[], &texts.into()) else { return };
    let bytes = |text: &str| HEXLOWER.decode(text.as_bytes()).unwrap();
    for (signed, fits) in all.iter().zip(output.fits) {
        let key = multikey::from_bytes(&bytes(&signed.key).try_into().unwrap());
        let signature = Signature::from_slice(&bytes(&signed.signature)).unwrap();
        let expected = key.is_ok_and(|key| key.verify_strict(&bytes(&signed.message), &signature).is_ok());
        assert!(fits.len() > 2 && fits.iter().all(|fit| *fit == expected), "{}: {fits:?}", signed.what);
    }
}

#[test]
fn levels_unpack_to_what_the_template_needs() {
    let Some(output) = node(&[], &json!([])) else { return };
    let catalogue = Catalogue::embedded();
    let fill = |texts: Texts| {
        let mut holes = holes();
        holes["level"] = texts.holes();
        template::expand(&texts.template().unwrap(), &holes).unwrap()
    };
    let milestones = Milestone::all().map(Texts::of_practice);
    let courses = catalogue.courses().map(Texts::of_course);
    let all = catalogue.all_levels().map(Texts::of).chain(milestones).chain(courses);
    let expected: Vec<Value> = all.map(fill).collect();
    assert!(expected.len() >= 55);
    assert_eq!(output.filled, expected);
}
