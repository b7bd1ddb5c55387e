//! What attackers try, over pipes in memory: each harms at most its own seat.

use std::time::{Duration, Instant};

use ratatui::layout::Rect;
use russh::client::{self, KeyboardInteractiveAuthResponse as Answer};
use russh::{ChannelMsg, Preferred, cipher, mac};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use typeproof::room::ssh::{Limits, Report};
use typeproof::tui::input::Input;

use super::guests::{ELSEWHERE, HERE, Hotel, Stage, answer, ask, quick, run};

#[test]
fn a_window_of_65535_by_65535_is_cut_to_what_is_drawn_on() {
    run(async {
        let stage = Stage::new(quick());
        let mut guest = stage.sit(1).await;
        guest.until("[]").await;
        for (columns, rows) in [(65_535, 65_535), (u32::MAX, u32::MAX), (0, 0), (100, 30)] {
            guest.channel.window_change(columns, rows, 0, 0).await.unwrap();
        }
        guest.type_text("x").await;
        guest.until("[x]").await;
        let sizes = stage.seen(|seen| seen.sizes.clone());
        let of = |width, height| Rect::new(0, 0, width, height);
        assert_eq!(sizes, [of(80, 24), of(200, 60), of(200, 60), of(1, 1), of(100, 30)]);
        // The same claim at the start.
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        ask(&mut handle, "exam").await.unwrap();
        answer(&mut handle, ["2", "code-2"]).await;
        let channel = handle.channel_open_session().await.unwrap();
        channel.request_pty(true, "x\x1b]0;owned\x07\u{202e}y", 65_535, 65_535, 0, 0, &[]).await.unwrap();
        channel.request_shell(true).await.unwrap();
        stage.until(|seen| seen.terminals.len() == 2).await;
        let terminal = stage.seen(|seen| seen.terminals[1].clone());
        assert_eq!((terminal.size.width, terminal.size.height), (200, 60));
        assert_eq!(terminal.name, "x]0;ownedy", "its name is cleaned");
    });
}

#[test]
fn megabytes_of_a_paste_without_an_end_delay_nobody_else() {
    run(async {
        // So much may come in that a debug build gets through it.
        let stage = Stage::new(Limits { input_rate: 8 * 1024 * 1024, ..quick() });
        let (flooder, mut other) = (stage.sit(1).await, stage.sit(2).await);
        let flood = async {
            let mut bytes = b"\x1b[200~".to_vec();
            bytes.resize(4 * 1024 * 1024, b'x');
            flooder.channel.data(&bytes[..]).await.unwrap();
            flooder
        };
        let typing = async {
            for n in 1..=20 {
                other.type_text("k").await;
                other.until(&format!("[{}]", "k".repeat(n))).await;
            }
        };
        let (flooder, ()) = tokio::join!(flood, typing);
        let pasted = |inputs: &[Input]| inputs.iter().any(|input| matches!(input, Input::Paste { .. }));
        assert!(!stage.seen(|seen| pasted(&seen.inputs)), "the paste has no end yet");
        flooder.type_text("\x1b[201~").await;
        stage.until(|seen| pasted(&seen.inputs)).await;
        let kept = stage.seen(|seen| {
            seen.inputs.iter().find_map(|input| match input {
                Input::Paste { text, chars } => Some((text.len(), *chars)),
                _ => None,
            })
        });
        let (kept, chars) = kept.unwrap();
        assert!(kept <= 64 * 1024 && chars == 4 * 1024 * 1024 - 6, "{kept} kept of {chars}");
    });
}

#[test]
fn more_than_anybody_types_has_to_wait() {
    run(async {
        let limits = Limits { input_burst: 1_000, input_rate: 1_000, ..quick() };
        let stage = Stage::new(limits);
        let mut guest = stage.sit(1).await;
        let begun = Instant::now();
        for _ in 0..5 {
            guest.type_text(&"\x1b[I".repeat(100)).await;
        }
        guest.type_text("x").await;
        guest.until("[x]").await;
        let took = begun.elapsed();
        assert!(took >= Duration::from_millis(450), "1,500 bytes in {took:?}");
    });
}

