//! What `--help` says of each command below its options: examples, files, exit codes. The manual pages say the same.

use crate::store::settings::SETTINGS;

/// The exit codes of a command that either does what it is asked or says why not.
macro_rules! exit_codes {
    () => {
        "Exit codes:\n  0  done\n  1  refused or failed\n  2  wrong usage, or nothing there to look at"
    };
}

/// The exit codes of a command that takes the screen.
macro_rules! screen_exit_codes {
    () => {
        "Exit codes:\n  0    done\n  1    refused or failed\n  2    wrong usage, no such file, or no terminal\n  130  left before \
         the end; 128 and the number of a signal that ended it"
    };
}

/// The exit codes of `verify`.
macro_rules! verify_exit_codes {
    () => {
        "Exit codes:\n  0  unchanged, in force, and from an issuer you trust\n  1  refused, or nothing can be said of it\n  2  \
         wrong usage, or no such file\n  3  unchanged and in force, but from an issuer you do not trust,\n     or from yourself"
    };
}

/// Sections of lines, with the exit codes last.
macro_rules! help {
    ($($heading:literal: $($line:literal)+;)+ $codes:ident) => {
        concat!($($heading, ":\n", $("  ", $line, "\n",)+ "\n",)+ $codes!())
    };
}

#[cfg(feature = "room")]
mod exam;
#[cfg(feature = "room")]
pub(super) use exam::*;

pub(super) const TEST: &str = help! {
    "Examples":
        "typeproof test --time 60"
        "typeproof test --words 50 --language de"
        "typeproof test --words 50"
        "typeproof test --level sprint-40"
        "typeproof test --text chapter.txt --exact"
        "fortune | typeproof test -"
        "typeproof test --time 60 --json";
    screen_exit_codes
};

pub(super) const LEVELS: &str = help! {
    "Examples":
        "typeproof levels"
        "typeproof levels --language fr"
        "typeproof levels --json"
        "typeproof --lessons our-course levels";
    "Files":
        "lessons/ of the data folder has levels of your own";
    exit_codes
};

pub(super) const COURSE: &str = help! {
    "Examples":
        "typeproof course"
        "typeproof course foundations"
        "typeproof course code-rust --json";
    "Files":
        "lessons/ of the data folder has courses of your own";
    exit_codes
};

pub(super) const LESSON: &str = help! {
    "Examples":
        "typeproof lesson"
        "typeproof lesson numbers"
        "typeproof lesson foundations keys-4"
        "typeproof lesson foundations 4";
    screen_exit_codes
};

pub(super) const VERIFY: &str = help! {
    "Examples":
        "typeproof verify badge.json"
        "typeproof verify badge.png --holder \"Ada Lovelace\""
        "typeproof verify badge.json --log badge.tpa"
        "typeproof verify badge.json --status-list revoked.json"
        "typeproof verify https://example.org/v/#123456789"
        "typeproof verify mail.txt     # a text with the badge's link or digits in it"
        "typeproof verify - --json < badge.json"
        "typeproof verify applications/ --json > answers.jsonl    # every file of a folder, a line each";
    "Files":
        "trust/ of the settings folder has the issuers that you trust";
    verify_exit_codes
};

pub(super) const ISSUER: &str = help! {
    "Examples":
        "typeproof issuer new --passphrase"
        "typeproof issuer show"
        "typeproof issuer export";
    "Files":
        "keys/issuer.pem of the data folder is the secret key"
        "keys/issuer.pub is its public half";
    exit_codes
};

pub(super) const ISSUER_NEW: &str = help! {
    "Examples":
        "typeproof issuer new"
        "typeproof issuer new --passphrase"
        "typeproof issuer new --name 'Example College' --url https://example.org";
    "Files":
        "keys/issuer.pem of the data folder is written";
    exit_codes
};

pub(super) const ISSUER_SHOW: &str = help! {
    "Examples":
        "typeproof issuer show";
    exit_codes
};

pub(super) const ISSUER_LIST: &str = help! {
    "Examples":
        "typeproof issuer list"
        "typeproof issuer list --json";
    exit_codes
};

pub(super) const ISSUER_EDIT: &str = help! {
    "Examples":
        "typeproof issuer edit example-college --url https://example.org/typing";
    exit_codes
};

