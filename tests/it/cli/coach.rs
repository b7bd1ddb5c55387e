//! `typeproof coach`.

use std::fs;

use crate::support::stage::Stage;

const LINES: &str =
    "{\"type\":\"hello\",\"seed\":7}\n{\"type\":\"next\",\"day\":0}\nnonsense\n{\"type\":\"next\",\"day\":0}";

#[test]
fn a_line_is_answered_by_a_line() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    let (status, said) = newcomer.runs("coach --stdio").given(LINES).says();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!((status, lines.len()), (0, 4), "{said}");
    let begins = ["{\"ok\":true", "{\"text\":\"", "{\"error\":\"the line is not JSON", "{\"text\":\""];
    for (line, begin) in lines.iter().zip(begins) {
        assert!(line.starts_with(begin), "{line}");
    }
    let kept = fs::read_dir(stage.home("newcomer")).map_or(0, Iterator::count);
    assert_eq!(kept, 0, "nothing is stored");
}

#[test]
fn the_plan_is_taken_from_the_options() {
    let stage = Stage::bare();
    let newcomer = stage.newcomer();
    let hello = "{\"type\":\"hello\"}\n";
    newcomer
        .runs("coach --stdio --layout qwerty --language de --target-wpm 52.5 --seed 9 --mode weak-keys")
        .given(hello)
        .prints("{\"ok\":true,\"layout\":\"us\",\"language\":\"de\",\"target_wpm\":52.5,\"mode\":\"weak-keys\",\"seed\":9}")
        .exits(0);
    newcomer.runs("coach --stdio").given("").exits(0);
    newcomer.runs("coach").complains("--stdio").exits(2);
    newcomer
        .runs("coach --stdio --layout neo")
        .complains("does not know the layout \"neo\"; it knows us")
        .exits(2);
    newcomer
        .runs("coach --stdio --language it")
        .complains("does not know the language \"it\"; it knows en, de, fr, es")
        .exits(2);
    newcomer.runs("coach --stdio --target-wpm 3").complains("from 5 to 250").exits(2);
    newcomer.runs("coach --stdio --target-wpm NaN").complains("from 5 to 250").exits(2);
    newcomer.runs("coach --stdio --target-wpm fast").complains("expected a number such as 35").exits(2);
    newcomer.runs("coach --stdio --mode hard").complains("guided, weak-keys").exits(2);
    newcomer.runs("coach --stdio --seed -1").complains("-1").exits(2);
    newcomer.runs("coach --stdio lines").complains("lines").exits(2);
}
