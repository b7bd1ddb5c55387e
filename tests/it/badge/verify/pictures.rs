//! Badges in pictures, and pictures that hold none, several, or one that is written otherwise. The pictures have one
//! pixel; they are put together here by hand, so that the reader is not tested with its own writer alone.

use serde_json::{Value, json};
use typeproof::badge::carry::bake;
use typeproof::badge::carry::link;

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

fn png_forms() -> Cases {
    let two = pixel(&[baked("{\"a\":1}")], &[baked("{\"a\":2}")]);
    let mut altered = COLLEGE.credential.clone();
    altered["credentialSubject"]["identifier"][0]["identityHash"] = "Mario Lindqvist".into();
    let altered = bake::png(&pixel(&[], &[]), &altered).unwrap();
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(b"{}", 9);
    let with = |chunk| pixel(&[chunk], &[]);
    vec![
        ("png-none", open("A picture and nothing else.", &pixel(&[], &[]), "this picture holds no badge")),
        ("png-two", refused("Two badges.", &two, "more than one badge")),
        (
            "png-two-badges",
            refused("Two badges.", &pixel(&[baked("{}"), baked("{\"a\":1}")], &[]), "more than one badge"),
        ),
        (
            "png-iTXt-and-tEXt",
            refused(
                "One that is right, and one in another kind of chunk.",
                &pixel(&[baked("{}"), text("tEXt", KEYWORD, &[], b"{}")], &[]),
                "its chunk is not iTXt",
            ),
        ),
        ("png-altered", refused("The name was changed within the picture.", &altered, ": it does not fit")),
        (
            "png-compressed",
            open("Compressed.", &with(text("iTXt", KEYWORD, &[1, 0, 0, 0], &packed)), "is compressed, which"),
        ),
        (
            "png-compression-unknown",
            refused("A flag that does not exist.", &with(text("iTXt", KEYWORD, &[2, 0, 0, 0], b"{}")), FORM),
        ),
        (
            "png-method-unknown",
            refused(
                "A method that does not exist.",
                &with(text("iTXt", KEYWORD, &[0, 1, 0, 0], b"{}")),
                FORM,
            ),
        ),
        ("png-tEXt", refused("In tEXt.", &with(text("tEXt", KEYWORD, &[], b"{}")), "its chunk is not iTXt")),
        (
            "png-zTXt",
            refused("In zTXt.", &with(text("zTXt", KEYWORD, &[0], &packed)), "its chunk is not iTXt"),
        ),
        (
            "png-unended",
            refused("No end of the language.", &with(text("iTXt", KEYWORD, &[0, 0], b"{}")), FORM),
        ),
        (
            "png-keyword-alone",
            refused("Nothing behind the keyword.", &with(chunk("iTXt", KEYWORD.as_bytes())), FORM),
        ),
        (
            "png-not-utf-8",
            refused("Latin-1.", &with(text("iTXt", KEYWORD, &[0; 4], b"{\"a\":\"\xfc\"}")), "not UTF-8"),
        ),
        (
            "png-keyword-in-capitals",
            open(
                "Keywords tell letters apart.",
                &with(text("iTXt", "OpenBadgeCredential", &[0; 4], b"{}")),
                "holds no badge",
            ),
        ),
        (
            "png-keyword-longer",
            open(
                "Another keyword.",
                &with(text("iTXt", "openbadgecredentials", &[0; 4], b"{}")),
                "holds no badge",
            ),
        ),
        (
            "png-keyword-elsewhere",
            open(
                "The keyword in a comment.",
                &with(text("tEXt", "Comment", &[], KEYWORD.as_bytes())),
                "holds no badge",
            ),
        ),
        ("png-token", refused("A JSON Web Token that is none.", &with(baked(JWS)), "names no `@context`")),
        (
            "png-open-badges-2",
            open(
                "An Open Badge 2.",
                &with(text("iTXt", "openbadges", &[0; 4], b"https://b.example/1")),
                "an Open Badge 2",
            ),
        ),
        (
            "png-open-badges-2-tEXt",
            open("An older Open Badge.", &with(text("tEXt", "openbadges", &[], b"{}")), "an Open Badge 2"),
        ),
        ("png-nothing", refused("An empty text.", &with(baked("")), "the document is not JSON")),
        ("png-half", refused("Half of a JSON.", &with(baked("{\"a\":")), "the document is not JSON")),
        ("png-member-twice", refused("A member twice.", &with(baked("{\"a\":1,\"a\":2}")), "is there twice")),
    ]
}

