//! A badge compared with what its log or record gives: results, counts and remarks, each as its template has it.

use serde_json::{Value, json};

use super::summary;
use crate::badge::reasons::{Parameter, Reason};
use crate::badge::template::{self, TemplateError};

fn damaged(why: &TemplateError) -> Reason {
    Reason::new("template-damaged").with("why", why.to_string())
}

/// Whether the badge of an achievement with these constants states no results besides those compared.
///
/// # Errors
/// Where it does.
pub(super) fn only_its_results(credential: &Value, constants: &Value) -> Result<(), Reason> {
    let template = template::of(constants).map_err(|e| damaged(&e))?;
    let results = |v: &Value| v.as_array().map(Vec::len);
    let expected = template.pointer("/credentialSubject/result").and_then(results);
    let stated = summary::subject(credential).get("result").and_then(results);
    match stated == expected && summary::states_supervision(credential) {
        true => Ok(()),
        false => Err(Reason::new("evidence-results")),
    }
}

/// Whether these rows of the badge are what the log gives, which fills the holes of the template.
///
/// # Errors
/// The first that is not.
pub(super) fn same_rows(
    credential: &Value,
    holes: &Value,
    rows: &[(&str, &'static str)],
) -> Result<(), Reason> {
    for (key, name) in rows {
        let (stated, found) =
            (summary::result_value(credential, key), holes.get(*key).and_then(Value::as_str));
        if stated != found {
            let value = |text: Option<String>| match text {
                Some(text) => Parameter::from(text),
                None => Reason::new("evidence-nothing").into(),
            };
            return Err(Reason::new("evidence-figure")
                .with("stated", value(stated.map(summary::shown_text)))
                .with("figure", Reason::new(name))
                .with("found", value(found.map(str::to_owned))));
        }
    }
    Ok(())
}

/// Whether the counts beside the log's name are the log's, for an achievement with these constants.
///
/// # Errors
/// Where they are not.
pub(super) fn same_counts(log: &Value, holes: &Value, constants: &Value) -> Result<(), Reason> {
    let template = template::of(constants).map_err(|e| damaged(&e))?;
    let counts = template.pointer("/evidence/0/narrative").unwrap_or(&Value::Null);
    let counts = template::expand(counts, &json!({"claim": holes})).map_err(|e| damaged(&e))?;
    if log.get("narrative") == Some(&counts) { Ok(()) } else { Err(Reason::new("evidence-counts")) }
}

/// Whether the badge says all that its log notes besides the keys, which fills the holes of the template, and nothing else.
///
/// # Errors
/// Where it says other things.
pub(super) fn same_remarks(credential: &Value, holes: &Value, constants: &Value) -> Result<(), Reason> {
    let template = template::of(constants).map_err(|e| damaged(&e))?;
    let parts: Value = {
        let all = template.pointer("/evidence").and_then(Value::as_array).into_iter().flatten();
        let remark = |part: &&Value| {
            part.get("narrative")
                .and_then(Value::as_str)
                .is_some_and(|text| text.starts_with(summary::REMARK))
        };
        all.filter(remark).cloned().collect()
    };
    let parts = template::expand(&parts, &json!({"claim": holes})).map_err(|e| damaged(&e))?;
    // RDF has no order.
    let sorted = |texts: &mut dyn Iterator<Item = &str>| {
        let mut texts: Vec<String> = texts.map(str::to_owned).collect();
        texts.sort();
        texts
    };
    let mut expected =
        summary::list(Some(&parts)).filter_map(|part| part.get("narrative").and_then(Value::as_str));
    match sorted(&mut summary::remarks(credential)) == sorted(&mut expected) {
        true => Ok(()),
        false => Err(Reason::new("evidence-remarks-other")),
    }
}
