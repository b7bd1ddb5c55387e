//! The page as one file: small, allowed nothing but itself, with every text in both languages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;
use serde_json::json;
use sha2::{Digest, Sha256};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Issuer;
use typeproof::web::data::PageData;
use typeproof::web::page::{self, INDEX, MODULES, Module, STYLE, VENDOR};

/// The largest page, in bytes: a second or two on a slow phone connection. A third of it are the typeface's letters and what
/// draws with them.
const MAX_BYTES: usize = 212_000;

/// Longest line of a module, in characters; words may be longer.
const MAX_LINE: usize = 130;

const ISSUER: &str = r#"
name = "</script><script>alert(1)</script><!--"
url = "https://college.example/"
key = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
from = 2026-01-01
state = "in-use"
highest_assurance = "proctored"
"#;

fn html(issuers: &[Issuer]) -> String {
    let catalogue = Catalogue::embedded();
    let built = "2026-11-23T10:00:00Z".parse().unwrap();
    page::html(&PageData { catalogue: &catalogue, issuers, documents: &[], statuses: &[], built }).unwrap()
}

/// What stands between two marks, the first time that they occur.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("the page has {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("the page has {to}")).0
}

/// The script that the page unpacks.
fn unpacked(page: &str) -> String {
    let packed = BASE64.decode(between(page, "id=\"packed\">", "</script>").as_bytes()).unwrap();
    String::from_utf8(miniz_oxide::inflate::decompress_to_vec(&packed).unwrap()).unwrap()
}

#[test]
fn it_is_small_with_all_levels() {
    let page = html(&[]);
    assert!(page.len() < MAX_BYTES, "the page has {} bytes", page.len());
}

#[test]
fn it_says_whose_work_it_contains() {
    let page = html(&[]);
    assert!(page.contains("noble-ed25519, MIT License, (c) 2019 Paul Miller"), "to whoever reads its source");
    assert!(unpacked(&page).contains("Permission is hereby granted, free of charge"), "the licence itself");
}

#[test]
fn its_policy_allows_itself_and_nothing_else() {
    let page = html(&[]);
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text));
    let (style, loader) = (between(&page, "<style>", "</style>"), between(&page, "<script>", "</script>"));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action \
         'none'; require-trusted-types-for 'script'; trusted-types typeproof",
        hash(loader),
        hash(&unpacked(&page)),
        hash(style),
    );
    assert_eq!(between(&page, "Content-Security-Policy\" content=\"", "\""), policy);
    assert!(page.contains("<meta name=\"referrer\" content=\"no-referrer\">"));
    let before = page.split("Content-Security-Policy").next().unwrap();
    assert!(!before.contains("<s") && before.contains("<meta charset=\"utf-8\">"), "it comes first");
}

#[test]
fn it_names_no_address_outside_of_its_data() {
    let page = html(&[]);
    let data = between(&page, "id=\"data\">", "</script>");
    let rest = page.replace(data, "") + &unpacked(&page);
    // Names that look like addresses, and beginnings of addresses that the badge gives: nothing that is ever asked for.
    let known = [
        "http://openbadges.org",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://www.w3.org/2001/XMLSchema#",
        "http://www.w3.org/2000/svg",
        "https://purl.imsglobal.org/ob/v3p0",
        "https://purl.imsglobal.org/spec/ob/v3p0/context",
        "https://www.w3.org/ns/credentials/v2",
        "https://www.w3.org/2018/credentials/v1",
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "https://w3id.org/security/data-integrity/v",
        "https://w3id.org/openbadges/v",
        "http://[${text}]/",
        "https://${host.replace(",
        "https://paulmillr.com",
        "https://github.com/notofonts/latin-greek-cyrillic",
        "http://scripts.sil.org/OFL",
        "https://…",
    ];
    let end = |c: char| c.is_whitespace() || "\"',;)".contains(c);
    let addresses = rest.match_indices("http").map(|(at, _)| rest[at..].split(end).next().unwrap());
    for address in addresses.filter(|address| !["http://", "https://"].contains(address)) {
        let named = address.starts_with("http://") || address.starts_with("https://");
        assert!(!named || known.iter().any(|known| address.starts_with(known)), "{address}");
    }
    for attribute in [" src=", " href=", "url(", "@import", "<link", "<img", "<iframe", "<object"] {
        assert!(!rest.contains(attribute), "{attribute}");
    }
}

#[test]
fn nothing_in_its_data_or_script_ends_the_element() {
    let issuer = Issuer::parse("issuer.toml", ISSUER).unwrap();
    let page = html(&[issuer]);
    assert_eq!(page.matches("<script").count(), 3, "data, packed script and loader");
    assert_eq!(page.matches("</script").count(), 3);
    assert_eq!(page.matches("<!--").count(), 0);
    let data: serde_json::Value = serde_json::from_str(between(&page, "id=\"data\">", "</script>")).unwrap();
    assert_eq!(data["issuers"][0]["name"], json!("</script><script>alert(1)</script><!--"));
    assert_eq!(html(&[]), html(&[]), "equal data give an equal page");
}

