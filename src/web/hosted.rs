//! Hosted badges: the files of one badge as others fetch them, and its page for people, static and without a script.
//!
//! The page proves nothing and says so: a host can write anything into a page. It leads to where the badge is checked.

use std::fmt::Display;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::badge::carry::link;
use crate::badge::carry::share::{Channel, Hosted, Share, hosted, short_id};
use crate::badge::draw::drawing::escape;
use crate::badge::draw::words;
use crate::badge::vc::json;
use crate::badge::verify::summary::{self, Summary};
use crate::desk::{DeskError, full_link, pictures};
use crate::store::history::BadgeRow;

/// How the page looks: large enough to read, in the colours that the reader's system asks for, alike on paper.
const STYLE: &str = include_str!("hosted.css");

/// A badge to be hosted.
#[derive(Clone, Debug)]
pub struct HostedBadge {
    /// The stem of its files: the UUID of its credential.
    pub name: String,
    /// The page for people.
    pub page: String,
    /// The credential, byte for byte as signed.
    pub json: String,
    /// The picture that holds the credential.
    pub png: Vec<u8>,
    /// The same as SVG.
    pub svg: String,
}

impl HostedBadge {
    /// A badge of the history, for a site whose verification page has this address (which ends with `#`).
    ///
    /// # Errors
    /// When the badge is damaged, or its pictures cannot be drawn.
    pub fn of(row: &BadgeRow, url: &str) -> Result<Self, DeskError> {
        let damaged = |why: &dyn Display| DeskError::Damaged(row.id.clone(), why.to_string());
        let credential = json::parse(row.credential.as_bytes()).map_err(|why| damaged(&why))?;
        let payload = link::read(&row.token).map_err(|why| damaged(&why))?.payload;
        // Codes and links lead to this site, wherever they led when the badge was issued.
        let row = BadgeRow { token: link::url(url, &payload), ..row.clone() };
        let link = full_link(&row);
        let (png, svg) = pictures(&row)?;
        let share = Share::new(&credential, &link, url);
        let summary = Summary::of(&credential);
        let page = Page {
            pixels: pixels(&png),
            hosted: hosted(url, &row.id),
            verifier_plus: share.form(Channel::VerifierPlus).ok(),
            link,
            summary,
        };
        let page = page.html();
        Ok(Self { name: short_id(&row.id), page, json: row.credential.clone(), png, svg })
    }

    /// Its files by extension.
    pub fn files(&self) -> [(&'static str, &[u8]); 4] {
        [
            ("json", self.json.as_bytes()),
            ("png", &self.png),
            ("svg", self.svg.as_bytes()),
            ("html", self.page.as_bytes()),
        ]
    }
}

/// Width and height of a PNG picture, which those who show a preview ask for.
fn pixels(png: &[u8]) -> Option<(u32, u32)> {
    let reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().ok()?;
    Some((reader.info().width, reader.info().height))
}

/// What the page for people shows.
struct Page {
    summary: Summary,
    hosted: Hosted,
    /// Width and height of the PNG picture.
    pixels: Option<(u32, u32)>,
    /// Where the badge is verified: the page with the token.
    link: String,
    /// Where VerifierPlus verifies it, if it can be fetched from there.
    verifier_plus: Option<String>,
}

impl Page {
    fn html(&self) -> String {
        let (head, body) = (self.head(), self.body());
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n"
        )
    }

    fn holder(&self) -> String {
        self.summary.holder.join(", ")
    }

