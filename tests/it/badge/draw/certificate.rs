//! The certificate: one page that holds what employers ask for, and the badge itself, as tools that others wrote read it.

mod page;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;
use typeproof::badge::carry::link;
use typeproof::badge::carry::symbol::Symbol;
use typeproof::badge::claim::{Claim, Figures, IssuerRef, Measured};
use typeproof::badge::credential::{self, IssuerProfile, Texts};
use typeproof::badge::draw::certificate::{self, Paper};
use typeproof::badge::holder::HolderName;
use typeproof::desk::Given;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::level::Level;
use typeproof::store::files::badge_stem;
use typeproof::trust::Assurance;

use crate::support::badges;

const LOCAL: &str = "http://127.0.0.1:8520/#";
const PUBLIC: &str = "https://badges.example.org/v/#";
const PAPERS: [Paper; 2] = [Paper::A4, Paper::Letter];
/// The longest name that a badge bears, in the widest letters.
const WIDE: &str = "WWWWWWWWWWWWWWWWWWW WWWWWWWWWWWWWWWWWWWW";

struct Issued {
    credential: Value,
    link: String,
    /// The link with both signatures.
    full: String,
}

fn issued(level: &Level, name: &str, issuer: Option<&str>, assurance: Assurance, base: &str) -> Issued {
    let holder = |name: &str| HolderName::new(name).unwrap();
    let key = badges::key();
    let public = key.verifying_key().to_bytes();
    let claim = Claim {
        level: level.reference(),
        name: Some(holder(name)),
        supervision: assurance.into(),
        issuer: IssuerRef::Inline { key: public, name: issuer.map(holder) },
        ..badges::claim()
    };
    let profile = IssuerProfile::inline(&public, issuer.or(Some(name))).unwrap();
    let badge = credential::issue(&claim, &Texts::of(level), &profile, &key).unwrap();
    let full = credential::full_token(&badge.token, &badge.credential).unwrap();
    Issued { link: link::url(base, &badge.token), full: link::url(base, &full), credential: badge.credential }
}

fn level(id: &str) -> Level {
    Catalogue::embedded().level(id).unwrap().clone()
}

fn ada(assurance: Assurance, base: &str) -> Issued {
    let issuer = (assurance != Assurance::SelfAssessed).then_some("City College");
    issued(&level("speed-60"), "Ada Lovelace", issuer, assurance, base)
}

/// Whether poppler is there; says so where it is not.
fn poppler() -> bool {
    let there = Command::new("pdftotext").arg("-v").output().is_ok();
    if !there {
        println!("SKIPPED: the commands of poppler (pdftotext) are not installed");
    }
    there
}

/// A PDF in a folder of its own, for tools.
struct File {
    dir: TempDir,
    pdf: PathBuf,
}

fn file(bytes: &[u8]) -> File {
    let dir = TempDir::new().unwrap();
    let pdf = dir.path().join("certificate.pdf");
    std::fs::write(&pdf, bytes).unwrap();
    File { dir, pdf }
}

