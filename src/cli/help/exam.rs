//! What `--help` says of the commands of exams.

/// The exit codes of `exam replay`.
macro_rules! replay_exit_codes {
    () => {
        "Exit codes:\n  0  every figure is the one on file\n  1  a figure differs, or its log is not on file; or refused, or failed\n  \
         2  wrong usage, or nothing there to look at"
    };
}

pub(in crate::cli) const EXAM: &str = help! {
    "Examples":
        "typeproof exam try"
        "typeproof exam new"
        "typeproof exam check exam.toml"
        "typeproof exam open exam.toml --listen 0.0.0.0:2222"
        "typeproof exam export typing-2027 results"
        "typeproof exam replay typing-2027 17";
    "Files":
        "exams/ of the data folder has the database exams.sqlite3, and a folder for each exam";
    screen_exit_codes
};

pub(in crate::cli) const EXAM_NEW: &str = help! {
    "Examples":
        "typeproof exam new"
        "typeproof exam new --title Typing --proctor \"Petra Proctor\" --identity \"photo ID\""
        "typeproof exam new --rules calhr --attempts 2 --counts best --bank bank.age --different";
    exit_codes
};

pub(in crate::cli) const EXAM_CHECK: &str = help! {
    "Examples":
        "typeproof exam check"
        "typeproof exam check autumn.toml --passphrase";
    exit_codes
};

pub(in crate::cli) const EXAM_BANK: &str = help! {
    "Examples":
        "typeproof exam bank passages.toml"
        "typeproof exam bank passages.toml bank.age --passphrase-stdin";
    exit_codes
};

pub(in crate::cli) const EXAM_LIST: &str = help! {
    "Examples":
        "typeproof exam list"
        "typeproof exam list --database postgres://trainer@db.example.org/exams --json";
    exit_codes
};

pub(in crate::cli) const EXAM_EXPORT: &str = help! {
    "Examples":
        "typeproof exam export typing-2027 results"
        "typeproof exam export typing-2027 ada --person 17";
    "Files":
        "DIR gets exam.toml, roster.json, results.csv, a journal for each room, and logs/ with a file for each test";
    exit_codes
};

pub(in crate::cli) const EXAM_REPLAY: &str = help! {
    "Examples":
        "typeproof exam replay typing-2027 17"
        "typeproof exam replay results 17 --run 2 --by \"Second Examiner\" --reason \"appeal of 12 May\"";
    replay_exit_codes
};

pub(in crate::cli) const EXAM_PURGE: &str = help! {
    "Examples":
        "typeproof exam purge typing-2027"
        "typeproof exam purge typing-2027 --person 17 --reason \"asked for it\"";
    exit_codes
};

pub(in crate::cli) const EXAM_TRY: &str = help! {
    "Examples":
        "typeproof exam try"
        "typeproof exam try --candidates 30 --port 2200";
    screen_exit_codes
};

pub(in crate::cli) const EXAM_OPEN: &str = help! {
    "Examples":
        "typeproof exam open exam.toml"
        "typeproof exam open exam.toml --listen 0.0.0.0:2222"
        "typeproof exam open exam.toml --database postgres://trainer@db.example.org/exams --room east";
    "Files":
        "exams/ID/ of the data folder has codes.txt, codes.html, the journal, logs and results.csv"
        "exams/host-key/ has the key by which clients know this machine again";
    screen_exit_codes
};
