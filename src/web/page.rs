//! Assembles the verification page: HTML, style, script and data become one file that allows itself and nothing else.
//!
//! The script's sources are ES modules, which run in Node as they are. Here they are joined in the order of their imports
//! into one classic script within one function, and packed, for most of them is words. The page's own policy names the
//! digest of the script, so what a loader unpacks runs only if it is this very text; a browser's inspector shows it.

use data_encoding::BASE64;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::data::PageData;
use crate::badge::reasons;
use crate::badge::template::TemplateError;
use crate::trust::LOOKALIKES;

/// The page's HTML, with holes for policy, style, data, packed script and loader.
pub const INDEX: &str = include_str!("page/index.html");

/// The page's style.
pub const STYLE: &str = include_str!("page/style.css");

/// What unpacks the script and runs it.
pub const LOADER: &str = include_str!("page/loader.js");

/// How hard the script is packed: the most that is offered.
const PACKING: u8 = 10;

/// One module of the page's script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// Its path within `src/web/page`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Modules by their paths.
macro_rules! modules {
    ($($path:literal,)*) => {
        &[$(Module { path: $path, text: include_str!(concat!("page/", $path)) },)*]
    };
}

/// The modules of the page, each after those that it imports.
pub const MODULES: &[Module] = modules![
    "engine/bytes.mjs",
    "engine/inflate.mjs",
    "engine/refusal.mjs",
    "engine/text.mjs",
    "engine/json.mjs",
    "engine/link.mjs",
    "engine/gathered.mjs",
    "engine/levels.mjs",
    "engine/examination.mjs",
    "engine/claim.mjs",
    "engine/sha.mjs",
    "engine/ed25519.mjs",
    "engine/p256.mjs",
    "engine/rsa.mjs",
    "engine/time.mjs",
    "engine/trust.mjs",
    "engine/did.mjs",
    "engine/rdf-iri.mjs",
    "engine/rdf-canon.mjs",
    "engine/rdf-jsonld.mjs",
    "engine/rdf.mjs",
    "engine/proof.mjs",
    "engine/form.mjs",
    "engine/lookalikes.mjs",
    "engine/summary.mjs",
    "engine/identity.mjs",
    "engine/template.mjs",
    "engine/figures.mjs",
    "engine/supervised.mjs",
    "engine/awards.mjs",
    "engine/level.mjs",
    "engine/credential.mjs",
    "engine/symbol.mjs",
    "engine/letters.mjs",
    "engine/drawn.mjs",
    "engine/raster.mjs",
    "engine/pixels.mjs",
    "engine/compared.mjs",
    "engine/pdf.mjs",
    "engine/unbake.mjs",
    "engine/status.mjs",
    "engine/jwt.mjs",
    "engine/wrapped.mjs",
    "engine/verify.mjs",
    "texts/page.mjs",
    "texts/say.mjs",
    "ui/dom.mjs",
    "ui/given.mjs",
    "ui/save.mjs",
    "ui/words.mjs",
    "ui/record.mjs",
    "ui/where.mjs",
    "ui/show.mjs",
    "ui/main.mjs",
];

/// The signature arithmetic of others, used where a browser has none: its names stay within a function of their own, and
/// what it exports is known as `noble`.
pub const VENDOR: Module =
    Module { path: "vendor/noble-ed25519.mjs", text: include_str!("page/vendor/noble-ed25519.mjs") };

/// The vendor's licence, which goes with every copy.
const VENDOR_LICENCE: &str = include_str!("page/vendor/noble-ed25519.LICENSE");

/// Letters of the typeface of pictures, as outlines: a picture is compared with what its badge gives.
const TYPEFACE: &str = include_str!("page/vendor/letters.json");

/// The typeface's licence, which goes with every copy.
const TYPEFACE_LICENCE: &str = include_str!("../badge/draw/fonts/NOTICE");

