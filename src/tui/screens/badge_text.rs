//! What a badge says, as lines: shared by award, wallet and verification, so that one badge reads the same everywhere.

use std::path::{Path, PathBuf};

use ratatui::style::Style;

use super::document::{Document, NO_BREAK};
use super::parts::{columns, style};
use crate::badge::draw::words;
use crate::badge::verify::summary::{Summary, shown_text};
use crate::store::history::BadgeRow;

pub use crate::badge::draw::words::{assurance, circumstances, dates};

/// The holder's name, larger than what is around it: on lines of its own, above a rule of its width.
pub fn holder(document: &mut Document, summary: &Summary) {
    let name = summary.holder.join(", ");
    if !name.is_empty() {
        let rule = "━".repeat(columns(&name).min(40));
        document.text(name, style::title());
        document.text(rule, Style::new());
    }
}

/// What was measured, in one line, each figure held together: `Net speed 62.12 WPM · Accuracy 97.79 %`.
pub fn figures(summary: &Summary) -> String {
    words::figures(summary).iter().map(|figure| figure.replace(' ', NO_BREAK)).collect::<Vec<_>>().join(" · ")
}

/// The files in two lines: their folder; the name of the first, and of the others what differs.
pub fn files_line(files: &[PathBuf]) -> String {
    let Some(first) = files.first() else {
        return "Its files were not written. `typeproof badge export` writes them.".to_owned();
    };
    let folder = first.parent().unwrap_or(Path::new(""));
    let name = |file: &Path| file.strip_prefix(folder).unwrap_or(file).display().to_string();
    let stem = name(&first.with_extension(""));
    let more = files.iter().skip(1).map(|file| {
        let file = name(file);
        match file.strip_prefix(&stem).filter(|rest| rest.starts_with('.')) {
            Some(rest) => format!(", {rest}"),
            None => format!(", {file}"),
        }
    });
    format!("Files in {}:\n{}{}", folder.display(), name(first), more.collect::<String>())
}

/// What a badge is for, as it says; its level's id where it says nothing.
pub fn title(row: &BadgeRow) -> String {
    let credential = serde_json::from_str(&row.credential).unwrap_or_default();
    let title = Summary::of(&credential).achievement;
    if title.is_empty() { shown_text(row.level_id.as_deref().unwrap_or(&row.id)) } else { title }
}
