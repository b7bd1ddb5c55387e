//! The board as text pictures, and what its keys do.

use std::sync::Arc;
use std::time::Instant;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use typeproof::exam::State;
use typeproof::room::board::Board;
use typeproof::tui::drive::Program;
use typeproof::tui::input::{Input, KeyPress};

use super::exams::{Room, TEXT, code, definition, open};
use super::guests::run;
use crate::support::picture;

fn ways() -> Vec<String> {
    vec!["Candidates type: ssh -p 2222 exam@192.168.1.20".to_owned()]
}

fn board(room: &Room) -> Board {
    Board::new(Arc::clone(&room.hall), ways(), Instant::now())
}

fn draw(board: &Board, (width, height): (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let cursor = board.view(area, &mut buffer);
    assert!(cursor.is_none_or(|at| at.x < width && at.y < height));
    buffer
}

fn press(board: &mut Board, keys: &str) {
    for c in keys.chars() {
        let key = match c {
            '\r' => KeyPress::Enter,
            '<' => KeyPress::Esc,
            '^' => KeyPress::Up,
            '_' => KeyPress::Down,
            c => KeyPress::Char(c),
        };
        board.take(Instant::now(), &Input::Key(key));
    }
}

#[test]
fn thirty_seats_at_three_sizes() {
    run(async {
        let room = open(definition(), 30);
        let mut guests = Vec::new();
        for number in [1, 2, 4, 5] {
            guests.push(room.ready(number).await);
        }
        room.hall.go();
        for guest in &mut guests {
            guest.until(TEXT).await;
        }
        room.hall.abort("4", "the keyboard broke").unwrap();
        guests[2].until("The proctor ended").await;
        let mut board = board(&room);
        for size in [(80, 24), (120, 40), (200, 60)] {
            picture::check(&format!("room/board-{}x{}", size.0, size.1), &draw(&board, size));
        }
        press(&mut board, "v");
        picture::check("room/board-void-80x24", &draw(&board, (80, 24)));
        press(&mut board, "<n__");
        picture::check("room/board-note-80x24", &draw(&board, (80, 24)));
        for width in [1, 3, 20, 38, 39, 40, 77, 79, 81, 100, 133] {
            for height in [1, 2, 5, 9, 10, 11, 33, 34] {
                draw(&board, (width, height));
            }
        }
    });
}

#[test]
fn keys_do_what_they_say() {
    run(async {
        let room = open(definition(), 2);
        let mut board = board(&room);
        let mut guest = room.ready(1).await;
        board.tick(Instant::now() + std::time::Duration::from_secs(2));
        press(&mut board, "g");
        guest.until(TEXT).await;
        // Without a reason nothing is done; with Escape neither.
        press(&mut board, "a\r");
        press(&mut board, "talked<");
        assert_eq!(room.hall.seat("1", |seat| seat.state()), Some(State::Running));
        press(&mut board, "atalked\r");
        guest.until("The proctor ended this test").await;
        press(&mut board, "_nsome noise\r");
        assert_eq!(room.hall.seat("2", |seat| seat.notes()[0].note.text.clone()).unwrap(), "some noise");
        press(&mut board, "bthe code was lost\r");
        let shown = picture::text(&draw(&board, (80, 24)));
        let new = shown.split_once("New code for 2: ").unwrap().1[..9].to_owned();
        assert!(room.knock(2, &code(1).to_string()).await.1.is_some());
        assert!(room.knock(2, &new).await.1.is_none());
        press(&mut board, "p");
        assert!(picture::text(&draw(&board, (80, 24))).contains("PAUSED"));
        press(&mut board, "p?");
        assert!(picture::text(&draw(&board, (80, 24))).contains("one more attempt"));
        press(&mut board, "<q");
        assert!(!board.is_over());
        press(&mut board, "\r");
        assert!(board.is_over());
    });
}

#[test]
fn a_room_with_running_tests_is_not_closed_by_one_key() {
    run(async {
        let room = open(definition(), 1);
        let mut guest = room.ready(1).await;
        let mut board = board(&room);
        press(&mut board, "g");
        guest.until(TEXT).await;
        press(&mut board, "q\r");
        assert!(!board.is_over());
        press(&mut board, "close\r");
        assert!(board.is_over());
    });
}
