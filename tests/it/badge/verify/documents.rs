//! Badges attached to PDF documents, and documents to which none is, several, or one that cannot be reached. They are put
//! together by hand, since our own certificates are but one way to attach.

use typeproof::badge::vc::json::SIZE_MAX;

use super::Named;
use crate::support::cast::{COLLEGE, LEARNER};
use crate::support::documents::{
    Object, catalogue, compressed, document, object, packed, stream, tabled, updated,
};
use crate::support::vector::{NOTHING, Vector};

const FILE: &str = " /Type /EmbeddedFile /Subtype /application#2Fjson";

fn badge() -> String {
    COLLEGE.credential.to_string()
}

/// A document whose object 4 is this.
fn attached(file: Object) -> Vec<u8> {
    document(&[catalogue(), vec![file]].concat())
}

/// A document in the old form to which this is attached.
fn with(text: &[u8]) -> Vec<u8> {
    attached(packed(4, FILE, text))
}

/// The same with a second attachment.
fn with_two(first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut objects = catalogue();
    objects[1] = object(2, "<</Names [(a) 3 0 R (b) 5 0 R]>>");
    objects.push(object(5, "<</Type /Filespec /F (b) /EF <</F 6 0 R>>>>"));
    document(&[objects, vec![packed(4, FILE, first), stream(6, "", second)]].concat())
}

pub fn good() -> Named {
    let text = badge();
    let plain = document(&[object(1, "<</Type /Catalog>>")]);
    let later = [catalogue(), vec![stream(4, FILE, text.as_bytes())]].concat();
    let page = vec![
        object(1, "<</Type /Catalog /Pages 2 0 R>>"),
        object(2, "<</Type /Pages /Kids [3 0 R] /Count 1>>"),
        object(3, "<</Type /Page /Parent 2 0 R /Annots [<</Subtype /FileAttachment /FS 5 0 R>>]>>"),
        packed(4, FILE, text.as_bytes()),
        object(5, "<</Type /Filespec /F (\\(badge\\).json) /EF 6 0 R>> % here"),
        object(6, "<</F 4 0 R>>"),
    ];
    let own = [catalogue(), vec![stream(4, "", b"{}")]].concat();
    let replaced = updated(document(&own), &[packed(4, FILE, text.as_bytes())]);
    let cases = vec![
        ("attached", "A badge attached to somebody's document.", with(text.as_bytes())),
        (
            "attached-later",
            "Attached by a second program, behind the end of the first.",
            updated(plain, &later),
        ),
        ("attached-anew", "A newer attachment in place of an older one.", replaced),
        (
            "attached-in-a-compressed-document",
            "Objects in a packed stream, and a packed table.",
            compressed(&[packed(4, FILE, text.as_bytes())], &catalogue()),
        ),
        ("attached-to-a-page", "Pinned to a page.", document(&page)),
        (
            "attached-with-others",
            "Beside a picture and a text.",
            with_two(text.as_bytes(), b"\x89PNG\r\n\x1a\n"),
        ),
        (
            "attached-behind-a-mark",
            "A byte-order mark and white space first.",
            with(format!("\u{feff} \n{text}").as_bytes()),
        ),
    ];
    let vector = |(name, what, bytes): (&str, &str, Vec<u8>)| {
        let vector = Vector::file(what, &bytes);
        let vector = vector.expect("valid", "yes yes - - yes", "Valid: unchanged and in force; ");
        (format!("pdf-{name}"), vector)
    };
    cases.into_iter().map(vector).collect()
}

fn refused(what: &str, bytes: &[u8], why: &str) -> Vector {
    Vector::file(what, bytes).expect("refused", NOTHING, why)
}

fn open(what: &str, bytes: &[u8], why: &str) -> Vector {
    Vector::file(what, bytes).expect("cannot-tell", "- - - - -", why)
}

