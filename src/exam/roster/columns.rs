//! Which column of a table is which, by the names that people and programs give them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names of a column with the candidate's number, as [`plain`] writes them: those that can mean nothing else.
const NUMBERS: &str = "number candidatenumber candidateno candidateid candidatenr studentnumber studentno studentid participantnumber \
    participantid registrationnumber registrationno regno admissionnumber admissionno enrolmentnumber enrollmentnumber \
    employeenumber employeeid personnelnumber examnumber examinationnumber rollnumber rollno idnumber \
    kandidatennummer kandidatennr kandidatinnennummer teilnehmernummer teilnehmernr teilnehmerinnennummer tnnummer tnnr \
    prufungsnummer prufungsnr pruflingsnummer pruflingsnr matrikelnummer matrikelnr matrikel personalnummer personalnr \
    kennnummer kundennummer mitgliedsnummer schulernummer anmeldenummer bewerbernummer \
    numerocandidat numerodecandidat numeroetudiant numerodetudiant netudiant ndetudiant ncandidat matricule \
    numerodecandidato numerocandidato numerodealumno matricula legajo expediente \
    matricola numeromatricola numerocandidata kandidaatnummer studentnummer deelnemernummer personeelsnummer \
    numerindeksu numerkandydata";

/// Names that mean the number where no column has one of [`NUMBERS`]: some count the rows of a table.
const PERHAPS_NUMBERS: &str = "no nr id num nummer numero n kennung nummero lfdnr laufendenummer numer nomor";

/// Names of a column with the whole name.
const NAMES: &str = "name fullname candidatename studentname participantname displayname candidate participant student \
    vollstandigername namevorname vornamename vornamenachname vornameundnachname nachnamevorname nameundvorname kandidat \
    teilnehmer teilnehmername schuler prufling nomcomplet nometprenom nomprenom prenomnom candidat nombrecompleto \
    nombreyapellidos apellidosynombre apellidosynombres candidato nomecompleto nominativo nomeecognome naam volledigenaam \
    imieinazwisko";

/// Names of a column with the given name.
const GIVEN: &str = "firstname firstnames givenname givennames forename forenames vorname vornamen rufname prenom prenoms voornaam imie";

/// Names of a column with the family name.
const FAMILY: &str = "lastname lastnames surname surnames familyname nachname nachnamen familienname zuname nomdefamille apellido \
    apellidos cognome sobrenome achternaam nazwisko";

/// Names that are of the given name beside a family name, and else of the whole.
const PERHAPS_GIVEN: &str = "nombre nombres nome";

/// Names that are of the family name beside a given name, and else of the whole.
const PERHAPS_FAMILY: &str = "name nom";

/// Names of a column with the e-mail address.
const EMAILS: &str = "email emails emailaddress mail mailaddress mailadresse emailadresse eposta epost courriel adresseemail \
    adresseelectronique adressemail correo correoelectronico postaelettronica emailadres adresemail";

/// The columns of a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) number: usize,
    pub(super) name: Name,
    pub(super) email: Option<usize>,
}

/// Where the name is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    Whole(usize),
    Parts { given: usize, family: usize },
}

/// Why a row does not name the columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unnamed {
    /// It names neither or only one of number and name.
    Missing,
    /// Two columns could be the same thing.
    Twice(String),
}

/// What a header is compared by: letters and digits, in lower case and without accents.
fn plain(header: &str) -> String {
    let folded = header.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    folded.filter(|c| c.is_alphanumeric()).collect::<String>().replace('ß', "ss")
}

/// Which column is which, if a row of headers says so.
pub(super) fn named(row: &[String]) -> Result<Columns, Unnamed> {
    let headers: Vec<String> = row.iter().map(|header| plain(header)).collect();
    let one = |names: &str, what: &str| one_of(&headers, row, names, what);
    let number = match one(NUMBERS, "number")? {
        Some(number) => Some(number),
        None => one(PERHAPS_NUMBERS, "number")?,
    };
    let (given, family) = (one(GIVEN, "given name")?, one(FAMILY, "family name")?);
    let (perhaps_given, perhaps_family) = (one(PERHAPS_GIVEN, "name")?, one(PERHAPS_FAMILY, "name")?);
    let name = match (given.or(perhaps_given), family.or(perhaps_family)) {
        (Some(given), Some(family)) if given != family => Some(Name::Parts { given, family }),
        _ => one(NAMES, "name")?.or(perhaps_given).or(perhaps_family).map(Name::Whole),
    };
    let email = one(EMAILS, "e-mail address")?;
    match (number, name) {
        (Some(number), Some(name)) => Ok(Columns { number, name, email }),
        _ => Err(Unnamed::Missing),
    }
}

/// The one column that has one of these names.
fn one_of(headers: &[String], row: &[String], names: &str, what: &str) -> Result<Option<usize>, Unnamed> {
    let is =
        |header: &&String| !header.is_empty() && names.split_whitespace().any(|name| name == header.as_str());
    let found: Vec<usize> =
        headers.iter().enumerate().filter(|(_, header)| is(header)).map(|(i, _)| i).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        [first, second, ..] => {
            let called = |i: &usize| row.get(*i).map_or("", |header| header.trim());
            Err(Unnamed::Twice(format!(
                "columns `{}` and `{}` could both be the {what}; rename or remove one",
                called(first),
                called(second)
            )))
        }
    }
}
