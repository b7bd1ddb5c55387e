//! Logging in: number and code, tries, and what is refused besides a screen.

use russh::client::{self, KeyboardInteractiveAuthResponse as Answer};
use russh::server::Auth;
use russh::{ChannelMsg, MethodKind};
use typeproof::room::ssh::login::Login;
use typeproof::room::ssh::{HostKey, Report};

use super::guests::{HERE, Stage, answer, ask, asked, failed, quick, run};

#[test]
fn a_candidate_logs_in_types_and_leaves() {
    run(async {
        let stage = Stage::new(quick());
        let mut guest = stage.sit(3).await;
        guest.until("[]").await;
        assert!(guest.terminal.screen().alternate_screen());
        guest.type_text("caf\u{e9}").await;
        guest.until("[caf\u{e9}]").await;
        guest.type_text(".").await;
        assert_eq!(guest.end().await, Some(0));
        assert!(!guest.terminal.screen().alternate_screen(), "left as it was found");
        assert!(guest.terminal.screen().contents().contains("Goodbye, 3."));
        stage.until(|seen| seen.left == ["3"]).await;
        let terminal = stage.seen(|seen| seen.terminals[0].clone());
        assert_eq!((terminal.size.width, terminal.name.as_str()), (80, "xterm-256color"));
        assert!(terminal.client.starts_with("SSH-2.0-"), "{terminal:?}");
    });
}

#[test]
fn five_tries_and_then_nothing_is_looked_at() {
    run(async {
        let stage = Stage::new(quick());
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        let (said, prompts) = ask(&mut handle, "exam").await.unwrap();
        assert!(said.contains("on the sheet"), "{said}");
        let shown: Vec<_> = prompts.iter().map(|prompt| (prompt.prompt.as_str(), prompt.echo)).collect();
        assert_eq!(shown, [("Candidate number: ", true), ("Seat code: ", false)]);
        for left in (1..5).rev() {
            let (said, _) = asked(answer(&mut handle, ["3", "wrong"]).await).unwrap();
            assert!(said.ends_with(&format!("Tries left: {left}")), "{said}");
        }
        let Answer::Failure { remaining_methods, .. } = answer(&mut handle, ["3", "wrong"]).await else {
            panic!("a sixth question")
        };
        assert!(remaining_methods.is_empty());
        // The right code comes too late on this connection.
        assert!(ask(&mut handle, "exam").await.is_none());
        assert_eq!(stage.seen(|seen| seen.claims.len()), 5);
        let wrong = Report::WrongCode { number: "3".to_owned(), from: HERE };
        assert_eq!(stage.seen(|seen| seen.reports.clone()), vec![wrong; 5]);
        stage.sit(3).await.until("[]").await;
    });
}

#[test]
fn another_user_name_gives_no_more_tries_and_takes_over_no_question() {
    let mut login = Login::default();
    let asks = |auth: Auth| matches!(auth, Auth::Partial { .. });
    assert!(!login.takes_answer_of("a"), "nothing was asked");
    assert!(asks(login.ask("a")));
    assert!(!login.takes_answer_of("b"), "the question was put to another name");
    assert!(!login.takes_answer_of("a"), "and is gone with that");
    for user in ["a", "b", "c", "d"] {
        assert!(asks(login.ask(user)));
        assert!(login.takes_answer_of(user));
        assert!(!login.takes_answer_of(user), "one answer");
        assert!(asks(login.wrong(user)), "{user}");
    }
    assert!(asks(login.ask("e")));
    assert!(login.takes_answer_of("e"));
    assert!(!asks(login.wrong("e")), "five tries, whatever the name");
    assert!(!asks(login.ask("f")) && !login.takes_answer_of("f"));
}

#[test]
fn no_other_way_leads_in() {
    run(async {
        let stage = Stage::new(quick());
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        let none = handle.authenticate_none("root").await.unwrap();
        assert!(failed(&none));
        assert!(failed(&handle.authenticate_password("3", "code-3").await.unwrap()));
        let client::AuthResult::Failure { remaining_methods, .. } = none else { panic!() };
        assert_eq!(remaining_methods.as_ref(), [MethodKind::KeyboardInteractive]);
        assert_eq!(stage.seen(|seen| seen.claims.len()), 0);
    });
}

#[test]
fn a_seat_that_is_taken_is_explained() {
    run(async {
        let stage = Stage::new(quick());
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        ask(&mut handle, "exam").await.unwrap();
        let (said, prompts) = asked(answer(&mut handle, ["0", "any"]).await).unwrap();
        assert_eq!((said.as_str(), prompts.len()), ("Somebody sits there.", 0));
        let ended = handle.authenticate_keyboard_interactive_respond(Vec::new()).await.unwrap();
        assert!(matches!(ended, Answer::Failure { .. }));
    });
}

#[test]
fn what_is_no_screen_is_refused() {
    run(async {
        let stage = Stage::new(quick());
        let mut guest = stage.sit(4).await;
        guest.until("[]").await;
        let handle = &guest.handle;
        assert!(handle.channel_open_session().await.is_err(), "one channel");
        assert!(handle.channel_open_direct_tcpip("localhost", 22, "localhost", 1).await.is_err());
        assert!(handle.channel_open_direct_streamlocal("/run/x").await.is_err());
        assert!(handle.channel_open_x11("localhost", 6000).await.is_err());
        assert!(handle.tcpip_forward("localhost", 8022).await.is_err());
        assert!(handle.streamlocal_forward("/run/x").await.is_err());
        // The screen goes on.
        guest.type_text("on").await;
        guest.until("[on]").await;
    });
}

#[test]
fn requests_before_the_screen_are_refused_too() {
    run(async {
        let stage = Stage::new(quick());
        let mut handle = stage.connect(client::Config::default()).await.unwrap();
        ask(&mut handle, "exam").await.unwrap();
        answer(&mut handle, ["5", "code-5"]).await;
        let mut channel = handle.channel_open_session().await.unwrap();
        channel.set_env(true, "LD_PRELOAD", "x").await.unwrap();
        channel.exec(true, "id").await.unwrap();
        channel.request_subsystem(true, "sftp").await.unwrap();
        channel.agent_forward(true).await.unwrap();
        channel.request_x11(true, false, "MIT-MAGIC-COOKIE-1", "00", 0).await.unwrap();
        for _ in 0..5 {
            assert!(matches!(channel.wait().await, Some(ChannelMsg::Failure)));
        }
        // Without a terminal there is no screen, and that is said.
        channel.request_shell(true).await.unwrap();
        let mut said = String::new();
        while let Some(message) = channel.wait().await {
            if let ChannelMsg::ExtendedData { data, .. } = message {
                said.push_str(&String::from_utf8_lossy(&data));
            }
        }
        assert!(said.contains("needs a terminal"), "{said}");
        stage.until(|seen| seen.left == ["5"]).await;
    });
}

#[test]
fn the_host_key_is_kept_and_never_shown_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let key = HostKey::kept_in(folder.path()).unwrap();
    assert_eq!(HostKey::kept_in(folder.path()).unwrap().fingerprint(), key.fingerprint());
    let fingerprint = key.fingerprint();
    assert!(fingerprint.starts_with("SHA256:") && fingerprint.len() == 50, "{fingerprint}");
    let line = key.known_hosts_line("10.0.0.5", 2222);
    assert!(line.starts_with("[10.0.0.5]:2222 ssh-ed25519 AAAA"), "{line}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.path().join("room.pem");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let why = HostKey::kept_in(folder.path()).unwrap_err().to_string();
        assert!(why.contains("644"), "{why}");
    }
}