const NONE: &str = "no badge is attached to this PDF document";
const CUT: &str = "the PDF document is not all there";
const DAMAGED: &str = "the PDF document is damaged";
const PACKED: &str = "packed in a way that is not read here";
const SEVERAL: &str = "more than one badge is attached";

/// The document with one piece of text for another.
fn changed(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

fn contents() -> Vec<(&'static str, Vector)> {
    let text = badge();
    let other = LEARNER.credential.to_string();
    let mut altered = COLLEGE.credential.clone();
    altered["credentialSubject"]["identifier"][0]["identityHash"] = "Mario Lindqvist".into();
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(SIZE_MAX));
    let unlinked = document(&[object(1, "<</Type /Catalog>>"), packed(4, FILE, text.as_bytes())]);
    let locked = [catalogue(), vec![packed(4, FILE, text.as_bytes()), object(9, "<<>>")]].concat();
    let locked = tabled(b"%PDF-1.4\n".to_vec(), &locked, " /Encrypt 9 0 R");
    vec![
        ("none", open("Nothing is attached.", &document(&[object(1, "<<>>")]), NONE)),
        ("picture-alone", open("A picture is attached.", &with(b"\x89PNG\r\n\x1a\n"), NONE)),
        ("list-alone", open("A list of badges is attached.", &with(format!("[{text}]").as_bytes()), NONE)),
        ("empty", open("An empty file is attached.", &with(b""), NONE)),
        ("unlinked", open("A badge to which nothing leads.", &unlinked, NONE)),
        (
            "deleted",
            refused(
                "The attachment was deleted, but not its name.",
                &changed(&with(text.as_bytes()), "4 0 R /UF 4 0 R", "7 0 R /UF 8 0 R"),
                DAMAGED,
            ),
        ),
        ("two", refused("Two badges.", &with_two(text.as_bytes(), other.as_bytes()), SEVERAL)),
        (
            "same-twice",
            refused("The same badge twice.", &with_two(text.as_bytes(), text.as_bytes()), SEVERAL),
        ),
        (
            "two-under-one-name",
            refused(
                "One file under its plain name, another under its Unicode name.",
                &{
                    let mut objects = catalogue();
                    objects[2] = object(3, "<</F (a) /UF (b) /EF <</F 4 0 R /UF 5 0 R>>>>");
                    let files = [stream(4, "", text.as_bytes()), stream(5, "", other.as_bytes())];
                    document(&[objects, files.to_vec()].concat())
                },
                SEVERAL,
            ),
        ),
        (
            "altered",
            refused("The name was changed.", &with(altered.to_string().as_bytes()), ": it does not fit"),
        ),
        ("no-badge", refused("Another JSON is attached.", &with(b"{}"), "names no `@context`")),
        (
            "large",
            open(
                "A badge larger than any.",
                &with(large.as_bytes()),
                "the badge that is attached to this PDF document has more than the 524288",
            ),
        ),
        ("not-utf-8", refused("A badge in Latin-1.", &with(b"{\"a\":\"\xfc\"}"), "it is not UTF-8")),
        ("encrypted", open("Encrypted.", &locked, "this PDF document is encrypted")),
        (
            "packed-twice",
            open(
                "Packed twice.",
                &attached(stream(4, " /Filter [/ASCIIHexDecode /FlateDecode]", b"00>")),
                PACKED,
            ),
        ),
        (
            "packed-otherwise",
            open("Packed by LZW.", &attached(stream(4, " /Filter /LZWDecode", b"\x80\x0b")), PACKED),
        ),
        (
            "predicted-otherwise",
            open(
                "Predicted as pictures are.",
                &attached(packed(4, " /DecodeParms <</Predictor 2>>", text.as_bytes())),
                PACKED,
            ),
        ),
    ]
}