pub(super) const REVIEW: &str = help! {
    "Examples":
        "typeproof review maria.tprr"
        "typeproof review requests --issuer example-college --reviewer 'Ann Lee'"
        "typeproof review maria.tprr --accept --note 'Typed at home' --passphrase-stdin";
    exit_codes
};

pub(super) const BADGE_REQUEST: &str = help! {
    "Examples":
        "typeproof badge request 4f2a"
        "typeproof badge request 4f2a --to maria.tprr";
    exit_codes
};

pub(super) const ISSUER_EXPORT: &str = help! {
    "Examples":
        "typeproof issuer export"
        "typeproof issuer export --format pem > issuer.pub.pem"
        "typeproof issuer export --format toml --name College > college.toml";
    exit_codes
};

pub(super) const TRUST: &str = help! {
    "Examples":
        "typeproof trust list"
        "typeproof trust add college.toml --highest proctored"
        "typeproof trust remove \"Example College\"";
    "Files":
        "trust/ of the settings folder has a TOML file for each issuer";
    exit_codes
};

pub(super) const TRUST_LIST: &str = help! {
    "Examples":
        "typeproof trust list"
        "typeproof trust list --json";
    exit_codes
};

pub(super) const TRUST_ADD: &str = help! {
    "Examples":
        "typeproof trust add college.toml"
        "typeproof trust add college.toml --highest reviewed"
        "typeproof trust add z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw --name College";
    "Files":
        "trust/ of the settings folder gets a file";
    exit_codes
};

pub(super) const TRUST_REMOVE: &str = help! {
    "Examples":
        "typeproof trust remove \"Example College\""
        "typeproof trust remove z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw";
    exit_codes
};

pub(super) const BADGE: &str = help! {
    "Examples":
        "typeproof badge list"
        "typeproof badge show 3f2a91c0"
        "typeproof badge share 3f2a91c0 --as linkedin"
        "typeproof badge export 3f2a91c0 --to my-badge --all-formats";
    "Files":
        "badges/ of the data folder has the files of each badge";
    exit_codes
};

pub(super) const BADGE_LIST: &str = help! {
    "Examples":
        "typeproof badge list"
        "typeproof badge list --json";
    exit_codes
};

pub(super) const BADGE_SHOW: &str = help! {
    "Examples":
        "typeproof badge show 3f2a91c0";
    "Files":
        "badges/ of the data folder gets the badge's files where they are missing";
    exit_codes
};

pub(super) const BADGE_SHARE: &str = help! {
    "Examples":
        "typeproof badge share 3f2a91c0"
        "typeproof badge share 3f2a91c0 --as linkedin"
        "typeproof badge share 3f2a91c0 --as html > badge.html";
    exit_codes
};

pub(super) const BADGE_EXPORT: &str = help! {
    "Examples":
        "typeproof badge export 3f2a91c0 --to my-badge"
        "typeproof badge export 3f2a91c0 --to my-badge --all-formats --paper letter"
        "typeproof badge export 3f2a91c0 --to my-badge --with-log";
    exit_codes
};

pub(super) const BADGE_ISSUE: &str = help! {
    "Examples":
        "typeproof badge issue 01j9x2ab"
        "typeproof badge issue 01j9x2ab --name \"Ada Lovelace\""
        "typeproof badge issue --course numbers"
        "typeproof badge issue --practice 10h";
    "Files":
        "badges/ of the data folder gets the badge's files"
        "keys/issuer.pem is made with the first badge";
    exit_codes
};

pub(super) const SITE: &str = help! {
    "Examples":
        "typeproof site build public --url https://example.org/v/ --issuer college.toml"
        "typeproof site serve public";
    exit_codes
};

pub(super) const SITE_BUILD: &str = help! {
    "Examples":
        "typeproof site build public"
        "typeproof site build public --url https://example.org/v/ --badge 3f2a91c0"
        "typeproof site build public --url https://example.org/v/ --issuer college.toml";
    "Files":
        "the folder gets index.html, 404.html, issuers.json, and b/ for hosted badges";
    exit_codes
};

