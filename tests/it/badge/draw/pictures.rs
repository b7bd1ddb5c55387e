//! Badges as pictures: nothing leaves its place, nothing is missing, and the code in them is read by others' decoders.

use resvg::usvg::{self, Node, Rect, roxmltree};
use serde_json::{Value, json};
use typeproof::badge::carry::bake;
use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, IssuerRef, Measured, Noted};
use typeproof::badge::credential::{self, Badge, IssuerProfile, Texts};
use typeproof::badge::draw::picture;
use typeproof::badge::holder::HolderName;
use typeproof::desk;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::level::Level;
use typeproof::store::history::BadgeRow;
use typeproof::trust::Assurance;

use crate::support::badges;

pub const BASE: &str = "https://badges.example.org/v#";
/// Forty bytes of the widest letter.
const WIDEST: &str = "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW";
/// What stands where the name cannot be drawn, and the whole of its group is known to be.
const CHINESE: &str = "李小龍";

/// A badge of a level.
pub fn issued(level: &Level, assurance: Assurance, name: &str, issuer: Option<&str>) -> Badge {
    let key = badges::key();
    let public = key.verifying_key();
    let holder = |name: &str| HolderName::new(name).unwrap();
    let claim = Claim {
        level: level.reference(),
        supervision: assurance.into(),
        name: Some(holder(name)),
        issuer: IssuerRef::Inline { key: public.to_bytes(), name: issuer.map(holder) },
        ..badges::claim()
    };
    let profile = IssuerProfile::inline(public.as_bytes(), issuer.or(Some(name))).unwrap();
    credential::issue(&claim, &Texts::of(level), &profile, &key).unwrap()
}

/// A badge of 60 words a minute of which the program noted as much as there is.
pub fn noted(assurance: Assurance) -> Badge {
    let key = badges::key();
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    let noted = Noted { together: 4_000_000, early: 10, wall_clock_s: 4_000_000 };
    let measured = Measured::Test { figures: badges::figures(), noted };
    let claim =
        Claim { level: level.reference(), supervision: assurance.into(), measured, ..badges::claim() };
    let profile = IssuerProfile::inline(key.verifying_key().as_bytes(), Some("Ada Lovelace")).unwrap();
    credential::issue(&claim, &Texts::of(&level), &profile, &key).unwrap()
}

/// A badge of 60 words a minute that its holder signed.
pub fn named(name: &str) -> Badge {
    issued(Catalogue::embedded().level("speed-60").unwrap(), Assurance::SelfAssessed, name, None)
}

/// The link with both signatures.
pub fn full(badge: &Badge) -> String {
    link::url(BASE, &credential::full_token(&badge.token, &badge.credential).unwrap())
}

fn svg(badge: &Badge) -> String {
    picture::svg(&badge.credential, &full(badge)).unwrap()
}

/// The bounds of what is drawn, stroke included: of each group by name, and of each shape within.
fn groups(svg: &str) -> Vec<(String, Rect, Vec<Rect>)> {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let mut found = Vec::new();
    for node in tree.root().children() {
        let shapes = match node {
            Node::Group(group) => group.children().iter().map(Node::abs_stroke_bounding_box).collect(),
            other => vec![other.abs_stroke_bounding_box()],
        };
        found.push((node.id().to_owned(), node.abs_stroke_bounding_box(), shapes));
    }
    found
}

/// Left, top, right and bottom of where a group may be.
fn place(name: &str) -> Option<[f32; 4]> {
    Some(match name {
        "title" => [148.0, 8.0, 565.0, 178.0],
        "supervision" => [35.0, 190.0, 565.0, 236.0],
        "holder" => [35.0, 246.0, 565.0, 310.0],
        "figures" => [35.0, 320.0, 301.0, 464.0],
        "issue" => [35.0, 469.0, 301.0, 590.0],
        "code" | "verify" => [336.0, 326.0, 564.0, 554.0],
        "caption" => [336.0, 568.0, 564.0, 590.0],
        _ => return None,
    })
}