fn png_damage() -> Cases {
    let good = pixel(&[baked("{}")], &[]);
    let changed = |at: usize, to: u8| {
        let mut bytes = good.clone();
        bytes[at] = to;
        bytes
    };
    let begins = |with: &[u8], rest: &[u8]| [with, rest].concat();
    let signature = &good[..8];
    vec![
        (
            "png-checksum",
            refused("A letter changed.", &changed(66, b'['), "the checksum of its iTXt chunk is wrong"),
        ),
        (
            "png-checksum-of-the-image",
            refused(
                "A pixel changed.",
                &{
                    let mut bytes = good.clone();
                    let at = bytes.len() - 20;
                    bytes[at] ^= 1;
                    bytes
                },
                "the checksum of its IDAT chunk is wrong",
            ),
        ),
        (
            "png-length-huge",
            refused("A chunk of two gigabytes.", &changed(33, 0x7f), "the PNG picture is not all there"),
        ),
        ("png-length-of-four-gigabytes", refused("A chunk of four.", &changed(33, 0xff), "is not all there")),
        ("png-cut", refused("Cut within the badge.", &good[..60], "the PNG picture is not all there")),
        (
            "png-without-end",
            refused("Cut before the end.", &good[..good.len() - 12], "the PNG picture is not all there"),
        ),
        (
            "png-beginning-alone",
            refused("The first eight bytes.", signature, "the PNG picture is not all there"),
        ),
        (
            "png-as-text",
            refused("Transferred as text.", &begins(b"\x89PNG\n\x1a\n", &good[8..]), "a transfer of text"),
        ),
        (
            "png-text-behind-the-end",
            refused(
                "A badge behind the end.",
                &{ [good.clone(), baked("{}")].concat() },
                "something follows its end",
            ),
        ),
        (
            "png-without-header",
            refused(
                "A badge before everything.",
                &{ begins(signature, &[baked("{}"), good[8..].to_vec()].concat()) },
                "does not begin with its header",
            ),
        ),
        (
            "png-two-headers",
            refused("A second header.", &{ begins(&good[..33], &good[8..]) }, "it has two headers"),
        ),
        (
            "png-chunk-without-name",
            refused(
                "A chunk named by digits.",
                &{ pixel(&[chunk("1234", b"")], &[]) },
                "a chunk has no name",
            ),
        ),
    ]
}

fn svg_forms() -> Cases {
    let one = "<openbadges:credential>{}</openbadges:credential>";
    let two = svg(NAMESPACE, &format!("{one}{one}"));
    let hidden = svg(
        NAMESPACE,
        &format!("{one}<g xmlns:b=\"https://purl.imsglobal.org/ob/v3p0\"><b:credential/></g>"),
    );
    let rebound =
        svg(NAMESPACE, "<g xmlns:openbadges=\"urn:x\"><openbadges:credential>{}</openbadges:credential></g>");
    let verify = svg(NAMESPACE, &format!("<openbadges:credential verify=\"{JWS}\"/>"));
    let older = svg(
        "xmlns:openbadges=\"http://openbadges.org\"",
        "<openbadges:assertion verify=\"https://b.example/1\"/>",
    );
    let mut altered = COLLEGE.credential.clone();
    altered["name"] = "Typing 90 WPM".into();
    let altered = bake::svg(&svg("", ""), &altered).unwrap();
    let s = str::as_bytes;
    vec![
        ("svg-none", open("A drawing and nothing else.", s(&svg("", "<g/>")), "this picture holds no badge")),
        (
            "svg-two-behind-empty-ones",
            refused(
                "Two badges, with an empty comment and an empty instruction before each.",
                s(&two.replace(one, &format!("<!----><??>{one}"))),
                "more than one badge",
            ),
        ),
        ("svg-two", refused("Two badges.", s(&two), "more than one badge")),
        (
            "svg-second-under-another-prefix",
            refused("A second one, empty, within.", s(&hidden), "more than one badge"),
        ),
        (
            "svg-prefix-of-something-else",
            open("The prefix stands for another namespace.", s(&rebound), "holds no badge"),
        ),
        (
            "svg-no-namespace",
            open("A prefix that is not declared.", s(&svg("", one)), "this picture holds no badge"),
        ),
        (
            "svg-namespace-of-a-neighbour",
            open(
                "Declared by an element beside it.",
                s(&svg("", &format!("<g {NAMESPACE}/><g {NAMESPACE}></g>{one}"))),
                "holds no badge",
            ),
        ),
        (
            "svg-in-a-comment",
            open("In a comment.", s(&svg(NAMESPACE, &format!("<!--{one}-->"))), "holds no badge"),
        ),
        (
            "svg-in-cdata",
            open(
                "In the text.",
                s(&svg(NAMESPACE, &format!("<desc><![CDATA[{one}]]></desc>"))),
                "holds no badge",
            ),
        ),
        (
            "svg-altered",
            refused("The level was changed within the picture.", s(&altered), ": it does not fit"),
        ),
        (
            "svg-verify",
            refused("A JSON Web Token that is none, as attribute.", s(&verify), "names no `@context`"),
        ),
        (
            "svg-token",
            refused("A JSON Web Token that is none, as text.", s(&credential(JWS)), "names no `@context`"),
        ),
        ("svg-open-badges-2", open("An Open Badge 2.", s(&older), "an Open Badge 2, which is not read here")),
        (
            "svg-element-within",
            refused("An element within the badge.", s(&credential("{}<g/>")), "more than a text"),
        ),
        (
            "svg-comment-within",
            refused("A comment within the badge.", s(&credential("{\"a\":<!-- 1 -->2}")), "more than a text"),
        ),
        (
            "svg-cdata-break-out",
            refused(
                "CDATA ends early, and a second badge follows.",
                s(&{ credential("<![CDATA[{\"a\":\"]]></openbadges:credential><openbadges:credential>{}") }),
                "more than one badge",
            ),
        ),
        (
            "svg-nothing",
            refused(
                "An empty element.",
                s(&svg(NAMESPACE, "<openbadges:credential/>")),
                "the document is not JSON",
            ),
        ),
        (
            "svg-entity-in-the-badge",
            refused("An entity that is not XML's.", s(&credential("{&nbsp;}")), "the entity &nbsp;"),
        ),
        (
            "svg-entity-elsewhere",
            refused("The same in an attribute.", s(&svg("id=\"&x;\"", one)), "the entity &x;"),
        ),
        (
            "svg-number-of-nothing",
            refused("A character that there is not.", s(&credential("{&#xD800;}")), "the entity &#xD800;"),
        ),
        (
            "svg-number-too-large",
            refused(
                "A number beyond Unicode.",
                s(&credential("{&#4294967296;}")),
                "the entity &#4294967296;",
            ),
        ),
        (
            "svg-number-with-sign",
            refused("A number with a sign.", s(&credential("{&#+32;}")), "the entity &#+32;"),
        ),
        (
            "svg-ampersand",
            refused("An ampersand alone.", s(&credential("{\"a & b\":1}")), "an & stands alone"),
        ),
        (
            "svg-own-entities",
            refused(
                "Entities that unfold.",
                s(&{
                    format!(
                        "<!DOCTYPE svg [<!ENTITY a \"{{}}\"><!ENTITY b \"&a;&a;&a;\">]>{}",
                        credential("&b;")
                    )
                }),
                "declares entities of its own",
            ),
        ),
        (
            "svg-file-as-entity",
            refused(
                "An entity that is a file.",
                s(&{
                    format!(
                        "<!DOCTYPE svg [ <!ENTITY a SYSTEM \"file:///etc/passwd\"> ]>{}",
                        credential("&a;")
                    )
                }),
                "declares entities of its own",
            ),
        ),
    ]
}