#[cfg(feature = "network")]
pub(super) const SITE_SERVE: &str = help! {
    "Examples":
        "typeproof site serve"
        "typeproof site serve public --listen 127.0.0.1:8000";
    "Files":
        "site/ of the data folder is your own page, where no folder is given";
    exit_codes
};

pub(super) const HISTORY: &str = help! {
    "Examples":
        "typeproof history"
        "typeproof history --level sprint-40 --limit 5"
        "typeproof history --json --limit 1"
        "typeproof history --csv > attempts.csv";
    "Files":
        "history.sqlite3 of the data folder has every attempt and every badge";
    exit_codes
};

pub(super) const STATS: &str = help! {
    "Examples":
        "typeproof stats"
        "typeproof stats --json";
    "Files":
        "history.sqlite3 of the data folder has every attempt, from which all of it follows";
    exit_codes
};

pub(super) const COACH: &str = help! {
    "Examples":
        "typeproof coach --stdio"
        "typeproof coach --stdio --target-wpm 50 --seed 7 --mode weak-pairs";
    exit_codes
};

pub(super) const PLAUSIBILITY: &str = help! {
    "Examples":
        "typeproof plausibility keystrokes.csv"
        "typeproof plausibility keystrokes.csv.gz --json"
        "typeproof plausibility keystrokes.csv --keystrokes 600 --replays";
    exit_codes
};

pub(super) const REPLAY: &str = help! {
    "Examples":
        "typeproof replay 01j9x2ab"
        "typeproof replay badge.tpa";
    screen_exit_codes
};

pub(super) const BACKUP: &str = help! {
    "Examples":
        "typeproof backup copy.sqlite3";
    "Files":
        "history.sqlite3 of the data folder is copied, nothing else";
    exit_codes
};

pub(super) const CONFIG: &str = help! {
    "Examples":
        "typeproof config"
        "typeproof config --json";
    "Files":
        "settings.toml of the settings folder has the settings: a line each, in TOML";
    exit_codes
};

pub(super) const COMPLETIONS: &str = help! {
    "Examples":
        "typeproof completions bash > ~/.local/share/bash-completion/completions/typeproof"
        "typeproof completions zsh > ~/.zfunc/_typeproof"
        "typeproof completions fish > ~/.config/fish/completions/typeproof.fish";
    exit_codes
};

pub(super) const MAN: &str = help! {
    "Examples":
        "typeproof man ~/.local/share/man/man1";
    exit_codes
};

/// What `-h` says of the program.
pub(super) const PROGRAM_SHORT: &str = "Without a command the program opens its home screen. Settings and history are kept \
where the platform keeps such things, or below the folder that TYPEPROOF_HOME names.";

/// What `--help` and the manual page say of the program beyond `-h`.
pub(super) fn program() -> String {
    let setting =
        |setting: &crate::store::settings::Setting| format!("  {:<14}{}\n", setting.name, setting.meaning);
    let settings: String = SETTINGS.iter().map(setting).collect();
    format!("{PROGRAM_BEFORE}{settings}{PROGRAM_AFTER}")
}

const PROGRAM_BEFORE: &str = "\
Without a command the program opens its home screen.

Examples:
  typeproof
  typeproof test --level sprint-40
  typeproof badge list
  typeproof verify badge.json

Files:
  Linux, macOS: ~/.config/typeproof has settings and trusted issuers,
  ~/.local/share/typeproof history, badges, keys and lessons
  (XDG_CONFIG_HOME and XDG_DATA_HOME move them).
  Windows: %APPDATA%\\typeproof\\config and %APPDATA%\\typeproof\\data.

Settings, in settings.toml (`typeproof config` shows yours):
";

const PROGRAM_AFTER: &str = "
Environment:
  TYPEPROOF_HOME  one folder for settings, history and keys
  NO_COLOR        any value switches colours off

Exit codes:
  0    done
  1    refused or failed
  2    wrong usage, nothing to look at, or no terminal
  3    `verify`: an intact badge, but from an issuer you do not trust,
       or from yourself
  130  a test left before its end; 128 and the number of a signal that
       ended the program

`typeproof COMMAND --help` has examples of each command.
`typeproof man DIR` writes the manual pages of all commands, and
`typeproof completions SHELL` what a shell completes.";
