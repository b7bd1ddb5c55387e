//! Badges inside pictures: what is baked, read back by readers that others wrote, and the page's reader against the
//! program's, over the vectors and over thousands of pictures changed by rule.

use std::process::Command;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde_json::{Value, json};
use typeproof::badge::carry::bake::{self, BakeError};
use typeproof::badge::vc::json::SIZE_MAX;
use typeproof::desk::Given;

use crate::support::documents::{catalogue, compressed, document, packed, stream};
use crate::support::images::{chunk, pixel, svg};
use crate::support::vector::{self, Kind, Vector};

const KEYWORD: &str = "openbadgecredential";

/// A credential with everything that readers of pictures stumble over.
fn tricky() -> Value {
    json!({"name": "Größe {{} ]]> 🎯 \u{7f} & <b> \"q\" \\ \n", "list": [1, -2, null, true], "{": {"}": "}"}})
}

/// How wallets read a PNG: the keyword in the whole file, then braces, without looking at strings.
fn as_wallets_read(file: &[u8]) -> Value {
    let text = String::from_utf8_lossy(file);
    let after = &text[text.find(KEYWORD).unwrap()..];
    let json = &after[after.find('{').unwrap()..];
    let mut depth = 0;
    let end = json.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        depth == 0
    });
    serde_json::from_str(&json[..=end.unwrap().0]).unwrap()
}

/// The text chunks before the image, as the png crate reads them.
fn texts(file: &[u8]) -> Vec<(String, bool, String)> {
    let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let chunks = reader.info().utf8_text.iter();
    chunks.map(|text| (text.keyword.clone(), text.compressed, text.get_text().unwrap())).collect()
}

#[test]
fn a_baked_png_is_read_by_others() {
    for credential in [tricky(), json!({})] {
        let baked = bake::png(&pixel(&[], &[]), &credential).unwrap();
        let found = texts(&baked);
        let [(keyword, false, text)] = &found[..] else { panic!("{found:?}") };
        assert_eq!(keyword, KEYWORD);
        assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b)), "{text}");
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), credential);
        assert_eq!(as_wallets_read(&baked), credential);
        assert_eq!(bake::unbake(&baked).unwrap().unwrap(), text.as_bytes());
        let again = bake::png(&baked, &json!({"new": 1})).unwrap();
        assert_eq!(texts(&again).len(), 1);
        assert_eq!(as_wallets_read(&again), json!({"new": 1}));
    }
}

#[test]
fn a_baked_png_is_the_same_picture() {
    let title = chunk("tEXt", b"Title\0typeproof");
    let plain = pixel(&[title.clone(), chunk("tEXt", b"openbadgecredential\0{}")], &[]);
    let baked = bake::png(&plain, &tricky()).unwrap();
    let ours =
        chunk("iTXt", &[KEYWORD.as_bytes(), &[0; 5], &bake::unbake(&baked).unwrap().unwrap()].concat());
    let without: Vec<u8> = [&baked[..33], &baked[33 + ours.len()..]].concat();
    assert_eq!(&baked[33..33 + ours.len()], ours, "straight after the header");
    assert_eq!(without, pixel(&[title], &[]));
}

/// The text of the credentials in an SVG, as another reader of XML finds them.
fn elements(text: &str) -> Option<Vec<String>> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = roxmltree::Document::parse_with_options(text, options).ok()?;
    let name = ("https://purl.imsglobal.org/ob/v3p0", "credential");
    let found = document.descendants().filter(|node| node.has_tag_name(name));
    let text = |node: roxmltree::Node<'_, '_>| node.children().filter_map(|n| n.text()).collect::<String>();
    Some(found.map(text).collect())
}

