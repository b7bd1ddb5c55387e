//! A level and its badge: awarded, found again, claimed later, served and written out.

use std::collections::BTreeSet;

use std::time::Duration;
use typeproof::tui::errand::Errand;

use typeproof::sitting::Task;
use typeproof::tui::app::Start;
use typeproof::tui::drive::Program;
use typeproof::tui::input::KeyPress;

use super::{Bench, TEXT, desk, with_level};

#[test]
fn a_passed_level_is_awarded_once_and_found_in_the_wallet() {
    let mut bench = with_level(false);
    let shown = bench.type_in(TEXT);
    assert!(shown.contains("Passed. Press Enter for your badge."), "{shown}");
    bench.calm();
    assert!(bench.press(KeyPress::Enter).contains("Whose badge is it?"));
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Own level cats: 200 WPM") && shown.contains("Ada"), "{shown}");
    for _ in 0..2 {
        assert!(bench.press(KeyPress::Esc).contains("Result: Own level cats: 200 WPM"));
        assert!(bench.press(KeyPress::Enter).contains("Own level cats: 200 WPM"));
    }
    let badges = desk(&bench.home).history().unwrap().badges().unwrap();
    assert_eq!(badges.len(), 1, "coming back issues nothing again");
    assert_eq!(badges[0].name, "Ada");
    let files = std::fs::read_dir(bench.home.path().join("badges")).unwrap().count();
    assert_eq!(files, 6);
    assert!(bench.press(KeyPress::Char('b')).contains("Own level cats: 200 WPM"));
}

/// What an address answers to a request for its page.
#[cfg(feature = "network")]
fn fetched(address: &str) -> std::io::Result<String> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address)?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[cfg(feature = "network")]
#[test]
fn one_key_serves_the_page_until_the_program_ends() {
    let mut bench = with_level(false);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    std::fs::write(bench.home.path().join("settings.toml"), format!("verify_url = \"http://{address}/#\"\n"))
        .unwrap();
    bench = Bench::in_home(bench.home, Start::Test(Task::Level("cats".to_owned())), false);
    bench.gap = Duration::from_millis(50);
    bench.type_in(TEXT);
    bench.calm();
    bench.press(KeyPress::Enter);
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    let words = |shown: String| shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words(bench.press(KeyPress::Enter)).contains("or w to open it on a page of this machine"),
        "the key is offered"
    );
    let shown = words(bench.press(KeyPress::Char('w')));
    assert!(shown.contains(&format!("{address} is in use")), "{shown}");
    drop(taken);
    let shown = words(bench.press(KeyPress::Char('w')));
    assert!(shown.contains(&format!("is served at http://{address}/ until the program ends")), "{shown}");
    assert!(fetched(&address).unwrap().contains("id=\"verdict\""));
    assert_eq!(bench.app.wake(), None, "nothing is asked again and again");
    let shown = words(bench.press(KeyPress::Char('w')));
    assert!(shown.contains(&format!("is already served at http://{address}/")), "{shown}");
    // Another screen and back.
    bench.press(KeyPress::Esc);
    let shown = words(bench.press(KeyPress::Enter));
    assert!(
        shown.contains(&format!("The page at http://{address}/ is served"))
            && shown.contains("Press u for the badge's link there."),
        "{shown}"
    );
    bench.press(KeyPress::Ctrl('c'));
    assert!(bench.app.into_finished().is_some() && fetched(&address).is_err(), "it ends with the program");
}

#[test]
fn a_badge_of_the_wallet_is_written_in_every_form_by_one_key() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    bench.calm();
    bench.press(KeyPress::Enter);
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Enter);
    bench.press(KeyPress::Char('b'));
    let folder = bench.home.path().join("badges");
    let written = |extension: &str| {
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.to_str().unwrap().ends_with(extension)).count()
    };
    let shown = bench.press(KeyPress::Char('c'));
    assert!(shown.contains("These files were written") && shown.contains(".pdf"), "{shown}");
    assert_eq!([written(".pdf"), written(".html")], [1, 0]);
    let shown = bench.press(KeyPress::Char('e'));
    assert!(shown.contains("No other file was changed") && shown.contains(".html"), "{shown}");
    let all = [".json", ".txt", ".png", ".svg", ".tpa", ".pdf", ".html", ".md", ".share.txt"];
    assert_eq!(all.map(written), [1, 2, 2, 1, 1, 1, 1, 1, 1]);
    assert!(bench.press(KeyPress::Char('l')).contains("https://www.linkedin.com/profile/add?"));
    assert!(bench.press(KeyPress::Esc).contains("Share"));
    assert!(bench.press(KeyPress::Esc).contains("My badges"));
}

