//! The files of `lessons/` as they are built into the program: names and raw text, read only when asked for. A file that
//! is added to a folder is added here; a test compares.

/// A file by its name without extension, and its text.
pub type File = (&'static str, &'static str);

macro_rules! files {
    ($($folder:literal, $extension:literal: $($name:literal)*);* $(;)?) => {
        &[$($(($name, include_str!(concat!("../../lessons/", $folder, "/", $name, $extension))),)*)*]
    };
}

/// Pathways, in the order in which they are offered.
pub const PATHWAYS: &[File] = files!("pathways", ".toml":
    "speed" "first-steps" "sprint" "office" "de-speed" "de-sprint" "fr-speed" "fr-sprint" "es-speed" "es-sprint"
);

/// Courses, in the order in which they are offered.
pub const COURSES: &[File] = files!("courses", ".toml":
    "foundations" "numbers" "code-rust" "code-python" "code-javascript" "code-c" "code-shell" "code-sql" "code-html"
);

/// Rule files.
pub const EXAMS: &[File] = files!("rules", ".toml":
    "accelerate-aem" "bryq" "calhr" "cpct" "intersteno-internet" "intersteno-production" "iowa"
    "mkcl" "open-awards" "opm" "rsa" "san-diego" "sqa" "ssc-chsl" "ssc-dest" "ten-key" "typewriter-at"
);

/// Word lists.
pub const WORDS: &[File] = files!("words", ".txt":
    "common" "common-1" "numbers" "rarer" "de-common" "fr-common" "es-common"
);

/// Keyboard layouts, in the order in which they are offered.
pub const LAYOUTS: &[File] = files!("layouts", ".toml":
    "us" "uk" "de" "fr" "es" "dvorak" "colemak" "colemak-dh" "workman"
);

/// Lists that have changed, each with its list before: what was drawn from that is recognised still.
pub const EARLIER_WORDS: &[(&str, &str)] = &[("common", "common-1")];

/// Passages; the part of the name before the number is the kind, behind the code of a language that is not English.
pub const PASSAGES: &[File] = files!("passages", ".toml":
    "easy-01" "easy-02" "easy-03" "easy-04" "easy-05" "easy-06"
    "instruction-01" "instruction-02" "instruction-03" "instruction-04" "instruction-05"
    "instruction-06" "letter-01" "letter-02" "letter-03" "letter-04" "letter-05" "letter-06"
    "minutes-01" "minutes-02" "minutes-03" "minutes-04" "minutes-05" "minutes-06" "narrative-01"
    "narrative-02" "narrative-03" "narrative-04" "narrative-05" "narrative-06" "narrative-07"
    "narrative-08" "narrative-09" "notice-01" "notice-02" "notice-03" "notice-04" "notice-05"
    "notice-06" "report-01" "report-02" "report-03" "report-04" "report-05" "report-06"
    "technical-01" "technical-02" "technical-03" "technical-04" "technical-05" "technical-06"
    "technical-07" "technical-08" "technical-09";
    "passages/de", ".toml":
    "de-instruction-01" "de-instruction-02" "de-letter-01" "de-letter-02" "de-minutes-01"
    "de-narrative-01" "de-narrative-02" "de-notice-01" "de-notice-02" "de-report-01" "de-technical-01"
    "de-technical-02";
    "passages/fr", ".toml":
    "fr-instruction-01" "fr-instruction-02" "fr-letter-01" "fr-letter-02" "fr-minutes-01"
    "fr-narrative-01" "fr-narrative-02" "fr-notice-01" "fr-notice-02" "fr-report-01" "fr-technical-01"
    "fr-technical-02";
    "passages/es", ".toml":
    "es-instruction-01" "es-instruction-02" "es-letter-01" "es-letter-02" "es-minutes-01"
    "es-narrative-01" "es-narrative-02" "es-notice-01" "es-notice-02" "es-report-01" "es-technical-01"
    "es-technical-02"
);