#[test]
fn a_baked_svg_is_read_by_others() {
    let hosts = [
        svg("", "<g/>"),
        svg("", ""),
        "<?xml version=\"1.0\"?><!-- <svg> --><svg a='>'/>".to_owned(),
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0' ></s:svg>"
            .to_owned(),
    ];
    for host in hosts {
        for credential in [tricky(), json!({"second": "time"})] {
            let baked = bake::svg(&host, &credential).unwrap();
            let (_, after) = baked.split_once("><openbadges:credential><![CDATA[").expect(&baked);
            let (text, _) = after.split_once("]]></openbadges:credential>").unwrap();
            assert!(text.bytes().all(|b| (b' '..=b'~').contains(&b)), "{text}");
            assert_eq!(serde_json::from_str::<Value>(text).unwrap(), credential);
            assert_eq!(elements(&baked).unwrap(), [text]);
            assert_eq!(bake::unbake(baked.as_bytes()).unwrap().unwrap(), text.as_bytes());
            let again = bake::svg(&baked, &json!([])).unwrap();
            assert_eq!(elements(&again).unwrap(), ["[]"], "{again}");
            let plain = again.replace("<openbadges:credential><![CDATA[[]]]></openbadges:credential>", "");
            assert_eq!(bake::svg(&plain, &json!([])).unwrap(), again);
        }
    }
}

#[test]
fn what_cannot_be_baked_is_said() {
    let large = json!({"a": "x".repeat(SIZE_MAX)});
    let good = pixel(&[], &[]);
    let png = |picture: &[u8], credential| bake::png(picture, credential).unwrap_err().to_string();
    let svg_of = |picture: &str, credential| bake::svg(picture, credential).unwrap_err().to_string();
    let small = json!({});
    let cases = [
        (png(&good, &large), "is it really a badge?"),
        (png(b"", &small), "its first bytes were changed"),
        (png(&good[..40], &small), "not all there"),
        (png(&[good.clone(), vec![0]].concat(), &small), "something follows its end"),
        (png(b"\xff\xd8\xff", &small), "its first bytes were changed"),
        (svg_of(&svg("", ""), &large), "is it really a badge?"),
        (svg_of("<html></html>", &small), "not an SVG picture"),
        (svg_of("", &small), "it has no element"),
        (svg_of("<svg>", &small), "it ends too early"),
        (svg_of("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>", &small), "entities of its own"),
        (
            svg_of(&svg("xmlns:openbadges='urn:x'", ""), &small),
            "the prefix openbadges stands for something else",
        ),
    ];
    for (found, wanted) in cases {
        assert!(found.contains(wanted), "{found} / {wanted}");
    }
}

#[test]
fn a_picture_of_any_size_is_answered_at_once() {
    let mut huge = pixel(&[], &[]);
    huge.resize(bake::PICTURE_MAX + 1, 0);
    assert!(matches!(bake::unbake(&huge), Err(BakeError::PictureTooLarge { .. })));
    let padded = pixel(&[chunk("teSt", &vec![0; bake::PICTURE_MAX - 200])], &[]);
    assert_eq!(bake::unbake(&padded), Err(BakeError::NoBadge));
    let wide = svg("", &"<g xmlns:a='u'/>".repeat(49_990));
    assert_eq!(bake::unbake(wide.as_bytes()), Err(BakeError::NoBadge));
    let long = bake::svg(&svg("", ""), &json!("x".repeat(SIZE_MAX - 2))).unwrap();
    assert_eq!(bake::unbake(long.as_bytes()).unwrap().unwrap().len(), SIZE_MAX);
    let longer = long.replace("\"x", "\"xx");
    assert_eq!(bake::unbake(longer.as_bytes()), Err(BakeError::BadgeTooLarge { size: SIZE_MAX + 1 }));
}

