//! From a request to its answer.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;

use super::files::{DATA_POLICY, Files, Kept};
use super::names::{Named, Names};
use crate::badge::carry::link::MAX_LINK_BYTES;
use crate::badge::carry::share::FOLDER;

/// The longest path with its query, in bytes: room for a mangled link, which the page that is then shown reads.
const MAX_PATH_BYTES: usize = MAX_LINK_BYTES;

/// What is shown where nothing is.
const MISSING: &str = "/404.html";

/// The media type of a hosted credential (Verifiable Credentials Data Model 2.0, section 6.1.1, which Open Badges 3.0 takes over with `ld`).
const CREDENTIAL: &str = "application/vc+ld+json";

/// The headers of every answer.
const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    // What changed is seen at once: an issuer that is believed no more, say. Asking again costs one short answer.
    (header::CACHE_CONTROL, "no-cache"),
];

/// What is said to a request for another's name.
const NOT_MY_NAME: &str = "This server does not answer to that name. Whoever runs it can give it the name: \
                           `typeproof site serve --host NAME`.\n";

/// What is served, and to what names.
#[derive(Debug)]
pub(super) struct Site {
    /// The files.
    pub files: Files,
    /// The names.
    pub names: Names,
}

/// Answers a request.
pub(super) async fn answer(State(site): State<Arc<Site>>, request: Request) -> Response {
    let (files, path, headers) = (&site.files, request.uri().path(), request.headers());
    if let Some(status) = refusal(&request, &site.names) {
        return refused(status, has_body(headers));
    }
    if path == "/healthz" {
        return text(StatusCode::OK, "ok");
    }
    if let Some(file) = files.find(path).await {
        return found(&file, path, headers);
    }
    // This page reads a link whose '#' was escaped on its way, so that the badge became a path.
    match files.find(MISSING).await {
        Some(page) => whole(&page, StatusCode::NOT_FOUND, MISSING, headers),
        None => text(StatusCode::NOT_FOUND, "not found"),
    }
}

/// Why a request is not even looked at.
fn refusal(request: &Request, names: &Names) -> Option<StatusCode> {
    let (uri, headers) = (request.uri(), request.headers());
    let length = uri.path_and_query().map_or(0, |path| path.as_str().len());
    let named = names.named(request);
    match () {
        () if length > MAX_PATH_BYTES => Some(StatusCode::URI_TOO_LONG),
        () if named == Named::Bad => Some(StatusCode::BAD_REQUEST),
        () if ![Method::GET, Method::HEAD].contains(request.method()) => Some(StatusCode::METHOD_NOT_ALLOWED),
        () if named == Named::Other => Some(StatusCode::MISDIRECTED_REQUEST),
        () if has_body(headers) => Some(StatusCode::PAYLOAD_TOO_LARGE),
        () => None,
    }
}

/// Whether something follows the head, which nothing here takes.
fn has_body(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH);
    headers.contains_key(header::TRANSFER_ENCODING) || length.is_some_and(|length| length != "0")
}

/// The answer to a request that is refused; the connection ends where its rest would have to be read.
fn refused(status: StatusCode, close: bool) -> Response {
    let words = match status {
        StatusCode::MISDIRECTED_REQUEST => NOT_MY_NAME,
        status => status.canonical_reason().unwrap_or_default(),
    };
    let mut response = text(status, words);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        set(&mut response, header::ALLOW, "GET, HEAD");
    }
    if close {
        set(&mut response, header::CONNECTION, "close");
    }
    response
}

/// A word or two.
fn text(status: StatusCode, words: &'static str) -> Response {
    let mut response = with_headers(status, Body::from(words));
    set(&mut response, header::CONTENT_TYPE, "text/plain; charset=utf-8");
    set(&mut response, header::CONTENT_SECURITY_POLICY, DATA_POLICY);
    response
}

/// A file, or that it is the version which the other side has.
fn found(file: &Kept, path: &str, headers: &HeaderMap) -> Response {
    let tag = tag(file, zipped(file, headers).is_some());
    let mut response = match has_it(headers, &tag) {
        true => {
            let mut response = with_headers(StatusCode::NOT_MODIFIED, Body::empty());
            vary(&mut response, file);
            response
        }
        false => whole(file, StatusCode::OK, path, headers),
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// A file with its kind's headers.
fn whole(file: &Kept, status: StatusCode, path: &str, headers: &HeaderMap) -> Response {
    let zipped = zipped(file, headers);
    let mut response = with_headers(status, Body::from(zipped.unwrap_or(&file.bytes).clone()));
    let hosted = is_hosted(path);
    let credential = hosted && path.ends_with(".json");
    set(&mut response, header::CONTENT_TYPE, if credential { CREDENTIAL } else { file.kind.media });
    set(&mut response, header::CONTENT_SECURITY_POLICY, file.kind.policy);
    let whose = if hosted { "cross-origin" } else { "same-origin" };
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), whose);
    if credential {
        // Wallets and verifiers fetch a credential from within a browser.
        set(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    vary(&mut response, file);
    if zipped.is_some() {
        set(&mut response, header::CONTENT_ENCODING, "gzip");
    }
    response
}

/// Whether this is a hosted badge's file, which others may show and fetch.
fn is_hosted(path: &str) -> bool {
    path.strip_prefix('/').and_then(|path| path.split_once('/')).is_some_and(|(folder, _)| folder == FOLDER)
}

/// The compressed form, where there is one and the other side takes it.
fn zipped<'a>(file: &'a Kept, headers: &HeaderMap) -> Option<&'a Bytes> {
    file.gzip.as_ref().filter(|_| takes_gzip(headers))
}

/// Whether `Accept-Encoding` names gzip, and not to refuse it (RFC 9110, section 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let mut codings = items(headers, header::ACCEPT_ENCODING);
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().trim_start_matches(['q', 'Q']).trim_start_matches('=');
        let refused = !weight.is_empty() && weight.bytes().all(|byte| matches!(byte, b'0' | b'.'));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Whether `If-None-Match` names this version (RFC 9110, section 13.1.2, where weak and strong compare equal).
fn has_it(headers: &HeaderMap, tag: &str) -> bool {
    let mut tags = items(headers, header::IF_NONE_MATCH);
    tags.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// The items of a list in a header, which may stand there more than once.
fn items(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

/// The tag of a version and its form, in quotation marks.
fn tag(file: &Kept, zipped: bool) -> String {
    format!("\"{}{}\"", file.tag, if zipped { "-gzip" } else { "" })
}

fn vary(response: &mut Response, file: &Kept) {
    if file.gzip.is_some() {
        set(response, header::VARY, "Accept-Encoding");
    }
}

fn with_headers(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in ALWAYS {
        set(&mut response, name, value);
    }
    response
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}
