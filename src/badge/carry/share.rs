//! The links and texts by which a badge travels: LinkedIn, VerifierPlus, plain text, Markdown, HTML.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use thiserror::Error;

use crate::badge::draw::drawing::escape;
use crate::badge::draw::words;
use crate::badge::verify::summary::Summary;

/// What stays as it is in a parameter of a link: the unreserved characters of RFC 3986, section 2.3.
const PARAMETER: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where LinkedIn takes a certification for a profile: a link, and nothing that it verifies.
const LINKEDIN: &str = "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME";

/// Where VerifierPlus takes the address of a hosted badge.
const VERIFIER_PLUS: &str = "https://verifierplus.org/#verify?vc=";

/// The folder of the hosted badges, below the page.
pub const FOLDER: &str = "b";

/// What Markdown would take for markup in the middle of a line (CommonMark 0.31, and GFM's `~` and `|`).
const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '&', '#', '|', '~', '!'];

/// Pixels of the picture in an HTML snippet, to each side.
const PIXELS: u32 = 300;

/// The addresses of one hosted badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosted {
    /// The page for people.
    pub page: String,
    /// The credential.
    pub json: String,
    /// The picture that holds the credential.
    pub png: String,
    /// The same as SVG.
    pub svg: String,
}

/// The addresses of a badge below `base`, which is the verification address with or without its `#`. A query is left
/// out, and the name of a page (`verify.html`) stands for its folder.
pub fn hosted(base: &str, credential_id: &str) -> Hosted {
    let folder = folder(base);
    let name = short_id(credential_id);
    let file = |extension: &str| format!("{folder}/{FOLDER}/{name}.{extension}");
    Hosted { page: file("html"), json: file("json"), png: file("png"), svg: file("svg") }
}

/// The address of the folder that a verification address names, without a `/` at its end.
pub fn folder(base: &str) -> &str {
    let address = base.split(['#', '?']).next().unwrap_or_default();
    let folder = match address.rsplit_once('/') {
        Some((folder, page)) if page.ends_with(".html") => folder,
        _ => address,
    };
    folder.trim_end_matches('/')
}

/// A credential's id as a file name: its UUID, or what follows the last `:` or `/`, in letters, digits and hyphens.
pub fn short_id(credential_id: &str) -> String {
    let last = credential_id.rsplit([':', '/']).next().unwrap_or_default();
    last.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_lowercase()
}

/// Who can open an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nobody but this machine.
    ThisMachine,
    /// Some: it is not encrypted, or within a private network.
    Some,
    /// Everyone.
    Public,
}

/// Who can open this address, by its scheme and host alone.
pub fn reach(address: &str) -> Reach {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let host = host.to_ascii_lowercase();
    // An address is parsed here, and nothing is asked of a network.
    let ip = host.parse::<core::net::IpAddr>().ok();
    if host == "localhost" || host.ends_with(".localhost") || ip.is_some_and(|ip| ip.is_loopback()) {
        return Reach::ThisMachine;
    }
    let private = ["local", "internal", "lan", "home"];
    let named = host.rsplit_once('.').is_some_and(|(_, last)| !private.contains(&last));
    // A name without a certificate authority behind it is no name: addresses in figures are never public pages.
    match named && ip.is_none() && scheme.eq_ignore_ascii_case("https") {
        true => Reach::Public,
        false => Reach::Some,
    }
}

/// A way to share a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A link that adds it to a LinkedIn profile.
    LinkedIn,
    /// A link that has VerifierPlus check it.
    VerifierPlus,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// HTML to put into a page.
    Html,
}

impl Channel {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::LinkedIn, Self::VerifierPlus, Self::Text, Self::Markdown, Self::Html];

    /// Whether it names files of the hosted badge, as opposed to the link that carries the badge itself.
    pub const fn needs_hosting(self) -> bool {
        matches!(self, Self::VerifierPlus | Self::Markdown | Self::Html)
    }

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::LinkedIn => "LinkedIn (opens \"add licence or certification\")",
            Self::VerifierPlus => "VerifierPlus",
            Self::Text => "Plain text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
        }
    }
}

/// Why a badge cannot be shared in a form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ShareError {
    /// VerifierPlus fetches the badge, and it is nowhere to be fetched from.
    #[error(
        "VerifierPlus fetches a badge from a public https address, and {address} is not one: host the badge with \
         `typeproof site build`, set `verify_url` to that address, or drop the badge's .json file into verifierplus.org"
    )]
    NotHosted {
        /// The verification address.
        address: String,
    },
}

/// A badge, and where it can be seen.
#[derive(Debug, Clone)]
pub struct Share<'a> {
    summary: Summary,
    link: &'a str,
    base: &'a str,
    reach: Reach,
    hosted: Hosted,
}

impl<'a> Share<'a> {
    /// A badge with the link that its QR code holds; `verify_url` is the address of the settings.
    pub fn new(credential: &Value, link: &'a str, verify_url: &'a str) -> Self {
        let summary = Summary::of(credential);
        let hosted = hosted(verify_url, &summary.id);
        Self { summary, link, base: verify_url, reach: reach(verify_url), hosted }
    }

