//! The signals that end a program, waited for.

use std::future::poll_fn;
use std::io;
use std::task::Poll;

use tokio::runtime::Handle;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, CtrlClose, ctrl_c, ctrl_close};

/// The signals that end a program, which do nothing by themselves while this is there.
pub struct StopSignal {
    runtime: Handle,
    #[cfg(unix)]
    signals: [Signal; 2],
    #[cfg(windows)]
    signals: (CtrlC, CtrlClose),
}

impl StopSignal {
    pub(super) fn of(runtime: &Handle) -> io::Result<Self> {
        let _inside = runtime.enter();
        #[cfg(unix)]
        let signals = [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?];
        #[cfg(windows)]
        let signals = (ctrl_c()?, ctrl_close()?);
        Ok(Self { runtime: runtime.clone(), signals })
    }

    /// Waits until one of them comes.
    pub fn wait(mut self) {
        let runtime = self.runtime.clone();
        runtime.block_on(poll_fn(|context| {
            #[cfg(unix)]
            let came = self.signals.iter_mut().any(|signal| signal.poll_recv(context).is_ready());
            #[cfg(windows)]
            let came =
                self.signals.0.poll_recv(context).is_ready() || self.signals.1.poll_recv(context).is_ready();
            if came { Poll::Ready(()) } else { Poll::Pending }
        }));
    }
}
