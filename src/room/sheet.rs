//! What is handed out: the line to connect with, the host key's fingerprint, and each candidate's code.

use crate::badge::carry::symbol::Symbol;
use crate::badge::draw::drawing::{escape, svg};
use crate::exam::{Candidate, Definition, SeatCode};
use crate::room::ssh::HostKey;

/// Where a room can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The address or name of this machine, as candidates reach it.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl Place {
    /// What candidates type.
    #[must_use]
    pub fn command(&self) -> String {
        match self.port {
            22 => format!("ssh exam@{}", self.host),
            port => format!("ssh -p {port} exam@{}", self.host),
        }
    }
}

/// The sheet as text.
#[must_use]
pub fn text(exam: &Definition, place: &Place, key: &HostKey, codes: &[(Candidate, SeatCode)]) -> String {
    let mut sheet = format!(
        "{}\nProctor: {}\n\nConnect:      {}\nFingerprint:  {}\n\n\
         The first time, ssh shows this fingerprint and asks whether to go on: compare it, then type yes.\n\
         Then type your number and your code. Each code works for one candidate.\n\n",
        exam.title,
        exam.proctor.name,
        place.command(),
        key.fingerprint()
    );
    for (candidate, code) in codes {
        sheet.push_str(&format!("{:12} {code}   {}\n", candidate.number, candidate.name));
    }
    sheet
}

/// The sheet as a page to print: one card for each candidate, to be cut apart. The QR code holds the command.
#[must_use]
pub fn page(exam: &Definition, place: &Place, key: &HostKey, codes: &[(Candidate, SeatCode)]) -> String {
    let picture =
        Symbol::new(&place.command()).map(|symbol| svg(&symbol, &place.command())).unwrap_or_default();
    let cards: String = codes
        .iter()
        .map(|(candidate, code)| {
            format!(
                "<section><div>{picture}</div><h2>{}</h2><p>Number <b>{}</b></p><p>Code <b>{code}</b></p>\
                 <p><code>{}</code></p><p class=\"key\">Fingerprint: <code>{}</code></p></section>\n",
                escape(&candidate.name),
                escape(&candidate.number),
                escape(&place.command()),
                escape(&key.fingerprint())
            )
        })
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{title}: seat codes</title>\n<style>{STYLE}</style>\n\
         <h1>{title}</h1>\n<p>Proctor: {}. Open a terminal and type <code>{}</code>. The first time, ssh shows a fingerprint and \
         asks whether to go on: compare it with this sheet, then type <code>yes</code>. Then type your number and your \
         code.</p>\n<main>\n{cards}</main>\n</html>\n",
        escape(&exam.proctor.name),
        escape(&place.command()),
        title = escape(&exam.title)
    )
}

const STYLE: &str = "body{font-family:sans-serif;margin:1.5cm}main{display:grid;grid-template-columns:1fr 1fr;gap:4mm}\
    section{border:1px dashed #888;padding:4mm;break-inside:avoid}section div{float:right;width:24mm}svg{width:100%}\
    h1{font-size:18pt}h2{font-size:13pt;margin:0 0 2mm}p{margin:1mm 0;font-size:10pt}b{font-size:13pt;letter-spacing:1px}\
    .key{font-size:7pt;clear:both}code{overflow-wrap:anywhere}";
