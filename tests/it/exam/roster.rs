//! Rosters as spreadsheets really write them, and what is refused of them.

use typeproof::exam::roster::{MAX_CANDIDATES, Roster};

fn read(bytes: &[u8]) -> Result<Roster, String> {
    Roster::parse("roster.csv", bytes).map_err(|why| why.to_string())
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2], mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(bytes).collect()
}

/// Every one of these is Ada with the number 17 and Grace with the number 018.
fn same_two() -> Vec<(&'static str, Vec<u8>)> {
    let plain = "number,name\n17,Ada Lovelace\n018,Grace Hopper\n";
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("plain", text(plain)),
        ("a byte order mark", [b"\xef\xbb\xbf", plain.as_bytes()].concat()),
        ("UTF-16 of Windows", utf16(plain, u16::to_le_bytes, true)),
        ("UTF-16, high byte first", utf16(plain, u16::to_be_bytes, true)),
        ("UTF-16 that does not say so", utf16(plain, u16::to_le_bytes, false)),
        ("UTF-16, high byte first, that does not say so", utf16(plain, u16::to_be_bytes, false)),
        ("semicolons", text("number;name\r\n17;Ada Lovelace\r\n018;Grace Hopper\r\n")),
        ("tabulators", text("number\tname\n17\tAda Lovelace\n018\tGrace Hopper")),
        ("upright strokes", text("number|name\n17|Ada Lovelace\n018|Grace Hopper")),
        ("quotation marks", text("\"number\",\"name\"\n\"17\",\"Ada Lovelace\"\n\"018\",\"Grace Hopper\"\n")),
        ("a separator that is told", text("sep=;\r\nnumber;name\r\n17;Ada Lovelace\r\n018;Grace Hopper\r\n")),
        ("a tabulator that is told", text("sep=\t\nnumber\tname\n17\tAda Lovelace\n018\tGrace Hopper\n")),
        ("line ends of an old Mac", text("number,name\r17,Ada Lovelace\r018,Grace Hopper\r")),
        ("empty lines and rows", text("\n\nnumber;name;\n\n17;Ada Lovelace;\n;;\n018;Grace Hopper;\n;;\n\n")),
        ("white space", text(" Number ; Name \n 17 ; Ada  Lovelace \n018;\tGrace Hopper\n")),
        ("no-break spaces", text("number;name\n17;Ada\u{a0}Lovelace\n018;Grace Hopper\n")),
        ("columns the other way round", text("Name,Candidate No.\nAda Lovelace,17\nGrace Hopper,018\n")),
        ("given and family names", text("ID number,First name,Surname\n17,Ada,Lovelace\n018,Grace,Hopper\n")),
        ("German", text("Nr.;Vorname;Nachname\n17;Ada;Lovelace\n018;Grace;Hopper\n")),
        ("German, in full", text("Nachname;Vorname;Matrikel-Nr.\nLovelace;Ada;17\nHopper;Grace;018\n")),
        (
            "German, Name beside Vorname",
            text("Teilnehmernummer;Name;Vorname\n17;Lovelace;Ada\n018;Hopper;Grace\n"),
        ),
        ("German, Prüfungsnummer", text("Prüfungsnummer;Teilnehmer\n17;Ada Lovelace\n018;Grace Hopper\n")),
        ("French", text("Matricule;Nom;Prénom\n17;Lovelace;Ada\n018;Hopper;Grace\n")),
        ("Spanish", text("Matrícula;Nombre;Apellidos\n17;Ada;Lovelace\n018;Grace;Hopper\n")),
        ("Italian", text("Matricola;Nome;Cognome\n17;Ada;Lovelace\n018;Grace;Hopper\n")),
        ("Dutch", text("Studentnummer;Voornaam;Achternaam\n17;Ada;Lovelace\n018;Grace;Hopper\n")),
        ("Polish", text("Numer indeksu;Imię;Nazwisko\n17;Ada;Lovelace\n018;Grace;Hopper\n")),
        ("capital letters", text("CANDIDATE NUMBER,FULL NAME\n17,Ada Lovelace\n018,Grace Hopper\n")),
        (
            "a running number beside the real one",
            text("Nr;Matrikelnummer;Name\n1;17;Ada Lovelace\n2;018;Grace Hopper\n"),
        ),
        ("a title above", text("Course 12\n\nnumber,name\n17,Ada Lovelace\n018,Grace Hopper\n")),
        (
            "numbers kept as text by a formula",
            text("number,name\n17,Ada Lovelace\n\"=\"\"018\"\"\",Grace Hopper\n"),
        ),
        ("numbers kept as text by an apostrophe", text("number,name\n17,Ada Lovelace\n'018,Grace Hopper\n")),
        ("wide digits", text("number,name\n１７,Ada Lovelace\n018,Grace Hopper\n")),
        ("no line end at the end", text("number,name\n17,Ada Lovelace\n018,Grace Hopper")),
    ]
}