/// What is out of its place, and what lies on something else within a group of texts.
fn faults(svg: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    for (name, bounds, shapes) in groups(svg) {
        let Some([left, top, right, bottom]) = place(&name) else { continue };
        let inside = bounds.left() >= left
            && bounds.top() >= top
            && bounds.right() <= right
            && bounds.bottom() <= bottom;
        if !inside {
            faults.push(format!("{name} is at {bounds:?}"));
        }
        for (n, shape) in shapes.iter().enumerate() {
            let over = shapes.iter().skip(n + 1).find(|other| {
                shape.left() < other.right()
                    && other.left() < shape.right()
                    && shape.top() < other.bottom()
                    && other.top() < shape.bottom()
            });
            faults.extend(over.map(|other| format!("{name}: {shape:?} lies on {other:?}")));
        }
        seen.push(name);
    }
    let code = if svg.contains("id=\"code\"") { "code" } else { "verify" };
    for group in ["title", "supervision", "holder", "figures", "issue", code] {
        if !seen.iter().any(|name| name == group) {
            faults.push(format!("no {group}"));
        }
    }
    faults
}

#[test]
fn nothing_leaves_its_place_at_any_level() {
    let catalogue = Catalogue::embedded();
    let names = ["Maria Lindqvist", WIDEST, "Zoë K.", "MAXIMILIAN WOLFGANG HOHENZOLLERN-WUMMERS"];
    let issuers = [None, Some("City College"), Some(WIDEST), Some("Institut für Berufliche Weiterbildung")];
    let mut faulty = Vec::new();
    for (n, level) in catalogue.levels().enumerate() {
        let assurance = Assurance::ALL[n % 3];
        let badge = issued(level, assurance, names[n % 4], issuers[n / 3 % 4]);
        faulty.extend(faults(&svg(&badge)).into_iter().map(|fault| format!("{}: {fault}", level.id)));
    }
    assert!(faulty.is_empty(), "{}", faulty.join("\n"));
}

/// The picture says all that the program noted of the test, whole and in its place; the description says it too.
#[test]
fn what_was_noted_of_the_test_is_drawn() {
    for assurance in Assurance::ALL {
        let badge = noted(assurance);
        let svg = svg(&badge);
        assert_eq!(faults(&svg), [""; 0]);
        let lines = groups(&svg).into_iter().find(|(name, ..)| name == "supervision").unwrap().2.len();
        assert!(lines > 4 + 2, "{assurance}: {lines} shapes, among them three marks and a word");
        let described = svg.split_once("</desc>").unwrap().0;
        for words in
            ["4000000 characters came at the same moment", "on the screen: 10.", "changed by 4000000 seconds"]
        {
            assert!(described.contains(words), "{words}");
        }
    }
}

/// Whatever a credential says, and however much of it, the picture keeps its form or is not drawn.
#[test]
fn strange_credentials_keep_the_form() {
    let badge = named("Ada Lovelace");
    let long = "Very long words of an achievement 12345 ".repeat(50);
    for (pointer, value) in [
        ("/credentialSubject/achievement/name", json!(long)),
        ("/credentialSubject/achievement/name", json!("W".repeat(100))),
        ("/credentialSubject/achievement/name", json!(format!("Typing ({})", "rule ".repeat(60)))),
        ("/credentialSubject/achievement/name", json!(" (all of it in brackets)")),
        ("/credentialSubject/achievement/name", json!("打字")),
        ("/credentialSubject/achievement/name", json!(7)),
        ("/credentialSubject/achievement/name", json!("<script>alert(1)</script> & \"x\" ]]>\u{1b}[2J")),
        ("/credentialSubject/identifier/0/identityHash", json!("</title><script>alert(1)</script>")),
        ("/credentialSubject/identifier/0/identityHash", json!("a".repeat(4_000))),
        ("/credentialSubject/identifier", json!([])),
        ("/issuer/name", json!("發行者")),
        ("/issuer/name", json!("M".repeat(500))),
        ("/validFrom", json!("yesterday")),
        ("/validUntil", json!({"no": "date"})),
        ("/credentialSubject/result/0/value", json!("123456789012345678901234567890.12")),
    ] {
        let mut credential = badge.credential.clone();
        *credential.pointer_mut(pointer).unwrap() = value.clone();
        let svg = picture::svg(&credential, &full(&badge)).unwrap();
        assert_eq!(faults(&svg), [""; 0], "{pointer} {value}");
        form(&svg);
    }
    for credential in [Value::Null, json!([]), json!({"credentialSubject": 3, "issuer": []})] {
        form(&picture::svg(&credential, "").unwrap());
    }
}

