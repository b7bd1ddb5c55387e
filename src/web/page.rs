//! The verification page as one HTML file.

use super::data::PageData;

/// The page.
pub fn html(data: &PageData<'_>) -> String {
    let data = data.to_json().to_string().replace('<', "\\u003c");
    format!(
        "<!doctype html><title>typeproof</title><main id=\"verdict\"></main><script type=\"application/json\" id=\"data\">{data}</script>"
    )
}
