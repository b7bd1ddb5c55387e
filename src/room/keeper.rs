//! What a room writes down, and the thread that does it: seats never wait for a disk.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::exam::{CodeDigest, Entry};
use crate::store::exam::LogRow;
use crate::typing::log::Event;

/// What is written reaches the disk at most so long after it happened; half of what is promised.
const BATCH: Duration = Duration::from_millis(100);

/// A disk that refused is tried again after this.
const AGAIN: Duration = Duration::from_millis(500);

/// Something to be written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// An entry of the journal.
    Entry(Entry),
    /// What was typed in a running test.
    Keys {
        /// The candidate's number.
        number: String,
        /// The run, from 1.
        run: u32,
        /// What the session took.
        events: Vec<Event>,
    },
    /// The attempt file of a test that has ended.
    Log(LogRow),
    /// A candidate's code, in place of the one before.
    Code(String, CodeDigest),
}

/// Writes things down. When [`Keeper::write`] returns, all of it is durable.
pub trait Keeper: Send {
    /// Writes a batch in its order. What was written by a call that failed may be given again.
    ///
    /// # Errors
    /// What could not be written, and what to do.
    fn write(&mut self, batch: &[Written]) -> Result<(), String>;
}

/// Keeps nothing: for rehearsals.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forgetful;

impl Keeper for Forgetful {
    fn write(&mut self, _: &[Written]) -> Result<(), String> {
        Ok(())
    }
}

/// The one who writes, on a thread of its own. Dropping it waits until all is written, or cannot be.
#[derive(Debug)]
pub struct Clerk {
    sender: Option<Sender<Written>>,
    trouble: Arc<Mutex<Option<String>>>,
    thread: Option<JoinHandle<()>>,
}

impl Clerk {
    /// A clerk with this keeper.
    ///
    /// # Errors
    /// When no thread can be had.
    pub fn new(keeper: Box<dyn Keeper>) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let trouble = Arc::default();
        let told = Arc::clone(&trouble);
        let work = move || write_all(keeper, &receiver, &told);
        let thread = thread::Builder::new().name("clerk".to_owned()).spawn(work)?;
        Ok(Self { sender: Some(sender), trouble, thread: Some(thread) })
    }

    /// Has something written down.
    pub fn write(&self, what: Written) {
        if let Some(sender) = &self.sender {
            // It takes everything until it is dropped.
            let _ = sender.send(what);
        }
    }

    /// Why nothing can be written now; nothing where it can.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn write_all(mut keeper: Box<dyn Keeper>, receiver: &Receiver<Written>, trouble: &Mutex<Option<String>>) {
    let mut batch = Vec::new();
    let mut open = true;
    while open || !batch.is_empty() {
        if batch.is_empty() {
            match receiver.recv() {
                Ok(what) => batch.push(what),
                Err(_) => return,
            }
        }
        if open {
            open = gather(receiver, &mut batch);
        }
        let written = keeper.write(&batch);
        let failed = written.is_err();
        *trouble.lock().unwrap_or_else(PoisonError::into_inner) = written.err();
        match (failed, open) {
            (false, _) => batch.clear(),
            (true, true) => thread::sleep(AGAIN),
            // Nobody waits for it any more.
            (true, false) => return,
        }
    }
}

/// Takes what comes within a moment; says whether more may come later.
fn gather(receiver: &Receiver<Written>, batch: &mut Vec<Written>) -> bool {
    thread::sleep(BATCH);
    loop {
        match receiver.recv_timeout(Duration::ZERO) {
            Ok(what) => batch.push(what),
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}
