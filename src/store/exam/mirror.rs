//! The mirror: a thread that brings a room's journal into its database, and asks the database what it alone decides. While
//! the database is lost the room goes on, and everything waits here until it is back.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use super::Storage;
use super::error::ExamError;
use super::rows::LogRow;
use crate::exam::Entry;

/// How long it waits before it tries a lost database again.
const AGAIN: Duration = Duration::from_millis(500);

/// Most entries that are brought at once.
const BATCH: usize = 500;

/// Something to ask the database.
type Ask = Box<dyn FnOnce(&mut dyn Storage) + Send>;

enum Job {
    Ask(Ask),
    Entries(Vec<Entry>),
    Log(LogRow),
}

/// What the thread says of itself.
#[derive(Default)]
struct Said {
    lost: AtomicBool,
    waiting: AtomicU64,
    trouble: Mutex<Option<String>>,
}

/// A room's way to its database.
pub struct Mirror {
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    said: Arc<Said>,
}

impl Mirror {
    /// Starts the thread for a room of an exam. The storage may be lost already; it is tried again.
    #[must_use]
    pub fn start(storage: Box<dyn Storage>, exam: &str, room: &str) -> Self {
        let (jobs, todo) = mpsc::channel();
        let said = Arc::new(Said::default());
        let work = Work {
            storage,
            exam: exam.to_owned(),
            room: room.to_owned(),
            entries: VecDeque::new(),
            logs: VecDeque::new(),
            said: Arc::clone(&said),
        };
        let thread = std::thread::spawn(move || work.run(&todo));
        Self { jobs: Some(jobs), thread: Some(thread), said }
    }

    /// Asks the database. The answer is [`ExamError::Lost`] while it cannot be reached: whoever has to be let in waits.
    ///
    /// ```no_run
    /// # use typeproof::store::exam::{Mirror, Taken};
    /// # async fn claim(mirror: &Mirror, taken: Taken) -> Option<()> {
    /// let claimed = mirror.ask(move |storage| storage.claim("typing-2027", "17", &taken)).await.ok()?;
    /// # Some(())
    /// # }
    /// ```
    pub fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut dyn Storage) -> Result<T, ExamError> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, ExamError>> {
        let (answer, answered) = oneshot::channel();
        self.hand(Job::Ask(Box::new(move |storage| {
            // Nobody may wait any more.
            let _ = answer.send(question(storage));
        })));
        answered
    }

    /// Brings entries, in their order; those that the database has already are passed over.
    pub fn follow(&self, entries: Vec<Entry>) {
        self.said.waiting.fetch_add(entries.len() as u64, Ordering::Relaxed);
        self.hand(Job::Entries(entries));
    }

    /// Brings the attempt file of a test.
    pub fn keep(&self, log: LogRow) {
        self.said.waiting.fetch_add(1, Ordering::Relaxed);
        self.hand(Job::Log(log));
    }

    /// Whether the database could not be reached when last tried.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.said.lost.load(Ordering::Relaxed)
    }

    /// How many entries and files the database does not have yet.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.said.waiting.load(Ordering::Relaxed)
    }

    /// What the database refused, for good; nothing while all is well.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.said.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hand(&self, job: Job) {
        let _ = self.jobs.as_ref().map(|jobs| jobs.send(job));
    }
}

impl Drop for Mirror {
    /// Brings what can be brought, and ends.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Work {
    storage: Box<dyn Storage>,
    exam: String,
    room: String,
    entries: VecDeque<Entry>,
    logs: VecDeque<LogRow>,
    said: Arc<Said>,
}

impl Work {
    fn run(mut self, todo: &Receiver<Job>) {
        loop {
            let job = if self.entries.is_empty() && self.logs.is_empty() {
                todo.recv().map_err(|_| RecvTimeoutError::Disconnected)
            } else {
                todo.recv_timeout(AGAIN)
            };
            match job {
                Ok(job) => self.take(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.bring();
                    return;
                }
            }
            while let Ok(job) = todo.try_recv() {
                self.take(job);
            }
            self.bring();
        }
    }

    fn take(&mut self, job: Job) {
        match job {
            Job::Ask(ask) => ask(&mut *self.storage),
            Job::Entries(entries) => self.entries.extend(entries),
            Job::Log(log) => self.logs.push_back(log),
        }
    }

    /// Brings what waits, as far as the database takes it.
    fn bring(&mut self) {
        while !self.entries.is_empty() {
            let batch: Vec<Entry> = self.entries.iter().take(BATCH).cloned().collect();
            let brought = self.storage.append(&self.exam, &self.room, &batch);
            if !self.went(brought, batch.len()) {
                return;
            }
            self.entries.drain(..batch.len());
        }
        while let Some(log) = self.logs.front() {
            let brought = self.storage.keep_log(&self.exam, log);
            if !self.went(brought, 1) {
                return;
            }
            self.logs.pop_front();
        }
    }

    /// Says how it went.
    fn went(&self, brought: Result<(), ExamError>, count: usize) -> bool {
        let lost = brought.as_ref().is_err_and(ExamError::is_lost);
        self.said.lost.store(lost, Ordering::Relaxed);
        if brought.is_ok() {
            self.said.waiting.fetch_sub(count as u64, Ordering::Relaxed);
        }
        let trouble = brought.err().filter(|why| !why.is_lost()).map(|why| why.to_string());
        let went = !lost && trouble.is_none();
        *self.said.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
        went
    }
}
