//! Reasons: each code has words in both languages with the same holes, each is used, and no sentence has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use typeproof::badge::carry::bake::BakeError;
use typeproof::badge::carry::digits::DigitsError;
use typeproof::badge::carry::link::LinkError;
use typeproof::badge::claim::ClaimError;
use typeproof::badge::holder::HolderError;
use typeproof::badge::reasons::{self, Language, Reason};
use typeproof::badge::vc::canon::CanonError;
use typeproof::badge::vc::context::ContextError;
use typeproof::badge::vc::did::DidError;
use typeproof::badge::vc::json::JsonError;
use typeproof::badge::vc::proof::ProofError;
use typeproof::badge::vc::rdf::RdfError;
use typeproof::badge::verify::form::FormError;
use typeproof::badge::verify::status::{LENGTH_MAX, LENGTH_MIN, StatusError};
use typeproof::badge::verify::verdict::Answer;
use typeproof::trust::NameError;
use typeproof::trust::multikey::KeyError;
use typeproof::typing::bytes::BytesError;

fn text(text: &str) -> String {
    text.to_owned()
}

fn all<E: Display>(errors: impl IntoIterator<Item = E>) -> Vec<String> {
    errors.into_iter().map(|error| error.to_string()).collect()
}

/// Every error from which a refusal is made, each in all its forms.
fn errors() -> Vec<String> {
    let keys = [KeyError::Form, KeyError::Kind, KeyError::Point, KeyError::Weak];
    let names = || [NameError::Empty, NameError::TooLong, NameError::Control(text("a\u{202e}'\"b"))];
    let bytes = || {
        [
            BytesError::Magic("an attempt file"),
            BytesError::Truncated("level"),
            BytesError::Trailing(3),
            BytesError::LongForm("figures"),
            BytesError::Value("assurance", 3),
            BytesError::Inflate(400),
            BytesError::Text("name", text("invalid utf-8")),
        ]
    };
    let holders = || {
        let own = [
            HolderError::LongName(text("M\u{e1}\"r"), 41),
            HolderError::Braces(text("{M}")),
            HolderError::Email(text("a\u{1b}@")),
        ];
        own.into_iter().chain(names().map(HolderError::Name))
    };
    let contexts = || {
        [
            ContextError::Missing,
            ContextError::Unknown { url: text("https://x.org/c") },
            ContextError::Inline { number: 2 },
            ContextError::TooMany { count: 9 },
        ]
    };
    [
        all(keys),
        all(names()),
        all(bytes()),
        all(holders()),
        claims(bytes().into(), holders().collect()),
        links(),
        all(contexts()),
        documents(contexts().into()),
        dids(keys.into()),
        proofs(),
        forms(),
        lists(),
        pictures(),
    ]
    .concat()
}

fn claims(bytes: Vec<BytesError>, holders: Vec<HolderError>) -> Vec<String> {
    let figures = [
        "figures-net",
        "figures-sums",
        "figures-right",
        "figures-neither",
        "figures-consistency",
        "figures-start",
        "figures-exam",
    ];
    let own = [ClaimError::Version(2), ClaimError::NotCanonical, ClaimError::Nobody];
    [
        all(own),
        all(figures.map(ClaimError::Figures)),
        all(bytes.into_iter().map(ClaimError::Bytes)),
        all(holders.into_iter().map(ClaimError::Holder)),
    ]
    .concat()
}

fn links() -> Vec<String> {
    let digits = || {
        [
            DigitsError::TooLong { digits: 2_000 },
            DigitsError::NotADigit { found: '\'', place: 4 },
            DigitsError::NotADigit { found: '\u{202e}', place: 5 },
            DigitsError::Length { digits: 18 },
            DigitsError::Overflow { group: 2, text: text("99999999999999999") },
        ]
    };
    let links = [
        LinkError::TooLong { bytes: 5_000 },
        LinkError::Empty,
        LinkError::Several,
        LinkError::NoFragment,
        LinkError::NotAWebAddress,
        LinkError::Host,
        LinkError::Character { found: '\'', place: 1 },
        LinkError::Character { found: '"', place: 2 },
        LinkError::Character { found: '\u{200b}', place: 3 },
        LinkError::Character { found: 'é', place: 4 },
        LinkError::Character { found: '{', place: 5 },
        LinkError::Base64 { characters: 5 },
        LinkError::PayloadTooLong { bytes: 401 },
    ];
    [all(digits()), all(links), all(digits().map(LinkError::Digits))].concat()
}

