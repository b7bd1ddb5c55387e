//! The page of a certificate: nothing leaves its place, and no band of it is left blank.

use std::process::Command;

use serde_json::json;
use typeproof::badge::draw::certificate;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::{File, Issued, LOCAL, PAPERS, PUBLIC, WIDE, ada, file, issued, poppler};

/// All words of a page with their places, in points.
fn words(file: &File) -> Vec<([f32; 4], String)> {
    let output = Command::new("pdftotext").arg("-bbox").arg(&file.pdf).arg("-").output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    let words = page.lines().filter(|line| line.trim_start().starts_with("<word"));
    words
        .map(|line| {
            let number = |name: &str| {
                let rest = line.split(&format!("{name}=\"")).nth(1).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            let word = line.split(['>', '<']).nth(2).unwrap().to_owned();
            (["xMin", "yMin", "xMax", "yMax"].map(number), word)
        })
        .collect()
}

#[test]
fn nothing_leaves_its_margin_or_covers_anything_else() {
    if !poppler() {
        return;
    }
    let catalogue = Catalogue::embedded();
    let mut cases: Vec<Issued> = catalogue
        .levels()
        .map(|level| issued(level, WIDE, Some(WIDE), Assurance::Reviewed, PUBLIC))
        .collect();
    assert!(cases.len() >= 55);
    let mut longest = ada(Assurance::SelfAssessed, LOCAL);
    longest.credential["credentialSubject"]["achievement"]["name"] = json!("Wide words ".repeat(9));
    longest.credential["credentialSubject"]["achievement"]["criteria"]["narrative"] =
        json!(format!("{} {}", "WIDE ".repeat(200), "W".repeat(1_000)));
    cases.push(longest);
    for (at, issued) in cases.iter().enumerate() {
        let paper = PAPERS[at % 2];
        let file = file(&certificate::pdf(&issued.credential, &issued.link, paper).unwrap());
        let (width, height) = paper.size();
        let words = words(&file);
        assert!(words.len() > 150);
        for ([left, top, right, bottom], word) in &words {
            let inside = *left > 57.0 && *right < width - 57.0 && *top > 40.0 && *bottom < height - 40.0;
            assert!(inside, "{word} at {left} {top} {right} {bottom} of case {at}");
        }
        for (n, ([left, top, right, bottom], word)) in words.iter().enumerate() {
            for ([left2, top2, right2, bottom2], other) in words.iter().skip(n + 1) {
                let wide = right.min(*right2) - left.max(*left2);
                // The boxes of letters are as high as their line, and lines may touch.
                let high = bottom.min(*bottom2) - top.max(*top2);
                let least = (bottom - top).min(bottom2 - top2);
                assert!(wide < 0.5 || high < least * 0.35, "{word} covers {other} in case {at}");
            }
        }
    }
}

/// The largest vertical distance between what is printed, in points, and where it is: the code counts as printed.
fn widest_band(file: &File, code: [f32; 2]) -> (f32, f32) {
    let mut rows: Vec<[f32; 2]> =
        words(file).iter().map(|([_, top, _, bottom], _)| [*top, *bottom]).collect();
    rows.push(code);
    rows.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (mut widest, mut reached) = ((0.0, 0.0), rows[0][1]);
    for [top, bottom] in rows {
        if top - reached > widest.0 {
            widest = (top - reached, reached);
        }
        reached = reached.max(bottom);
    }
    widest
}

/// A hand needs 9 mm above the line to sign on; nowhere else is there more room than that between two lines.
#[test]
fn no_band_of_the_page_is_blank() {
    if !poppler() {
        return;
    }
    for assurance in Assurance::ALL {
        for paper in PAPERS {
            let issued = ada(assurance, PUBLIC);
            let file = file(&certificate::pdf(&issued.credential, &issued.link, paper).unwrap());
            let height = paper.size().1;
            // The code stands in the lower third, beside the text on how to check it.
            let (band, below) = widest_band(&file, [height * 0.74, height * 0.83]);
            assert!(band < 38.0, "{band} points are blank below {below} of {height}: {assurance}");
        }
    }
}
