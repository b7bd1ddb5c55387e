//! Small PDF documents, put together by hand in the old form and in the new.

use miniz_oxide::deflate::compress_to_vec_zlib;

/// An object by its number: what stands between `obj` and `endobj`.
pub type Object = (usize, Vec<u8>);

/// An object of text.
pub fn object(number: usize, text: &str) -> Object {
    (number, text.as_bytes().to_vec())
}

/// A stream with further members in its dictionary.
pub fn stream(number: usize, members: &str, data: &[u8]) -> Object {
    let head = format!("<</Length {}{members}>>\nstream\n", data.len());
    (number, [head.as_bytes(), data, b"\nendstream"].concat())
}

/// A stream packed by deflate.
pub fn packed(number: usize, members: &str, data: &[u8]) -> Object {
    stream(number, &format!(" /Filter /FlateDecode{members}"), &compress_to_vec_zlib(data, 9))
}

/// A catalogue (object 1) that names object 3 as attachment; its file is in object 4.
pub fn catalogue() -> Vec<Object> {
    vec![
        object(1, "<</Type /Catalog /Names <</EmbeddedFiles 2 0 R>>>>"),
        object(2, "<</Names [(badge.json) 3 0 R]>>"),
        object(3, "<</Type /Filespec /F (badge.json) /UF (badge.json) /EF <</F 4 0 R /UF 4 0 R>>>>"),
    ]
}

/// Objects behind a beginning, and where each begins.
fn body(mut out: Vec<u8>, objects: &[Object]) -> (Vec<u8>, Vec<(usize, usize)>) {
    let mut places = Vec::new();
    for (number, text) in objects {
        places.push((*number, out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(text);
        out.extend(b"\nendobj\n");
    }
    (out, places)
}

/// The document with a table in the old form behind it, and these members in its trailer.
pub fn tabled(before: Vec<u8>, objects: &[Object], trailer: &str) -> Vec<u8> {
    let (mut out, places) = body(before, objects);
    let table = out.len();
    out.extend(b"xref\n");
    for (number, at) in places {
        out.extend(format!("{number} 1\n{at:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer\n<</Size 99 /Root 1 0 R{trailer}>>\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

/// A document that was added to: these objects and a table behind its end.
pub fn updated(before: Vec<u8>, objects: &[Object]) -> Vec<u8> {
    let table = before.windows(6).rposition(|window| window == b"\nxref\n").unwrap() + 1;
    tabled(before, objects, &format!(" /Prev {table}"))
}

/// A document in the old form.
pub fn document(objects: &[Object]) -> Vec<u8> {
    tabled(b"%PDF-1.4\n".to_vec(), objects, "")
}

/// A document in the new form: `inside` in a packed stream of objects (number 50), and a packed table with predicted rows.
pub fn compressed(outside: &[Object], inside: &[Object]) -> Vec<u8> {
    let (mut heads, mut bodies) = (String::new(), Vec::new());
    for (number, text) in inside {
        heads += &format!("{number} {} ", bodies.len());
        bodies.extend(text);
        bodies.push(b' ');
    }
    let members = format!(" /Type /ObjStm /N {} /First {}", inside.len(), heads.len());
    let holder = packed(50, &members, &[heads.into_bytes(), bodies].concat());
    let (mut out, places) = body(b"%PDF-1.5\n".to_vec(), &[outside, &[holder]].concat());
    let mut rows: Vec<(usize, [u8; 4])> = vec![(0, [0; 4])];
    let at = |at: usize| [1, (at >> 8) as u8, at as u8, 0];
    rows.extend(places.iter().map(|(number, place)| (*number, at(*place))));
    rows.extend(inside.iter().enumerate().map(|(index, (number, _))| (*number, [2, 0, 50, index as u8])));
    let (mut above, mut table, mut index) = ([0_u8; 4], Vec::new(), String::new());
    for (number, row) in rows {
        table.push(2);
        table.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
        index += &format!("{number} 1 ");
    }
    let start = out.len();
    let members = format!(
        " /Type /XRef /Size 99 /Root 1 0 R /W [1 2 1] /Index [{index}] /DecodeParms <</Predictor 12 /Columns 4>>"
    );
    out = body(out, &[packed(60, &members, &table)]).0;
    out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out
}
