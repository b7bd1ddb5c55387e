//! PNG pictures around a badge: forms that are not those of Open Badges, and damage.

use typeproof::badge::carry::bake;

use super::{Cases, FORM, JWS, KEYWORD, baked, open, refused, text};
use crate::support::cast::COLLEGE;
use crate::support::images::{chunk, pixel};

pub(super) fn png_forms() -> Cases {
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

pub(super) fn png_damage() -> Cases {
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
