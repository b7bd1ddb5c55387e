//! The clerk: a thread that writes a room's journal and keystrokes to the disk, so that nothing else waits for it.
//!
//! What comes together is written together. Keystrokes reach the disk within [`LATEST`]; entries of the journal at once. What
//! a full disk refuses is kept, tried again, and said.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::store::files::append::Growing;
use crate::store::files::{Access, FileError, write_new};
use crate::system;

/// How long a keystroke waits at most before it is written; writing it takes the rest of a quarter of a second.
pub const LATEST: Duration = Duration::from_millis(150);

/// How long the clerk waits after the disk refused.
const AGAIN: Duration = Duration::from_millis(250);

/// What is to be written.
enum Job {
    /// Bytes of the journal, and who waits for them.
    Journal(Vec<u8>, oneshot::Sender<()>),
    /// Records of keystrokes.
    Strokes(Vec<u8>),
    /// A file of its own, before the entry that names it.
    File(PathBuf, Vec<u8>),
    /// Everything there is, now.
    Flush(oneshot::Sender<()>),
}

/// The thread that writes.
pub(super) struct Clerk {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<Option<String>>>,
}

/// Something that is being written. Whoever has to be sure waits for it.
#[derive(Debug)]
pub struct Written(oneshot::Receiver<()>);

impl Written {
    /// Waits until it is durable, however long the disk refuses; `false` when the room ended before that. Not to be called
    /// within an asynchronous task: see [`Self::done`].
    #[must_use]
    pub fn wait(self) -> bool {
        self.0.blocking_recv().is_ok()
    }

    /// As [`Self::wait`], for an asynchronous task.
    pub async fn done(self) -> bool {
        self.0.await.is_ok()
    }
}

impl Clerk {
    /// Starts the thread on a journal and a file of keystrokes.
    pub(super) fn start(journal: Growing, strokes: Growing) -> Self {
        let (jobs, todo) = mpsc::channel();
        let trouble = Arc::new(Mutex::new(None));
        let desk = Desk {
            journal,
            strokes,
            entries: Vec::new(),
            keys: Vec::new(),
            files: VecDeque::new(),
            waiting: Vec::new(),
            trouble: Arc::clone(&trouble),
        };
        let thread = std::thread::spawn(move || desk.work(&todo));
        Self { jobs: Some(jobs), thread: Some(thread), trouble }
    }

    /// Hands over bytes of the journal.
    pub(super) fn journal(&self, bytes: Vec<u8>) -> Written {
        let (done, written) = oneshot::channel();
        self.hand(Job::Journal(bytes, done));
        Written(written)
    }

    /// Hands over records of keystrokes.
    pub(super) fn strokes(&self, record: Vec<u8>) {
        self.hand(Job::Strokes(record));
    }

    /// Hands over a file, which is there before any entry that comes after.
    pub(super) fn file(&self, path: PathBuf, bytes: Vec<u8>) {
        self.hand(Job::File(path, bytes));
    }

    /// Has everything written that was handed over.
    pub(super) fn flush(&self) -> Written {
        let (done, written) = oneshot::channel();
        self.hand(Job::Flush(done));
        Written(written)
    }

    /// What the disk refuses at the moment; nothing while all is well.
    pub(super) fn trouble(&self) -> Option<String> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hand(&self, job: Job) {
        // The thread ends after this does, and takes everything until then.
        let _ = self.jobs.as_ref().map(|jobs| jobs.send(job));
    }
}

impl Drop for Clerk {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What the thread has before it.
struct Desk {
    journal: Growing,
    strokes: Growing,
    /// Bytes that are not on the disk yet.
    entries: Vec<u8>,
    keys: Vec<u8>,
    files: VecDeque<(PathBuf, Vec<u8>)>,
    waiting: Vec<oneshot::Sender<()>>,
    trouble: Arc<Mutex<Option<String>>>,
}

impl Desk {
    fn work(mut self, todo: &Receiver<Job>) {
        // Waits for a first job, then for those that come within the time that a keystroke may wait.
        while let Ok(job) = todo.recv() {
            let mut open = true;
            let mut urgent = self.take(job);
            let latest = system::monotonic() + LATEST;
            while !urgent && open {
                match todo.recv_timeout(latest.saturating_duration_since(system::monotonic())) {
                    Ok(job) => urgent = self.take(job),
                    Err(RecvTimeoutError::Timeout) => urgent = true,
                    Err(RecvTimeoutError::Disconnected) => open = false,
                }
            }
            self.gather(todo);
            while !self.write() && open {
                std::thread::sleep(AGAIN);
                self.gather(todo);
            }
        }
    }

    /// Takes what else is there.
    fn gather(&mut self, todo: &Receiver<Job>) {
        while let Ok(job) = todo.try_recv() {
            self.take(job);
        }
    }

    /// Takes a job; whether it has to be written at once.
    fn take(&mut self, job: Job) -> bool {
        match job {
            Job::Journal(bytes, done) => {
                self.entries.extend(bytes);
                self.waiting.push(done);
                true
            }
            Job::Strokes(record) => {
                self.keys.extend(record);
                false
            }
            Job::File(path, bytes) => {
                self.files.push_back((path, bytes));
                false
            }
            Job::Flush(done) => {
                self.waiting.push(done);
                true
            }
        }
    }

    fn write_files(&mut self) -> Result<(), FileError> {
        while let Some((path, bytes)) = self.files.front() {
            match write_new(path, bytes, Access::Owner) {
                // Its name holds the digest of what is in it.
                Ok(()) | Err(FileError::Exists(_)) => self.files.pop_front(),
                Err(why) => return Err(why),
            };
        }
        Ok(())
    }

    /// Writes what there is; whether the disk took it. Keystrokes first: an entry says that a test ended of which they are.
    fn write(&mut self) -> bool {
        let mut written = self.write_files();
        for (file, bytes) in [(&mut self.strokes, &mut self.keys), (&mut self.journal, &mut self.entries)] {
            if written.is_ok() && !bytes.is_empty() {
                written = file.append(bytes).map(|()| bytes.clear());
            }
        }
        let trouble = written.as_ref().err().map(ToString::to_string);
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        if written.is_ok() {
            self.waiting.drain(..).for_each(|done| {
                // Nobody may wait any more.
                let _ = done.send(());
            });
        }
        written.is_ok()
    }
}
