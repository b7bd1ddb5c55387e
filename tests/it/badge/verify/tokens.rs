//! Links and tokens that are damaged, altered, or written in a second way.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::Signer;
use typeproof::badge::carry::digits;
use typeproof::badge::carry::link;
use typeproof::badge::claim::Claim;
use typeproof::badge::credential::{self, IssuerProfile, Texts};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::Named;
use super::good::PAGE;
use crate::support::cast::{self, COLLEGE, LEARNER, Who};
use crate::support::vector::{NOTHING, Vector};

const UNFIT: &str = "the signature does not fit what the code says";
const SIGNATURE: usize = 64;
/// Where the holder's name begins in the college's token: version, flags, level, hint.
pub const NAME_AT: usize = 2 + 4 + 4;
/// Where net speed begins: name with its length, e-mail hash, salt.
const NET_AT: usize = NAME_AT + 1 + cast::NAME.len() + 32 + 8;

pub fn made() -> Named {
    let all = [links(), bytes(), signatures(), unknown()].concat();
    all.into_iter().map(|(name, vector)| (format!("token-{name}"), vector)).collect()
}

type Cases = Vec<(&'static str, Vector)>;

/// The text of a link.
fn links() -> Cases {
    let url = link::url(PAGE, &COLLEGE.token);
    let digits = digits::encode(&COLLEGE.token);
    let base64 = BASE64URL_NOPAD.encode(&COLLEGE.token);
    let cut = |n: usize| digits[..digits.len() - n].to_owned();
    let overflow = format!("99999999999999999{}", &digits[17..]);
    let mut digit = digits.clone();
    digit.replace_range(40..41, if &digits[40..41] == "3" { "4" } else { "3" });
    let changed_last = {
        let last = base64.chars().last().unwrap();
        let next = char::from_u32(last as u32 + 1).unwrap();
        format!("{}{next}", &base64[..base64.len() - 1])
    };
    let given = |what, text: String, why| Vector::token(what, text).refused(why);
    vec![
        (
            "cut-off",
            given(
                "The last group of digits is gone.",
                digits[..digits.len() / 17 * 17].to_owned(),
                "the badge code is",
            ),
        ),
        ("one-digit-less", given("The last digit is gone.", cut(1), "the badge's digits cannot be read")),
        (
            "half",
            given(
                "Half of the digits, whole groups.",
                digits[..digits.len() / 34 * 17].to_owned(),
                "is cut off at",
            ),
        ),
        ("digit-changed", given("One digit is another.", digit, "the badge code is damaged: name")),
        (
            "digits-exchanged",
            given(
                "Two groups in each other's place.",
                format!("{}{}{}", &digits[17..34], &digits[..17], &digits[34..]),
                "the badge code is of format 117",
            ),
        ),
        ("group-overflow", given("A group beyond seven bytes.", overflow, "more than its bytes can hold")),
        (
            "zeros-before",
            given(
                "Seventeen zeros before the digits.",
                format!("{}{digits}", "0".repeat(17)),
                "the badge code is of format 0",
            ),
        ),
        (
            "zero-before",
            given("A zero before the digits.", format!("0{digits}"), "more than its bytes can hold"),
        ),
        (
            "digits-behind",
            given("A byte more behind the digits.", format!("{digits}000"), "digits cannot be a badge"),
        ),
        (
            "letter",
            given("A letter among the digits.", digits.replacen(&digits[50..51], "O", 1), "are not complete"),
        ),
        (
            "other-digits",
            given(
                "Digits of another script.",
                digits.replace('1', "\u{661}"),
                "does not occur in a badge's link",
            ),
        ),
        (
            "minus",
            given("A sign before the digits.", format!("+{digits}"), "'+' does not occur in a badge's link"),
        ),
        (
            "base64-padded",
            given("base64url with padding.", format!("{base64}="), "'=' does not occur in a badge's link"),
        ),
        (
            "base64-alphabet",
            given(
                "base64 of the other alphabet.",
                base64.replace(['-', '_'], "+"),
                "'+' does not occur in a badge's link",
            ),
        ),
        (
            "base64-last-bits",
            given("base64url with last bits that are not zero.", changed_last, "are not complete"),
        ),
        (
            "base64-cut-off",
            given(
                "base64url without its last character.",
                base64[..base64.len() - 1].to_owned(),
                "cut off at: signature",
            ),
        ),
        (
            "no-fragment",
            given("An address without what follows the #.", PAGE.to_owned(), "this web address has no '#'"),
        ),
        (
            "empty-fragment",
            given(
                "An address with nothing behind the #.",
                format!("{PAGE}#"),
                "there is no badge in this text",
            ),
        ),
        ("empty", given("Nothing.", String::new(), "there is no badge in this text")),
        (
            "user-name",
            given(
                "A host behind a user name.",
                url.replace("https://", "https://issuer.example@"),
                "the host of this address",
            ),
        ),
        (
            "other-scheme",
            given("Another scheme.", url.replace("https://", "javascript://"), "is not a web address"),
        ),
        ("long", given("More digits than any badge has.", "1".repeat(2_000), "a badge has at most")),
        ("longer", given("A text beyond all links.", "1".repeat(5_000), "give only the link")),
    ]
}

fn token(what: &str, bytes: &[u8]) -> Vector {
    Vector::token(what, link::url(PAGE, bytes))
}

/// The college's token, changed, with the old signature.
fn altered(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut token = COLLEGE.token.clone();
    change(&mut token);
    token
}

/// The bytes of the claim.
fn bytes() -> Cases {
    let body = COLLEGE.token.len() - SIGNATURE;
    let refused = |what, bytes: Vec<u8>, why| token(what, &bytes).refused(why);
    let bad_name = altered(|t| t[NAME_AT + 1] = 0xff);
    vec![
        ("version-0", refused("Format 0.", altered(|t| t[0] = 0), "the badge code is of format 0")),
        (
            "version-2",
            refused("Format 2, which is not known here.", altered(|t| t[0] = 2), "update typeproof"),
        ),
        ("assurance-raised", {
            let lower = cast::issue(Who::College, &cast::claim(Who::College, Assurance::Reviewed)).token;
            let mut raised = lower.clone();
            raised[1] = COLLEGE.token[1];
            token("Reviewed raised to proctored.", &raised).refused(UNFIT)
        }),
        (
            "assurance-none",
            refused(
                "A supervision that does not exist.",
                altered(|t| t[1] |= 0b11 << 3),
                "assurance: 3 cannot be",
            ),
        ),
        (
            "flag-name",
            refused("The name's flag cleared.", altered(|t| t[1] &= !2), "cut off at: second signature"),
        ),
        (
            "flag-e-mail",
            refused(
                "The address's flag cleared.",
                altered(|t| t[1] &= !4),
                "figures: 4287023393620305 cannot be",
            ),
        ),
        ("flag-inline", refused("A hint called a key.", altered(|t| t[1] |= 1), "name: 111 cannot be")),
        (
            "flag-issuer-name",
            refused(
                "A flag that means nothing beside a hint.",
                altered(|t| t[1] |= 1 << 7),
                "not written as typeproof writes it",
            ),
        ),
        (
            "flag-extras",
            refused(
                "Extras announced and not there.",
                altered(|t| t[1] |= 1 << 6),
                "the badge code is damaged: proctor",
            ),
        ),
        (
            "no-extras",
            refused(
                "Extras announced, none of them there.",
                altered(|t| {
                    t[1] |= 1 << 6;
                    t.insert(body, 0);
                }),
                "not written as typeproof writes it",
            ),
        ),
        ("name", refused("Another name.", altered(|t| t[NAME_AT + 5] = b'o'), UNFIT)),
        ("name-not-utf-8", refused("A name that is not UTF-8.", bad_name, "name: invalid utf-8")),
        (
            "name-control",
            refused(
                "A name with a control character.",
                altered(|t| t[NAME_AT + 1] = 0x1b),
                "the badge code's name is refused",
            ),
        ),
        ("name-brace", refused("A name with a brace.", altered(|t| t[NAME_AT + 1] = b'{'), "holds a brace")),
        (
            "name-spaces",
            refused(
                "A name with a space before it.",
                altered(|t| t[NAME_AT + 1] = b' '),
                "not written as typeproof writes it",
            ),
        ),
        ("name-long", refused("A name of 41 bytes.", altered(|t| t[NAME_AT] = 41), "name: 41 cannot be")),
        ("e-mail", refused("The hash of another address.", altered(|t| t[NAME_AT + 20] ^= 1), UNFIT)),
        ("salt", refused("Another salt.", altered(|t| t[NET_AT - 1] ^= 1), UNFIT)),
        ("net", refused("A higher speed.", altered(|t| t[NET_AT] = t[NET_AT].wrapping_sub(1) | 0x80), UNFIT)),
        (
            "long-number",
            refused(
                "A number in a longer form.",
                altered(|t| {
                    t[NET_AT + 1] |= 0x80;
                    t.insert(NET_AT + 2, 0);
                }),
                "not in its shortest form",
            ),
        ),
        (
            "huge-number",
            refused(
                "A number beyond 32 bits.",
                altered(|t| {
                    t.splice(NET_AT..NET_AT + 2, [0xff, 0xff, 0xff, 0xff, 0x7f]);
                }),
                "figures: 34359738367 cannot be",
            ),
        ),
        ("log", refused("The digest of another log.", altered(|t| t[body - 1] ^= 1), UNFIT)),
        (
            "trailing",
            refused("A byte behind the signature.", altered(|t| t.push(0)), "cut off at: second signature"),
        ),
        (
            "without-signature",
            refused("No signature.", COLLEGE.token[..body].to_vec(), "cut off at: signature"),
        ),
        (
            "nobody",
            refused(
                "Neither name nor address.",
                altered(|t| {
                    t[1] &= !6;
                    t.drain(NAME_AT..NET_AT);
                }),
                "names nobody",
            ),
        ),
        (
            "contradiction",
            refused(
                "More wrong than typed.",
                altered(|t| {
                    t.splice(NET_AT + 2..NET_AT + 3, [0xff, 0xff, 0xff, 0xff, 0x0f]);
                }),
                "contradict each other",
            ),
        ),
    ]
}

/// Signatures that are another's, or over something else.
fn signatures() -> Cases {
    let body = COLLEGE.token.len() - SIGNATURE;
    let with = |signature: &[u8]| [&COLLEGE.token[..body], signature].concat();
    let claim_signed = Who::College.key().sign(&COLLEGE.token[..body]).to_bytes();
    let other = cast::issue(
        Who::College,
        &Claim { attempt: Some(2), ..cast::claim(Who::College, Assurance::Proctored) },
    );
    let rdf = COLLEGE.credential["proof"][0]["proofValue"].as_str().unwrap();
    let rdf = bs58::decode(&rdf[1..]).into_vec().unwrap();
    let last = |token: &[u8]| token[token.len() - SIGNATURE..].to_vec();
    let mut inline = LEARNER.token.clone();
    inline[6..38].copy_from_slice(Who::Stranger.key().verifying_key().as_bytes());
    let small = {
        let mut token = LEARNER.token.clone();
        token[6..38].copy_from_slice(cast::small_order().key.as_bytes());
        token
    };
    let mut no_key = LEARNER.token.clone();
    no_key[6..38].copy_from_slice(&[0xff; 32]);
    let impossible = "the issuer's key in the code cannot be believed";
    vec![
        (
            "signature-of-another-badge",
            token("The signature of another badge.", &with(&last(&other.token))).refused(UNFIT),
        ),
        (
            "signature-of-another-issuer",
            token("Another issuer's signature.", &with(&last(&LEARNER.token))).refused(UNFIT),
        ),
        (
            "signature-of-the-rdf-proof",
            token("The signature of the other proof.", &with(&rdf)).refused(UNFIT),
        ),
        (
            "signature-of-the-bytes",
            token("The issuer's signature over the bytes alone.", &with(&claim_signed)).refused(UNFIT),
        ),
        ("signature-of-zeros", token("A signature of zeros.", &with(&[0; 64])).refused(UNFIT)),
        ("key-exchanged", token("A self-assessed badge under another key.", &inline).refused(UNFIT)),
        ("key-of-small-order", token("A key for which anybody can sign.", &small).refused(impossible)),
        ("key-that-is-none", token("A key that is no point.", &no_key).refused(impossible)),
    ]
}

/// Nothing can be said without the level and the key.
fn unknown() -> Cases {
    let cannot = |vector: Vector, why| vector.expect("cannot-tell", &NOTHING.replace("no", "-"), why);
    let other = Catalogue::embedded().level("speed-70").unwrap().reference();
    let revocable = {
        let claim = Claim { status: Some(7), ..cast::claim(Who::College, Assurance::Proctored) };
        let level = Texts::of(Catalogue::embedded().level("speed-60").unwrap());
        let list = Some("https://college.example.org/status".to_owned());
        let issuer = IssuerProfile { status_list: list, ..Who::College.profile() };
        credential::issue(&claim, &level, &issuer, &Who::College.key()).unwrap().token
    };
    vec![
        (
            "level-unknown",
            cannot(
                token("A level that is not known here.", &altered(|t| t[2..6].fill(0xff))),
                "does not know the level ffffffff",
            ),
        ),
        (
            "issuer-unknown",
            cannot(
                token("An issuer whom the user does not trust.", &COLLEGE.token).trusting(&[]),
                "no issuer that you trust has the key",
            ),
        ),
        (
            "issuer-another",
            cannot(
                token("Others are trusted.", &COLLEGE.token).trusting(&[Who::Reviewers]),
                "no issuer that you trust has the key",
            ),
        ),
        (
            "status-list-unknown",
            cannot(
                token(
                    "A place in a list of revoked badges, which the trusted issuer's entry does not name.",
                    &revocable,
                ),
                "names a place in a list of revoked badges",
            ),
        ),
        (
            "level-another",
            token("The reference of another level.", &altered(|t| t[2..6].copy_from_slice(&other)))
                .refused(UNFIT),
        ),
    ]
}

/// The token's parts are where this module changes them.
#[test]
fn parts_of_the_token() {
    let token = &COLLEGE.token;
    let level = Texts::of(Catalogue::embedded().level("speed-60").unwrap());
    assert_eq!(token[2..6], level.digest[..4]);
    assert_eq!(usize::from(token[NAME_AT]), cast::NAME.len());
    assert_eq!(&token[NAME_AT + 1..=NAME_AT + cast::NAME.len()], cast::NAME.as_bytes());
    let net = u32::from(token[NET_AT] & 0x7f) | u32::from(token[NET_AT + 1]) << 7;
    assert_eq!(net, cast::TYPED.figures.net_x100);
}