#[test]
fn all_modules_are_joined_after_what_they_import() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/page");
    let mut files = Vec::new();
    for folder in ["engine", "texts", "ui"] {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.extension().is_some_and(|e| e == "mjs")));
    }
    let joined: BTreeSet<PathBuf> = MODULES.iter().map(|module| root.join(module.path)).collect();
    assert_eq!(files.into_iter().collect::<BTreeSet<_>>(), joined);
    let mut before: BTreeSet<PathBuf> = BTreeSet::from([PathBuf::from(VENDOR.path)]);
    for module in MODULES {
        for import in imports(module) {
            assert!(
                before.contains(&import),
                "{} imports {}, which comes later",
                module.path,
                import.display()
            );
        }
        before.insert(PathBuf::from(module.path));
    }
}

/// How imports of JSON end, which program and page share.
const JSON: &str = " with { type: \"json\" };";

/// The paths that a module imports.
fn imports(module: &Module) -> Vec<PathBuf> {
    let folder = Path::new(module.path).parent().unwrap();
    // What is no module is put in by the page's builder.
    let lines = module.text.lines().filter(|line| line.starts_with("import ") && !line.ends_with(JSON));
    let path = |line: &str| {
        let (names, from) = line.split_once(" from \"").unwrap_or_else(|| panic!("{}: {line}", module.path));
        let vendor = names == "import * as noble";
        assert!(
            vendor || (names.starts_with("import { ") && !names.contains(" as ")),
            "{}: {line}",
            module.path
        );
        let from = from.strip_suffix("\";").unwrap();
        match from.strip_prefix("../") {
            Some(above) => PathBuf::from(above),
            None => folder.join(from.strip_prefix("./").unwrap()),
        }
    };
    lines.map(path).collect()
}

/// The names that a module declares at its top level.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let line = line.strip_prefix("export ").unwrap_or(line);
        let line = line.strip_prefix("async ").unwrap_or(line);
        let rest = ["const ", "let ", "function ", "class "].iter().find_map(|word| line.strip_prefix(word));
        let end = |c: char| !c.is_alphanumeric() && c != '_' && c != '$';
        let names: Vec<&str> = match rest {
            Some(list) if list.starts_with(['[', '{']) => list
                .split(['='])
                .next()
                .unwrap_or_default()
                .split(end)
                .filter(|name| !name.is_empty())
                .collect(),
            Some(rest) => rest.split(end).take(1).collect(),
            None => Vec::new(),
        };
        names
    })
}

#[test]
fn no_two_modules_declare_one_name() {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::from([("noble", VENDOR.path)]);
    for module in MODULES {
        for name in declared(module.text) {
            let other = seen.insert(name, module.path);
            assert_eq!(other, None, "{name} is declared in {} too", module.path);
        }
    }
    assert!(seen.len() > 100, "the names were found");
}

#[test]
fn sources_keep_to_the_rules() {
    for module in MODULES {
        let (path, text) = (module.path, module.text);
        assert!(text.starts_with("// "), "{path} opens with what it is");
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "new Function",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "EventSource",
            "sendBeacon",
            "import(",
            "localStorage",
            "/*",
            "</script",
        ] {
            assert!(!text.contains(word), "{path} has {word}");
        }
        for line in text.lines() {
            assert!(line.chars().count() <= MAX_LINE || path.starts_with("texts/"), "{path}: {line}");
            assert_eq!(line.matches('`').count() % 2, 0, "{path}: a template text ends on its line: {line}");
        }
    }
    assert!(STYLE.starts_with("/* ") && INDEX.contains("<!-- "));
}

/// Texts by their codes.
type Texts = BTreeMap<String, String>;

/// The page's own texts of one language. A line begins with a code and its text, or goes on with the text before.
fn texts(language: &str) -> Texts {
    let mut texts = Texts::new();
    let module = MODULES.iter().find(|module| module.path == "texts/page.mjs").unwrap();
    let from = format!("\n    {language}: {{\n");
    let (mut code, own) = (String::new(), between(module.text, &from, "\n    },\n"));
    for line in own.lines().map(str::trim) {
        let named = line.split_once("\": ").filter(|(name, _)| name.starts_with("\"ui-"));
        let text = named.map_or(line, |(_, text)| text);
        if let Some((name, _)) = named {
            code = name.trim_matches('"').to_owned();
            assert!(!texts.contains_key(&code), "{code} stands twice");
        }
        texts.entry(code.clone()).or_default().push_str(text);
    }
    texts
}

/// The names of a text's holes.
fn holes(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_text_is_there_in_both_languages_with_the_same_holes() {
    let (english, german) = (texts("en"), texts("de"));
    let codes = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(codes(&english), codes(&german));
    assert!(english.len() > 100, "the texts were found: {}", english.len());
    for (code, text) in &english {
        assert_eq!(holes(text), holes(&german[code]), "{code}");
    }
}

#[test]
fn every_text_that_the_page_asks_for_is_there() {
    let texts = texts("en");
    let sources = MODULES.iter().filter(|module| module.path.starts_with("ui/")).map(|module| module.text);
    for text in sources.chain([INDEX]) {
        for part in text.split("\"ui-").skip(1) {
            let code = format!("ui-{}", part.split('"').next().unwrap());
            assert!(texts.contains_key(&code), "{code}");
        }
    }
}