/// The whole page; equal data give an equal page.
///
/// # Errors
/// When the embedded template is damaged.
pub fn html(data: &PageData<'_>) -> Result<String, TemplateError> {
    let (style, loader, script) = (style(), tightened(LOADER), script());
    let policy = policy(&style, &[&loader, &script]);
    let packed = BASE64.encode(&compress_to_vec(script.as_bytes(), PACKING));
    let data = embedded(&data.to_json()?);
    let holes =
        [("policy", policy), ("style", style), ("data", data), ("packed", packed), ("loader", loader)];
    Ok(fill_page(&tightened(INDEX), &holes))
}

/// Fills holes such as `{style}`; what is filled in is not looked at again.
fn fill_page(text: &str, holes: &[(&str, String)]) -> String {
    let filled = text.split('{').map(|part| {
        let hole = part.split_once('}').and_then(|(name, rest)| {
            holes.iter().find(|(known, _)| *known == name).map(|(_, value)| [value, rest].concat())
        });
        hole.unwrap_or_else(|| part.to_owned())
    });
    filled.collect()
}

/// What the page may do (Content Security Policy 3): run and wear what is hashed here, and nothing besides. Without
/// `connect-src` it can ask nobody. Trusted types are for the loader alone: no other text becomes markup or code.
fn policy(style: &str, scripts: &[&str]) -> String {
    let hash = |text: &str| format!(" 'sha256-{}'", BASE64.encode(&Sha256::digest(text)));
    format!(
        "default-src 'none'; script-src{}; style-src{}; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types typeproof",
        scripts.iter().map(|script| hash(script)).collect::<String>(),
        hash(style),
    )
}

/// JSON as it may stand within a `script` element: no `<` in it can end that, or begin a comment.
fn embedded(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c")
}

/// The style without what only its readers need.
fn style() -> String {
    let spare = [(": ", ":"), (" {", "{"), ("{ ", "{"), ("; ", ";"), (";}", "}"), (" }", "}"), (", ", ",")];
    let text = tightened(STYLE).replace('\n', "");
    spare.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// The one script: the vendor's part, the words of reasons, the letters that look alike and the typeface under the names that
/// modules import, then the modules.
pub fn script() -> String {
    let modules = MODULES.iter().flat_map(|module| module.text.lines()).filter_map(classic);
    let modules = tightened(&modules.collect::<Vec<_>>().join("\n"));
    let vendor = vendor();
    let (reasons, lookalikes) = (reasons(), LOOKALIKES);
    format!(
        "(() => {{\n\"use strict\";\n/*!\n{VENDOR_LICENCE}\n{TYPEFACE_LICENCE}*/\n{vendor}const REASONS = {reasons};\nconst LOOKALIKES = {lookalikes};\nconst TYPEFACE = {TYPEFACE};\n{modules}}})();\n"
    )
}

/// The words of reasons, without those that are the program's alone. JSON is a script's value, too.
fn reasons() -> String {
    let mut texts: Map<String, Value> = serde_json::from_str(reasons::TEXTS).unwrap_or_default();
    texts.remove("program");
    Value::Object(texts).to_string()
}

/// A module's line as a classic script has it: without imports, exported to nobody.
fn classic(line: &str) -> Option<&str> {
    (!line.starts_with("import ")).then(|| line.strip_prefix("export ").unwrap_or(line))
}

/// The vendor's module as an object of its exports. It has no `//` in a text, and block comments begin lines.
fn vendor() -> String {
    let mut lines = Vec::new();
    let mut exports = "";
    let mut comment = false;
    for line in VENDOR.text.lines().map(str::trim) {
        comment |= line.starts_with("/*");
        if let Some(names) = line.strip_prefix("export ") {
            exports = names;
        } else if !comment {
            lines.push(line.split_once(" // ").map_or(line, |(code, _)| code));
        }
        comment &= !line.ends_with("*/");
    }
    format!("const noble = (() => {{\n{}return {exports}\n}})();\n", tightened(&lines.join("\n")))
}

/// The lines without indentation, without blank ones, and without those that are but a comment.
fn tightened(text: &str) -> String {
    let comment = |line: &str| {
        line.starts_with("//")
            || (line.starts_with("/*") && line.ends_with("*/"))
            || (line.starts_with("<!--") && line.ends_with("-->"))
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !comment(line));
    lines.fold(String::new(), |text, line| text + line + "\n")
}