fn svg_damage() -> Cases {
    let xml = |what, text: String, why| refused(what, text.as_bytes(), why);
    let good = credential("{}");
    let deep = format!("{}{}", "<g>".repeat(300), "</g>".repeat(300));
    let many: String = (0..300).map(|n| format!(" a{n}=''")).collect();
    vec![
        ("svg-cut", xml("Cut.", good[..good.len() - 4].to_owned(), "it ends too early")),
        (
            "svg-cut-in-the-badge",
            xml("Cut within the badge.", good[..good.len() - 32].to_owned(), "it ends too early"),
        ),
        ("svg-cut-in-a-tag", xml("Cut within a tag.", good[..30].to_owned(), "a tag is malformed")),
        ("svg-cut-in-a-comment", xml("A comment without end.", format!("<!-- {good}"), "it ends too early")),
        ("svg-wrong-end", xml("Ends crosswise.", svg("", "<a><b></a></b>"), "ends that did not begin")),
        (
            "svg-second-root",
            xml("A second badge behind.", format!("{good}{good}"), "a second element outside"),
        ),
        ("svg-text-behind", xml("A text behind.", format!("{good} {{}}"), "a text stands outside")),
        ("svg-attribute-twice", xml("An attribute twice.", svg("a='1' a='2'", ""), "a tag is malformed")),
        ("svg-attribute-bare", xml("Without quotation marks.", svg("a=1", ""), "a tag is malformed")),
        ("svg-attribute-with-tag", xml("A tag in an attribute.", svg("a='<g>'", ""), "a tag is malformed")),
        ("svg-attributes-many", xml("Three hundred attributes.", svg(&many, ""), "a tag is malformed")),
        ("svg-deep", xml("Three hundred levels.", svg("", &deep), "it nests too deep")),
        (
            "svg-doctype-within",
            xml("A document type within.", svg("", "<!DOCTYPE svg>"), "a tag is malformed"),
        ),
        ("svg-not-utf-8", refused("Latin-1.", b"<svg>\xfc</svg>", "it is not UTF-8")),
    ]
}

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
