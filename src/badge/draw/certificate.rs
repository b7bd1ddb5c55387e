//! A badge as one page to print: a PDF with everything that employers ask for, the QR code, and the badge itself inside.
//!
//! Everything on the page comes from the credential, dates too, so the same badge gives the same bytes for ever. The file
//! conforms to PDF/A-3a (kept for decades, with the badge attached) and PDF/UA-1 (read aloud in order), as far as a
//! program can check that: [`krilla`] refuses to write what does not.
//!
//! `content` says what is on the page, `layout` where; `flow` sets text into columns of `item`s, `ink` draws them.

mod content;
mod fields;
mod flow;
mod ink;
mod item;
mod layout;
mod paper;

use std::sync::Arc;

use chrono::{DateTime, Datelike, Timelike};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{DateTime as PdfTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::{Document, SerializeSettings};
use serde_json::Value;
use thiserror::Error;

use crate::badge::carry::share::short_id;
use crate::badge::carry::symbol::Symbol;
use crate::badge::credential;
use crate::badge::draw::fonts::face::Faces;
use crate::badge::verify::summary::Summary;
use content::Content;

pub use paper::Paper;

/// The registered media type of the attached badge (W3C Verifiable Credentials Data Model 2.0, section C.1).
const MEDIA_TYPE: &str = "application/vc+ld+json";

/// Characters of a badge's id in the name of its file, as in the files of an award.
const SHORT_ID: usize = 8;

/// Why a certificate cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CertificateError {
    /// The embedded typefaces cannot be read.
    #[error("the typefaces within the program are damaged; install typeproof again")]
    Fonts,
    /// The PDF could not be written.
    #[error(
        "the certificate could not be written as PDF ({0}); take the badge's .json and .png files instead"
    )]
    Pdf(String),
}

/// The certificate of a badge as the bytes of a PDF file. `link` is what its QR code shall hold; where that is too long
/// for a code, the page says so and has none.
///
/// # Errors
/// [`CertificateError`] when the PDF cannot be written, which no badge should bring about.
pub fn pdf(credential: &Value, link: &str, paper: Paper) -> Result<Vec<u8>, CertificateError> {
    let faces = Faces::load().ok_or(CertificateError::Fonts)?;
    let summary = Summary::of(credential);
    let file = file_name(credential);
    let symbol = Symbol::new(link).ok().filter(|_| !link.is_empty());
    let content = Content::of(credential, &summary, symbol.as_ref().map(|_| link), &file, &faces);
    let items = layout::compose(&content, symbol.as_ref(), &faces, paper);
    let mut document = Document::new_with(settings()?);
    document.set_metadata(metadata(&summary, &content));
    document.set_outline(outline(&summary));
    attach(&mut document, credential, file, &summary)?;
    let (width, height) = paper.size();
    let page = PageSettings::from_wh(width, height).ok_or_else(|| failed("no page"))?;
    let tags = ink::draw(document.start_page_with(page), &items, &faces);
    document.set_tag_tree(tags);
    document.finish().map_err(failed)
}

/// The name of a badge's JSON file, as an award writes it beside the other files: the level and the beginning of the id.
pub fn file_name(credential: &Value) -> String {
    let achievement = crate::badge::verify::summary::subject(credential).get("achievement");
    let text = |name: &str| achievement.and_then(|a| a.get(name)).and_then(Value::as_str).unwrap_or_default();
    let code = text("humanCode").to_ascii_lowercase();
    let version = format!("-v{}", text("version"));
    let level = crate::trust::slug(code.strip_suffix(&version).unwrap_or(&code), MAX_LEVEL);
    let id = credential.get("id").and_then(Value::as_str).map(short_id).unwrap_or_default();
    let id: String = id.chars().take(SHORT_ID).collect();
    match level.as_str() {
        "" => format!("badge-{id}.json"),
        level => format!("{level}-{id}.json"),
    }
}

/// Characters of a level's name in a file's name: with the id the same 80 that an award's files have at most.
const MAX_LEVEL: usize = 80 - SHORT_ID - 1;

fn settings() -> Result<SerializeSettings, CertificateError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(failed)?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn failed(why: impl std::fmt::Debug) -> CertificateError {
    CertificateError::Pdf(format!("{why:?}").chars().take(200).collect())
}

fn metadata(summary: &Summary, content: &Content) -> Metadata {
    Metadata::new()
        .title(document_title(summary))
        .description(content.supervision.clone())
        .authors(vec![summary.issuer_name.clone()].into_iter().filter(|name| !name.is_empty()).collect())
        .creator("typeproof".to_owned())
        .language("en".to_owned())
        .text_direction(TextDirection::LeftToRight)
        .document_id(summary.id.clone())
        .creation_date(issued(summary))
}

/// When the badge was issued: a page is as old as its badge. One that does not say counts as of 1970, since PDF/A asks for
/// a date, and today's would be another one tomorrow.
fn issued(summary: &Summary) -> PdfTime {
    let time = summary.valid_from.as_deref().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let time = time.map_or(DateTime::UNIX_EPOCH, |time| time.to_utc());
    let small = |n: u32| u8::try_from(n).unwrap_or_default();
    PdfTime::new(u16::try_from(time.year()).unwrap_or_default())
        .month(small(time.month()))
        .day(small(time.day()))
        .hour(small(time.hour()))
        .minute(small(time.minute()))
        .second(small(time.second()))
        .utc_offset_hour(0)
}

/// The title of the document: by whom, and what was achieved. Every letter may stand here.
fn document_title(summary: &Summary) -> String {
    let parts = [summary.holder.join(", "), summary.achievement.clone()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "Typing test".to_owned() } else { parts.join(": ") }
}

fn outline(summary: &Summary) -> Outline {
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(document_title(summary), top));
    outline
}

/// Attaches the badge byte for byte as its file holds it.
fn attach(
    document: &mut Document,
    credential: &Value,
    path: String,
    summary: &Summary,
) -> Result<(), CertificateError> {
    let data: Arc<Vec<u8>> = Arc::new(credential::text(credential).into_bytes());
    let file = EmbeddedFile {
        path,
        mime_type: MimeType::new(MEDIA_TYPE),
        description: Some("The badge: an Open Badges 3.0 credential, signed".to_owned()),
        association_kind: AssociationKind::Source,
        data: data.into(),
        modification_date: Some(issued(summary)),
        compress: Some(true),
        location: None,
    };
    document.embed_file(file).ok_or_else(|| failed("the badge could not be attached"))
}
