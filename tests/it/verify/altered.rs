//! Badges altered after signing, and what is no badge at all: each refused before anything else is asked.

use serde_json::{Value, json};
use typeproof::badge::did;
use typeproof::badge::json::SIZE_MAX;
use typeproof::badge::proof::{self, ProofOptions, Suite};
use typeproof::trust::multikey;

use super::Named;
use super::cast::{self, COLLEGE, LEARNER, Who};
use super::vector::Vector;
use crate::patch::apply;

const UNFIT: &str = "the signature does not fit";

pub fn made() -> Named {
    [changed(), dropped(), added(), contexts(), proofs(), signers(), poisoned(), texts()].concat()
}

/// Name, sentence, pointer, value.
type Change<'a> = (&'a str, &'a str, &'a str, Value);

fn case(name: &str, what: &str, case: &Value, why: &str) -> (String, Vector) {
    let vector = Vector::credential(what, &apply(case, &COLLEGE.credential));
    (name.to_owned(), vector.refused(why))
}

fn set(name: &str, what: &str, pointer: &str, value: Value, why: &str) -> (String, Vector) {
    case(name, what, &json!({"set": {pointer: value}}), why)
}

/// A value in place of another one.
fn changed() -> Named {
    let subject = "/credentialSubject";
    let achievement = "/credentialSubject/achievement";
    let fields: Vec<Change<'_>> = vec![
        ("id", "The badge's id.", "/id", json!("urn:uuid:00000000-0000-8000-8000-000000000000")),
        ("name", "The badge's name.", "/name", json!("Typing 120 WPM at 99 % (5 minutes)")),
        ("type-alias", "A type by its other name.", "/type/1", json!("AchievementCredential")),
        ("issuer-name", "The issuer's name.", "/issuer/name", json!("City University")),
        ("issuer-type", "The issuer's type.", "/issuer/type/0", json!("Address")),
        ("valid-from", "An earlier beginning.", "/validFrom", json!("2025-11-20T10:05:00Z")),
        ("valid-until", "A later end.", "/validUntil", json!("2039-11-20T10:05:00Z")),
        (
            "valid-until-zone",
            "The same end in another time zone.",
            "/validUntil",
            json!("2029-11-20T11:05:00+01:00"),
        ),
    ];
    let in_subject: Vec<Change<'_>> = vec![
        ("holder-name", "The holder's name.", "/identifier/0/identityHash", json!("Mario Lindqvist")),
        (
            "holder-name-letter",
            "A letter that looks the same.",
            "/identifier/0/identityHash",
            json!("M\u{430}ria Lindqvist"),
        ),
        ("holder-name-kind", "The name called an account.", "/identifier/0/identityType", json!("accountId")),
        ("holder-name-hashed", "The name called hashed.", "/identifier/0/hashed", json!(true)),
        (
            "holder-email",
            "The hash of another address.",
            "/identifier/1/identityHash",
            json!(format!("sha256${}", "0".repeat(64))),
        ),
        ("holder-salt", "Another salt.", "/identifier/1/salt", json!("0000000000000000")),
        ("activity-start", "Another start.", "/activityStartDate", json!("2026-11-19T10:00:00Z")),
        ("activity-end", "Another end.", "/activityEndDate", json!("2026-11-20T10:04:00Z")),
        ("result-net", "A higher net speed.", "/result/0/value", json!("120.00")),
        ("result-net-as-written", "The same speed written otherwise.", "/result/0/value", json!("69.0")),
        ("result-gross", "A higher gross speed.", "/result/1/value", json!("120.00")),
        ("result-accuracy", "A higher accuracy.", "/result/2/value", json!("100.00")),
        ("result-errors", "Fewer errors.", "/result/3/value", json!("0")),
        ("result-consistency", "A higher consistency.", "/result/4/value", json!("100.00")),
    ];
    let in_achievement: Vec<Change<'_>> = vec![
        ("achievement-id", "The level's id.", "/id", json!("urn:uuid:00000000-0000-8000-8000-000000000000")),
        ("achievement-name", "The level's name.", "/name", json!("Typing 120 WPM at 99 % (5 minutes)")),
        (
            "achievement-description",
            "The level's description.",
            "/description",
            json!("Speed without equal."),
        ),
        ("criteria", "The criteria.", "/criteria/narrative", json!("At least 120 WPM.")),
        ("achievement-type", "The kind of achievement.", "/achievementType", json!("Certification")),
        ("human-code", "The level's code.", "/humanCode", json!("SPEED-120-V1")),
        ("version", "The level's version.", "/version", json!("2")),
        ("language", "The language.", "/inLanguage", json!("de")),
        ("image", "The picture.", "/image/id", json!("https://elsewhere.example/logo.png")),
        ("image-caption", "The picture's caption.", "/image/caption", json!("The seal of the university")),
        ("alignment-name", "A skill's name.", "/alignment/0/targetName", json!("manage a company")),
        (
            "alignment-url",
            "A skill's address.",
            "/alignment/0/targetUrl",
            json!("https://elsewhere.example/skill"),
        ),
        ("alignment-framework", "A skill's framework.", "/alignment/0/targetFramework", json!("O*NET")),
        ("tag", "A tag.", "/tag/0", json!("surgery")),
        (
            "required-speed",
            "The speed that was asked for.",
            "/resultDescription/0/requiredValue",
            json!("120"),
        ),
        (
            "required-accuracy",
            "The accuracy that was asked for.",
            "/resultDescription/2/requiredValue",
            json!("100"),
        ),
        (
            "result-meaning",
            "What a result means.",
            "/resultDescription/0/name",
            json!("Net speed, keys a second"),
        ),
        (
            "rubric",
            "What a supervision means.",
            "/resultDescription/5/rubricCriterionLevel/2/description",
            json!("Typed by a notary."),
        ),
    ];
    let in_evidence: Vec<Change<'_>> = vec![
        (
            "evidence-id",
            "The digest of another log.",
            "/id",
            json!("ni:///sha-256-128;AAAAAAAAAAAAAAAAAAAAAA"),
        ),
        ("evidence-counts", "Other counts.", "/narrative", json!("typeproof metrics 1: no errors.")),
        ("evidence-name", "The evidence's name.", "/name", json!("Video")),
        ("evidence-genre", "The evidence's kind.", "/genre", json!("video")),
    ];
    let groups =
        [("", fields), (subject, in_subject), (achievement, in_achievement), ("/evidence/0", in_evidence)];
    let all = groups.into_iter().flat_map(|(above, changes)| changes.into_iter().map(move |c| (above, c)));
    let changes = all.map(|(above, (name, what, pointer, value))| {
        set(&format!("changed-{name}"), what, &format!("{above}{pointer}"), value, UNFIT)
    });
    let level = |word: &str| {
        let urn = COLLEGE.credential.pointer("/credentialSubject/achievement/id").unwrap().as_str().unwrap();
        json!(format!("{urn}#{word}"))
    };
    let raised = apply(
        &json!({"set": {"/credentialSubject/result/5/achievedLevel": level("proctored")}}),
        &LEARNER.credential,
    );
    let more = [
        set(
            "changed-assurance",
            "The supervision lowered.",
            "/credentialSubject/result/5/achievedLevel",
            level("reviewed"),
            UNFIT,
        ),
        (
            "changed-assurance-raised".to_owned(),
            Vector::credential("Self-assessed raised to proctored.", &raised).refused(UNFIT),
        ),
        set(
            "changed-result-places",
            "A speed called an accuracy.",
            "/credentialSubject/result/2/resultDescription",
            level("gross"),
            UNFIT,
        ),
        set(
            "changed-issuer-id",
            "Another issuer's id.",
            "/issuer/id",
            json!(Who::Stranger.profile().did),
            "was made with a key of",
        ),
        set(
            "changed-type",
            "Another type.",
            "/type",
            json!(["VerifiableCredential", "EndorsementCredential"]),
            "its type is not",
        ),
    ];
    changes.chain(more).collect()
}

