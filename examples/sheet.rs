//! temporary
use ed25519_dalek::SigningKey;
use typeproof::badge::claim::*;
use typeproof::badge::credential::*;
use typeproof::badge::holder::HolderName;
use typeproof::badge::{link, picture};
use typeproof::lessons::catalogue::Catalogue;
use typeproof::trust::{self, Assurance};
fn main() {
    let catalogue = Catalogue::embedded();
    let key = SigningKey::from_bytes(&[7; 32]);
    let out = std::env::args().nth(1).unwrap();
    let base = std::env::args().nth(2).unwrap_or("https://badges.example.org/v#".into());
    let names = [
        "Maria Lindqvist",
        "Zoë K.",
        "Αλεξάνδρα Παππά",
        "Ольга Щербакова",
        "Nguyễn Thị Ánh Tuyết",
        "Maximilian von Habsburg-Lothringen zu X",
        "李小龍",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    ];
    let mut n = 0;
    let mut time = std::time::Duration::ZERO;
    for level in catalogue
        .levels()
        .filter(|l| ["speed-60", "san-diego-30", "ssc-dest-15000", "intersteno-360"].contains(&l.id.as_str()))
    {
        for a in Assurance::ALL {
            let speed: u32 = level.constants()["min_speed"]
                .as_str()
                .unwrap()
                .parse::<f64>()
                .map(|f| (f * 100.0) as u32)
                .unwrap();
            let inline = a == Assurance::SelfAssessed;
            let name = names[n % names.len()];
            let claim = Claim {
                level: level.reference(),
                assurance: a,
                issuer: if inline {
                    IssuerRef::Inline { key: key.verifying_key().to_bytes(), name: None }
                } else {
                    IssuerRef::Hint(trust::hint(&key.verifying_key()))
                },
                name: Some(HolderName::new(name).unwrap()),
                email: None,
                figures: Figures {
                    net_x100: speed + 212,
                    gross_x100: speed + 272,
                    standing: 1569,
                    correct: 1566,
                    incorrect_left: 3,
                    incorrect_fixed: 61,
                    fixes: 40,
                    right: 1594,
                    errors_x2: 6,
                    consistency_bp: 8120,
                    duration_ms: 300000,
                },
                start_unix: 1_795_430_000,
                log: [9; 16],
                valid_days: None,
                issued_after_s: 0,
                exam: None,
                attempt: None,
                status: None,
            };
            let mut issuer = IssuerProfile::inline(key.verifying_key().as_bytes(), Some(name)).unwrap();
            if !inline {
                issuer.name = if n % 2 == 0 {
                    "City College".into()
                } else {
                    "Landesinstitut für Berufliche Weiterbildung Nordrhein-Westf.".into()
                };
            }
            let badge = issue(&claim, &LevelTexts::of(level), &issuer, &key).unwrap();
            let full = full_token(&badge.token, &badge.credential).unwrap();
            let url = link::url(&base, &full);
            let t = std::time::Instant::now();
            let svg = picture::svg(&badge.credential, &url).unwrap();
            let t1 = t.elapsed();
            let png = picture::rendered(&svg).unwrap();
            time += t.elapsed();
            if n < 3 {
                println!("{n} svg {} bytes {:?}, png {} bytes {:?}", svg.len(), t1, png.len(), t.elapsed());
            }
            std::fs::write(format!("{out}/{:03}-{}-{a}.svg", n, level.id), svg).unwrap();
            std::fs::write(format!("{out}/{:03}-{}-{a}.png", n, level.id), png).unwrap();
            n += 1;
        }
    }
    println!("{n} in {time:?}");
}
