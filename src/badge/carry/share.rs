//! The links and texts by which a badge travels: LinkedIn, VerifierPlus, plain text, Markdown, HTML.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use thiserror::Error;

use super::digits;
use super::link;
use crate::badge::draw::drawing::escape;
use crate::badge::draw::words;
use crate::badge::verify::summary::Summary;
use crate::trust::looks_same;

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
    /// It is none: a token by itself.
    NoAddress,
    /// Nobody but this machine.
    ThisMachine,
    /// Some: it is not encrypted, or within a private network.
    Some,
    /// Everyone.
    Public,
}

/// What a badge carries of its link, with this verification address of the settings: the link, or where that would open
/// only the holder's machine, the token by itself.
pub fn carried(verify_url: &str, payload: &[u8]) -> String {
    match reach(verify_url) {
        Reach::ThisMachine | Reach::NoAddress => digits::encode(payload),
        Reach::Some | Reach::Public => link::url(verify_url, payload),
    }
}

/// Who can open this address, by its scheme and host alone.
pub fn reach(address: &str) -> Reach {
    let Some((scheme, rest)) = address.split_once("://") else { return Reach::NoAddress };
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
    /// The address of the badge's hosted page, which has a preview.
    Page,
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
    pub const ALL: [Self; 6] =
        [Self::Page, Self::LinkedIn, Self::VerifierPlus, Self::Text, Self::Markdown, Self::Html];

    /// What it is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Page => "The badge's page, with a preview",
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
        "VerifierPlus fetches a badge from a public https address, and `verify_url` in the settings is not one: host the \
         badge with `typeproof site build`, or drop the badge's .json file into verifierplus.org"
    )]
    NotFetched,
    /// The badge has no page that everyone can open.
    #[error(
        "the badge has no page on the web yet, because `verify_url` in the settings is no public https address: \
         `typeproof site build` makes the page"
    )]
    NoPage,
}

/// How to get an address that others can open, in some minutes.
pub const WAYS_TO_AN_ADDRESS: &str = "Three ways to an address that others can open, each takes some minutes:\n\
    1. A web host that takes a folder (Netlify Drop, Cloudflare Pages and others): drop the folder there.\n\
    2. The pages of a code host (GitHub Pages, Codeberg Pages and others): put the folder into a repository.\n\
    3. A server of your own: copy the folder to it; server.txt in the folder shows the configuration.\n\
    `typeproof site build DIR --all-badges --url ADDRESS` makes the folder. Then write verify_url = \"ADDRESS\" into the \
    settings.";

/// The organisation of a badge that its holder's own key signed. LinkedIn asks for one, and the learner is none.
const NO_ORGANISATION: &str = "typeproof (self-assessed)";

/// A badge, and where it can be seen.
#[derive(Debug, Clone)]
pub struct Share<'a> {
    summary: Summary,
    link: &'a str,
    base: &'a str,
    reach: Reach,
    /// Its files on the web, where everyone can open them.
    hosted: Option<Hosted>,
}

impl<'a> Share<'a> {
    /// A badge with the link that its QR code holds, see [`carried`]; `verify_url` is the address of the settings.
    pub fn new(credential: &Value, link: &'a str, verify_url: &'a str) -> Self {
        let summary = Summary::of(credential);
        let reach = reach(link);
        let hosted = (reach == Reach::Public).then(|| hosted(verify_url, &summary.id));
        Self { summary, link, base: verify_url, reach, hosted }
    }

    /// The badge in a form, without a line end behind it.
    ///
    /// # Errors
    /// [`ShareError`] for the page and for VerifierPlus without a public address.
    pub fn form(&self, form: Channel) -> Result<String, ShareError> {
        Ok(match form {
            Channel::Page => self.hosted.as_ref().ok_or(ShareError::NoPage)?.page.clone(),
            Channel::LinkedIn => self.linkedin(),
            Channel::VerifierPlus => {
                let hosted = self.hosted.as_ref().ok_or(ShareError::NotFetched)?;
                format!("{VERIFIER_PLUS}{}", hosted.json)
            }
            Channel::Text => self.text(),
            Channel::Markdown => self.markdown(),
            Channel::Html => self.html(),
        })
    }

    /// What a person should know before sharing it: who can open these links, and what to do where nobody can.
    pub fn note(&self) -> String {
        match self.reach {
            Reach::NoAddress | Reach::ThisMachine => format!(
                "There is no link yet that others can open, so these forms carry the badge itself as a row of digits. The \
                 badge's files need no address either.\n{WAYS_TO_AN_ADDRESS}"
            ),
            Reach::Some => format!(
                "Only those who reach {} can open these links. For everyone else the address has to be a public one with \
                 https.\n{WAYS_TO_AN_ADDRESS}",
                self.base
            ),
            Reach::Public => format!(
                "The badge's page and pictures, and VerifierPlus, need its files below {}/: `typeproof site build DIR \
                 --badge {}` makes them. The link to verify carries the whole badge and needs no such files.",
                folder(self.base),
                short_id(&self.summary.id)
            ),
        }
    }

