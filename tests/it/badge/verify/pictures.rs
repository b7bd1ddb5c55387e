//! Badges in pictures, and pictures that hold none, several, or one that is written otherwise. The pictures have one
//! pixel; they are put together here by hand, so that the reader is not tested with its own writer alone.

mod png;
mod svg;

use png::{png_damage, png_forms};
use serde_json::{Value, json};
use svg::{svg_damage, svg_forms};
use typeproof::badge::carry::{bake, link};

use super::Named;
use super::good::PAGE;
use crate::support::cast::{self, COLLEGE, LEARNER, Who};
use crate::support::images::{chunk, pixel, svg};
use crate::support::patch::apply;
use crate::support::vector::{NOTHING, Vector};

type Cases = Vec<(&'static str, Vector)>;

const KEYWORD: &str = "openbadgecredential";
const OPEN: &str = "- - - - -";
const NO_LINK: &str = "there is no badge in this text: give";
const NAMESPACE: &str = "xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"";

/// A text chunk as the specification asks for it, with everything to choose.
fn text(kind: &str, keyword: &str, between: &[u8], text: &[u8]) -> Vec<u8> {
    chunk(kind, &[keyword.as_bytes(), &[0], between, text].concat())
}

fn baked(json: &str) -> Vec<u8> {
    text("iTXt", KEYWORD, &[0; 4], json.as_bytes())
}

fn credential(inner: &str) -> String {
    svg(NAMESPACE, &format!("<openbadges:credential>{inner}</openbadges:credential>"))
}

/// Another issuer's badge, with what bad readers stumble over.
fn foreign() -> Value {
    let name = "Erste Hilfe {Übung} – ]]> & 🎯 \\u003c";
    let case = json!({"set": {"/credentialSubject/achievement/name": name}});
    cast::sign(Who::Stranger, &apply(&case, &cast::foreign(&Who::Stranger.profile())))
}

fn svg_of(credential: &Value) -> String {
    bake::svg(&svg("", ""), credential).unwrap()
}

/// A JSON text as XML text.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&#x3E;").replace('"', "&quot;")
}

pub fn good() -> Named {
    let college = |what, bytes: &[u8]| {
        Vector::file(what, bytes).expect("valid", "yes yes - - yes", "Valid: unchanged and in force; ")
    };
    let foreign = foreign();
    let stranger = |what, bytes: &[u8]| {
        Vector::file(what, bytes).expect(
            "unproven",
            "yes no - - yes",
            "its issuer is not on the list of trusted issuers",
        )
    };
    let translated = [&[0, 0][..], b"en\0Abzeichen\0"].concat();
    let text_of = foreign.to_string();
    let prefixed = format!(
        "\u{feff}<?xml version='1.0'?>\n<!-- <openbadges:credential/> -->\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
         \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g  a='>' >\
         <b:credential xmlns:b = \"https://purl.imsglobal.org/ob/v3p&#48;\">{}</b:credential ></s:g></s:svg>\n<?end?>",
        escaped(&text_of)
    );
    let default = svg(
        "",
        &format!(
            "<title>&#9786;</title><credential xmlns=\"https://purl.imsglobal.org/ob/v3p0\">\n<![CDATA[{}]]>\n\
             </credential>",
            text_of.replace("]]>", "]]]]><![CDATA[>")
        ),
    );
    let cases: Cases = vec![
        (
            "png",
            college(
                "A PNG as the program bakes it.",
                &bake::png(&pixel(&[], &[]), &COLLEGE.credential).unwrap(),
            ),
        ),
        (
            "png-in-place-of-another",
            stranger("Baked anew: the badge before is gone.", &{
                let before = bake::png(&pixel(&[], &[]), &LEARNER.credential).unwrap();
                bake::png(&before, &foreign).unwrap()
            }),
        ),
        (
            "png-utf-8-behind-the-image",
            stranger("UTF-8, a language and a translated keyword, behind the image.", &{
                pixel(&[], &[text("iTXt", KEYWORD, &translated, text_of.as_bytes())])
            }),
        ),
        (
            "png-with-other-texts",
            stranger("Other texts, and an Open Badge 2 beside.", &{
                let title = text("tEXt", "Title", &[], KEYWORD.as_bytes());
                pixel(&[title, baked(&text_of), text("iTXt", "openbadges", &[0; 4], b"{}")], &[])
            }),
        ),
        (
            "svg",
            college(
                "An SVG as the program bakes it.",
                bake::svg(&svg("", "<g/>"), &COLLEGE.credential).unwrap().as_bytes(),
            ),
        ),
        (
            "svg-in-place-of-another",
            stranger("Baked anew.", &{
                let before = bake::svg(&svg("", ""), &LEARNER.credential).unwrap();
                bake::svg(&before, &foreign).unwrap().into_bytes()
            }),
        ),
        ("svg-other-prefix", stranger("Another prefix, escaped text, a document type.", prefixed.as_bytes())),
        (
            "svg-behind-empty-ones",
            stranger("Behind an empty comment and an empty instruction.", &{
                svg_of(&foreign).replace("<openbadges", "<!----><??><openbadges").into_bytes()
            }),
        ),
        ("svg-without-prefix", stranger("A default namespace, CDATA in two pieces.", default.as_bytes())),
        ("json", stranger("A JSON file.", text_of.as_bytes())),
        (
            "json-behind-newlines",
            stranger("Sixty-four line ends first.", format!("{}{text_of}", "\n".repeat(64)).as_bytes()),
        ),
        (
            "json-behind-spaces",
            stranger(
                "A byte-order mark and white space first.",
                format!("\u{feff}{}\t\r\n{text_of}", " ".repeat(70)).as_bytes(),
            ),
        ),
        (
            "svg-behind-spaces",
            stranger(
                "White space first.",
                format!("\u{feff}\u{feff}{}\u{c}{}", " ".repeat(1_100), svg_of(&foreign)).as_bytes(),
            ),
        ),
        ("link", college("A text file with a link.", link::url(PAGE, &COLLEGE.token).as_bytes())),
    ];
    cases.into_iter().map(|(name, vector)| (format!("picture-{name}"), vector)).collect()
}