/// The list opens where "Continue" leads, and the two agree on what counts as passed.
#[test]
fn the_list_opens_at_the_level_that_comes_next() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    let home = bench.home;
    let mut bench = Bench::in_home(home, Start::Home, false);
    let next = "Typing 20 WPM";
    let list = bench.press(KeyPress::Char('l'));
    let mut chosen = list.lines().filter(|line| line.trim_start().starts_with('›'));
    assert!(chosen.next_back().unwrap().contains(next), "{next}: {list}");
}

#[test]
fn a_badge_not_made_at_once_is_claimed_later() {
    let mut bench = with_level(false);
    bench.type_in(TEXT);
    let home = bench.home;
    let lessons = home.path().join("lessons");
    assert!(lessons.exists());
    let mut bench = Bench::in_home(home, Start::Home, false);
    assert!(bench.press(KeyPress::Char('b')).contains("no badge yet, press Enter to claim it"));
    assert!(bench.press(KeyPress::Enter).contains("Whose badge is it?"));
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    assert!(bench.press(KeyPress::Enter).contains("Your badge is awarded"));
    assert!(bench.press(KeyPress::Esc).contains("You have the badge for this"));
    bench.press(KeyPress::Esc);
    assert!(!bench.press(KeyPress::Char('b')).contains("no badge yet"));
    // Its keystroke log lies beside its file, and is replayed.
    let shown = bench.press(KeyPress::Char('v'));
    assert!(shown.contains("yes: the keystroke log was"), "{shown}");
    assert!(bench.press(KeyPress::Esc).contains("My badges"), "back to the list");
}

#[test]
fn a_level_that_was_not_passed_says_what_was_missing() {
    let mut bench = with_level(false);
    bench.type_in("Two cats sat. One lef");
    bench.now += Duration::from_millis(800);
    let shown = bench.type_in("t.");
    assert!(shown.contains("Not passed.") && shown.contains("WPM short"), "{shown}");
    bench.calm();
    // Practice with the coach comes next; it asks for the layout once.
    assert!(bench.press(KeyPress::Enter).contains("Which layout does your keyboard have?"));
    let shown = bench.press(KeyPress::Enter);
    assert!(
        shown.contains("The first key starts the clock.") && !shown.contains("badge"),
        "what comes next: {shown}"
    );
}

/// The name of the settings is asked about, another one is for this badge alone, and the key stays its owner's.
#[test]
fn a_badge_for_another_person_names_the_owner_of_the_key_as_issuer() {
    let mut bench = with_level(false);
    let paths = |bench: &Bench| {
        let files = std::fs::read_dir(bench.home.path().join("badges")).unwrap();
        let files = files.map(|file| file.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|e| e == "json")).collect::<BTreeSet<_>>()
    };
    bench.type_in(TEXT);
    bench.calm();
    bench.press(KeyPress::Enter);
    bench.type_in("Ada");
    bench.press(KeyPress::Enter);
    assert!(bench.press(KeyPress::Enter).contains("Your badge is awarded"));
    let first = paths(&bench);
    let mut bench = Bench::in_home(bench.home, Start::Test(Task::Level("cats".to_owned())), false);
    bench.gap = Duration::from_millis(50);
    bench.type_in(TEXT);
    bench.calm();
    assert!(bench.press(KeyPress::Enter).contains("Issue for Ada?"));
    assert!(bench.press(KeyPress::Char('n')).contains("for this badge only"));
    bench.type_in("Bob");
    bench.press(KeyPress::Enter);
    let shown = bench.press(KeyPress::Enter);
    assert!(shown.contains("Your badge is awarded") && shown.contains("Bob"), "{shown}");
    let second = paths(&bench);
    let path = second.difference(&first).next().unwrap();
    let badge: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(badge["issuer"]["name"], "Ada");
    assert_eq!(badge["credentialSubject"]["identifier"][0]["identityHash"], "Bob");
    assert_eq!(desk(&bench.home).settings.holder_name.as_deref(), Some("Ada"));
    // What is copied is given to the host, once.
    bench.press(KeyPress::Char('s'));
    bench.press(KeyPress::Char('t'));
    assert!(bench.press(KeyPress::Char('y')).contains("Sent to the terminal's clipboard"));
    assert!(matches!(bench.app.errand(), Some(Errand::Copy(text)) if text.starts_with("Bob: ")));
    assert_eq!(bench.app.errand(), None);
}