/// What a tool prints.
fn run(tool: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(tool).args(arguments).arg(file).output().unwrap();
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a PDF in the order in which it is drawn, each run of white space one space.
fn text(pdf: &[u8]) -> String {
    let file = file(pdf);
    let output = Command::new("pdftotext").arg("-raw").arg(&file.pdf).arg("-").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_same_badge_gives_the_same_bytes() {
    for paper in PAPERS {
        let issued = ada(Assurance::Proctored, PUBLIC);
        let pdf = certificate::pdf(&issued.credential, &issued.link, paper).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(certificate::pdf(&issued.credential, &issued.link, paper).unwrap(), pdf);
        assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
    }
}

/// No badge is refused, however strange: `krilla` itself refuses what is no PDF/A or has an empty box in it.
#[test]
fn whatever_a_badge_says_there_is_a_page() {
    let issued = ada(Assurance::SelfAssessed, LOCAL);
    let mut strange = vec![json!(null), json!({}), json!([]), json!({"credentialSubject": 7, "issuer": []})];
    let texts =
        ["", " ", "\u{0}", "王小明", "שלום", "مريم", "😀", "e\u{301}\u{301}\u{301}", "\u{202e}abc", "(\\)"];
    for text in
        texts.into_iter().map(str::to_owned).chain([WIDE.repeat(60), "x".repeat(5_000), "a b ".repeat(900)])
    {
        let mut all = issued.credential.clone();
        let subject = &mut all["credentialSubject"];
        subject["identifier"][0]["identityHash"] = json!(text);
        subject["achievement"]["name"] = json!(text);
        subject["achievement"]["criteria"]["narrative"] = json!(text);
        subject["achievement"]["humanCode"] = json!(text);
        subject["activityStartDate"] = json!(text);
        for result in subject["result"].as_array_mut().unwrap() {
            result["value"] = json!(text);
        }
        for member in ["id", "validFrom", "validUntil"] {
            all[member] = json!(text);
        }
        (all["issuer"]["name"], all["issuer"]["id"]) = (json!(text), json!(text));
        all["proof"][0]["cryptosuite"] = json!(text);
        all["evidence"][0]["narrative"] = json!(format!("typeproof metrics {text}: "));
        strange.push(all);
    }
    let far = "9".repeat(5_000);
    let ways = [("", Paper::A4), (issued.link.as_str(), Paper::Letter), (far.as_str(), Paper::A4)];
    for (credential, (link, paper)) in strange.iter().zip(ways.iter().cycle()) {
        let pdf = certificate::pdf(credential, link, *paper);
        assert!(pdf.is_ok(), "{pdf:?} of {}", credential["id"]);
    }
}

#[test]
fn employers_find_what_they_ask_for() {
    if !poppler() {
        return;
    }
    for (assurance, own) in [
        (
            Assurance::SelfAssessed,
            &[
                "Typing test record",
                "self-assessed: nobody else observed this test",
                "Self-assessed: nobody else observed this test.",
                "Administrator or reviewer, name in print",
                "None. Issued by the holder on 23 November 2026.",
                "These lines are for a person who reviews it",
            ][..],
        ),
        (
            Assurance::Reviewed,
            &[
                "Typing test certificate",
                "replaying the keystroke log gave the same figures",
                "Reviewer, name in print",
                "City College. Issued on 23 November 2026.",
            ],
        ),
        (
            Assurance::Proctored,
            &[
                "Typing test certificate",
                "under the eyes of a proctor",
                "Administrator, name in print",
                "City College.",
            ],
        ),
    ] {
        let issued = ada(assurance, PUBLIC);
        let pdf = certificate::pdf(&issued.credential, &issued.link, Paper::A4).unwrap();
        let shown = text(&pdf);
        let always = [
            "Ada Lovelace",
            "Typing 60 WPM at 97 % (5 minutes)",
            "Typed on 23 November 2026, 10:33 to 10:38 (UTC).",
            "Net speed 62.1 WPM Required 60 · Achieved 62.1",
            "Gross speed 62.7 WPM",
            "Uncorrected errors 3",
            "Accuracy 97.7 % Required 97 · Achieved 97.7",
            "Consistency 81.2 %",
            "Duration 5 minutes",
            "Valid until 23 November 2029",
            "Net speed is gross speed after each uncorrected error has taken off 1 word of 5 characters.",
            "Definitions: typeproof metrics 1.",
            "To pass: at least 60 WPM net, accuracy at least 97 %.",
            "Signature",
            "Date",
            "Scan the code",
            "https://badges.example.org/v",
            "an Open Badge 3.0. Programs that verify such badges can check it",
            "did:key",
        ];
        let id = issued.credential["id"].as_str().unwrap();
        let key = issued.credential["issuer"]["id"].as_str().unwrap();
        for part in always.iter().chain(own).chain(&[id, key]) {
            assert!(shown.contains(part), "{assurance}: {part} in\n{shown}");
        }
        assert_eq!(shown.contains("certificate"), assurance != Assurance::SelfAssessed);
    }
}

#[test]
fn the_page_is_one_whole_sheet_of_its_paper_with_its_letters_inside() {
    if !poppler() {
        return;
    }
    for (paper, size) in [(Paper::A4, "595.28 x 841.89 pts (A4)"), (Paper::Letter, "612 x 792 pts (letter)")]
    {
        let issued = ada(Assurance::Proctored, PUBLIC);
        let file = file(&certificate::pdf(&issued.credential, &issued.link, paper).unwrap());
        let info = run("pdfinfo", &[], &file.pdf);
        for (name, value) in [
            ("Pages", "1"),
            ("Page size", size),
            ("Tagged", "yes"),
            ("Title", "Ada Lovelace: Typing 60 WPM at 97 % (5 minutes)"),
            ("Author", "City College"),
            ("PDF version", "1.7"),
        ] {
            let line = info.lines().find(|line| line.starts_with(&format!("{name}:"))).unwrap_or_default();
            assert!(line.ends_with(value), "{name}: {line}");
        }
        assert!(
            run("pdfinfo", &["-isodates"], &file.pdf).contains("2026-11-23T10:38:20Z"),
            "dated as the badge"
        );
        let fonts = run("pdffonts", &[], &file.pdf);
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(
            fonts.len() == 2
                && fonts.iter().all(|font| font.contains("NotoSans") && font.contains("yes yes yes")),
            "{fonts:?}"
        );
        let tree = run("pdfinfo", &["-struct-text"], &file.pdf);
        for part in ["H1 \"Typing test certificate\"", "H2 \"Ada Lovelace\"", "LBody", "Figure", "Link"] {
            assert!(tree.contains(part), "{part} in\n{tree}");
        }
    }
}

#[test]
fn the_attached_badge_is_the_file_byte_for_byte() {
    if !poppler() {
        return;
    }
    for (assurance, base) in [(Assurance::SelfAssessed, LOCAL), (Assurance::Proctored, PUBLIC)] {
        let issued = ada(assurance, base);
        let file = file(&certificate::pdf(&issued.credential, &issued.link, Paper::A4).unwrap());
        let out = file.dir.path().join("out");
        std::fs::create_dir(&out).unwrap();
        run("pdfdetach", &["-saveall", "-o", out.to_str().unwrap()], &file.pdf);
        let found: Vec<PathBuf> =
            std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
        let name = format!("{}.json", badge_stem("speed-60", issued.credential["id"].as_str().unwrap()));
        assert_eq!(found, [out.join(&name)], "named as the badge's own file");
        assert_eq!(certificate::file_name(&issued.credential), name);
        assert_eq!(std::fs::read_to_string(&found[0]).unwrap(), credential::text(&issued.credential));
    }
}

/// What is attached is read back by our own verifier: command, screen and page ask [`Given::read`].
#[test]
fn our_own_certificate_is_read_back() {
    for (assurance, base) in [(Assurance::SelfAssessed, LOCAL), (Assurance::Proctored, PUBLIC)] {
        let issued = ada(assurance, base);
        for paper in PAPERS {
            let pdf = certificate::pdf(&issued.credential, &issued.link, paper).unwrap();
            let found = Given::read(&pdf).unwrap();
            assert_eq!(found.given, Given::Document(credential::text(&issued.credential).into_bytes()));
            for end in [pdf.len() / 3, pdf.len() - 100, pdf.len() - 7] {
                let why = Given::read(&pdf[..end]).unwrap_err().to_string();
                assert_eq!(why, "the PDF document is not all there; download or copy it again");
            }
        }
    }
}

/// A page as grey pixels: width, height, bytes.
fn pixels(file: &File, dots: &str) -> (usize, usize, Vec<u8>) {
    let stem = file.dir.path().join("page");
    let done = Command::new("pdftoppm")
        .args(["-r", dots, "-gray", "-singlefile"])
        .arg(&file.pdf)
        .arg(&stem)
        .status();
    assert!(done.unwrap().success());
    let bytes = std::fs::read(stem.with_extension("pgm")).unwrap();
    let header: Vec<String> =
        String::from_utf8_lossy(&bytes[..40]).split_ascii_whitespace().take(4).map(str::to_owned).collect();
    let [width, height] = [1, 2].map(|at: usize| header[at].parse::<usize>().unwrap());
    (width, height, bytes[bytes.len() - width * height..].to_vec())
}

#[test]
fn the_code_on_paper_is_the_link() {
    if !poppler() {
        return;
    }
    for (name, base) in [("Ada", PUBLIC), ("Ada Augusta King, Countess of Lovelace", LOCAL)] {
        for paper in PAPERS {
            let issued = issued(&level("speed-60"), name, None, Assurance::SelfAssessed, base);
            // A code above version 10 is not drawn: then whoever makes the page gives the link with one signature.
            for link in [&issued.link, &issued.full].into_iter().filter(|link| Symbol::new(link).is_ok()) {
                let file = file(&certificate::pdf(&issued.credential, link, paper).unwrap());
                let (width, height, page) = pixels(&file, "300");
                // As a camera is held: on the lower left quarter of the page.
                let (top, left) = (height / 2, width / 2);
                let pixel = |x: usize, y: usize| page[(y + top) * width + x];
                let mut image = rqrr::PreparedImage::prepare_from_greyscale(left, height - top, pixel);
                let grids = image.detect_grids();
                assert_eq!(grids.len(), 1);
                assert_eq!(grids[0].decode().unwrap().1, *link);
                let [left, right] = [0, 1].map(|at| grids[0].bounds[at].x as f32);
                let millimetres = (right - left) / 300.0 * 25.4;
                assert!((35.0..38.0).contains(&millimetres), "{millimetres} mm");
            }
        }
    }
}

#[test]
fn figures_and_names_that_are_hard_to_set_are_still_there() {
    if !poppler() {
        return;
    }
    for (name, shown) in [
        ("Łukasz Żółkiewski-Ångström", "Łukasz Żółkiewski-Ångström"),
        ("Αλέξανδρος", "Αλέξανδρος"),
        ("Екатерина", "Екатерина"),
        ("O'Brien & <Sons>", "O'Brien & <Sons>"),
        ("王小明", "Name: see the attached badge"),
        ("מרים", "Name: see the attached badge"),
    ] {
        let issued = issued(&level("speed-60"), name, Some("City College"), Assurance::Proctored, PUBLIC);
        let pdf = certificate::pdf(&issued.credential, &issued.link, Paper::A4).unwrap();
        assert!(text(&pdf).contains(shown), "{name}: {}", text(&pdf));
    }
    let half = Figures { errors_x2: 5, ..badges::figures() };
    let half = Claim { measured: Measured::of_test(half), ..badges::claim() };
    let texts = Texts::of(&level("ssc-chsl"));
    let profile = IssuerProfile::inline(badges::key().verifying_key().as_bytes(), None).unwrap();
    let document = credential::document(&half, &texts, &profile).unwrap();
    let shown = text(&certificate::pdf(&document, "", Paper::A4).unwrap());
    assert!(
        shown.contains("Uncorrected errors 2.5") && shown.contains("Net speed is gross speed."),
        "{shown}"
    );
    assert!(shown.contains("No QR code") && !shown.contains("Scan the code"), "{shown}");
}