#[test]
fn tables_are_read_as_they_are_written() {
    let both = [("17", "Ada Lovelace"), ("018", "Grace Hopper")];
    for (what, bytes) in same_two() {
        let roster = read(&bytes).unwrap_or_else(|why| panic!("{what}: {why}"));
        let read: Vec<_> = roster.candidates.iter().map(|c| (c.number.as_str(), c.name.as_str())).collect();
        assert_eq!(read, both, "{what}");
    }
}

#[test]
fn what_was_guessed_or_passed_over_is_said() {
    let notices = |bytes: &[u8]| -> Vec<String> {
        read(bytes).unwrap().notices.iter().map(ToString::to_string).collect()
    };
    assert!(notices(b"number,name\n17,Ada\n").is_empty());
    let latin = b"number;name\n17;J\xfcrgen Gro\xdf\n18;\x8aime \x80\n";
    let roster = read(latin).unwrap();
    assert_eq!(roster.candidates[0].name, "Jürgen Groß");
    assert_eq!(roster.candidates[1].name, "Šime €");
    assert!(notices(latin)[0].contains("Latin-1"), "{:?}", notices(latin));
    assert!(notices(b"Course\nnumber,name\n17,Ada\n")[0].contains("line 1"));
    let alike = "number,name\n1,Ada Lovelace\n2,Αda Lovelace\n3,Ada Lovelace\n4,Jose\n";
    let said = notices(alike.as_bytes());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("line 3") && said[0].contains("looks like that of candidate 1"), "{said:?}");
    assert!(said[1].contains("line 4") && said[1].contains("is that of candidate 1"), "{said:?}");
}

#[test]
fn other_columns_are_kept_without_what_a_terminal_must_not_see() {
    let text =
        "number;name;E-Mail;Group;Note;\n17;Ada;ada@example.org;B\u{202e}2;\"two\nlines\";\n18;Grace;;;;\n";
    let roster = read(text.as_bytes()).unwrap();
    assert_eq!(roster.candidates[0].email.as_deref(), Some("ada@example.org"));
    let more: Vec<_> = roster.candidates[0].more.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(more, [("Group", "B2"), ("Note", "two lines")]);
    assert_eq!((&roster.candidates[1].email, roster.candidates[1].more.len()), (&None, 0));
}

#[test]
fn thousands_of_rows_are_read() {
    let rows: String = (0..MAX_CANDIDATES).map(|i| format!("{i:05};Person {i} of many\n")).collect();
    let roster = read(format!("Nummer;Name\n{rows}").as_bytes()).unwrap();
    assert_eq!(roster.candidates.len(), MAX_CANDIDATES);
    let one_more = format!("Nummer;Name\n{rows}99999;One more\n");
    assert!(read(one_more.as_bytes()).unwrap_err().contains("at most 10000"));
}