fn dropped() -> Named {
    let cases = [
        ("valid-until", "The end left out.", "/validUntil", UNFIT),
        ("valid-from", "The beginning left out.", "/validFrom", "validFrom is missing"),
        ("id", "The id left out.", "/id", UNFIT),
        ("name", "The name left out.", "/name", UNFIT),
        ("issuer", "The issuer left out.", "/issuer", "it has no issuer"),
        ("holder-name", "The holder's name left out.", "/credentialSubject/identifier/0", UNFIT),
        ("holder-email", "The holder's address left out.", "/credentialSubject/identifier/1", UNFIT),
        ("holder", "The holder left out.", "/credentialSubject/identifier", "it does not say whose it is"),
        ("subject", "The subject left out.", "/credentialSubject", "it has no subject"),
        (
            "achievement",
            "The achievement left out.",
            "/credentialSubject/achievement",
            "it has no achievement",
        ),
        ("criteria", "The criteria left out.", "/credentialSubject/achievement/criteria", UNFIT),
        ("image", "The picture left out.", "/credentialSubject/achievement/image", UNFIT),
        ("alignment", "A skill left out.", "/credentialSubject/achievement/alignment/1", UNFIT),
        ("errors", "The errors left out.", "/credentialSubject/result/3", UNFIT),
        ("assurance", "The supervision left out.", "/credentialSubject/result/5", UNFIT),
        ("evidence", "The evidence left out.", "/evidence", UNFIT),
    ];
    let remove = |pointer| json!({"remove": [pointer]});
    cases
        .map(|(name, what, pointer, why)| case(&format!("dropped-{name}"), what, &remove(pointer), why))
        .into()
}