/// Well-formed, with title and description, and nothing in it that is fetched, run or set in a font.
fn form(svg: &str) -> (String, String) {
    let document = roxmltree::Document::parse(svg).unwrap();
    let root = document.root_element();
    let known = ["svg", "title", "desc", "g", "path", "rect"];
    for element in root.descendants().filter(roxmltree::Node::is_element) {
        let name = element.tag_name().name();
        assert!(known.contains(&name), "<{name}>");
        assert_eq!(element.tag_name().namespace(), Some("http://www.w3.org/2000/svg"));
        for attribute in element.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && name != "href" && name != "style", "{name}={value}");
            assert!(!value.contains("url(") && !value.contains("://"), "{name}={value}");
        }
    }
    let text = |name| {
        let mut texts = root.children().filter(|node| node.tag_name().name() == name);
        let (Some(text), None) = (texts.next(), texts.next()) else { panic!("not one {name}") };
        text.text().unwrap_or_default().to_owned()
    };
    (text("title"), text("desc"))
}

#[test]
fn the_picture_says_everything_to_those_who_cannot_see_it() {
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    for (assurance, words) in [
        (Assurance::SelfAssessed, "Self-assessed: signed by a key on the learner's own machine. Nobody else"),
        (Assurance::Reviewed, "Reviewed: the issuer states that replaying"),
        (Assurance::Proctored, "Proctored: the issuer states that the test was typed on"),
    ] {
        let badge = issued(&level, assurance, "Ada Lovelace", Some("City College"));
        let (title, description) = form(&svg(&badge));
        assert_eq!(title, "Typing 60 WPM at 97 % (5 minutes)");
        for part in [
            "Ada Lovelace",
            "Net speed 62.1 WPM (required 60)",
            "Accuracy 97.7 % (required 97)",
            words,
            "Issued by City College",
        ] {
            assert!(description.contains(part), "{part} in {description}");
        }
    }
}

/// The markup of a group.
fn group<'a>(svg: &'a str, name: &str) -> &'a str {
    let start = svg.split_once(&format!("<g id=\"{name}\">")).unwrap().1;
    start.split_once("</g>").unwrap().0
}

/// Supervision shows in the number of full marks and in the words, which are drawn differently for each.
#[test]
fn a_self_assessed_badge_does_not_look_proctored() {
    let level = Catalogue::embedded().level("speed-60").unwrap().clone();
    let drawn = Assurance::ALL.map(|assurance| {
        let svg = svg(&issued(&level, assurance, "Ada Lovelace", Some("City College")));
        let ribbon = group(&svg, "supervision").to_owned();
        assert_eq!(ribbon.matches("<rect").count(), 3);
        assert_eq!(ribbon.matches("stroke=\"#123558\"").count(), assurance as usize + 1);
        assert_eq!(svg.contains("stroke-dasharray"), assurance == Assurance::SelfAssessed);
        ribbon
    });
    assert!(drawn[0] != drawn[1] && drawn[1] != drawn[2] && drawn[0] != drawn[2]);
}

/// A name is drawn whole, or a sentence says where it is; never are there empty boxes in its place.
#[test]
fn names_are_drawn_whole_or_not_at_all() {
    let drawn = |name: &str| group(&svg(&named(name)), "holder").to_owned();
    let note = drawn(CHINESE);
    assert!(note.matches("<path").count() == 2, "a label and a note: {note}");
    for name in ["محمد علي", "Анна 李", "😀", "שרה כהן", "ज्योति", "Ada 😀"]
    {
        assert_eq!(drawn(name), note, "{name}");
        assert!(form(&svg(&named(name))).1.contains(name), "{name} is in the description");
    }
    let mut seen = vec![note];
    for name in [
        "Zoë Brontë",
        "Łukasz Żółć",
        "Nguyễn Thị Ánh",
        "İbrahim Çağlar",
        "Ελένη Ωνάση",
        "Юрий Щёголев",
        "Ǫ́la",
    ] {
        let outlines = drawn(name);
        assert!(!seen.contains(&outlines), "{name}");
        seen.push(outlines);
    }
}

/// Rows of pixels, light from 0 to 255.
struct Pixels {
    side: usize,
    light: Vec<u8>,
}

fn decoded(file: &[u8]) -> Pixels {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
    let print = reader.info().pixel_dims.unwrap();
    assert_eq!((print.xppu, print.yppu, print.unit), (12_000, 12_000, png::Unit::Meter));
    assert_eq!((info.width, info.height), (1_200, 1_200));
    let light = bytes.chunks_exact(3).map(|p| (p.iter().map(|c| u32::from(*c)).sum::<u32>() / 3) as u8);
    Pixels { side: 1_200, light: light.collect() }
}