fn documents(contexts: Vec<ContextError>) -> Vec<String> {
    let json = [
        JsonError::TooLarge { size: 70_000 },
        JsonError::NotUtf8 { at: 6 },
        JsonError::Duplicate { path: text("/issuer"), name: text("id") },
        JsonError::TooDeep { path: text("/a/b") },
        JsonError::Number { path: text("/n") },
        JsonError::Syntax { why: text("expected value at line 1 column 2") },
    ];
    let path = || text("/credentialSubject");
    let voids = ["rdf-void-null", "rdf-void-array", "rdf-void-object", "rdf-void-nested"];
    let rdf = || {
        let own = [
            RdfError::NotAnObject,
            RdfError::Name { path: path() },
            RdfError::Alias { path: path() },
            RdfError::Id { path: path() },
            RdfError::Type { path: path() },
            RdfError::JsonLd { why: text("no {term}") },
            RdfError::JsonLd { why: text("Overriding the protected term name") },
            RdfError::JsonLd { why: text("Definition of id will be overridden even if it's protected") },
            RdfError::DataLoss { lost: 2, unknown: vec![] },
            RdfError::DataLoss { lost: 1, unknown: vec![text("\"colour\""), text("\"size\"")] },
            RdfError::Surplus { extra: 4 },
            RdfError::Alike { count: 9 },
            RdfError::Tangled,
        ];
        let voids = voids.map(|what| RdfError::Void { path: path(), what });
        own.into_iter().chain(voids).chain(contexts.clone().into_iter().map(RdfError::Context))
    };
    let canon = rdf().map(CanonError::Safe).chain([CanonError::Json { why: text("key must be a string") }]);
    [all(json), all(rdf()), all(canon)].concat()
}

fn dids(keys: Vec<KeyError>) -> Vec<String> {
    let (holder, method) = (|| text("did:web:x.org"), || text("did:web:x.org#k"));
    let own = [
        DidError::NoFragment { method: method() },
        DidError::OtherFragment { method: method() },
        DidError::Unsupported { method: method() },
        DidError::WebName { did: holder() },
        DidError::NoDocument { holder: holder(), address: text("https://x.org/.well-known/did.json") },
        DidError::NotListed { holder: holder(), method: method() },
        DidError::Controller { holder: holder(), method: method() },
        DidError::Withdrawn { holder: holder(), method: method(), mark: "revoked" },
        DidError::Form { holder: holder(), method: method() },
    ];
    [all(own), all(keys.into_iter().map(|why| DidError::Key { method: method(), why }))].concat()
}

fn proofs() -> Vec<String> {
    let proofs = || {
        [
            ProofError::AlreadyThere,
            ProofError::Missing,
            ProofError::TooMany { count: 9 },
            ProofError::NoIssuer,
            ProofError::NotAnObject,
            ProofError::Member { name: "type" },
            ProofError::Type { found: text("X") },
            ProofError::Suite { found: text("Y") },
            ProofError::Purpose { found: text("authentication") },
            ProofError::Chained,
            ProofError::Time { name: "created" },
            ProofError::Context,
            ProofError::Value,
            ProofError::NotIssuer { method: text("did:key:a#a"), issuer: text("did:key:b") },
            ProofError::Key(DidError::Unsupported { method: text("x") }),
            ProofError::WeakKey,
            ProofError::Canon(CanonError::Safe(RdfError::Tangled)),
            ProofError::Signature,
        ]
    };
    let bad = proofs().map(|source| ProofError::Bad { number: 1, count: 2, source: Box::new(source) });
    [all(proofs()), all(bad)].concat()
}

