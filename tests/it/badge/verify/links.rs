//! Links within texts: in sentences, mails, Markdown, HTML and other links; and texts that hold none, a bad one, or several.

use typeproof::badge::carry::link;

use super::Named;
use super::good::{PAGE, VALID};
use crate::support::cast::{COLLEGE, LEARNER};
use crate::support::vector::{Kind, Vector};

/// The college's badge as a link, and the same as a parameter of another address.
pub fn forms() -> [String; 3] {
    let url = link::url(PAGE, &COLLEGE.token);
    let once = url.replace(':', "%3A").replace('/', "%2F").replace('#', "%23");
    let twice = once.replace('%', "%25");
    [url, once, twice]
}

type Texts = Vec<(&'static str, &'static str, String)>;

/// Texts with the one link.
pub fn texts() -> Texts {
    let [url, once, twice] = forms();
    let bare = url.trim_start_matches("https://");
    let (half, rest) = url.split_at(url.len() / 2);
    let linkedin = format!("https://www.linkedin.com/profile/add?startTask=X&certUrl={once}&certId=1");
    vec![
        ("sentence", "A sentence.", format!("My badge (60 WPM): {url}, since 2026.")),
        ("word-behind", "A word behind it.", format!("{url} danke")),
        ("number-behind", "A number behind it.", format!("{url}\n\n2026")),
        ("share", "A text to share.", format!("Maria: Typing 60 WPM\nIssued by A.\nVerify it: {url}\n")),
        ("angles", "In angle brackets.", format!("<{url}>")),
        ("brackets", "In brackets.", format!("({url})")),
        ("quotes", "In quotation marks.", format!("See “{url}”.")),
        ("markdown", "Markdown.", format!("[**Typing** 60 WPM]({url}) · Maria\n\n# Figures\n62 WPM")),
        ("markdown-twice", "Markdown, where the link is its own text.", format!("* [{url}]({url})")),
        (
            "html",
            "A web page.",
            format!("<!DOCTYPE html><p>It&#39;s<br><a href=\"{url}\">{url}</a>&nbsp;</p>"),
        ),
        (
            "quoted-mail",
            "A quoted mail.",
            format!("On Monday Maria wrote:\r\n> Hello,\r\n>> {url}\r\n> 60 WPM"),
        ),
        (
            "quoted-mail-broken",
            "A quoted mail with a broken line.",
            format!("Maria wrote:\n> {half}\n> {rest}.\n> 60 WPM is fine\n"),
        ),
        ("linkedin", "LinkedIn's link.", linkedin.clone()),
        ("linkedin-and-link", "LinkedIn's link, and the badge's.", format!("{linkedin}\n{url}")),
        (
            "escaped-twice",
            "The link of a mail filter.",
            format!("https://safe.example/?url={twice}&data=05%7C02#top"),
        ),
        ("twice", "The same link twice.", format!("{url} {url}")),
        ("tracked", "A parameter behind it.", format!("{url}&utm_source=mail")),
        ("without-scheme", "Without https://.", bare.to_owned()),
        ("without-scheme-in-brackets", "The same in brackets.", format!("Badge ({bare})")),
    ]
}

/// Texts that are refused, with part of the reason.
pub fn refused() -> Vec<(&'static str, &'static str, String, &'static str)> {
    let [url, once, _] = forms();
    let other = link::url(PAGE, &LEARNER.token);
    let elsewhere = url.replace("badges.", "b.");
    let fragment = url.trim_start_matches(PAGE);
    let of = |from: &str, to: &str| format!("See {}.", url.replacen(from, to, 1));
    let several = "there are several links in this text, and they differ";
    let (host, no_address) = ("the host of this address", "is not a web address");
    let digit = |at: usize, by: &str| {
        let mut text = url.clone();
        text.replace_range(PAGE.len() + at..=PAGE.len() + at, by);
        format!("See {text}.")
    };
    vec![
        ("two-badges", "Links of two badges.", format!("{url}\n{other}"), several),
        ("two-hosts", "One badge on two hosts.", format!("{url} {elsewhere}"), several),
        ("two-in-markdown", "Markdown with two.", format!("[a]({url}) [b]({other})"), several),
        ("two-in-html", "A web page with two.", format!("<a href={url}>a</a><a href={other}>"), several),
        (
            "two-in-parameters",
            "Two as parameters.",
            format!("https://x.example/?a={once}&b={other}"),
            several,
        ),
        ("user-name", "A host behind a user name.", of("//", "//issuer.example@"), host),
        ("other-letter", "A host with a letter of another alphabet.", of("badges", "b\u{430}dges"), host),
        ("escaped-host", "An escaped host.", of("badges.", "badges%2e"), host),
        ("no-host", "No host.", of("//badges.example.org", "//"), host),
        ("bad-port", "A port that is none.", of(".org", ".org:0"), host),
        ("other-scheme", "Another scheme.", of("https:", "ftp:"), no_address),
        ("script", "A script.", format!("javascript:alert(1)//{fragment}"), no_address),
        ("word-for-a-host", "A word for a host.", format!("See badge{fragment}."), no_address),
        ("no-address", "No address.", format!("See {fragment}."), no_address),
        ("letter", "A letter among the digits.", digit(150, "O"), "'O' does not occur in a badge's link"),
        ("blank", "A blank among the digits, and a text.", digit(150, " "), "the badge"),
        ("glued", "Two links without a space.", format!("{url}{other}"), "does not occur in a badge's link"),
        (
            "digits-few",
            "Fewer digits than any badge has.",
            format!("See {PAGE}#{}.", "1".repeat(99)),
            no_address,
        ),
        (
            "digits-many",
            "More digits than any badge has.",
            format!("See {PAGE}#{}.", "1".repeat(973)),
            "are 973 digits",
        ),
        (
            "digit-less",
            "The last digit is gone.",
            format!("See {}.", &url[..url.len() - 1]),
            "digits cannot be read",
        ),
        (
            "long",
            "A text beyond those that are looked through.",
            format!("{}{url}", "a ".repeat(32_768)),
            "give only",
        ),
        ("address-alone", "An address and no badge.", format!("See {PAGE}/b/1.html"), "no"),
    ]
}

pub fn good() -> Named {
    let vector = |(name, what, text): (&str, &str, String)| {
        let found = |vector: Vector| vector.expect("valid", "yes yes - - yes", VALID);
        let file = found(Vector::file(what, text.as_bytes()));
        let token = found(Vector::token(what, text));
        [(format!("text-{name}"), token), (format!("text-{name}-file"), file)]
    };
    texts().into_iter().flat_map(vector).filter(|(_, vector)| is_kept(vector)).collect()
}

pub fn bad() -> Named {
    let vector = |(name, what, text, why): (&str, &str, String, &str)| {
        let file = Vector::file(what, text.as_bytes()).refused(why);
        let token = Vector::token(what, text).refused(why);
        [(format!("text-{name}"), token), (format!("text-{name}-file"), file)]
    };
    refused().into_iter().flat_map(vector).filter(|(_, vector)| is_kept(vector)).collect()
}

/// As a file only what a file may begin with otherwise: JSON's bracket, and markup.
fn is_kept(vector: &Vector) -> bool {
    let bytes = data_encoding::BASE64.decode(vector.given.as_bytes());
    vector.kind != Kind::File || bytes.is_ok_and(|bytes| bytes.starts_with(b"[") || bytes.starts_with(b"<"))
}
