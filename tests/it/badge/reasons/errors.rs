//! Every error from which a refusal is made, in words.

use std::fmt::Display;

use typeproof::badge::carry::bake::BakeError;
use typeproof::badge::carry::digits::DigitsError;
use typeproof::badge::carry::link::LinkError;
use typeproof::badge::claim::ClaimError;
use typeproof::badge::holder::HolderError;
use typeproof::badge::reasons::Reason;
use typeproof::badge::vc::canon::CanonError;
use typeproof::badge::vc::context::ContextError;
use typeproof::badge::vc::did::DidError;
use typeproof::badge::vc::json::JsonError;
use typeproof::badge::vc::proof::ProofError;
use typeproof::badge::vc::rdf::RdfError;
use typeproof::badge::verify::form::FormError;
use typeproof::badge::verify::status::{LENGTH_MAX, LENGTH_MIN, StatusError};
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
pub(super) fn errors() -> Vec<String> {
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
            HolderError::LongName(text("M\u{e1}\"r"), 41, 40),
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
    let own = [ClaimError::Version(9), ClaimError::NotCanonical, ClaimError::Nobody];
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
        LinkError::NoBadge,
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
    let voids = ["rdf-void-object", "rdf-void-nested"];
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
        BakeError::PdfNone,
        BakeError::PdfSeveral,
        BakeError::PdfEncrypted,
        BakeError::PdfCut,
        BakeError::PdfDamaged,
        BakeError::PdfPacked,
        BakeError::PdfLarge,
        BakeError::OtherXml,
        BakeError::NoBadge,
        BakeError::Several,
        BakeError::OpenBadges2,
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