impl Pixels {
    /// Half as large, each pixel the mean of four.
    fn halved(&self) -> Self {
        let side = self.side / 2;
        let at = |x: usize, y: usize| u32::from(self.light[y * self.side + x]);
        let mean = |x, y| (at(x, y) + at(x + 1, y) + at(x, y + 1) + at(x + 1, y + 1)) / 4;
        let light = (0..side * side).map(|n| mean(n % side * 2, n / side * 2) as u8).collect();
        Self { side, light }
    }

    /// What a decoder that others wrote reads.
    fn scan(&self) -> Vec<String> {
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.side, self.side, |x, y| {
            self.light[y * self.side + x]
        });
        image.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect()
    }
}

/// The row of a badge in the history, with the short link.
pub fn row(badge: &Badge, base: &str) -> BadgeRow {
    BadgeRow {
        id: badge.credential["id"].as_str().unwrap().to_owned(),
        attempt_id: None,
        level_id: Some("speed-60".to_owned()),
        issued_unix: 0,
        valid_until_unix: None,
        assurance: Assurance::SelfAssessed,
        credential: credential::text(&badge.credential),
        token: link::url(base, &badge.token),
        name: String::new(),
    }
}

/// The PNG at its size and at half of it holds the link with both signatures; PNG and SVG hold the credential.
#[test]
fn the_code_is_read_from_the_picture_and_the_badge_from_its_file() {
    for (name, both) in [("Ada Lovelace", true), (CHINESE, true), (WIDEST, false)] {
        let badge = named(name);
        let row = row(&badge, BASE);
        let (png, svg) = desk::pictures(&row).unwrap();
        let link = desk::full_link(&row);
        assert_eq!(link != row.token, both);
        let pixels = decoded(&png);
        assert_eq!(pixels.scan(), std::slice::from_ref(&link), "{name} at 1200");
        assert_eq!(pixels.halved().scan(), std::slice::from_ref(&link), "{name} at 600");
        assert_eq!(rendered_code(&svg, &link), 4.0);
        for file in [png.as_slice(), svg.as_bytes()] {
            let taken = bake::unbake(file).unwrap().unwrap();
            assert_eq!(serde_json::from_slice::<Value>(&taken).unwrap(), badge.credential);
        }
        assert_eq!(desk::pictures(&row).unwrap(), (png, svg), "the same every time");
    }
}

/// Units along a module of the code in a picture.
fn rendered_code(svg: &str, link: &str) -> f32 {
    let size = typeproof::badge::carry::symbol::Symbol::new(link).unwrap().size() as f32;
    let all = groups(svg);
    let (_, bounds, _) = all.iter().find(|(name, ..)| name == "code").unwrap();
    assert_eq!(bounds.width(), bounds.height());
    assert_eq!((bounds.left().fract(), bounds.top().fract()), (0.0, 0.0));
    // Four modules around it stay white, whatever else is drawn.
    let quiet = 4.0 * bounds.width() / size;
    for (name, other, shapes) in &all {
        let near = |shape: &Rect| {
            shape.right() > bounds.left() - quiet
                && shape.left() < bounds.right() + quiet
                && shape.bottom() > bounds.top() - quiet
                && shape.top() < bounds.bottom() + quiet
        };
        let ground = other.width() == 600.0 && other.height() == 600.0;
        assert!(name == "code" || ground || !shapes.iter().any(near), "{name} at {other:?}");
    }
    bounds.width() / size
}

/// Where no code holds the link, the picture says how to verify without one.
#[test]
fn a_link_too_long_for_a_code_is_said() {
    let badge = named("Ada Lovelace");
    let row = row(&badge, &format!("https://badges.example.org/{}#", "v".repeat(400)));
    let (png, svg) = desk::pictures(&row).unwrap();
    assert!(svg.contains("<g id=\"verify\">") && !svg.contains("id=\"code\""));
    assert_eq!(faults(&svg), [""; 0]);
    assert_eq!(decoded(&png).scan(), [""; 0]);
}

/// Only a link that others can open invites to scan it.
#[test]
fn a_code_that_opens_nothing_elsewhere_does_not_invite() {
    let badge = named("Ada Lovelace");
    let drawn = |base: &str| picture::svg(&badge.credential, &link::url(base, &badge.token)).unwrap();
    let caption = |base: &str| group(&drawn(base), "caption").to_owned();
    let here = caption("http://127.0.0.1:8520/");
    assert_eq!(caption("http://localhost:80/"), here);
    assert_ne!(caption("https://badges.example.org/"), here);
}
