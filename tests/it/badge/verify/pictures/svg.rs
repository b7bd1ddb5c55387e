//! SVG pictures around a badge: forms that are not those of Open Badges, and damage.

use typeproof::badge::carry::bake;

use super::{Cases, JWS, NAMESPACE, credential, open, refused};
use crate::support::cast::COLLEGE;
use crate::support::images::svg;

pub(super) fn svg_forms() -> Cases {
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

pub(super) fn svg_damage() -> Cases {
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
