//! Writing the file of an exam: every member with its value, its default and what else it may be.

use std::fmt::Write as _;

use super::{Definition, OnDisconnect, PassagePolicy, PassageSource, Shown, Start};

impl Definition {
    /// The exam's file, which [`Definition::parse`] reads as this exam again. Every member is there, with its default and
    /// what else it may be.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.texts(&mut out);
        self.policies(&mut out);
        self.needs(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let proctor = &self.proctor;
        // Writing into a string does not fail.
        let _ = write!(
            out,
            "# An exam of typeproof. `typeproof exam check` says whether it is sound.\n\
             title = {}\n\
             # Names its folder, its journal and the evidence of badges. Default: made of the title.\n\
             id = {}\n\
             # The language of the texts: en, de, fr or es. Default: en.\n\
             language = {}\n",
            quoted(&self.title),
            quoted(&self.id),
            quoted(self.language.code())
        );
        if let Some(rules) = &self.rule_file {
            let _ = write!(
                out,
                "# A rule file: `typeproof levels` shows them. Default: five minutes, net less one word for each error.\n\
                 rules = {}\n",
                quoted(rules)
            );
        }
        let _ = write!(
            out,
            "\n# Who supervises; stands on badges and certificates.\n\
             [proctor]\n\
             name = {}\n\
             # Default: none.\n\
             title = {}\n\
             # How identity is checked.\n\
             identity = {}\n",
            quoted(&proctor.name),
            quoted(&proctor.title),
            quoted(&proctor.identity)
        );
        if self.rule_file.is_none() {
            out.push_str(
                "\n# The rules. Default: five minutes, net less one word for each error. Or `rules = \"calhr\"` above.\n\
                 [own-rules]\n",
            );
            // Rules are plain data: they can be written.
            for (name, value) in toml::Table::try_from(self.rules).unwrap_or_default() {
                let _ = writeln!(out, "{name} = {value}");
            }
        }
    }

    fn texts(&self, out: &mut String) {
        let policy = match self.passages.policy {
            PassagePolicy::Same => "same",
            PassagePolicy::Different => "different",
        };
        let _ = write!(
            out,
            "\n[passages]\n\
             # same: all type one text. different: texts of equal measured difficulty. Default: same.\n\
             policy = \"{policy}\"\n"
        );
        let _ = match &self.passages.source {
            PassageSource::Shipped(kinds) => {
                let kinds: Vec<String> = kinds.iter().map(|kind| quoted(kind)).collect();
                write!(
                    out,
                    "# Kinds of the shipped passages, which anybody may have practised. Default: every kind.\n\
                     # Better, a bank of your own that `typeproof exam bank` makes: bank = \"bank.age\"\n\
                     kinds = [{}]\n",
                    kinds.join(", ")
                )
            }
            PassageSource::Bank(file) => {
                write!(out, "# The exam's own passages, encrypted.\nbank = {}\n", quoted(file))
            }
        };
        let _ = write!(
            out,
            "\n[warm-up]\n# Not scored; 0 for none. Default: {}.\nseconds = {}\n",
            Self::WARM_UP_S,
            self.warm_up_s
        );
        let _ = write!(
            out,
            "\n[attempts]\n# Default: 1.\nnumber = {}\n# Which is the result: best, last or mean. Default: best.\ncounts = \"{}\"\n",
            self.attempts.number,
            self.attempts.counts.as_str()
        );
    }

    fn policies(&self, out: &mut String) {
        let start = match self.start {
            Start::Together => "together",
            Start::OneByOne => "one-by-one",
        };
        let lost = match self.disconnect.policy {
            OnDisconnect::FreshPassage => "fresh-passage",
            OnDisconnect::Resume => "resume",
        };
        let shown = match self.shown {
            Shown::Nothing => "nothing",
            Shown::Figures => "figures",
        };
        let _ = write!(
            out,
            "\n[start]\n\
             # together: at the proctor's signal. one-by-one: each when ready. Default: together.\n\
             mode = \"{start}\"\n\
             \n[disconnect]\n\
             # A test whose connection is lost is aborted, and its log kept. fresh-passage: the attempt is taken anew.\n\
             # resume: the proctor may let it go on. Default: fresh-passage.\n\
             policy = \"{lost}\"\n\
             # How many times that happens without the proctor. Default: {}.\n\
             fresh-at-most = {}\n\
             \n[results]\n\
             # What candidates see: figures or nothing. Default: figures.\n\
             shown = \"{shown}\"\n",
            Self::FRESH_AT_MOST,
            self.disconnect.fresh_at_most
        );
        let _ = write!(
            out,
            "\n[limits]\n# Defaults: {} and {}.\nidle-minutes = {}\nsession-minutes = {}\n",
            Self::LIMITS.idle_s / 60,
            Self::LIMITS.session_s / 60,
            self.limits.idle_s / 60,
            self.limits.session_s / 60
        );
        let _ = write!(
            out,
            "\n[retention]\n# Days for which keystrokes are kept, for appeals. Default: {}.\ntiming-days = {}\n",
            Self::RETENTION_DAYS,
            self.retention_days
        );
        let _ = write!(
            out,
            "\n[roster]\n# A table with number and name, as spreadsheets write it. Default: {}.\nfile = {}\n",
            Self::ROSTER,
            quoted(&self.roster)
        );
    }

    fn needs(&self, out: &mut String) {
        out.push_str(
            "\n# What a candidate needs; no badge names it. All but the number may be left out.\n\
             # [[accommodation]]\n\
             # number = \"17\"\n\
             # rest-minutes = 10\n\
             # wide-spacing = true\n\
             # plain = true\n\
             # seconds = 450\n\
             # warm-up-seconds = 300\n",
        );
        for need in &self.accommodations {
            let _ = write!(
                out,
                "\n[[accommodation]]\nnumber = {}\nrest-minutes = {}\nwide-spacing = {}\nplain = {}\n",
                quoted(&need.number),
                need.rest_minutes,
                need.wide_spacing,
                need.plain
            );
            if let Some(seconds) = need.seconds {
                let _ = writeln!(out, "seconds = {seconds}");
            }
            if let Some(seconds) = need.warm_up_s {
                let _ = writeln!(out, "warm-up-seconds = {seconds}");
            }
        }
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
