//! From key press to employer: a level is typed in the real program, a camera reads the code off its screen, and a real
//! browser opens the link on the page that the real program serves.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use data_encoding::BASE64;
use resvg::tiny_skia::Pixmap;
use serde_json::{Value, json};
use tempfile::TempDir;
use typeproof::badge::draw::words::Figure;
use typeproof::badge::verify::summary::result_value;

use super::{Home, calm, flow};
use crate::badge::interop;
use crate::support::pty::Outside;
use crate::support::{node, pixels};
use crate::web::browser;

/// A window in which the badge and its code stand side by side.
const WINDOW: (u16, u16) = (50, 160);

const LEARNER: &str = "Ada Lovelace";
const SCHOOL: &str = "Evening School";

/// Where the learner's links lead: a public address, since no other is handed out. Its page is served on this machine.
const HOST: &str = "https://verify.example.org/";

/// The program's server, until this is dropped.
struct Serving {
    server: Child,
    address: String,
}

impl Serving {
    /// Serves a site that trusts this key, as an employer could who knows the school.
    fn start(home: &Home, key: &str, dir: &str) -> Self {
        done(home, &["trust", "add", key, "--name", SCHOOL]);
        done(home, &["site", "build", dir]);
        let mut server = home.command(&["site", "serve", dir, "--listen", "127.0.0.1:0"]).spawn().unwrap();
        let lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            let address = &line[line.find("http://")?..];
            Some(address.split_whitespace().next()?.trim_end_matches(['/', '.', ',']).to_owned())
        });
        Self { address: address.expect("the server says where it listens"), server }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

fn done(home: &Home, args: &[&str]) -> String {
    let output = home.run(args);
    assert!(output.status.success(), "{args:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// From the home screen to the badge.
fn award(home: &Home) -> Outside {
    let mut outside = home.start(&[], WINDOW);
    outside.until("Take a level");
    outside.send("l");
    outside.until("Trial");
    outside.send("\x1b[D");
    outside.until("Own level trial-line: 5 WPM net at 90 %");
    outside.send("\r");
    outside.until("The first key starts the clock.");
    flow::type_all(&mut outside);
    calm(&mut outside);
    outside.send("\r");
    outside.until("Whose badge is it?");
    outside.send(format!("{LEARNER}\r\r"));
    outside.until("Your badge is awarded");
    outside.until("Files in");
    flow::until_drawn(&mut outside, 0);
    outside
}

/// What a decoder written in JavaScript reads.
fn by_jsqr(pixels: &Pixmap) -> String {
    let (width, height) = (pixels.width(), pixels.height());
    let picture = json!({"width": width, "height": height, "pixels": BASE64.encode(pixels.data())});
    node::run("decode.mjs", &picture).as_str().expect("jsQR reads the code").to_owned()
}

/// What a decoder written in C reads, where it is installed.
fn by_zbar(picture: &Path) -> Option<String> {
    if !node::has("zbarimg", "--version") {
        node::skip("zbarimg is not installed", "install zbar-tools for a third decoder");
        return None;
    }
    let output = Command::new("zbarimg").args(["--quiet", "--raw"]).arg(picture).output().unwrap();
    Some(String::from_utf8(output.stdout).unwrap().trim_end().to_owned())
}

/// The link on the screen, as every decoder reads it in every theme.
fn scanned(screen: &vt100::Screen) -> String {
    let mut links = Vec::new();
    for theme in &pixels::THEMES {
        let pixels = pixels::draw(screen, theme);
        let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("award-{}.png", theme.name));
        pixels.save_png(&picture).unwrap();
        links.extend([pixels::by_rqrr(&pixels), by_jsqr(&pixels)]);
        links.extend(by_zbar(&picture));
    }
    links.dedup();
    assert_eq!(links.len(), 1, "one link for every eye: {links:?}");
    links.remove(0)
}

/// The badge's file with that extension.
fn file(home: &Home, extension: &str) -> PathBuf {
    let mut files = fs::read_dir(home.path().join("badges")).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|e| e == extension)).unwrap()
}

#[test]
fn from_key_press_to_employer() {
    let Some(chromium) = browser::browser().filter(|_| pixels::font()) else { return };
    let (learner, employer, site) = (Home::new(), Home::new(), TempDir::new().unwrap());
    done(&learner, &["issuer", "new"]);
    let key = fs::read_to_string(learner.path().join("keys/issuer.pub")).unwrap();
    let serving = Serving::start(&employer, key.trim(), site.path().to_str().unwrap());
    fs::write(learner.path().join("settings.toml"), format!("verify_url = \"{HOST}#\"\n")).unwrap();

    let mut outside = award(&learner);
    let shown = outside.contents().replace('\u{a0}', " ");
    let link = scanned(outside.screen());
    assert!(link.starts_with(&format!("{HOST}#")), "{link}");
    let link = link.replace(HOST, &format!("{}/", serving.address));
    let json = fs::read_to_string(file(&learner, "json")).unwrap();
    let badge: Value = serde_json::from_str(&json).unwrap();
    let opened = node::run("open.mjs", &json!({"chromium": chromium, "address": link}));
    assert_eq!(opened["trouble"], json!([]));
    check_page(&opened["said"], &shown, &badge);
    interop::assert_accepted(&[("the program's file", &json, badge["validFrom"].as_str().unwrap())]);

    // The same link with one digit changed is no badge.
    let digit = if link.ends_with('1') { "2" } else { "1" };
    let altered = format!("{}{digit}", &link[..link.len() - 1]);
    let opened = node::run("open.mjs", &json!({"chromium": chromium, "address": altered}));
    assert_eq!(opened["said"]["outcome"], "refused", "{opened}");
    outside.send("\x03");
    assert_eq!(outside.end().exit_code(), 0);
}

/// The page believes the badge, and says what the award screen and the badge's file say.
fn check_page(said: &Value, shown: &str, badge: &Value) {
    let text = |member: &str| said[member].as_str().unwrap().to_owned();
    assert_eq!(text("outcome"), "valid", "{said}");
    let believed = format!("Valid: unchanged and in force; {SCHOOL} is on the list of trusted issuers");
    assert!(text("sentence").starts_with(&believed), "{said}");
    assert_eq!(text("holder"), LEARNER);
    assert!(text("achievement").contains("Own level trial-line: 5 WPM net at 90 %"), "{said}");
    for (figure, name) in [
        ("net", "Net speed"),
        ("gross", "Gross speed"),
        ("accuracy", "Accuracy"),
        ("errors", "Uncorrected errors"),
        ("consistency", "Consistency"),
    ] {
        let value = Figure::of(name, result_value(badge, figure).unwrap(), None).value;
        assert!(shown.contains(&format!("{name} {value}")), "{name} {value} in\n{shown}");
        let on_page = said["figures"][figure].as_str().unwrap();
        let number: String = on_page.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        assert_eq!(Figure::of(name, &number, None).value, value, "{figure}: {on_page}");
    }
}