fn forms() -> Vec<String> {
    let others = ["form-object", "form-text", "form-flag", "form-one"];
    let elsewhere = FormError::Elsewhere { id: text("urn:x"), path: text("/issuer"), name: "name" };
    let others = others.map(|what| FormError::Other { path: text("/id"), what });
    all(others.into_iter().chain([elsewhere]))
}

fn lists() -> Vec<String> {
    all([
        StatusError::Json(JsonError::NotUtf8 { at: 6 }),
        StatusError::Proof(ProofError::Missing),
        StatusError::Compromised { issuer: text("City College") },
        StatusError::Outside { index: 7, length: 5 },
        StatusError::Form(Reason::new("list-object")),
        StatusError::Form(Reason::new("list-member").with("name", "colour")),
        StatusError::Form(Reason::new("list-contexts")),
        StatusError::Form(Reason::new("list-type")),
        StatusError::Form(Reason::new("list-unnamed")),
        StatusError::Form(Reason::new("list-undated")),
        StatusError::Form(Reason::new("list-date").with("name", "validUntil")),
        StatusError::Form(Reason::new("list-subject")),
        StatusError::Form(Reason::new("list-subject-type")),
        StatusError::Form(Reason::new("list-purpose")),
        StatusError::Form(Reason::new("list-empty")),
        StatusError::Form(Reason::new("list-multibase")),
        StatusError::Form(Reason::new("list-base64")),
        StatusError::Form(Reason::new("list-gzip")),
        StatusError::Form(Reason::new("list-short").with("least", LENGTH_MIN)),
        StatusError::Form(Reason::new("list-long").with("most", LENGTH_MAX)),
        StatusError::Form(
            Reason::new("list-length")
                .with("length", 9u32)
                .with("least", LENGTH_MIN)
                .with("most", LENGTH_MAX),
        ),
    ])
}

fn pictures() -> Vec<String> {
    let forms =
        ["bake-form-kind", "bake-form-malformed", "bake-form-utf-8", "bake-form-element", "bake-form-prefix"];
    let png =
        ["bake-png-beginning", "bake-png-name", "bake-png-headers", "bake-png-no-header", "bake-png-behind"];
    let xml = [
        "bake-xml-utf-8",
        "bake-xml-early",
        "bake-xml-tag",
        "bake-xml-ampersand",
        "bake-xml-outside",
        "bake-xml-nothing",
        "bake-xml-crosswise",
        "bake-xml-second",
        "bake-xml-deep",
    ];
    let own = [
        BakeError::PictureTooLarge { size: 20_000_000 },
        BakeError::TooManyParts { most: 10_000 },
        BakeError::BadgeTooLarge { size: 70_000 },
        BakeError::OtherPicture { kind: "JPEG" },
        BakeError::Pdf,
        BakeError::OtherXml,
        BakeError::NoBadge,
        BakeError::Several,
        BakeError::OpenBadges2,
        BakeError::Token,
        BakeError::Compressed,
        BakeError::Incomplete,
        BakeError::Checksum { chunk: text("IHDR") },
        BakeError::Declarations,
        BakeError::Entity { name: text("nbsp") },
    ];
    [
        all(own),
        all(forms.map(|what| BakeError::Form { what })),
        all(png.map(|what| BakeError::Png { what })),
        all(xml.map(|what| BakeError::Xml { what })),
    ]
    .concat()
}

/// The words of one part of the texts: by code, and by language.
type Part = BTreeMap<String, BTreeMap<String, String>>;

/// The three parts: for both, for the program alone, for the page alone.
fn parts() -> BTreeMap<String, Part> {
    serde_json::from_str(reasons::TEXTS).unwrap()
}

/// The names of a text's holes.
fn holes(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|piece| piece.split_once('}').unwrap().0).collect()
}

#[test]
fn every_code_has_words_in_both_languages_with_the_same_holes() {
    let parts = parts();
    assert_eq!(parts.keys().collect::<Vec<_>>(), ["both", "page", "program"]);
    for (code, words) in parts.values().flatten() {
        assert_eq!(words.keys().collect::<Vec<_>>(), ["de", "en"], "{code}");
        assert_eq!(holes(&words["en"]), holes(&words["de"]), "{code}");
        assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{code}");
    }
    assert!(parts["both"].len() > 150, "{}", parts["both"].len());
    for own in ["program", "page"] {
        assert!(parts[own].keys().all(|code| !parts["both"].contains_key(code)), "{own}: each in one place");
    }
}