/// What is refused, and what the refusal says.
const REFUSED: &[(&str, &[&str])] = &[
    ("", &["is empty"]),
    ("\n \n", &["is empty"]),
    ("number,name\n", &["no candidate"]),
    ("number,name\n,,\n", &["no candidate"]),
    ("17,Ada Lovelace\n18,Grace Hopper\n", &["no row names the columns", "17,Ada Lovelace"]),
    ("name,email\nAda,ada@example.org\n", &["no row names the columns"]),
    ("number,email\n17,ada@example.org\n", &["no row names the columns"]),
    ("number name\n17 Ada\n", &["no row names the columns"]),
    ("number,number,name\n17,17,Ada\n", &["line 1", "could both be the number"]),
    ("student id;matrikelnummer;name\n1;2;Ada\n", &["`student id` and `matrikelnummer`"]),
    ("number;name;email;mail\n1;Ada;a@b;c@d\n", &["could both be the e-mail address"]),
    ("number,name\n17,Ada\n17,Grace\n", &["line 3", "stands in line 2 too"]),
    ("number,name\na7,Ada\nA7,Grace\n", &["line 3", "stands in line 2 too"]),
    ("number,name\n,Ada\n", &["line 2", "the number is missing"]),
    ("number,name\n17,\n", &["line 2", "the name is empty"]),
    ("number,first name,surname\n17,,\n", &["line 2", "the name is empty"]),
    ("number,name\n17 18,Ada\n", &["line 2", "`17 18` is no number"]),
    ("number,name\n-17,Ada\n", &["`-17` is no number"]),
    ("number,name\n=17,Ada\n", &["`=17` is no number"]),
    ("number,name\n@17,Ada\n", &["`@17` is no number"]),
    ("number,name\nнa17,Ada\n", &["is no number"]),
    ("number,name\n1.23E+15,Ada\n", &["shortened the number"]),
    ("number,name\n123456789012345678901234567890123,Ada\n", &["is no number"]),
    ("number,name\n17\u{202e},Ada\n", &["is no number"]),
    ("number,name\n17,=HYPERLINK(\"x\")\n", &["line 2", "is a formula"]),
    ("number,name\n17,+4912345\n", &["is a formula"]),
    ("number,name\n17,-Ada\n", &["is a formula"]),
    ("number,name\n17,@SUM(A1)\n", &["is a formula"]),
    ("number,name\n17,#N/A\n", &["is a formula or an error"]),
    ("number,name\n17,12345\n", &["has no letter"]),
    ("number,name\n17,Ada\u{202e}Lovelace\n", &["line 2", "direction character"]),
    ("number,name\n17,Ada\u{1b}[31m\n", &["line 2", "control"]),
    ("number,name\n17,\"Ada\nLovelace\"\n", &["line 2", "control"]),
    ("number,name\n17,\u{200b}Ada\n", &["invisible"]),
    ("number,name\n17,J\u{fffd}rgen\n", &["a letter that was lost"]),
    ("number,name\n17,Ada\n18,\"Grace\n19,Jean\n", &["line 3", "is not closed"]),
    ("number,name\n17,Lovelace, Ada\n", &["line 2", "beyond the last column"]),
    ("number,name,email\n17,Ada,ada\n", &["line 2", "no e-mail address"]),
    ("number,name,email\n17,Ada,ada@b@c\n", &["no e-mail address"]),
    ("number,name,email\n17,Ada,<ada@b>\n", &["no e-mail address"]),
    ("number,name,email\n17,Ada,=ada@b\n", &["no e-mail address"]),
    ("number,name,email\n17,Ada,a da@b\n", &["no e-mail address"]),
    ("number,name\nx y,Ada\n,Grace\n19,\n", &["line 2", "line 3", "line 4"]),
    ("sep=;\nnumber,name\n17,Ada\n", &["no row names the columns"]),
    ("%PDF-1.7 number,name", &["a PDF document", "save it as CSV"]),
    ("{\\rtf1 number,name", &["a text document"]),
    ("number,name\n17,A\0da\n", &["zero bytes"]),
];

#[test]
fn what_is_wrong_is_refused_with_its_line_and_what_to_do() {
    for (text, says) in REFUSED {
        let why = read(text.as_bytes()).expect_err(text);
        for part in *says {
            assert!(why.contains(part), "{text:?}: {part:?} is not in: {why}");
        }
        assert!(why.lines().all(|line| line.starts_with("roster.csv")), "{why}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let long_name = format!("number,name\n17,{}\n", "Ada ".repeat(40));
    let marked = b"\xef\xbb\xbfnumber,name\n17,J\xfcrgen\n";
    let cases: [(&[u8], &str); 6] = [
        (b"PK\x03\x04 xl/workbook.xml", "a spreadsheet"),
        (b"\xd0\xcf\x11\xe0 workbook", "an old form"),
        (marked, "line 2 is not"),
        (b"\xff\xfen\0u\0m", "UTF-16, and damaged"),
        (b"\xff\xfe\0\xd8n\0", "UTF-16, and damaged"),
        (long_name.as_bytes(), "more than 64 characters"),
    ];
    for (bytes, says) in cases {
        let why = read(bytes).unwrap_err();
        assert!(why.contains(says), "{says:?} is not in: {why}");
    }
}

#[test]
fn a_long_list_of_faults_ends_with_how_many_more() {
    let rows: String = (0..50).map(|i| format!("{i} x,Person\n")).collect();
    let why = read(format!("number,name\n{rows}").as_bytes()).unwrap_err();
    assert_eq!(why.lines().count(), 21);
    assert!(why.ends_with("30 more; correct these first"), "{why}");
}