/// Pictures of more parts than are read, and of just so many.
fn of_many_parts() -> Vec<(Vec<u8>, bool)> {
    let chunks = |count| pixel(&vec![chunk("teSt", &[]); count], &[]);
    // The root and its three attributes are parts as well.
    let elements = |piece: &str, count: usize| svg("", &piece.repeat(count)).into_bytes();
    let wide = format!("<g{}/>", (0..249).map(|n| format!(" a{n}=''")).collect::<String>());
    vec![
        // With header, image and end.
        (chunks(9_997), false),
        (chunks(9_998), true),
        (elements("<g/>", 99_996), false),
        (elements("<g></g>x", 99_996), false),
        (elements("<g/>", 99_997), true),
        (elements("<g></g>", 99_997), true),
        (elements("<g a=''/>", 49_999), true),
        (elements("<!---->", 99_997), true),
        (elements("<??>", 99_997), true),
        (elements("<![CDATA[]]>", 99_997), true),
        (elements(&wide, 400), true),
        (elements(&wide, 399), false),
    ]
}

#[test]
fn pictures_of_many_parts_are_not_read() {
    for (bytes, too_many) in of_many_parts() {
        let found = bake::unbake(&bytes).unwrap_err();
        let start = String::from_utf8_lossy(&bytes[..120]);
        assert_eq!(matches!(found, BakeError::TooManyParts { .. }), too_many, "{found} {start}");
        assert!(found.is_open(), "{found}");
    }
}

/// Inputs of about a megabyte with white space in the one place that a careless search tries again and again.
fn of_much_space() -> Vec<Vec<u8>> {
    let space = " ".repeat(1 << 20);
    let credential = |inner: &str| {
        let declared = "xmlns:o='https://purl.imsglobal.org/ob/v3p0'";
        svg(declared, &format!("<o:credential>{inner}</o:credential>"))
    };
    let texts = [
        credential(&format!("x{space}x")),
        credential(&format!("{space}x{}", " \n".repeat(1 << 19))),
        credential(&format!("a.b.{space}c")),
        format!("<svg><a></a{space}x></svg>"),
        format!("<svg><a></a{space}></svg>"),
        format!("<svg><a{space}b{space}=''/></svg>"),
        format!("<svg>{space}"),
        format!("<svg/>{space}x"),
        format!("{space}<svg/>"),
        format!("{space}x"),
        format!("<svg>&{space}x;</svg>"),
        format!("<svg>&#{};</svg>", "1".repeat(1 << 20)),
        format!("<!DOCTYPE{space}"),
    ];
    texts.into_iter().map(String::into_bytes).collect()
}

#[test]
fn white_space_of_any_length_is_read_at_once_by_the_page() {
    let files: Vec<Vec<u8>> =
        of_much_space().into_iter().chain(of_many_parts().into_iter().map(|(bytes, _)| bytes)).collect();
    let jobs = json!({"files": files.iter().map(|f| BASE64.encode(f)).collect::<Vec<_>>(), "statuses": []});
    let begun = Instant::now();
    let Some(page) = page(&jobs) else { return };
    // Half a second here; a search that takes the square of the length takes minutes.
    let took = begun.elapsed();
    for (bytes, page) in files.iter().zip(page["files"].as_array().unwrap()) {
        let mut page = page.clone();
        page.as_object_mut().unwrap().remove("german");
        assert_eq!(page, of_file(bytes), "{}", String::from_utf8_lossy(&bytes[..120]));
    }
    assert!(took < Duration::from_secs(20), "{took:?}");
}

/// Pieces that mean something to a reader of XML.
const PIECES: [&str; 24] = [
    "<",
    ">",
    "/",
    "&",
    ";",
    "\"",
    "'",
    "=",
    "!",
    "?",
    "[",
    "]]>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&#x7b;",
    "&lt;",
    ":",
    " ",
    "xmlns",
    "openbadges:credential",
    "</openbadges:credential>",
    "<!DOCTYPE svg>",
    "\u{fc}",
];

/// A number from 0 to `below`, by rule (a linear congruence; the numbers are Knuth's).
fn next(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from((*seed >> 33) % below as u64).unwrap()
}

