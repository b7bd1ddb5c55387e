//! The table of a family and a goal, in Markdown.

use crate::Reached;
use crate::goals::{GOALS, NAMES};
use crate::statistics::{median_with_interval, quantile};

/// Prints a line for each teacher. The first is compared with the others, learner by learner. One who never arrives under
/// another teacher counts as if the limit had sufficed there, which favours that teacher.
pub fn print(family: &str, goal: usize, rows: &[(&str, Vec<[Reached; GOALS]>)], limit: usize) {
    println!("\n**{family}, goal {}**\n", NAMES[goal]);
    println!("| teacher | keystrokes: median (quartiles) | minutes | never | coach needs, of this |");
    println!("|---|---|---|---|---|");
    let (_, first) = &rows[0];
    for (name, own) in rows {
        let strokes = of(own, goal, |reached| reached.0 as f64);
        let minutes = of(own, goal, |reached| reached.1);
        let never = strokes.iter().filter(|n| n.is_infinite()).count();
        let ours = of(first, goal, |reached| reached.0 as f64);
        let ratios: Vec<f64> = ours.iter().zip(&strokes).map(|(a, b)| a / b.min(limit as f64)).collect();
        let (median, low, high) = median_with_interval(&ratios);
        println!(
            "| {name} | {} ({} to {}) | {} | {never} of {} | {median:.2} ({low:.2} to {high:.2}) |",
            whole(quantile(&strokes, 0.5)),
            whole(quantile(&strokes, 0.25)),
            whole(quantile(&strokes, 0.75)),
            whole(quantile(&minutes, 0.5)),
            own.len(),
        );
    }
}

fn of(rows: &[[Reached; GOALS]], goal: usize, figure: impl Fn((usize, f64)) -> f64) -> Vec<f64> {
    rows.iter().map(|row| row[goal].map_or(f64::INFINITY, &figure)).collect()
}

fn whole(n: f64) -> String {
    if n.is_infinite() { "never".to_owned() } else { format!("{n:.0}") }
}