    fn head(&self) -> String {
        let title = format!("{}: {}", self.holder(), self.summary.achievement);
        let about = format!("{}. {}", words::figures(&self.summary).join(", "), self.supervision());
        let digest = BASE64.encode(&Sha256::digest(STYLE));
        let policy = format!(
            "default-src 'none'; img-src 'self'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        );
        let alt = format!("Badge: {title}");
        let (width, height) = self.pixels.unwrap_or_default();
        let (width, height) = (width.to_string(), height.to_string());
        let named = [
            ("viewport", "width=device-width, initial-scale=1"),
            ("color-scheme", "light dark"),
            ("description", &about),
            // It has a person's name in it: people who are given the address see it, search engines need not.
            ("robots", "noindex"),
            ("twitter:card", "summary"),
            ("twitter:title", &title),
            ("twitter:description", &about),
            ("twitter:image", &self.hosted.png),
            ("twitter:image:alt", &alt),
        ];
        let shown = [
            ("og:type", "website"),
            ("og:site_name", "typeproof"),
            ("og:title", &title),
            ("og:description", &about),
            ("og:url", &self.hosted.page),
            ("og:image", &self.hosted.png),
            ("og:image:type", "image/png"),
            ("og:image:width", &width),
            ("og:image:height", &height),
            ("og:image:alt", &alt),
        ];
        let meta = |kind: &str, (name, value): (&str, &str)| {
            format!("<meta {kind}=\"{name}\" content=\"{}\">\n", escape(value))
        };
        let mut head =
            format!("<meta charset=\"utf-8\">\n{}", meta("http-equiv", ("Content-Security-Policy", &policy)));
        head.push_str(&format!("<title>{}</title>\n", escape(&title)));
        head.extend(named.map(|tag| meta("name", tag)));
        head.extend(shown.map(|tag| meta("property", tag)));
        let name = short_id(&self.summary.id);
        head.push_str(&format!(
            "<link rel=\"canonical\" href=\"{}\">\n\
             <link rel=\"icon\" href=\"{name}.png\">\n\
             <link rel=\"alternate\" type=\"application/vc+ld+json\" href=\"{name}.json\">\n\
             <style>{STYLE}</style>\n",
            escape(&self.hosted.page)
        ));
        head
    }

    fn supervision(&self) -> String {
        words::circumstances(&self.summary, false)
    }

    fn body(&self) -> String {
        let (holder, title) = (escape(&self.holder()), escape(&self.summary.achievement));
        let name = short_id(&self.summary.id);
        let rows: String = self.rows().iter().map(row).collect();
        let verifier_plus = self.verifier_plus.as_ref().map_or_else(String::new, |address| {
            format!(
                "<li><a href=\"{}\">Verify it with VerifierPlus</a>, which others made</li>\n",
                escape(address)
            )
        });
        format!(
            "<main>\n<h1><span>{holder}</span> {title}</h1>\n\
             <img src=\"{name}.png\" alt=\"Badge of {holder}: {title}, with a QR code that opens its verification\">\n\
             <p class=\"supervision\">{supervision}</p>\n\
             <section aria-labelledby=\"check\">\n<h2 id=\"check\">Check it</h2>\n\
             <p>This page only shows what the badge says, and proves nothing: anyone can make such a page. The badge itself \
             is signed. Check the signature, and compare the name with a photo ID.</p>\n<ul>\n\
             <li><a href=\"{link}\">Verify it in your browser</a>: the badge stays on your device</li>\n\
             {verifier_plus}\
             <li>Or download it and drop it into a verifier that you trust: \
             <a href=\"{name}.json\" download>credential (JSON)</a>, <a href=\"{name}.png\" download>picture (PNG)</a>, \
             <a href=\"{name}.svg\" download>picture (SVG)</a></li>\n</ul>\n</section>\n\
             <section aria-labelledby=\"says\">\n<h2 id=\"says\">What it says</h2>\n<dl>\n{rows}</dl>\n</section>\n</main>\n",
            supervision = escape(&self.supervision()),
            link = escape(&self.link),
        )
    }

    /// What the badge says, by name; what it does not say is left out.
    fn rows(&self) -> Vec<(String, String)> {
        let summary = &self.summary;
        let own = |name: &str, value: String| (name.to_owned(), value);
        let results = words::Figure::all(summary).into_iter();
        let results = results.map(|figure| (figure.what.clone(), figure.in_full()));
        let others = summary.identifiers.iter().map(|(kind, value)| format!("{value} ({kind})"));
        let dated = |instant: &Option<String>| instant.as_deref().map(words::day);
        let mut rows: Vec<_> = results.collect();
        rows.extend([
            own("Duration", words::duration(summary).unwrap_or_default()),
            own("Identifiers", others.collect::<Vec<_>>().join(", ")),
            own("Issuer", summary::issuer(summary, None)),
            own("Test taken", words::times(summary).unwrap_or_default()),
            own("Issued", dated(&summary.valid_from).unwrap_or_default()),
            own("Valid until", dated(&summary.valid_until).unwrap_or_else(|| "without end".to_owned())),
            own("What had to be done", summary.criteria.clone()),
            own("Credential", summary.id.clone()),
        ]);
        rows.retain(|(_, value)| !value.is_empty());
        rows
    }
}

fn row((name, value): &(String, String)) -> String {
    format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(name), escape(value))
}