/// SVG pictures, each with up to three pieces put in, put over others, taken out or said twice.
fn changed_svgs() -> Vec<String> {
    let inner = "<g><b:credential xmlns:b='https://purl.imsglobal.org/ob/v3p0' a='&amp;'>{&quot;a&quot;:1}</b:credential></g>";
    let hosts = [bake::svg(&svg("", "<g/>"), &json!({"a": 1})).unwrap(), svg("", inner)];
    let mut seed = 7;
    let changed = |number: usize| {
        let mut text: Vec<char> = hosts[number % hosts.len()].chars().collect();
        for _ in 0..=next(&mut seed, 3) {
            let at = next(&mut seed, text.len());
            let end = (at + next(&mut seed, 12)).min(text.len());
            let piece: Vec<char> = match next(&mut seed, 3) {
                0 => PIECES[next(&mut seed, PIECES.len())].chars().collect(),
                1 => Vec::new(),
                _ => [&text[at..end], &text[at..end]].concat(),
            };
            let from = if next(&mut seed, 2) == 0 { at } else { end };
            text.splice(from..end, piece);
        }
        text.into_iter().collect()
    };
    (0..3000).map(changed).collect()
}

/// A small PNG, cut everywhere, with every byte changed, and with further chunks.
fn changed_pngs() -> Vec<Vec<u8>> {
    let good = pixel(&[chunk("iTXt", b"openbadgecredential\0\0\0\0\0{}")], &[]);
    let cut = (0..good.len()).map(|end| good[..end].to_vec());
    let flipped = (0..good.len()).flat_map(|at| {
        [0x01, 0x20, 0x80].map(|bit| {
            let mut bytes = good.clone();
            bytes[at] ^= bit;
            bytes
        })
    });
    let texts = (0..40_u8).map(|number| {
        let mut data = b"openbadgecredential\0\0\0\0\0{}".to_vec();
        data[usize::from(number % 26)] = [0, 1, b'o', 0xff][usize::from(number / 10)];
        pixel(&[chunk(["iTXt", "tEXt"][usize::from(number % 2)], &data)], &[])
    });
    cut.chain(flipped).chain(texts).collect()
}

/// Small PDF documents in both forms, cut everywhere, and with every byte changed.
fn changed_documents() -> Vec<Vec<u8>> {
    let plain = document(&[catalogue(), vec![stream(4, " /Type /EmbeddedFile", b"{}")]].concat());
    let new = compressed(&[packed(4, "", b"{}")], &catalogue());
    let changed = |good: Vec<u8>| {
        let cut: Vec<Vec<u8>> = (4..good.len()).map(|end| good[..end].to_vec()).collect();
        let flipped = (4..good.len()).flat_map(|at| {
            [0x01, 0x04, 0x10, 0x80].map(|bit| {
                let mut bytes = good.clone();
                bytes[at] ^= bit;
                bytes
            })
        });
        cut.into_iter().chain(flipped).collect::<Vec<_>>()
    };
    [plain, new].into_iter().flat_map(changed).collect()
}

#[test]
fn a_changed_svg_is_read_as_others_read_it_or_refused() {
    let (mut taken, mut both) = (0, 0);
    for text in changed_svgs() {
        let ours = bake::unbake(text.as_bytes());
        let Some(theirs) = elements(&text) else {
            taken += usize::from(matches!(ours, Ok(Some(_))));
            continue;
        };
        match ours {
            Ok(Some(found)) => {
                both += 1;
                assert_eq!([String::from_utf8(found).unwrap().replace('\r', "\n")], theirs[..], "{text}");
            }
            Err(BakeError::NoBadge) => assert!(theirs.is_empty(), "{text}"),
            _ => {}
        }
    }
    assert!(both > 300, "{both} taken by both, {taken} by us alone");
    println!("{both} taken by both, {taken} by us alone");
}

fn vectors() -> impl Iterator<Item = Vector> {
    vector::all().map(|(_, vector)| vector)
}

