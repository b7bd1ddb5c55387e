//! Two programs at once in one home.

use super::{Home, USUAL};

#[test]
fn two_programs_finish_at_once_and_both_are_saved() {
    let home = Home::new();
    let text = home.text("Two cats sat.");
    // The second round finds the history that the first one made, both at the same time.
    for round in 1..=2 {
        let mut both = [0; 2].map(|_| home.test(&["--text", &text], USUAL));
        for outside in &mut both {
            outside.send("Two cats sat");
        }
        for outside in &mut both {
            outside.send(".");
        }
        for outside in &mut both {
            outside.until("Result:");
            outside.until("100.0 % accuracy");
            assert!(!outside.contents().contains("Not saved"), "{}", outside.contents());
            outside.send("\x03");
            assert_eq!(outside.end().exit_code(), 0);
        }
        assert_eq!(home.attempts().len(), 2 * round);
    }
}
