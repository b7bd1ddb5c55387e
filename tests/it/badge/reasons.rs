//! Reasons: each code has words in both languages with the same holes, each is used, and no sentence has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use typeproof::badge::carry::bake::BakeError;
use typeproof::badge::carry::digits::DigitsError;
use typeproof::badge::carry::link::LinkError;
use typeproof::badge::claim::ClaimError;
use typeproof::badge::holder::HolderError;
use typeproof::badge::reasons;
use typeproof::badge::vc::canon::CanonError;
use typeproof::badge::vc::context::ContextError;
use typeproof::badge::vc::did::DidError;
use typeproof::badge::vc::json::JsonError;
use typeproof::badge::vc::proof::ProofError;
use typeproof::badge::vc::rdf::RdfError;
use typeproof::badge::verify::form::FormError;
use typeproof::badge::verify::status::StatusError;
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
        "net above gross",
        "sums that do not fit",
        "more right than typed",
        "characters that are neither right nor wrong",
        "consistency above 100 %",
        "a start before 2024",
        "the examination",
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
    let voids = ["null", "an empty array", "an empty object", "an array in an array"];
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
    let others = ["an object", "one text", "true or false", "one object"];
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
        StatusError::Form(text("it is no JSON object")),
        StatusError::Form(text("it has the member \"colour\", which is not known here")),
        StatusError::Form(text("its contexts do not begin with credentials/v2")),
        StatusError::Form(text("its type is not VerifiableCredential and BitstringStatusListCredential")),
        StatusError::Form(text("it has no id or no issuer")),
        StatusError::Form(text("it has no validFrom")),
        StatusError::Form(text("validUntil is no date with a time zone")),
        StatusError::Form(text("its subject is not one object")),
        StatusError::Form(text("its subject is no BitstringStatusList")),
        StatusError::Form(text("its purpose is neither revocation nor suspension")),
        StatusError::Form(text("it has no encodedList")),
        StatusError::Form(text("its encodedList is not multibase base64url, which begins with u")),
        StatusError::Form(text("its encodedList is not base64url")),
        StatusError::Form(text("its encodedList is not gzip, or not all of it is there")),
        StatusError::Form(text("it has fewer than 131072 places")),
        StatusError::Form(text("it has more than 1048576 places, which are not read")),
        StatusError::Form(text("9 places; 131072 to 1048576 in whole bytes are read")),
    ])
}

fn pictures() -> Vec<String> {
    let forms = [
        "its chunk is not iTXt",
        "its iTXt chunk is malformed",
        "it is not UTF-8",
        "its element holds more than a text",
        "the prefix openbadges stands for something else",
    ];
    let png = [
        "its first bytes were changed, as by a transfer of text",
        "a chunk has no name",
        "it has two headers",
        "it does not begin with its header",
        "something follows its end",
    ];
    let xml = [
        "it is not UTF-8",
        "it ends too early",
        "a tag is malformed",
        "an & stands alone",
        "a text stands outside",
        "it has no element",
        "an element ends that did not begin",
        "it has a second element outside",
        "it nests too deep",
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