/// What the program says of a file, as the page's script prints it.
fn of_file(bytes: &[u8]) -> Value {
    match bake::unbake(bytes) {
        Ok(found) => json!({"taken": found.map(|bytes| String::from_utf8(bytes).unwrap())}),
        Err(e) => json!({"refused": e.to_string(), "open": e.is_open()}),
    }
}

/// What a badge's list answers, and what the page needs to answer it.
fn of_status(vector: &Vector) -> Option<(Value, Value)> {
    let read = match vector.kind {
        Kind::Document => Given::read(vector.given.as_bytes()),
        _ => return None,
    };
    let Ok(Given::Document(bytes)) = read.map(|found| found.given) else { return None };
    let credential: Value = serde_json::from_slice(&bytes).ok()?;
    let issuer = credential.pointer("/issuer/id")?.clone();
    credential.get("credentialStatus")?;
    let lists: Vec<Value> = vector.statuses().iter().map(|list| list.to_json()).collect();
    let job = json!({"credential": credential, "issuer": issuer, "lists": lists, "now": vector.now});
    let answer = vector.run().standing;
    Some((job, json!({"is": answer.word().replace(' ', "-"), "why": answer.why()})))
}

/// The page's words where the program names an option.
fn on_the_page(why: &str) -> String {
    let option = "save that file and give it with --status-list FILE";
    why.replace(option, "and this page does not hold that list: ask the issuer")
        .replace("here: and", "here, and")
}

#[test]
fn the_page_reads_pictures_and_lists_as_the_program_does() {
    let mut files: Vec<Vec<u8>> = vectors()
        .filter(|vector| vector.kind == Kind::File)
        .map(|vector| BASE64.decode(vector.given.as_bytes()).unwrap())
        .collect();
    assert!(files.len() >= 80);
    files.extend(changed_svgs().into_iter().map(String::into_bytes));
    files.extend(changed_pngs());
    files.extend(changed_documents());
    let large = bake::svg(&svg("", ""), &json!("x".repeat(SIZE_MAX - 2))).unwrap();
    files.extend(of_many_parts().into_iter().map(|(bytes, _)| bytes).take(2));
    files.extend([b"<!-- -->".to_vec(), large.replace("\"x", "\"xx").into_bytes()]);
    files.push([&b"\x89PNG"[..], &vec![0; bake::PICTURE_MAX]].concat());
    let statuses: Vec<(Value, Value)> = vectors()
        .filter(|vector| {
            !vector.expect.why.contains("it expired") && vector.expect.answers["integrity"] == "yes"
        })
        .filter_map(|vector| of_status(&vector))
        .collect();
    assert!(statuses.len() >= 30, "{}", statuses.len());
    let jobs: Vec<&Value> = statuses.iter().map(|(job, _)| job).collect();
    let jobs = json!({"files": files.iter().map(|f| BASE64.encode(f)).collect::<Vec<_>>(), "statuses": jobs});
    let Some(page) = page(&jobs) else { return };
    for (bytes, page) in files.iter().zip(page["files"].as_array().unwrap()) {
        let mut page = page.clone();
        page.as_object_mut().unwrap().remove("german");
        assert_eq!(page, of_file(bytes), "{}", String::from_utf8_lossy(bytes));
    }
    for ((job, answer), page) in statuses.iter().zip(page["statuses"].as_array().unwrap()) {
        assert_eq!(page["is"], answer["is"], "{page} {answer}");
        assert_eq!(page["why"], on_the_page(answer["why"].as_str().unwrap()), "{}", job["lists"]);
    }
    assert_eq!(page["unused"], json!([]), "texts");
}

/// What the page's script gives, or nothing where Node is missing.
fn page(jobs: &Value) -> Option<Value> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop/unbake.mjs");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jobs.json");
    std::fs::write(&file, jobs.to_string()).unwrap();
    let Ok(ran) = Command::new("node").arg(script).arg(&file).output() else {
        println!(
            "SKIPPED: the page's reader of pictures is not compared, since the node command is not installed"
        );
        return None;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(serde_json::from_slice(&ran.stdout).unwrap())
}
