//! Whether a badge is about the person who was named.

use serde_json::Value;

use crate::badge::holder;
use crate::badge::reasons::Reason;
use crate::badge::verify::summary::{self, Summary};
use crate::badge::verify::verdict::Answer;

/// Compares a name, or an e-mail address, with the badge's identifiers. Without one, says what to compare.
pub fn answer(credential: &Value, summary: &Summary, given: Option<&str>) -> Answer {
    let Some(given) = given else { return Answer::NotChecked(to_compare(summary)) };
    let found = all(credential).find(|i| fits(i, given));
    match found {
        Some(i) if is_address(i) => Answer::Yes(Reason::new("holder-e-mail")),
        Some(i) if summary::hashed(i) => Answer::Yes(Reason::new("holder-hashed")),
        Some(i) if summary::is_name(i) => {
            Answer::Yes(Reason::new("holder-name").with("compare", to_compare(summary)))
        }
        Some(i) => {
            let kind = summary::quoted(&summary::kind(i));
            Answer::Yes(Reason::new("holder-identifier").with("kind", kind))
        }
        None if summary::names(summary::subject(credential)).any(|name| same_name(name, given)) => {
            Answer::Yes(Reason::new("holder-name").with("compare", to_compare(summary)))
        }
        None if may_be_hidden(credential, summary, given) => Answer::NotChecked(Reason::new("holder-hidden")),
        None => another(credential, summary, given),
    }
}

/// What somebody may compare who has the person in front of them.
fn to_compare(summary: &Summary) -> Reason {
    match summary.holder.as_slice() {
        [] => Reason::new("holder-unnamed"),
        [name] => Reason::new("holder-compare").with("name", name.as_str()),
        names => {
            Reason::new("holder-compare-names").with("count", names.len()).with("names", names.join(", "))
        }
    }
}

fn all(credential: &Value) -> impl Iterator<Item = &Value> {
    summary::identifiers(summary::subject(credential))
}

fn value<'a>(identifier: &'a Value, member: &str) -> &'a str {
    identifier.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn fits(identifier: &Value, given: &str) -> bool {
    let stated = value(identifier, "identityHash");
    match summary::hashed(identifier) {
        true => spellings(given.trim()).iter().any(|given| {
            let hash = data_encoding::HEXLOWER.encode(&holder::hash(given, value(identifier, "salt")));
            stated.strip_prefix("sha256$").is_some_and(|stated| stated.eq_ignore_ascii_case(&hash))
        }),
        false if summary::is_name(identifier) => same_name(stated, given),
        false if is_address(identifier) => stated.trim().eq_ignore_ascii_case(given.trim()),
        false => !given.trim().is_empty() && stated == given.trim(),
    }
}

/// How an address may have been written when it was hashed, since mail reaches it in whatever letters: each side of the
/// `@` as given, in small letters, with a capital at its beginning, and with capital initials. A text without `@` is one side.
fn spellings(given: &str) -> Vec<String> {
    let each = |side: &str| [side.to_owned(), side.to_lowercase(), with_capital(side), with_initials(side)];
    match given.rsplit_once('@') {
        Some((name, host)) => {
            let hosts = each(host);
            each(name)
                .iter()
                .flat_map(|name| hosts.iter().map(move |host| format!("{name}@{host}")))
                .collect()
        }
        None => vec![given.to_owned(), given.to_lowercase()],
    }
}

/// A text in small letters with a capital at its beginning.
fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().collect::<String>() + &letters.as_str().to_lowercase()
}

/// A text in small letters, with capitals at its beginning and behind what is no letter.
fn with_initials(text: &str) -> String {
    let mut inside = false;
    let turned = text.chars().flat_map(|c| {
        let (upper, lower) = (c.to_uppercase(), c.to_lowercase());
        let first = !std::mem::replace(&mut inside, c.is_alphanumeric());
        if first { upper.collect::<Vec<_>>() } else { lower.collect() }
    });
    turned.collect()
}

fn is_address(identifier: &Value) -> bool {
    value(identifier, "identityType") == "emailAddress"
}

/// Whether `given` may be what an identifier hides that is hashed otherwise than by SHA-256 (OB 3.0, IdentityHash,
/// knows MD5 too): a name is not, if the badge has others in plain text.
fn may_be_hidden(credential: &Value, summary: &Summary, given: &str) -> bool {
    let readable = |i: &Value| {
        let digest = value(i, "identityHash").strip_prefix("sha256$");
        digest.is_some_and(|digest| digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let unread = all(credential).any(|i| summary::hashed(i) && !readable(i));
    unread && (given.contains('@') || summary.holder.is_empty())
}

/// Why a badge does not show that it is about `given`. A badge that has nothing of that kind says neither yes nor no.
fn another(credential: &Value, summary: &Summary, given: &str) -> Answer {
    let name = summary::quoted(given);
    let of = |code| Reason::new(code).with("name", name.as_str());
    match (name.contains('@'), all(credential).any(is_address)) {
        (true, true) => Answer::No(of("holder-other-e-mail")),
        (true, false) => Answer::NotChecked(of("holder-no-e-mail")),
        _ if summary.holder.is_empty() => Answer::NotChecked(of("holder-no-name")),
        _ => Answer::No(of("holder-other").with("names", summary.holder.join(", "))),
    }
}

/// Names are the same when they are so in NFC, without regard to case, to spacing, and to which apostrophes and dashes
/// a keyboard has. Other letters are another name, and so is another order.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| -> Option<String> {
        let name = crate::trust::checked_name(name).ok()?;
        Some(name.chars().map(typed).collect::<String>().to_lowercase())
    };
    plain(a).is_some_and(|a| plain(b) == Some(a))
}

/// The apostrophe and the hyphen of a typewriter for those of typography: U+2010 to U+2015, the minus sign, and the
/// small and full-width forms.
const fn typed(c: char) -> char {
    match c {
        '’' | 'ʼ' | '‘' | '`' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        c => c,
    }
}
