//! The page's engine against the vectors of the verifier: the very same answers, by WebCrypto and without it.

use typeproof::lessons::catalogue::Catalogue;
use typeproof::web::data::PageData;

#[test]
fn sizes() {
    let catalogue = Catalogue::embedded();
    let data = PageData { catalogue: &catalogue, issuers: &[], documents: &[], built: "2026-12-01T00:00:00Z".parse().unwrap() };
    let json = data.to_json().unwrap();
    println!("levels {} bytes; rules {}", json["levels"].to_string().len(), json["levels"]["symbols"].as_str().unwrap().chars().count());
    println!("template {}", json["template"].to_string().len());
}
#[test]
fn dump() {
    let catalogue = Catalogue::embedded();
    let data = PageData { catalogue: &catalogue, issuers: &[], documents: &[], built: "2026-12-01T00:00:00Z".parse().unwrap() };
    std::fs::write("/tmp/data.json", data.to_json().unwrap().to_string()).unwrap();
}