#[test]
fn a_client_that_never_reads_is_dropped_and_slow_only_for_itself() {
    run(async {
        let limits = Limits { keepalive: Duration::from_millis(100), ..quick() };
        let stage = Stage::of(Hotel { wordy: true, ..Hotel::default() }, limits);
        // Of this one's screens only the first half is ever wanted.
        let config =
            client::Config { window_size: 4_096, channel_buffer_size: 1, ..client::Config::default() };
        let handle = stage.connect(config).await.unwrap();
        let deaf = super::guests::Guest::sit(handle, 1).await;
        let mut other = stage.sit(2).await;
        for n in 1..=40 {
            // Its own client is stuck after a few.
            if n <= 4 {
                deaf.type_text("k").await;
            }
            other.type_text("k").await;
            other.until(&format!("[{}]", "k".repeat(n))).await;
        }
        stage.until(|seen| seen.left == ["1"]).await;
        other.type_text("x").await;
        other.until("kx]").await;
        drop(deaf);
    });
}

#[test]
fn a_fault_of_the_program_ends_one_seat() {
    run(async {
        let stage = Stage::new(quick());
        let (mut faulty, mut other) = (stage.sit(1).await, stage.sit(2).await);
        faulty.until("[]").await;
        faulty.type_text("!").await;
        faulty.end().await;
        stage.until(|seen| seen.reports == [Report::Failed(HERE)] && seen.left == ["1"]).await;
        other.type_text("on").await;
        other.until("[on]").await;
        stage.sit(1).await.until("[]").await;
    });
}

#[test]
fn ten_thousand_half_open_connections_keep_nobody_out() {
    run(async {
        let stage = Stage::new(quick());
        let mut ends = Vec::new();
        let mut mine = None;
        for n in 0..10_000 {
            let (mut near, far) = duplex(512);
            let door = stage.door.clone();
            tokio::spawn(async move { door.serve(far, ELSEWHERE).await });
            let _ = near.write_all(b"SSH-2.0-half\r\n").await;
            ends.push(near);
            if n == 5_000 {
                mine = Some(stage.connect(client::Config::default()).await.unwrap());
            }
        }
        // One who came in the middle of it is not sent away for those of another address, and one who comes now gets in.
        super::guests::Guest::sit(mine.unwrap(), 1).await.until("[]").await;
        stage.sit(2).await.until("[]").await;
        let mut closed = 0;
        for mut end in ends {
            let read = async {
                let mut bytes = Vec::new();
                end.read_to_end(&mut bytes).await
            };
            closed += usize::from(tokio::time::timeout(Duration::from_millis(1), read).await.is_ok());
        }
        assert!(closed >= 9_900, "{closed} were ended");
    });
}

#[test]
fn an_address_that_comes_too_often_is_not_let_in() {
    run(async {
        let stage = Stage::new(Limits { address_burst: 3, address_rate: 1, ..quick() });
        let mut in_time = 0;
        for _ in 0..6 {
            in_time += usize::from(stage.connect(client::Config::default()).await.is_ok());
        }
        assert!((3..=4).contains(&in_time), "{in_time}");
    });
}

#[test]
fn who_neither_logs_in_nor_asks_for_a_screen_is_sent_away() {
    run(async {
        let stage = Stage::new(Limits { login: Duration::from_millis(400), ..quick() });
        let (mut silent, far) = duplex(4_096);
        let door = stage.door.clone();
        let served = tokio::spawn(async move { door.serve(far, HERE).await });
        served.await.unwrap();
        let mut bytes = Vec::new();
        silent.read_to_end(&mut bytes).await.unwrap();
        assert!(bytes.starts_with(b"SSH-2.0-typeproof\r\n"));
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        ask(&mut handle, "exam").await.unwrap();
        assert!(matches!(answer(&mut handle, ["7", "code-7"]).await, Answer::Success));
        stage.until(|seen| seen.left == ["7"]).await;
        assert!(handle.channel_open_session().await.is_err());
    });
}

#[test]
fn who_types_nothing_for_long_is_sent_away_with_a_word() {
    run(async {
        let stage = Stage::new(Limits { idle: Duration::from_millis(300), ..quick() });
        let mut guest = stage.sit(1).await;
        guest.end().await;
        let shown = guest.terminal.screen().contents();
        assert!(shown.contains("Nothing was typed for a long time"), "{shown}");
        let stage = Stage::new(Limits { session: Duration::from_millis(300), ..quick() });
        let mut guest = stage.sit(1).await;
        guest.end().await;
        assert!(guest.terminal.screen().contents().contains("time of this session is over"));
    });
}