#[test]
fn no_sentence_of_an_error_has_changed() {
    let golden = include_str!("../../data/badge/refusals.txt");
    assert_eq!(errors(), golden.lines().collect::<Vec<_>>());
}

/// The texts in quotation marks of all sources below a folder, without comments: those that could be codes, and those
/// that end in a hyphen, to which the page's script adds the rest.
fn literals(folder: &Path, extension: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(literals(&entry, extension));
        } else if entry.extension().is_some_and(|own| own == extension) {
            let text = fs::read_to_string(&entry).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let plain = |text: &&str| {
                let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                !text.is_empty() && text.bytes().all(letter)
            };
            let quoted = |line: &str| {
                let pieces =
                    line.replace("${", "\"").split(['"', '`']).map(str::to_owned).collect::<Vec<_>>();
                pieces.into_iter().filter(|text| plain(&text.as_str())).collect::<Vec<_>>()
            };
            found.extend(code.flat_map(quoted));
        }
    }
    found
}

fn sources(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)
}

/// The codes that a reader has words for.
fn codes(own: &str) -> BTreeSet<String> {
    let mut parts = parts();
    let both = parts.remove("both").unwrap().into_keys();
    both.chain(parts.remove(own).unwrap().into_keys()).collect()
}

#[test]
fn every_code_is_used_by_the_program() {
    let used = literals(&sources(""), "rs");
    let unused: Vec<String> = codes("program").into_iter().filter(|code| !used.contains(code)).collect();
    assert!(unused.is_empty(), "no reason has the code {unused:?}");
}

#[test]
fn every_code_is_used_by_the_page() {
    let used = literals(&sources("web/page"), "mjs");
    let made = |code: &str| {
        let ends = code.match_indices('-').map(|(at, _)| code.split_at(at + 1));
        ends.into_iter().any(|(front, rest)| used.contains(front) && used.contains(rest))
    };
    let unused: Vec<String> =
        codes("page").into_iter().filter(|code| !used.contains(code) && !made(code)).collect();
    assert!(unused.is_empty(), "no reason has the code {unused:?}");
}

#[test]
fn every_code_that_the_program_uses_has_words() {
    let known = codes("program");
    let family = |code: &str| code.split_once('-').map(|(first, _)| first.to_owned());
    let families: BTreeSet<String> = known.iter().filter_map(|code| family(code)).collect();
    let used = literals(&sources("badge"), "rs");
    let unknown: Vec<&String> = used
        .iter()
        .filter(|code| family(code).is_some_and(|first| families.contains(&first)))
        .filter(|code| !known.contains(*code))
        .collect();
    assert!(unknown.is_empty(), "there are no words for {unknown:?}");
}

#[test]
fn an_answer_as_json_has_its_code_and_its_parameters() {
    let expired = Reason::new("proof-bad")
        .with("number", 1u32)
        .with("count", 2u32)
        .with("why", Reason::new("proof-type").with("found", "X"));
    let expected = json!({
        "answer": "no",
        "why": "proof 1 of 2: the proof is of type \"X\", not DataIntegrityProof",
        "code": "proof-bad",
        "parameters": {
            "number": 1,
            "count": 2,
            "why": {"code": "proof-type", "parameters": {"found": "X"}},
        },
    });
    assert_eq!(json!(Answer::No(expired.clone())), expected);
    assert_eq!(
        expired.text(Language::German),
        "Unterschrift 1 von 2: sie ist vom Typ „X“, nicht DataIntegrityProof"
    );
}

#[test]
fn what_fills_a_hole_is_not_looked_at_again() {
    let name = "{name} {issuer} {";
    let reason = Reason::new("issuer-unknown").with("key", name).with("name", "x");
    assert!(reason.to_string().contains(": its key is {name} {issuer} {, and it calls itself x"), "{reason}");
}
