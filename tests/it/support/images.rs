//! Pictures of one pixel, put together by hand.

/// A piece of a PNG file.
pub fn chunk(kind: &str, data: &[u8]) -> Vec<u8> {
    let body = [kind.as_bytes(), data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &body, &crc32fast::hash(&body).to_be_bytes()].concat()
}

/// A grey pixel with further chunks before and behind it.
pub fn pixel(before: &[Vec<u8>], behind: &[Vec<u8>]) -> Vec<u8> {
    let header = chunk("IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    let data = chunk("IDAT", &miniz_oxide::deflate::compress_to_vec_zlib(&[0, 0x80], 9));
    let end = chunk("IEND", &[]);
    [b"\x89PNG\r\n\x1a\n".to_vec(), header, before.concat(), data, behind.concat(), end].concat()
}

/// An empty picture around something.
pub fn svg(root: &str, inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\" {root}>{inner}</svg>")
}
