//! Whether a badge is about the person who was named.

use serde_json::Value;

use crate::badge::holder;
use crate::badge::verify::summary::{self, Summary};
use crate::badge::verify::verdict::Answer;

/// Compares a name, or an e-mail address, with the badge's identifiers. Without one, says what to compare.
pub fn answer(credential: &Value, summary: &Summary, given: Option<&str>) -> Answer {
    let Some(given) = given else { return Answer::NotChecked(to_compare(summary)) };
    let found = all(credential).find(|i| fits(i, given));
    match found {
        Some(i) if is_address(i) => Answer::Yes("the e-mail address is the one in the badge".to_owned()),
        Some(i) if summary::hashed(i) => Answer::Yes("it is what the badge bears, hashed".to_owned()),
        Some(i) if summary::is_name(i) => {
            Answer::Yes(format!("the name is the one in the badge; {}", to_compare(summary)))
        }
        Some(i) => Answer::Yes(format!(
            "it is what the badge bears as {}, which is not a name: it shows who this is only to those who know that \
             identifier",
            summary::quoted(&summary::kind(i))
        )),
        None if may_be_hidden(credential, summary, given) => Answer::NotChecked(
            "the badge bears an identifier that is hashed in a way not read here: ask the issuer".to_owned(),
        ),
        None => another(credential, summary, given),
    }
}

/// What somebody may compare who has the person in front of them.
fn to_compare(summary: &Summary) -> String {
    match summary.holder.as_slice() {
        [] => "the badge bears no name that can be read; ask for the e-mail address and give it".to_owned(),
        [name] => format!("compare the name with a photo ID: {name}"),
        names => {
            format!("the badge bears {} names; compare with a photo ID: {}", names.len(), names.join(", "))
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
        true => [given.trim().to_owned(), given.trim().to_lowercase()].iter().any(|given| {
            let hash = data_encoding::HEXLOWER.encode(&holder::hash(given, value(identifier, "salt")));
            stated.strip_prefix("sha256$").is_some_and(|stated| stated.eq_ignore_ascii_case(&hash))
        }),
        false if summary::is_name(identifier) => same_name(stated, given),
        false if is_address(identifier) => stated.trim().eq_ignore_ascii_case(given.trim()),
        false => !given.trim().is_empty() && stated == given.trim(),
    }
}

fn is_address(identifier: &Value) -> bool {
    value(identifier, "identityType") == "emailAddress"
}

/// Whether `given` may be what an identifier hides that is hashed otherwise than by SHA-256 (OB 3.0, IdentityHash,
/// knows MD5 too): a name is not, if the badge bears others in plain text.
fn may_be_hidden(credential: &Value, summary: &Summary, given: &str) -> bool {
    let readable = |i: &Value| {
        let digest = value(i, "identityHash").strip_prefix("sha256$");
        digest.is_some_and(|digest| digest.len() == 64 && digest.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let unread = all(credential).any(|i| summary::hashed(i) && !readable(i));
    unread && (given.contains('@') || summary.holder.is_empty())
}

/// Why a badge does not show that it is about `given`. A badge that bears nothing of that kind says neither yes nor no.
fn another(credential: &Value, summary: &Summary, given: &str) -> Answer {
    let given = summary::quoted(given);
    match (given.contains('@'), all(credential).any(is_address)) {
        (true, true) => Answer::No(format!("the e-mail address {given} is not the one in the badge")),
        (true, false) => Answer::NotChecked(format!(
            "the badge bears no e-mail address with which {given} could be compared"
        )),
        _ if summary.holder.is_empty() => Answer::NotChecked(format!(
            "the badge bears no name with which {given} could be compared; give the e-mail address"
        )),
        _ => Answer::No(format!(
            "{given} is not whom the badge is about ({}); the spelling may differ: compare it with a photo ID",
            summary.holder.join(", ")
        )),
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
