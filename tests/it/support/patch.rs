//! Cases as data: a JSON document changed as a case says, by JSON pointers.

use serde_json::Value;

/// Reads a data file of the tests as JSON.
pub fn data(path: &str) -> Value {
    let path = format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The document after a case's `remove` (pointers) and `set` (pointer to value, `-` appends to an array).
pub fn apply(case: &Value, document: &Value) -> Value {
    let mut document = document.clone();
    for pointer in case["remove"].as_array().into_iter().flatten() {
        remove(&mut document, pointer.as_str().unwrap());
    }
    for (pointer, value) in case["set"].as_object().into_iter().flatten() {
        set(&mut document, pointer, value.clone());
    }
    document
}

fn parent<'a>(document: &'a mut Value, pointer: &str) -> (&'a mut Value, String) {
    let (above, name) = pointer.rsplit_once('/').unwrap();
    let above = document.pointer_mut(above).unwrap_or_else(|| panic!("no {above}"));
    (above, name.replace("~1", "/").replace("~0", "~"))
}

fn remove(document: &mut Value, pointer: &str) {
    let (parent, name) = parent(document, pointer);
    match parent {
        Value::Array(list) => drop(list.remove(name.parse().unwrap())),
        parent => drop(parent.as_object_mut().unwrap().shift_remove(&name).expect(pointer)),
    }
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = parent(document, pointer);
    match parent {
        Value::Array(list) if name == "-" => list.push(value),
        Value::Array(list) => list[name.parse::<usize>().unwrap()] = value,
        parent => drop(parent.as_object_mut().unwrap().insert(name, value)),
    }
}