    /// Who awards it, for a profile: never the learner.
    fn organisation(&self) -> &str {
        let (issuer, holders) = (&self.summary.issuer_name, &self.summary.holder);
        let is_holder = issuer.is_empty() || holders.iter().any(|holder| looks_same(holder, issuer));
        let own = self.summary.assurance.as_deref() == Some("self-assessed");
        if own && is_holder { NO_ORGANISATION } else { issuer }
    }

    fn linkedin(&self) -> String {
        let mut link = LINKEDIN.to_owned();
        let (from, until) = (month(&self.summary.valid_from), month(&self.summary.valid_until));
        let id = short_id(&self.summary.id);
        // The page has a preview; and a public profile is no place for an address that opens nothing.
        let opens = match (&self.hosted, self.reach) {
            (Some(hosted), _) => Some(hosted.page.as_str()),
            (None, Reach::NoAddress | Reach::ThisMachine) => None,
            (None, _) => Some(self.link),
        };
        let parameters = [
            ("name", Some(self.summary.achievement.as_str())),
            ("organizationName", Some(self.organisation())),
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

    /// The sentences of every form: figures, supervision, who issued it and until when it holds.
    fn sentences(&self) -> [String; 3] {
        let issuer = match self.summary.issuer_name.as_str() {
            "" => &self.summary.issuer_id,
            name => name,
        };
        [
            format!("{}.", self.figures()),
            words::circumstances(&self.summary, false),
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

    /// How the link or token is said to be used.
    fn verify_it(&self) -> &'static str {
        match self.reach {
            Reach::NoAddress | Reach::ThisMachine => {
                "Verify it: give these digits to the command typeproof verify, or to a verification page of typeproof"
            }
            Reach::Some | Reach::Public => "Verify it",
        }
    }

    fn text(&self) -> String {
        let title = [self.holder(), self.summary.achievement.clone()];
        let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
        let page =
            self.hosted.as_ref().map_or_else(String::new, |hosted| format!("\nSee it: {}", hosted.page));
        format!("{title}\n{}{page}\n{}: {}", self.sentences().join("\n"), self.verify_it(), self.link)
    }

    fn markdown(&self) -> String {
        let (title, holder) = (marked(&self.summary.achievement), marked(&self.holder()));
        let sentences = self.sentences().map(|sentence| marked(&sentence)).join("\n");
        match (&self.hosted, self.reach) {
            (_, Reach::NoAddress | Reach::ThisMachine) => {
                format!("**{title}** · {holder}\n\n{sentences}\n\n{}:\n`{}`", self.verify_it(), self.link)
            }
            (None, _) => format!("**[{title}]({})** · {holder}\n\n{sentences}", self.link),
            (Some(hosted), _) => format!(
                "[![{title}]({})]({})\n\n**[{title}]({})** · {holder}\n\n{sentences} [{}]({})",
                hosted.png,
                hosted.page,
                hosted.page,
                self.verify_it(),
                self.link
            ),
        }
    }

    fn html(&self) -> String {
        let [title, holder, link] = [&self.summary.achievement, &self.holder(), self.link].map(escape);
        let sentences = self.sentences().map(|sentence| escape(&sentence)).join(" ");
        let verify = self.verify_it();
        let (picture, caption) = match (&self.hosted, self.reach) {
            (_, Reach::NoAddress | Reach::ThisMachine) => {
                (String::new(), format!("{title}: {holder}. {sentences} {verify}: <code>{link}</code>"))
            }
            (None, _) => (String::new(), format!("<a href=\"{link}\">{title}</a>: {holder}. {sentences}")),
            (Some(hosted), _) => {
                let [page, png] = [&hosted.page, &hosted.png].map(|address| escape(address));
                let picture = format!(
                    "\n  <a href=\"{page}\"><img src=\"{png}\" width=\"{PIXELS}\" height=\"{PIXELS}\" alt=\"Badge: \
                     {title}, {holder}\"></a>"
                );
                let caption = format!(
                    "<a href=\"{page}\">{title}</a>: {holder}. {sentences} <a href=\"{link}\">{verify}</a>"
                );
                (picture, caption)
            }
        };
        format!("<figure>{picture}\n  <figcaption>{caption}</figcaption>\n</figure>")
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