pub fn bad() -> Named {
    let all = [png_forms(), png_damage(), svg_forms(), svg_damage(), others()].concat();
    all.into_iter().map(|(name, vector)| (format!("picture-{name}"), vector)).collect()
}

fn refused(what: &str, bytes: &[u8], why: &str) -> Vector {
    Vector::file(what, bytes).expect("refused", NOTHING, why)
}

fn open(what: &str, bytes: &[u8], why: &str) -> Vector {
    Vector::file(what, bytes).expect("cannot-tell", OPEN, why)
}

const JWS: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln";
const FORM: &str = "not written as Open Badges 3.0 asks";

fn others() -> Cases {
    vec![
        (
            "jpeg",
            open("What a messenger made of it.", b"\xff\xd8\xff\xe0\0\x10JFIF", "this is a JPEG picture"),
        ),
        ("gif", open("A GIF.", b"GIF89a\x01\0\x01\0", "this is a GIF picture")),
        ("webp", open("A WebP.", b"RIFF\x24\0\0\0WEBPVP8 ", "this is a WebP picture")),
        (
            "html",
            open(
                "A web page.",
                b"<!DOCTYPE html><html><body>{}</body></html>",
                "a web page or another XML file",
            ),
        ),
        ("xml", open("Another XML.", b"<?xml version='1.0'?><rss/>", "a web page or another XML file")),
        ("json-behind-a-vertical-tab", refused("White space that is none in JSON.", b"\x0b{}", NO_LINK)),
        ("json-behind-a-fixed-space", refused("A space that is not ASCII.", "\u{a0}{}".as_bytes(), NO_LINK)),
        ("json-behind-a-line-mark", refused("A line's end of Unicode.", "\u{2028}{}".as_bytes(), NO_LINK)),
        ("json-behind-two-marks", refused("Two byte-order marks.", "\u{feff}\u{feff}{}".as_bytes(), NO_LINK)),
        (
            "svg-behind-a-fixed-space",
            refused("A space that is not ASCII.", "\u{a0}<svg/>".as_bytes(), NO_LINK),
        ),
        ("bytes", refused("Neither.", b"\x00\x01\x02\xff\xfe", "there is no badge in this file")),
        ("empty", refused("An empty file.", b"", "there is no badge in this text")),
    ]
}