fn added() -> Named {
    let unsigned = "it would not be signed";
    let unknown = "no context of it defines";
    let first = &COLLEGE.credential["credentialSubject"]["identifier"][0];
    let result = &COLLEGE.credential["credentialSubject"]["result"][0];
    let cases = [
        ("known-term", "A term that the contexts know.", "/description", json!("With distinction."), UNFIT),
        ("issuer-url", "A page for the issuer.", "/issuer/url", json!("https://elsewhere.example"), UNFIT),
        ("awarded-date", "A date of award.", "/awardedDate", json!("2020-01-01T00:00:00Z"), UNFIT),
        (
            "subject-id",
            "An id for the subject.",
            "/credentialSubject/id",
            json!("did:example:somebody"),
            UNFIT,
        ),
        ("result", "Another result.", "/credentialSubject/result/-", result.clone(), UNFIT),
        ("holder", "Another holder.", "/credentialSubject/identifier/-", first.clone(), UNFIT),
        (
            "endorsement",
            "A recommendation.",
            "/credentialSubject/narrative",
            json!("Highly recommended."),
            UNFIT,
        ),
        ("unknown-term", "A term that no context knows.", "/rank", json!("gold"), unknown),
        (
            "unknown-term-nested",
            "One within the achievement.",
            "/credentialSubject/achievement/rank",
            json!("gold"),
            unknown,
        ),
        (
            "unknown-type",
            "A type that no context knows.",
            "/credentialSubject/type/-",
            json!("Champion"),
            unknown,
        ),
        ("at-term", "A member that begins with @.", "/@rank", json!("gold"), unsigned),
        ("at-index", "JSON-LD's own @index.", "/credentialSubject/@index", json!("gold"), unsigned),
        ("at-id", "An id by its keyword.", "/credentialSubject/@id", json!("did:example:somebody"), unsigned),
        ("at-included", "JSON-LD's own @included.", "/@included", json!([{"id": "urn:x:y"}]), unsigned),
        ("blank-node-term", "A blank node for a name.", "/_:rank", json!("gold"), unsigned),
        ("empty-name", "A member without a name.", "/", json!("gold"), unsigned),
        ("name-with-space", "A name with a space.", "/job title", json!("gold"), unsigned),
        (
            "nested-context",
            "A context within.",
            "/credentialSubject/@context",
            json!({"@vocab": "https://elsewhere.example/"}),
            unsigned,
        ),
        ("null", "A null.", "/rank", json!(null), "is null, which JSON-LD drops"),
        (
            "null-for-known-term",
            "A null for a known term.",
            "/description",
            json!(null),
            "is null, which JSON-LD drops",
        ),
        ("empty-array", "An empty array.", "/endorsement", json!([]), "is an empty array"),
        ("empty-object", "An empty object.", "/termsOfUse", json!({}), "is an empty object"),
        (
            "array-in-array",
            "An array in an array.",
            "/credentialSubject/result/-",
            json!([result]),
            "is an array in an array",
        ),
        (
            "blank-node-id",
            "A blank node for an id.",
            "/credentialSubject/id",
            json!("_:b0"),
            "is not an absolute IRI",
        ),
        (
            "relative-id",
            "A relative id.",
            "/credentialSubject/id",
            json!("somebody"),
            "is not an absolute IRI",
        ),
        (
            "id-with-space",
            "An id with a space.",
            "/credentialSubject/id",
            json!("urn:x: y"),
            "is not an absolute IRI",
        ),
        ("empty-type", "No type.", "/credentialSubject/type", json!([]), "is not a name or a list of names"),
        (
            "type-number",
            "A number for a type.",
            "/credentialSubject/type/-",
            json!(7),
            "is not a name or a list of names",
        ),
        (
            "second-subject",
            "A second subject.",
            "/credentialSubject",
            json!([COLLEGE.credential["credentialSubject"], {"id": "urn:x:y"}]),
            "it has no subject, or several",
        ),
    ];
    cases
        .map(|(name, what, pointer, value, why)| set(&format!("added-{name}"), what, pointer, value, why))
        .into()
}

