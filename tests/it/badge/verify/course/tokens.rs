//! Tokens of courses that say something else than was signed, or nothing that can be.

use typeproof::badge::carry::link;
use typeproof::badge::claim::{Claim, Final, Measured, Taught};
use typeproof::badge::token::SIGNATURE_BYTES;
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::Assurance;

use super::super::good::PAGE;
use super::{Cases, Vector};
use crate::support::cast::Who;
use crate::support::courses::{self, COLLEGE, COMPLETED, SQL, course};
use crate::support::records::record;

pub fn wrong() -> Cases {
    let token = &COLLEGE.token;
    let body = token.len() - SIGNATURE_BYTES;
    let given = |what, bytes: &[u8]| Vector::token(what, link::url(PAGE, bytes));
    let altered = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = token.clone();
        change(&mut bytes);
        bytes
    };
    let record = record(&COMPLETED);
    let claim = courses::claim(Who::College, Assurance::Proctored, &course(SQL), &COMPLETED, &record);
    let Measured::Course { gathered, ended, taught } = claim.measured else { panic!("no course") };
    let signed = |claim: &Claim| [claim.to_bytes().unwrap(), token[body..].to_vec()].concat();
    let measured = |measured| signed(&Claim { measured, ..claim.clone() });
    let faster = Final { net_x100: ended.net_x100 + 1, gross_x100: ended.gross_x100 + 1, ..ended };
    let elsewhere = Taught::new("uk", "en").unwrap();
    let of = |level| signed(&Claim { level, ..claim.clone() });
    let level = Catalogue::embedded().level("speed-60").unwrap().reference();
    // The ids of layout and language, each behind its length.
    let ids = b"\x02us\x02en";
    let at = token.windows(ids.len()).position(|bytes| bytes == ids).unwrap();
    let named = |new: &[u8]| altered(&|t| drop(t.splice(at..at + ids.len(), new.iter().copied())));
    let noted = altered(&|t| {
        t[1] |= 1 << 6;
        t.splice(body..body, [0x10, 1, 0, 0]);
    });
    const UNFIT: &str = "the signature does not fit what the code says";
    const NAME: &str = "a layout or a language that has no such name";
    vec![
        (
            "token-speed",
            given("A hundredth more.", &measured(Measured::Course { gathered, ended: faster, taught }))
                .refused(UNFIT),
        ),
        (
            "token-layout",
            given("Another layout.", &measured(Measured::Course { gathered, ended, taught: elsewhere }))
                .refused(UNFIT),
        ),
        ("token-as-a-test", given("Read as a test.", &altered(&|t| t[0] = 1)).refused("the badge code")),
        ("token-as-practice", given("Read as practice.", &altered(&|t| t[0] = 4)).refused("the badge code")),
        (
            "token-unknown-form",
            given("A form that is not known.", &altered(&|t| t[0] = 6))
                .refused("of format 6, which is not known here"),
        ),
        ("token-noted", given("Extras that only a test has.", &noted).refused("the badge code is")),
        (
            "token-cut",
            given("The last byte is gone.", &token[..token.len() - 1]).refused("cut off at: signature"),
        ),
        ("token-no-layout", given("No layout.", &named(b"\x00\x02en")).refused(NAME)),
        ("token-odd-layout", given("A layout in capitals.", &named(b"\x02US\x02en")).refused(NAME)),
        ("token-odd-language", given("A language with a space.", &named(b"\x02us\x02e ")).refused(NAME)),
        (
            "token-long-layout",
            given("A layout of 17 bytes.", &named(b"\x11abcdefghijklmnopq\x02en")).refused("layout"),
        ),
        (
            "token-no-text",
            given("A layout that is no text.", &named(b"\x02\xff\xfe\x02en")).refused("layout"),
        ),
        (
            "token-of-a-level",
            given("A course under a level's reference.", &of(level)).expect(
                "cannot-tell",
                "- - - - -",
                "does not know the level",
            ),
        ),
        (
            "token-of-another-course",
            given(
                "The reference of another course.",
                &of(typeproof::badge::credential::Texts::of_course(&course("numbers")).reference()),
            )
            .refused(UNFIT),
        ),
    ]
}
