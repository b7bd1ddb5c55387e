//! One integration binary for everything that crosses rooms: a folder a room, a file a subject, and in `support` what
//! several of them use.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod floors;
#[cfg(all(feature = "terminal", feature = "network"))]
mod readme;

mod typing {
    mod automatic;
    mod circumstances;
    mod keystrokes;
    mod log;
    mod on_error;
    mod pace;
    mod plausibility;
    mod practice;
    mod record;
    mod score;
    mod session;
    mod signs;
    mod text;
}

mod lessons;

mod coach;

mod exam {
    mod definition;
    mod journal;
    mod passages;
    mod results;
    mod roster;
    pub mod seat;
}

mod trust {
    mod issuers;
    mod lookalikes;
}

mod badge {
    mod awards;
    mod credential;
    pub mod interop;
    mod issuance;
    mod reasons;
    mod verify;

    mod vc {
        mod did;
        mod json;
        mod proofs;
        mod rdf;
    }
    pub mod carry {
        mod bake;
        pub mod qr;
        mod share;
    }
    pub mod draw {
        #[cfg(feature = "pictures")]
        mod certificate;
        #[cfg(feature = "storage")]
        pub mod compared;
        #[cfg(feature = "storage")]
        pub mod pictures;
        mod words;
    }
}

mod store {
    mod conformance;
    #[cfg(feature = "room")]
    mod exam {
        mod conformance;
        mod ledger;
        mod lost;
        mod rooms;
        mod vault;
    }
    mod files;
    mod history;
    mod migration;
    #[cfg(unix)]
    pub mod odd;
    mod settings;
    mod strange;
}

mod keyring {
    mod files;
}

mod sitting {
    mod accepted;
}

mod desk {
    mod choosing;
    #[cfg(feature = "terminal")]
    mod clocks;
    mod languages;
    mod learner;
    mod own_texts;
    mod progress;
    #[cfg(feature = "terminal")]
    mod saving;
    #[cfg(feature = "terminal")]
    mod tricks;
}

mod web {
    #[cfg(feature = "network")]
    pub mod browser;
    mod engine;
    #[cfg(feature = "pictures")]
    mod letters;
    mod page;
    #[cfg(all(feature = "pictures", feature = "storage"))]
    mod pictures;
    mod rdf;
    #[cfg(all(feature = "terminal", feature = "network"))]
    mod site;
}

#[cfg(feature = "terminal")]
mod tui {
    mod app;
    mod keyboard;
    mod pages;
    mod screens;
    mod streams;
    mod terminal;
}

#[cfg(feature = "room")]
mod room;

#[cfg(feature = "terminal")]
mod cli;

#[cfg(all(unix, feature = "terminal"))]
mod program;

mod support {
    pub mod badges;
    pub mod cast;
    pub mod courses;
    #[cfg(feature = "room")]
    pub mod databases;
    pub mod documents;
    #[cfg(all(feature = "terminal", feature = "network"))]
    pub mod drawn;
    pub mod exam;
    pub mod images;
    pub mod node;
    pub mod patch;
    #[cfg(feature = "terminal")]
    pub mod picture;
    #[cfg(all(unix, feature = "terminal", feature = "network"))]
    pub mod pixels;
    #[cfg(all(unix, feature = "terminal"))]
    pub mod pty;
    pub mod records;
    pub mod rows;
    #[cfg(feature = "terminal")]
    pub mod sentence;
    #[cfg(feature = "storage")]
    pub mod stage;
    pub mod typing;
    pub mod vector;
}
