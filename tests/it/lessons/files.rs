//! Files of the user: what is wrong is said with its line, the rest loads, and what is shipped can be replaced.

use serde::Deserialize;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::lessons::choice::{check_source, choose};
use typeproof::lessons::embedded;
use typeproof::lessons::language::Language;
use typeproof::lessons::level::Level;
use typeproof::lessons::terms::Origin;
use typeproof::typing::exercise::{Exercise, Source};
use typeproof::typing::text::Lookalikes;

use super::read;

#[derive(Deserialize)]
struct Case {
    name: String,
    file: String,
    text: String,
    problems: Vec<String>,
    /// Ids of the levels that load all the same.
    #[serde(default)]
    levels: Vec<String>,
    /// Ids of the courses that load all the same.
    #[serde(default)]
    courses: Vec<String>,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[test]
fn bad_files_say_what_was_expected_and_the_rest_loads() {
    for (file, least) in [("bad-files", 30), ("bad-courses", 35), ("bad-words", 10)] {
        let cases: Cases = toml::from_str(&read(&format!("tests/data/lessons/{file}.toml"))).unwrap();
        assert!(cases.case.iter().filter(|c| !c.problems.is_empty()).count() >= least, "{file}");
        say_what_was_expected(&cases);
    }
}

fn say_what_was_expected(cases: &Cases) {
    let mut wrong = Vec::new();
    for case in &cases.case {
        let mut catalogue = Catalogue::embedded();
        let problems = catalogue.extend([(case.file.as_str(), case.text.as_str())]);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let own = catalogue.all_levels().filter(|l| matches!(l.origin, Origin::Own(_)));
        let levels: Vec<String> = own.map(|l| l.id.clone()).collect();
        let own = catalogue.courses().filter(|course| matches!(course.origin, Origin::Own(_)));
        let courses: Vec<String> = own.map(|course| course.id.clone()).collect();
        assert!(said.iter().all(|s| !s.contains(char::is_control)), "{}: {said:?}", case.name);
        if said != case.problems || levels != case.levels || courses != case.courses {
            wrong.push(format!("{}: {levels:?}\n{}", case.name, toml::Value::from(said)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What is shipped is not checked when it is read: here it is, as if it were a user's.
#[test]
fn shipped_files_are_what_is_asked_of_a_users() {
    let shelves = [
        (embedded::EXAMS, "toml"),
        (embedded::PASSAGES, "toml"),
        (embedded::WORDS, "txt"),
        (embedded::PATHWAYS, "toml"),
    ];
    let named = |(files, extension): &(&'static [embedded::File], &str)| {
        files.iter().map(|(name, text)| (format!("{name}.{extension}"), *text)).collect::<Vec<_>>()
    };
    let files: Vec<(String, &str)> = shelves.iter().flat_map(named).collect();
    let mut catalogue = Catalogue::embedded();
    let shipped = Catalogue::shipped_levels().count();
    let problems = catalogue.extend(files.iter().map(|(name, text)| (name.as_str(), *text)));
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    let own = catalogue.all_levels().filter(|level| matches!(level.origin, Origin::Own(_)));
    assert_eq!(own.count(), shipped);
}

const OWN: &str = r#"
title = "Mine"
[[level]]
id = "speed-60"
title = "My 60"
rules = { limit = { seconds = 60 } }
pass = { speed = 60 }
passages = ["rhyme"]
[[level]]
id = "verse"
title = "One verse"
rules = { limit = "text" }
pass = { speed = "12.5", accuracy = 90 }
text = "Under the {old} bridge."
[[level]]
id = "borrowed"
title = "Borrowed rules"
exam = "opm"
grade = "pass"
"#;

const RHYME: &str = "title = \"A rhyme\"\nkind = \"rhyme\"\ntext = \"\"\"\nThe cat\r\nsat down.\n\"\"\"\n";

#[test]
fn own_files_add_and_replace_nothing() {
    let mut catalogue = Catalogue::embedded();
    let files =
        [("D/mine.toml", OWN), ("D/cat.toml", RHYME), ("D/opm.toml", OPM), ("D/notes.md", "# no lesson")];
    assert_eq!(catalogue.extend(files), []);
    let shipped = catalogue.level("speed-60").unwrap();
    assert_eq!((shipped.pass.speed.0, &shipped.origin), (6_000, &Origin::Shipped));
    let level = catalogue.level("own-speed-60").unwrap();
    assert_eq!(level.origin, Origin::Own("D/mine.toml".into()));
    assert_eq!(level.title, "Own level speed-60: 60 WPM net (at most 1 minute)");
    assert_eq!(
        catalogue.all_levels().filter(|l| l.id == "speed-60").count(),
        2,
        "shipped, and as 0.1.0 had it"
    );
    let exercise = choose(level, 1, &[], &catalogue).unwrap();
    assert_eq!(exercise.source, Source::Passages(vec!["cat".into()]));
    assert_eq!(exercise.text.to_string(), "The cat\nsat down.");
    assert!(check_source(level, &exercise, &catalogue));
    assert!(!check_source(shipped, &exercise, &catalogue));
    let verse = catalogue.level("verse").unwrap();
    assert_eq!(verse.id, "own-verse", "what the file calls it will do, where no shipped level has that name");
    assert_eq!(verse.title, "Own level “One verse”: 12.5 WPM net at 90 % (a whole text)");
    let exercise = choose(verse, 1, &[], &catalogue).unwrap();
    assert_eq!(exercise.text.to_string(), "Under the {old} bridge.");
    assert_eq!(exercise.source, Source::Own("level own-verse version 1".into()));
    assert!(check_source(verse, &exercise, &catalogue));
    let former = Exercise { source: Source::Own("level verse version 1".into()), ..exercise.clone() };
    assert!(check_source(verse, &former, &catalogue), "as version 0.1.0 named it");
    assert!(!check_source(level, &exercise, &catalogue));
    let borrowed = catalogue.level("borrowed").unwrap();
    assert_eq!(borrowed.pass.speed.0, 1_000, "the user's rule file is nearer");
    assert_eq!(catalogue.level("opm-40").unwrap().pass.speed.0, 4_000, "shipped levels do not see it");
    let pathways: Vec<_> = catalogue.pathways().map(|p| p.id.as_str()).collect();
    assert_eq!(pathways[..5], ["own-mine", "speed", "first-steps", "sprint", "office"]);
    assert_eq!(catalogue.levels().filter(|l| l.id == "speed-60").count(), 1);
    for id in pathways.into_iter().chain(["yours"]) {
        let by_id: Vec<&Level> = catalogue.levels().filter(|level| level.pathway == id).collect();
        assert_eq!(catalogue.levels_in(id).collect::<Vec<_>>(), by_id, "{id}");
    }
}

const OPM: &str = "name = \"Mine\"\nbody = \"Me\"\nsource = \"-\"\nstates = \"-\"\n[rules]\nlimit = \"text\"\n\
    [[grade]]\nid = \"pass\"\nname = \"Pass\"\nspeed = 10\n";

#[test]
fn look_alikes_are_a_matter_of_the_level() {
    let level = |id: &str, more: &str| {
        format!(
            "[[level]]\nid = \"{id}\"\ntitle = \"Q\"\nrules = {{ limit = \"text\" }}\npass = {{ speed = 20 }}\n\
             text = \"It’s – good.\"\n{more}"
        )
    };
    let levels = level("usual", "") + &level("named", "lookalikes = \"typographic\"\n");
    let lenient = format!("title = \"T\"\n{levels}{}", level("exact", "lookalikes = \"exact\"\n"));
    let strict = format!("title = \"T\"\n[defaults]\nlookalikes = \"exact\"\n{}", level("shared", ""));
    let mut catalogue = Catalogue::embedded();
    assert_eq!(catalogue.extend([("lenient.toml", lenient.as_str()), ("strict.toml", strict.as_str())]), []);
    let level = |id: &str| catalogue.level(id).unwrap();
    let exercise = |id: &str| choose(level(id), 1, &[], &catalogue).unwrap();
    let told = "Every character has to be typed exactly as it stands there.";
    for (id, lookalikes) in [
        ("usual", Lookalikes::Typographic),
        ("named", Lookalikes::Typographic),
        ("exact", Lookalikes::Exact),
        ("shared", Lookalikes::Exact),
    ] {
        let made = exercise(id);
        let exact = lookalikes == Lookalikes::Exact;
        assert_eq!((made.lookalikes, level(id).lookalikes), (lookalikes, lookalikes), "{id}");
        assert_eq!(level(id).narrative.contains(told), exact, "{id}: {}", level(id).narrative);
        assert!(check_source(level(id), &made, &catalogue), "{id}");
        let other = if exact { Lookalikes::Typographic } else { Lookalikes::Exact };
        assert!(!check_source(level(id), &Exercise { lookalikes: other, ..made }, &catalogue), "{id}");
        let changed = Level { lookalikes: other, ..level(id).clone() };
        assert_ne!(changed.digest(), level(id).digest(), "{id}");
    }
}

#[test]
fn shipped_levels_do_not_see_own_passages_and_lists() {
    let mut catalogue = Catalogue::embedded();
    let letter = RHYME.replace("\"rhyme\"", "\"letter\"");
    let files = [("letter-01.toml", letter.as_str()), ("numbers.txt", "1\n2\n")];
    assert_eq!(catalogue.extend(files), []);
    let (shipped, own) = (Origin::Shipped, Origin::Own(String::new()));
    let length = |origin: &Origin| catalogue.shelves().passage("letter-01", origin).unwrap().text.len();
    assert!(length(&shipped) > 1_800 && length(&own) < 100);
    assert_eq!(catalogue.shelves().word_list("numbers", &own).unwrap().words, ["1", "2"]);
    assert_eq!(catalogue.shelves().word_list("numbers", &shipped).unwrap().words.len(), 400);
    assert_eq!(catalogue.shelves().passages_in(Language::English, &own).len(), 54);
}

#[test]
fn two_files_cannot_hold_the_same_level_version() {
    let mut catalogue = Catalogue::embedded();
    let problems = catalogue.extend([("a.toml", OWN), ("b.toml", OWN), ("cat.toml", RHYME)]);
    let said: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(said[0], "b.toml: level `speed-60` version 1 is in a.toml too; the level is left out");
}

#[test]
fn versions_stay_beside_each_other() {
    let mut catalogue = Catalogue::embedded();
    let v = |n: u32, speed: u32| {
        format!(
            "[[level]]\nid = \"verse\"\nversion = {n}\ntitle = \"V\"\nrules = {{ limit = \"text\" }}\npass = {{ speed = {speed} }}\n"
        )
    };
    let text = format!("title = \"T\"\n{}{}", v(2, 30), v(1, 20));
    assert_eq!(catalogue.extend([("t.toml", text.as_str())]), []);
    assert_eq!(catalogue.level("verse").unwrap().version, 2);
    let old = catalogue.all_levels().find(|l| l.id == "own-verse" && l.version == 1).unwrap();
    assert_eq!(catalogue.by_reference(old.reference()).next(), Some(old));
    assert_eq!(catalogue.levels().filter(|l| l.id == "own-verse").count(), 1, "the newest is offered");
}

#[test]
fn an_oversized_file_is_refused() {
    let mut catalogue = Catalogue::embedded();
    let big = "#".repeat((1 << 20) + 1);
    let said: Vec<_> =
        catalogue.extend([("big.toml", big.as_str())]).iter().map(ToString::to_string).collect();
    assert_eq!(said, ["big.toml: larger than 1048576 bytes; the file is left out"]);
}

#[test]
fn the_examples_of_the_readme_load() {
    let readme = read("lessons/README.md");
    let blocks: Vec<&str> =
        readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let names: Vec<String> = (1..=blocks.len()).map(|n| format!("example-{n}.toml")).collect();
    let mut catalogue = Catalogue::embedded();
    let files = names.iter().map(String::as_str).zip(blocks.iter().copied());
    assert_eq!(catalogue.extend(files), []);
    assert_eq!(
        catalogue.level("evening-30").unwrap().title,
        "Own level evening-30: 30 WPM net at 96.5 % (3 minutes)"
    );
    assert_eq!(catalogue.level("evening-poem").unwrap().prerequisites, ["own-evening-30"]);
    let layout = catalogue.layout("example-3").unwrap();
    assert_eq!(layout.way('é').unwrap().presses().count(), 2);
    assert!(catalogue.shelves().passage("example-2", &Origin::Own(String::new())).is_some());
}

#[test]
fn a_file_full_of_mistakes_is_read_in_bounded_time() {
    let members: String = (0..20_000).map(|n| format!("m{n} = 1\n")).collect();
    let level = "[[level]]\nid = \"x\"\ntitle = \"X\"\nrules = { limit = \"text\" }\npass = { speed = 1 }\n";
    let noise = "= = =\n".repeat(20_000);
    for text in [format!("title = \"T\"\n{level}{members}"), format!("title = \"T\"\n{level}{noise}")] {
        let problems = Catalogue::embedded().extend([("a.toml", text.as_str())]);
        assert!(problems.len() <= typeproof::lessons::problem::MAX_PROBLEMS + 2);
        assert_eq!(problems.last().unwrap().effect, typeproof::lessons::problem::Effect::LevelLeftOut);
    }
}