fn damage() -> Vec<(&'static str, Vector)> {
    let text = badge();
    let good = with(text.as_bytes());
    let new = compressed(&[packed(4, FILE, text.as_bytes())], &catalogue());
    let half = good.len() / 2;
    let deep = object(1, &format!("{}{}", "[".repeat(40), "]".repeat(40)));
    let loops = tabled(b"%PDF-1.4\n".to_vec(), &catalogue(), " /Prev 9");
    let refused = |what, bytes: &[u8]| refused(what, bytes, DAMAGED);
    let cut = |what, bytes: &[u8]| Vector::file(what, bytes).expect("refused", NOTHING, CUT);
    vec![
        ("beginning-alone", cut("A beginning and nothing else.", b"%PDF-1.7\n")),
        ("cut", cut("Cut in the middle.", &good[..half])),
        ("cut-at-the-end", cut("The last line is gone.", &good[..good.len() - 6])),
        (
            "without-start",
            refused("It does not say where its table is.", &changed(&good, "startxref\n", "startxref\nx")),
        ),
        (
            "start-beyond",
            refused("Its table lies behind the end.", &changed(&good, "startxref\n", "startxref\n9")),
        ),
        ("moved", refused("Something was put in front.", &changed(&good, "1 0 obj", "% moved\n1 0 obj"))),
        ("root-missing", refused("It names no catalogue.", &changed(&good, "/Root", "/Rood"))),
        ("root-direct", refused("Its catalogue is a number.", &changed(&good, "/Root 1 0 R", "/Root 1"))),
        ("table-of-words", refused("A table with another letter.", &changed(&good, "00000 n", "00000 m"))),
        ("other-object", refused("Another object at its place.", &changed(&good, "3 0 obj", "8 0 obj"))),
        ("tables-in-a-circle", refused("A table that is behind itself.", &loops)),
        ("member-twice", refused("A member twice.", &changed(&good, "/UF (badge.json)", "/F (badge.json)"))),
        (
            "name-escaped-badly",
            refused("A name with half an escape.", &changed(&good, "/UF (badge", "/#U (badge")),
        ),
        (
            "text-without-end",
            refused("A text without end.", &changed(&good, "(badge.json)", "(badge.json\\")),
        ),
        ("word-unknown", refused("A word that there is not.", &changed(&good, "4 0 R", "4 0 Q"))),
        ("deep", refused("Forty lists within one another.", &document(&[deep]))),
        ("stream-short", refused("A stream shorter than it says.", &changed(&good, "/Length ", "/Length 1"))),
        ("stream-long", refused("A length that is missing.", &changed(&good, "/Length ", "/Longth "))),
        (
            "stream-damaged",
            refused("A packed stream that is damaged.", &{
                let at = good.windows(7).position(|window| window == b"stream\n").unwrap() + 40;
                let mut bytes = good.clone();
                bytes[at] ^= 0x10;
                bytes
            }),
        ),
        (
            "new-without-type",
            refused("A table that says it is something else.", &changed(&new, "/XRef", "/XReg")),
        ),
        (
            "new-widths-huge",
            refused("A table with columns of nine bytes.", &changed(&new, "/W [1 2 1]", "/W [1 9 1]")),
        ),
        ("new-widths-two", refused("A table of two columns.", &changed(&new, "/W [1 2 1]", "/W [1 3]"))),
        (
            "new-index-beyond",
            refused("A table that promises more.", &changed(&new, "/Index [0 1", "/Index [0 9")),
        ),
        ("new-count-beyond", refused("More objects than a stream holds.", &changed(&new, "/N 3", "/N 9"))),
        (
            "new-first-beyond",
            refused("Objects behind the end of their stream.", &changed(&new, "/First ", "/First 9")),
        ),
        (
            "new-not-objects",
            refused("A stream of objects that is none.", &changed(&new, "/ObjStm", "/ObjStn")),
        ),
    ]
}

pub fn bad() -> Named {
    [contents(), damage()]
        .concat()
        .into_iter()
        .map(|(name, vector)| (format!("pdf-{name}"), vector))
        .collect()
}