#[test]
fn guessing_waits_longer_with_each_wrong_code_wherever_it_comes_from() {
    run(async {
        let stage = Stage::new(Limits { back_off: Duration::from_millis(40), ..quick() });
        let begun = Instant::now();
        // Two connections that guess the same number, one try after the other.
        for _ in 0..2 {
            let mut handle = stage.connect(client::Config::default()).await.unwrap();
            ask(&mut handle, "exam").await.unwrap();
            for _ in 0..3 {
                answer(&mut handle, ["3", "wrong"]).await;
            }
        }
        let took = begun.elapsed();
        // 40 + 80 + 160 + 320 + 640 ms lie between six codes.
        assert!(took >= Duration::from_millis(1_240), "{took:?}");
        // Another number has nothing to do with that.
        let begun = Instant::now();
        stage.sit(4).await.until("[]").await;
        assert!(begun.elapsed() < Duration::from_millis(1_200));
    });
}

#[test]
fn control_and_bidi_characters_reach_nobody() {
    run(async {
        let stage = Stage::new(quick());
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        ask(&mut handle, "exam\x1b[2J\u{202e}").await.unwrap();
        answer(&mut handle, ["3\x1b[2J\u{202e}\u{9b}\r\n", "\x07code\u{200b}"]).await;
        let claims = stage.seen(|seen| seen.claims.clone());
        assert_eq!(claims, [("3[2J".to_owned(), "code".to_owned())]);
        answer(&mut handle, [&"9".repeat(100_000), "x"]).await;
        assert!(stage.seen(|seen| seen.claims[1].0.len()) <= 200);
    });
}

#[test]
fn packets_of_no_size_strand_nothing() {
    run(async {
        let stage = Stage::new(quick());
        let config = client::Config { maximum_packet_size: 0, ..client::Config::default() };
        let mut handle = stage.connect(config).await.unwrap();
        ask(&mut handle, "exam").await.unwrap();
        answer(&mut handle, ["1", "code-1"]).await;
        assert!(handle.channel_open_session().await.is_err(), "such a channel is not opened");
        stage.sit(2).await.until("[]").await;
    });
}

#[test]
fn no_cipher_goes_without_a_check_of_what_was_sent() {
    run(async {
        let stage = Stage::new(quick());
        let weak = [
            Preferred {
                mac: vec![mac::NONE].into(),
                cipher: vec![cipher::AES_256_CTR].into(),
                ..Default::default()
            },
            Preferred { cipher: vec![cipher::NONE].into(), ..Default::default() },
            Preferred {
                mac: vec![mac::HMAC_SHA1].into(),
                cipher: vec![cipher::AES_256_CTR].into(),
                ..Default::default()
            },
        ];
        for preferred in weak {
            let config = client::Config { preferred, ..client::Config::default() };
            assert!(stage.connect(config).await.is_err());
        }
    });
}

#[test]
fn a_connection_that_is_cut_ends_the_visit() {
    run(async {
        let stage = Stage::new(quick());
        let mut guest = stage.sit(6).await;
        guest.type_text("ab").await;
        guest.until("[ab]").await;
        drop(guest);
        stage.until(|seen| seen.left == ["6"]).await;
        assert!(stage.seen(|seen| seen.inputs.contains(&Input::Closed)), "the program was told");
        // And one that closes its input only.
        let mut guest = stage.sit(7).await;
        guest.until("[]").await;
        guest.channel.eof().await.unwrap();
        while let Some(message) = guest.channel.wait().await {
            if matches!(message, ChannelMsg::Close) {
                break;
            }
        }
        stage.until(|seen| seen.left.contains(&"7".to_owned())).await;
    });
}

#[test]
fn keys_are_stamped_when_they_are_read() {
    run(async {
        let stage = Stage::new(quick());
        let mut guest = stage.sit(1).await;
        guest.until("[]").await;
        let before = Instant::now();
        guest.type_text("abc").await;
        guest.until("[abc]").await;
        let stamps = stage.seen(|seen| seen.stamps.clone());
        assert!(stamps.is_sorted() && stamps.iter().all(|at| *at >= before && *at <= Instant::now()));
        // A terminal that answers the first questions shows how long a round trip takes.
        guest.type_text("\x1b[2;2R").await;
        stage.until(|seen| seen.latencies.len() == 1).await;
    });
}