    /// The badge in a form, without a line end behind it.
    ///
    /// # Errors
    /// [`ShareError::NotHosted`] for VerifierPlus without a public address.
    pub fn form(&self, form: Channel) -> Result<String, ShareError> {
        Ok(match form {
            Channel::LinkedIn => self.linkedin(),
            Channel::VerifierPlus => self.verifier_plus()?,
            Channel::Text => self.text(),
            Channel::Markdown => self.markdown(),
            Channel::Html => self.html(),
        })
    }

    /// What a person should know before sharing it: who can open these links, and what to do where nobody can.
    pub fn note(&self) -> String {
        match self.reach {
            Reach::ThisMachine => format!(
                "Nobody else can open these links: {} is this machine. Make the pages with `typeproof site build DIR`, put \
                 them on a web host, and set `verify_url` in the settings to their address; until then hand over the \
                 badge's files, which need no host, and the link for LinkedIn names no address.",
                self.base
            ),
            Reach::Some => format!(
                "Only those who reach {} can open these links. For everyone else put the pages that `typeproof site build \
                 DIR` makes on a web host with https, and set `verify_url` in the settings to their address.",
                self.base
            ),
            Reach::Public => format!(
                "The links carry the whole badge. The pictures in Markdown and HTML, and VerifierPlus, need its files \
                 below {}/: `typeproof site build DIR --badge {}` makes them.",
                folder(self.base),
                short_id(&self.summary.id)
            ),
        }
    }

    fn linkedin(&self) -> String {
        let mut link = LINKEDIN.to_owned();
        let (from, until) = (month(&self.summary.valid_from), month(&self.summary.valid_until));
        let id = short_id(&self.summary.id);
        // A public profile is no place for an address that opens nothing.
        let opens = (self.reach != Reach::ThisMachine).then_some(self.link);
        let parameters = [
            ("name", Some(self.summary.achievement.as_str())),
            ("organizationName", Some(self.summary.issuer_name.as_str())),
            ("issueYear", from.map(|(year, _)| year)),
            ("issueMonth", from.map(|(_, month)| month)),
            ("expirationYear", until.map(|(year, _)| year)),
            ("expirationMonth", until.map(|(_, month)| month)),
            ("certUrl", opens),
            ("certId", Some(id.as_str())),
        ];
        for (name, value) in parameters {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                link.push_str(&format!("&{name}={}", utf8_percent_encode(value, PARAMETER)));
            }
        }
        link
    }

    fn verifier_plus(&self) -> Result<String, ShareError> {
        match self.reach {
            Reach::Public => Ok(format!("{VERIFIER_PLUS}{}", self.hosted.json)),
            _ => Err(ShareError::NotHosted { address: self.base.to_owned() }),
        }
    }

    /// The sentences of every form: figures, supervision, who issued it and until when it holds.
    fn sentences(&self) -> [String; 3] {
        let issuer = match self.summary.issuer_name.as_str() {
            "" => &self.summary.issuer_id,
            name => name,
        };
        [
            format!("{}.", self.figures()),
            words::assurance(&self.summary, false),
            format!("Issued by {issuer} on {}.", words::dates(&self.summary)),
        ]
    }

    /// All figures as one sentence.
    fn figures(&self) -> String {
        let figures = words::figures(&self.summary);
        let inner = |(at, figure): (usize, &String)| match figure.split_at_checked(1).filter(|_| at > 0) {
            Some((first, rest)) => first.to_ascii_lowercase() + rest,
            None => figure.clone(),
        };
        figures.iter().enumerate().map(inner).collect::<Vec<_>>().join(", ")
    }

    fn holder(&self) -> String {
        self.summary.holder.join(", ")
    }

    fn text(&self) -> String {
        let title = [self.holder(), self.summary.achievement.clone()];
        let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        format!("{title}\n{}\nVerify it: {}", self.sentences().join("\n"), self.link)
    }

    fn markdown(&self) -> String {
        let title = marked(&self.summary.achievement);
        let picture = match self.reach {
            Reach::Public => format!("[![{title}]({})]({})\n\n", self.hosted.png, self.link),
            _ => String::new(),
        };
        let sentences = self.sentences().map(|sentence| marked(&sentence)).join("\n");
        format!("{picture}**[{title}]({})** · {}\n\n{sentences}", self.link, marked(&self.holder()))
    }

    fn html(&self) -> String {
        let [title, holder, address] = [&self.summary.achievement, &self.holder(), self.link].map(escape);
        let sentences = self.sentences().map(|sentence| escape(&sentence)).join(" ");
        let picture = match self.reach {
            Reach::Public => format!(
                "\n  <a href=\"{address}\"><img src=\"{}\" width=\"{PIXELS}\" height=\"{PIXELS}\" alt=\"Badge: {title}, \
                 {holder}\"></a>",
                escape(&self.hosted.png)
            ),
            _ => String::new(),
        };
        format!(
            "<figure>{picture}\n  <figcaption><a href=\"{address}\">{title}</a>: {holder}. {sentences}</figcaption>\n\
             </figure>"
        )
    }
}

/// Year and month of an RFC 3339 instant, the month without a zero before it.
fn month(instant: &Option<String>) -> Option<(&str, &str)> {
    let mut parts = words::date(instant.as_deref()?).split('-');
    Some((parts.next()?, parts.next()?.trim_start_matches('0')))
}

/// A text as Markdown that shows just that text.
fn marked(text: &str) -> String {
    text.chars().flat_map(|c| MARKUP.contains(&c).then_some('\\').into_iter().chain([c])).collect()
}