fn contexts() -> Named {
    let own = &COLLEGE.credential["@context"];
    let (first, second) = (&own[0], &own[1]);
    let in_order = "its contexts do not begin with";
    let cases = [
        ("swapped", "The contexts in the other order.", json!([second, first]), in_order),
        ("without-open-badges", "Only the first context.", json!([first]), in_order),
        ("text", "One context, not in a list.", first.clone(), in_order),
        (
            "other-edition",
            "Another edition of Open Badges.",
            json!([first, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"]),
            "no context of it defines \"inLanguage\"",
        ),
        (
            "first-version",
            "The context of Verifiable Credentials 1.1.",
            json!(["https://www.w3.org/2018/credentials/v1", second]),
            in_order,
        ),
        (
            "unknown",
            "A context of somebody's own.",
            json!([first, second, "https://elsewhere.example/context.json"]),
            "the context https://elsewhere.example/context.json is not one this program carries",
        ),
        (
            "look-alike",
            "An address that is almost the right one.",
            json!([first, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json?"]),
            "context-3.0.3.json? is not one this program carries",
        ),
        (
            "inline",
            "A context written into the badge.",
            json!([first, second, {"name": "https://elsewhere.example/name"}]),
            "`@context` entry 3 is no address",
        ),
        (
            "null",
            "A null among the contexts.",
            json!([first, second, null]),
            "`@context` entry 3 is no address",
        ),
        ("empty", "An empty list of contexts.", json!([]), "names no `@context`"),
        (
            "many",
            "Nine contexts.",
            json!([first, second, second, second, second, second, second, second, second]),
            "9 contexts, more than",
        ),
    ];
    let mut named: Named = cases
        .map(|(name, what, value, why)| set(&format!("context-{name}"), what, "/@context", value, why))
        .into();
    let missing = json!({"remove": ["/@context"]});
    named.push(case("context-missing", "No context.", &missing, "names no `@context`"));
    named
}

fn proofs() -> Named {
    let own = &COLLEGE.credential["proof"];
    let (rdf, jcs) = (&own[0], &own[1]);
    let value = |proof: &Value| proof["proofValue"].as_str().unwrap().to_owned();
    let bytes = bs58::decode(&value(jcs)[1..]).into_vec().unwrap();
    let base64 = format!("u{}", data_encoding::BASE64URL_NOPAD.encode(&bytes));
    let stranger = Who::Stranger.profile().method();
    let mut other_hand = rdf["verificationMethod"].as_str().unwrap().split('#').next().unwrap().to_owned();
    other_hand.push_str(&format!("#{}", Who::Stranger.multikey()));
    let cases = [
        ("empty-list", "An empty list of proofs.", "/proof", json!([]), "carries no proof"),
        ("null", "A null for the proofs.", "/proof", json!(null), "the proof is not a JSON object"),
        (
            "text",
            "A text among the proofs.",
            "/proof/1",
            json!("signed"),
            "proof 2 of 2: the proof is not a JSON object",
        ),
        ("nine", "Nine proofs.", "/proof", json!(vec![jcs; 9]), "carries 9 proofs, more than"),
        (
            "first-bad",
            "The RDF signature is another's.",
            "/proof/0/proofValue",
            LEARNER.credential["proof"][0]["proofValue"].clone(),
            "proof 1 of 2: the signature",
        ),
        (
            "second-bad",
            "The JSON signature is another's.",
            "/proof/1/proofValue",
            LEARNER.credential["proof"][1]["proofValue"].clone(),
            "proof 2 of 2: the signature",
        ),
        (
            "third-bad",
            "A third proof that is bad.",
            "/proof/-",
            json!({"type": "DataIntegrityProof"}),
            "proof 3 of 3: the proof's value is not a signature",
        ),
        (
            "values-exchanged",
            "Each signature in the other proof.",
            "/proof/0/proofValue",
            jcs["proofValue"].clone(),
            UNFIT,
        ),
        (
            "suite-exchanged",
            "The RDF signature called JSON.",
            "/proof/0/cryptosuite",
            json!("eddsa-jcs-2022"),
            "proof 1 of 2: the signature",
        ),
        (
            "suite-unknown",
            "A cryptosuite that is not known here.",
            "/proof/0/cryptosuite",
            json!("bbs-2023"),
            "cryptosuite \"bbs-2023\" is not known here",
        ),
        (
            "suite-old",
            "The deprecated eddsa-2022.",
            "/proof/1/cryptosuite",
            json!("eddsa-2022"),
            "cryptosuite \"eddsa-2022\" is not known here",
        ),
        (
            "type",
            "Another type of proof.",
            "/proof/0/type",
            json!("Ed25519Signature2020"),
            "of type \"Ed25519Signature2020\"",
        ),
        (
            "purpose",
            "A proof for logging in.",
            "/proof/0/proofPurpose",
            json!("authentication"),
            "made for \"authentication\"",
        ),
        (
            "created",
            "Another time of signing.",
            "/proof/0/created",
            json!("2026-11-20T10:05:01Z"),
            "proof 1 of 2: the signature",
        ),
        (
            "created-zone",
            "The same time in another zone.",
            "/proof/1/created",
            json!("2026-11-20T11:05:00+01:00"),
            "proof 2 of 2: the signature",
        ),
        (
            "created-no-time",
            "A time of signing that is none.",
            "/proof/0/created",
            json!("yesterday"),
            "`created` is not a time",
        ),
        (
            "expires",
            "An expiry added.",
            "/proof/1/expires",
            json!("2030-01-01T00:00:00Z"),
            "proof 2 of 2: the signature",
        ),
        (
            "domain",
            "A domain added.",
            "/proof/0/domain",
            json!("https://elsewhere.example"),
            "proof 1 of 2: the signature",
        ),
        (
            "unknown-member",
            "A member that no context knows.",
            "/proof/0/note",
            json!("checked"),
            "proof 1 of 2: ",
        ),
        (
            "previous",
            "A proof that stands on another.",
            "/proof/1/previousProof",
            json!("urn:x:y"),
            "stands on a previous proof",
        ),
        (
            "contexts",
            "Other contexts in the proof.",
            "/proof/1/@context",
            json!([COLLEGE.credential["@context"][0]]),
            "proof 2 of 2: the signature",
        ),
        (
            "method-of-another",
            "A key of another DID.",
            "/proof/0/verificationMethod",
            json!(stranger),
            "was made with a key of",
        ),
        (
            "method-without-key",
            "A DID without its key.",
            "/proof/0/verificationMethod",
            json!(Who::College.profile().did),
            "was made with a key of",
        ),
        (
            "method-other-key",
            "The issuer's DID with another key.",
            "/proof/0/verificationMethod",
            json!(other_hand),
            "names another key after the `#`",
        ),
        (
            "value-base64url",
            "The signature in base64url.",
            "/proof/1/proofValue",
            json!(base64),
            "the proof's value is not a signature",
        ),
        (
            "value-without-z",
            "The signature without its z.",
            "/proof/1/proofValue",
            json!(value(jcs)[1..]),
            "the proof's value is not a signature",
        ),
        (
            "value-longer",
            "A leading zero byte.",
            "/proof/1/proofValue",
            json!(format!("z1{}", &value(jcs)[1..])),
            "the proof's value is not a signature",
        ),
        (
            "value-letter",
            "A letter that base58 has not.",
            "/proof/0/proofValue",
            json!(value(rdf).replace(&value(rdf)[5..6], "0")),
            "the proof's value is not a signature",
        ),
        (
            "value-empty",
            "An empty signature.",
            "/proof/0/proofValue",
            json!(""),
            "the proof's value is not a signature",
        ),
        (
            "value-of-zeros",
            "A signature of zeros.",
            "/proof/0/proofValue",
            json!(format!("z{}", "1".repeat(64))),
            "proof 1 of 2: the signature",
        ),
        (
            "value-malleable",
            "The signature with the group's order added.",
            "/proof/1/proofValue",
            json!(malleable(&bytes)),
            "proof 2 of 2: the signature",
        ),
    ];
    let mut named: Named = cases
        .map(|(name, what, pointer, value, why)| set(&format!("proof-{name}"), what, pointer, value, why))
        .into();
    let drops = [
        ("missing", "No proof.", "/proof", "carries no proof"),
        ("created-missing", "No time of signing.", "/proof/0/created", "proof 1 of 2: the signature"),
        ("method-missing", "No key named.", "/proof/0/verificationMethod", "no text `verificationMethod`"),
        ("purpose-missing", "No purpose.", "/proof/1/proofPurpose", "no text `proofPurpose`"),
        ("value-missing", "No signature.", "/proof/1/proofValue", "the proof's value is not a signature"),
        (
            "contexts-missing",
            "No contexts in the JSON proof.",
            "/proof/1/@context",
            "proof 2 of 2: the signature",
        ),
    ];
    let dropped = |(name, what, pointer, why): (&str, &str, &str, &str)| {
        case(&format!("proof-{name}"), what, &json!({"remove": [pointer]}), why)
    };
    named.extend(drops.map(dropped));
    named
}

/// S + L in place of S: the same signature to a verifier that does not look (RFC 8032, section 5.1.7).
fn malleable(signature: &[u8]) -> String {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut sum = signature.to_vec();
    let mut carry = 0;
    for (byte, order) in sum[32..].iter_mut().zip(ORDER) {
        let total = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (total.to_le_bytes()[0], total >> 8);
    }
    format!("z{}", bs58::encode(sum).into_string())
}

/// Signed by somebody else, or by nobody.
fn signers() -> Named {
    let college = &COLLEGE.credential;
    let mut wrong_key = college.clone();
    wrong_key["proof"] = signed_as(college, &Who::College.profile().method());
    let mut other = college.clone();
    other["proof"] = signed_as(college, &Who::Stranger.profile().method());
    let nobody = cast::small_order();
    let mut small = college.clone();
    small["issuer"]["id"] = nobody.did.clone().into();
    small["proof"] = json!([universal(&small, &nobody.method())]);
    let no_document = cast::sign(Who::Web, &cast::foreign(&Who::Web.profile()));
    let web = || Vector::credential("By did:web.", &no_document);
    let mut unlisted = cast::web_document();
    unlisted["assertionMethod"] = json!([]);
    let mut other_key = cast::web_document();
    other_key["verificationMethod"][0]["publicKeyMultibase"] = Who::Stranger.multikey().into();
    let mut revoked = cast::web_document();
    revoked["verificationMethod"][0]["revoked"] = "2026-06-01T00:00:00Z".into();
    let mut controller = cast::web_document();
    controller["verificationMethod"][0]["controller"] = "did:web:elsewhere.example".into();
    let named = [
        (
            "signer-wrong-key",
            Vector::credential("Signed with another key in the issuer's name.", &wrong_key).refused(UNFIT),
        ),
        (
            "signer-another-issuer",
            Vector::credential("Signed by another issuer.", &other).refused("was made with a key of"),
        ),
        (
            "signer-small-order",
            Vector::credential("A key for which anybody can sign.", &small)
                .refused("proof 1 of 1: the key of"),
        ),
        (
            "did-web-without-document",
            web().expect(
                "cannot-tell",
                "- - - - -",
                "Cannot tell: the key of did:web:badges.example.org is published at",
            ),
        ),
        ("did-web-unlisted", web().with_document(unlisted).refused("does not list")),
        ("did-web-other-key", web().with_document(other_key).refused(UNFIT)),
        ("did-web-revoked", web().with_document(revoked).refused("marks did:web:badges.example.org#")),
        ("did-web-controller", web().with_document(controller).refused("as its controller")),
        (
            "did-web-pinned-and-unlisted",
            web()
                .trusting(&[Who::Web])
                .with_document(json!({"id": "did:web:badges.example.org"}))
                .refused("does not list"),
        ),
    ];
    named.map(|(name, vector)| (name.to_owned(), vector)).into()
}

/// Proofs by the stranger's key under any method.
fn signed_as(credential: &Value, method: &str) -> Value {
    let document = apply(&json!({"remove": ["/proof"]}), credential);
    let created = document["validFrom"].as_str().unwrap().to_owned();
    let options = ProofOptions { created, verification_method: method.to_owned() };
    Suite::ALL.map(|s| proof::sign(&document, s, &options, &Who::Stranger.key()).unwrap()).to_vec().into()
}

/// A signature that a verifier without care takes for good under a key of small order, whatever was signed.
fn universal(credential: &Value, method: &str) -> Value {
    let options = ProofOptions { created: cast::NOW.to_owned(), verification_method: method.to_owned() };
    let mut signature = [0; 64];
    signature[0] = 1;
    proof::proof_object(credential, Suite::EddsaJcs2022, &options, &signature)
}

/// Graphs made to keep a verifier busy.
fn poisoned() -> Named {
    let alike = |results: usize| vec![json!({"type": ["Result"], "status": "Completed"}); results];
    let texts: Vec<String> = (0..2_000).map(|n| n.to_string()).collect();
    let list = json!({"id": "urn:x:list", "type": ["ResultDescription"], "name": "n", "resultType": "Status", "allowedValue": texts});
    let lists = json!([list, apply(&json!({"set": {"/id": "urn:x:other"}}), &list)]);
    let deep = (0..30).fold(
        json!({"type": ["Profile"], "name": "first"}),
        |below, n| json!({"type": ["Profile"], "name": n.to_string(), "parentOrg": below}),
    );
    let why = "look alike, and canonicalising the document would take too long";
    [
        ("nine-alike", "Nine results alike.", "/credentialSubject/result", json!(alike(9)), why),
        (
            "hundreds-alike",
            "Four hundred results alike.",
            "/credentialSubject/result",
            json!(alike(400)),
            why,
        ),
        (
            "long-lists-alike",
            "Two long lists alike.",
            "/credentialSubject/achievement/resultDescription",
            lists,
            why,
        ),
        (
            "deep",
            "Organisations within organisations.",
            "/credentialSubject/source",
            deep,
            "nests deeper than",
        ),
    ]
    .map(|(name, what, pointer, value, why)| set(&format!("poisoned-{name}"), what, pointer, value, why))
    .into()
}

/// Texts that no two readers read alike, or that are no badge.
fn texts() -> Named {
    let text = COLLEGE.credential.to_string();
    let inside =
        text.replacen("\"identityHash\":", "\"identityHash\":\"Mario Lindqvist\",\"identityHash\":", 1);
    let escaped = text.replacen("\"name\":", "\"n\\u0061me\":\"Typing 120 WPM\",\"name\":", 1);
    let number = |n: &str| text.replacen("\"version\":\"1\"", &format!("\"version\":{n}"), 1);
    let cases = [
        (
            "duplicate",
            "A member twice.",
            text.replacen('{', "{\"validUntil\":\"2099-01-01T00:00:00Z\",", 1),
            "stands twice",
        ),
        (
            "duplicate-inside",
            "A member twice, further in.",
            inside,
            "stands twice in the object at \"/credentialSubject/identifier/0\"",
        ),
        ("duplicate-escaped", "A member twice, once with an escape.", escaped, "stands twice"),
        ("cut-off", "The text without its end.", text[..text.len() - 1].to_owned(), "is not JSON"),
        ("cut-off-in-the-middle", "Half of the text.", text[..text.len() / 2].to_owned(), "is not JSON"),
        ("more-behind", "Something behind the end.", format!("{text} x"), "is not JSON"),
        ("twice", "Two badges in one file.", format!("{text}\n{text}"), "is not JSON"),
        (
            "oversized",
            "A megabyte of space would do as well.",
            format!("{text}{}", " ".repeat(SIZE_MAX)),
            "more than the 65536 that are read",
        ),
        ("nul-behind", "A NUL behind the end.", format!("{text}\0"), "is not JSON"),
        ("comment", "A comment.", format!("// mine\n{text}"), "is not JSON"),
        ("trailing-comma", "A comma too many.", text.replacen("]}", "],}", 1), "is not JSON"),
        (
            "lone-surrogate",
            "Half of a character.",
            text.replacen("City College", "City \\ud800 College", 1),
            "is not JSON",
        ),
        (
            "raw-control",
            "A control character within a text.",
            text.replacen("City College", "City \u{1b}[31mCollege", 1),
            "is not JSON",
        ),
        ("fraction", "A number with a fraction.", number("1.0"), "is not a whole number"),
        ("exponent", "A number with an exponent.", number("1e0"), "is not a whole number"),
        ("large-number", "A number beyond 53 bits.", number("9007199254740993"), "is not a whole number"),
        ("number", "A number for a text.", number("1"), UNFIT),
        ("nan", "No number.", number("NaN"), "is not JSON"),
        ("empty", "Nothing.", String::new(), "is not JSON"),
        ("web-page", "A web page.", "<!doctype html><title>Badge</title>".to_owned(), "is not JSON"),
        ("list", "A list with the badge.", format!("[{text}]"), "it is no JSON object"),
        ("text", "A text.", "\"valid\"".to_owned(), "it is no JSON object"),
        ("nothing", "A null.", "null".to_owned(), "it is no JSON object"),
        ("empty-object", "An object without members.", "{}".to_owned(), "names no `@context`"),
        ("deep", "Ten thousand brackets.", "[".repeat(10_000), "nests deeper than 32"),
        (
            "presentation",
            "A badge within a presentation.",
            format!(
                "{{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiablePresentation\"],\"verifiableCredential\":[{text}]}}"
            ),
            "it is no Open Badge 3.0",
        ),
    ];
    cases
        .map(|(name, what, text, why)| (format!("text-{name}"), Vector::document(what, text).refused(why)))
        .into()
}

#[test]
fn a_small_order_key_is_one() {
    let nobody = cast::small_order();
    assert!(nobody.key.is_weak());
    assert_eq!(nobody.did, did::did_key(&nobody.key));
    assert_eq!(multikey::decode(&multikey::encode(&nobody.key)), Err(multikey::KeyError::Weak));
}
