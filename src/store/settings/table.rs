//! The settings, in one table: the reader of the file, `typeproof config` and the help speak of the same ones.

use toml::Value;
use toml::de::DeValue;

use super::pace::PaceSetting;
use super::values::{
    LOCAL_VERIFY_URL, SettingError, form, holder_email, holder_name, language, layout_id, lesson_accuracy,
    lesson_speed, practice, verify_url,
};
use crate::coach::wishes::Beyond;
use crate::lessons::language::Language;
use crate::lessons::layout::place::Form;
use crate::typing::rules::OnError;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The holder's name as it shall stand on badges, as in [`holder_name`]; asked for when first needed.
    pub holder_name: Option<String>,
    /// The holder's e-mail address, of which a badge carries a salted digest.
    pub holder_email: Option<String>,
    /// The address in front of a token in a QR code; ends with `#`, so that a browser sends no token anywhere.
    pub verify_url: String,
    /// Whether speed and accuracy are shown during a test.
    pub live_stats: bool,
    /// The language of the texts that the program chooses; that of the locale where none was chosen.
    pub language: Option<Language>,
    /// The speed that practice aims at, in words a minute; the coach sets one where none is.
    pub target_wpm: Option<u32>,
    /// Keys that every practice text shall hold.
    pub pinned_keys: String,
    /// Keys that no practice text shall hold.
    pub muted_keys: String,
    /// Letters in the order in which practice opens them; others follow.
    pub key_order: String,
    /// When practice goes beyond small letters.
    pub beyond_letters: Beyond,
    /// Minutes to practise a day; 0 for no goal.
    pub daily_goal_minutes: u32,
    /// Accuracy that lessons ask for, in percent; the course's own where none is set.
    pub lesson_accuracy: Option<u32>,
    /// Speed that lessons ask for, in percent of the course's own.
    pub lesson_speed: u32,
    /// What is typed against.
    pub pace: PaceSetting,
    /// What a wrong key does where no level says it.
    pub on_error: OnError,
    /// Whether errors that are left take nothing off where no level says it.
    pub forgive_errors: bool,
    /// Whether errors look as what is right while typing.
    pub blind: bool,
    /// The id of the keyboard layout that is typed; asked for with the first lesson.
    pub layout: Option<String>,
    /// The id of the layout that the keyboard is set to, where that is another: then the former is emulated.
    pub keyboard_set_to: Option<String>,
    /// The form of the keyboard; the one that the layout is made for when nothing is said.
    pub keyboard_form: Option<Form>,
    /// Whether lessons show the keyboard with the next key.
    pub lesson_keyboard: bool,
    /// Whether tests show it.
    pub test_keyboard: bool,
    /// Whether the fingers stand below it.
    pub hands: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            holder_name: None,
            holder_email: None,
            verify_url: LOCAL_VERIFY_URL.to_owned(),
            live_stats: true,
            language: None,
            target_wpm: None,
            pinned_keys: String::new(),
            muted_keys: String::new(),
            key_order: String::new(),
            beyond_letters: Beyond::InTime,
            daily_goal_minutes: 15,
            lesson_accuracy: None,
            lesson_speed: 100,
            pace: PaceSetting::Off,
            on_error: OnError::GoOn,
            forgive_errors: false,
            blind: false,
            layout: None,
            keyboard_set_to: None,
            keyboard_form: None,
            lesson_keyboard: true,
            test_keyboard: false,
            hands: true,
        }
    }
}

/// What the table knows of a setting.
pub struct Setting {
    /// Its name in the file.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub meaning: &'static str,
    /// What its value has to be.
    kind: Kind,
    get: fn(&Settings) -> Option<Value>,
}

/// How a value of the file is taken over.
enum Kind {
    Text(fn(&mut Settings, &str) -> Result<(), SettingError>),
    Switch(fn(&mut Settings, bool)),
    Number(fn(&mut Settings, i64) -> Result<(), SettingError>),
}

/// All settings, in the order in which they are listed.
pub static SETTINGS: [Setting; 23] = [
    Setting {
        name: "holder_name",
        meaning: "The name on your badges; asked for with the first one.",
        kind: Kind::Text(|settings, text| holder_name(text).map(|name| settings.holder_name = Some(name))),
        get: |settings| settings.holder_name.as_deref().map(Value::from),
    },
    Setting {
        name: "holder_email",
        meaning: "Your e-mail address; nobody can read it from a badge.",
        kind: Kind::Text(|settings, text| {
            holder_email(text).map(|email| settings.holder_email = Some(email))
        }),
        get: |settings| settings.holder_email.as_deref().map(Value::from),
    },
    Setting {
        name: "verify_url",
        meaning: "The page that links and QR codes open; it ends with #.",
        kind: Kind::Text(|settings, text| verify_url(text).map(|url| settings.verify_url = url)),
        get: |settings| Some(Value::from(settings.verify_url.as_str())),
    },
    Setting {
        name: "live_stats",
        meaning: "Whether a test shows figures: true or false.",
        kind: Kind::Switch(|settings, on| settings.live_stats = on),
        get: |settings| Some(Value::from(settings.live_stats)),
    },
    Setting {
        name: "language",
        meaning: "The language of what you type: en, de, fr or es; without it that of your locale.",
        kind: Kind::Text(|settings, text| language(text).map(|language| settings.language = Some(language))),
        get: |settings| settings.language.map(|language| Value::from(language.code())),
    },
    Setting {
        name: "target_wpm",
        meaning: "The speed that practice aims at, in words a minute.",
        kind: Kind::Number(|settings, number| {
            practice::target_wpm(number).map(|wpm| settings.target_wpm = Some(wpm))
        }),
        get: |settings| settings.target_wpm.map(Value::from),
    },
    Setting {
        name: "pinned_keys",
        meaning: "Keys that every practice text holds, such as \"qz\".",
        kind: Kind::Text(|settings, text| practice::keys(text).map(|keys| settings.pinned_keys = keys)),
        get: |settings| some_text(&settings.pinned_keys),
    },
    Setting {
        name: "muted_keys",
        meaning: "Keys that no practice text holds.",
        kind: Kind::Text(|settings, text| practice::keys(text).map(|keys| settings.muted_keys = keys)),
        get: |settings| some_text(&settings.muted_keys),
    },
    Setting {
        name: "key_order",
        meaning: "Letters in the order in which practice opens them.",
        kind: Kind::Text(|settings, text| practice::keys(text).map(|keys| settings.key_order = keys)),
        get: |settings| some_text(&settings.key_order),
    },
    Setting {
        name: "beyond_letters",
        meaning: "Capitals, marks, digits in practice: in-time, now or never.",
        kind: Kind::Text(|settings, text| {
            practice::beyond(text).map(|beyond| settings.beyond_letters = beyond)
        }),
        get: |settings| Some(Value::from(settings.beyond_letters.name())),
    },
    Setting {
        name: "daily_goal_minutes",
        meaning: "Minutes to practise a day; 0 for no goal.",
        kind: Kind::Number(|settings, number| {
            practice::goal_minutes(number).map(|minutes| settings.daily_goal_minutes = minutes)
        }),
        get: |settings| Some(Value::from(settings.daily_goal_minutes)),
    },
    Setting {
        name: "pace",
        meaning: "Type against off, best, average, last, or a speed such as \"60\".",
        kind: Kind::Text(|settings, text| practice::pace(text).map(|pace| settings.pace = pace)),
        get: |settings| Some(Value::from(practice::pace_name(settings.pace))),
    },
    Setting {
        name: "on_error",
        meaning: "What a wrong key does outside levels: go-on, stop or end.",
        kind: Kind::Text(|settings, text| practice::on_error(text).map(|what| settings.on_error = what)),
        get: |settings| Some(Value::from(settings.on_error.name())),
    },
    Setting {
        name: "forgive_errors",
        meaning: "Whether errors left cost nothing outside levels: true or false.",
        kind: Kind::Switch(|settings, on| settings.forgive_errors = on),
        get: |settings| Some(Value::from(settings.forgive_errors)),
    },
    Setting {
        name: "blind",
        meaning: "Whether errors are hidden while you type: true or false.",
        kind: Kind::Switch(|settings, on| settings.blind = on),
        get: |settings| Some(Value::from(settings.blind)),
    },
    Setting {
        name: "layout",
        meaning: "Your keyboard layout, such as us, de or dvorak; asked for with the first lesson.",
        kind: Kind::Text(|settings, text| layout_id(text).map(|id| settings.layout = Some(id))),
        get: |settings| settings.layout.as_deref().map(Value::from),
    },
    Setting {
        name: "keyboard_set_to",
        meaning: "The layout the computer is set to, if it is another: for practice without badges.",
        kind: Kind::Text(|settings, text| layout_id(text).map(|id| settings.keyboard_set_to = Some(id))),
        get: |settings| settings.keyboard_set_to.as_deref().map(Value::from),
    },
    Setting {
        name: "keyboard_form",
        meaning: "ansi (long left Shift) or iso (a key beside it); as the layout has it unless set.",
        kind: Kind::Text(|settings, text| form(text).map(|form| settings.keyboard_form = Some(form))),
        get: |settings| settings.keyboard_form.map(|form| Value::from(form.name())),
    },
    Setting {
        name: "lesson_keyboard",
        meaning: "Whether lessons show the keyboard with the next key: true or false.",
        kind: Kind::Switch(|settings, on| settings.lesson_keyboard = on),
        get: |settings| Some(Value::from(settings.lesson_keyboard)),
    },
    Setting {
        name: "test_keyboard",
        meaning: "Whether tests show it: true or false.",
        kind: Kind::Switch(|settings, on| settings.test_keyboard = on),
        get: |settings| Some(Value::from(settings.test_keyboard)),
    },
    Setting {
        name: "hands",
        meaning: "Whether the fingers stand below that keyboard: true or false.",
        kind: Kind::Switch(|settings, on| settings.hands = on),
        get: |settings| Some(Value::from(settings.hands)),
    },
    Setting {
        name: "lesson_accuracy",
        meaning: "Accuracy that lessons ask for, in percent: 80 to 100.",
        kind: Kind::Number(|settings, number| {
            lesson_accuracy(number).map(|percent| settings.lesson_accuracy = Some(percent))
        }),
        get: |settings| settings.lesson_accuracy.map(Value::from),
    },
    Setting {
        name: "lesson_speed",
        meaning: "Speed of lessons, in percent of the course's: 25 to 400.",
        kind: Kind::Number(|settings, number| {
            lesson_speed(number).map(|percent| settings.lesson_speed = percent)
        }),
        get: |settings| Some(Value::from(settings.lesson_speed)),
    },
];

impl Setting {
    /// Its value among these settings, as the file would have it; `None` where it is not set.
    pub fn value(&self, settings: &Settings) -> Option<Value> {
        (self.get)(settings)
    }

    /// Takes a value of the file over.
    fn take(&self, settings: &mut Settings, value: &DeValue<'_>) -> Result<(), SettingError> {
        let expected =
            |what| SettingError(format!("`{}` is {} here, expected {what}", self.name, found(value)));
        match self.kind {
            Kind::Text(set) => {
                set(settings, value.as_str().ok_or_else(|| expected("text in quotation marks"))?)
            }
            Kind::Switch(set) => {
                set(settings, value.as_bool().ok_or_else(|| expected("true or false"))?);
                Ok(())
            }
            Kind::Number(set) => {
                let number = value.as_integer().and_then(|number| number.as_str().parse().ok());
                set(settings, number.ok_or_else(|| expected("a whole number"))?)
            }
        }
    }
}

impl Settings {
    /// Whether the keyboard is wanted below what teaches, or below a test.
    #[must_use]
    pub const fn shows_keyboard(&self, teaches: bool) -> bool {
        if teaches { self.lesson_keyboard } else { self.test_keyboard }
    }

    /// Takes over what the file says under a name; gives the setting.
    pub(super) fn set(&mut self, name: &str, value: &DeValue<'_>) -> Result<&'static Setting, SettingError> {
        let setting = SETTINGS.iter().find(|setting| setting.name == name).ok_or_else(|| unknown(name))?;
        setting.take(self, value).map(|()| setting)
    }
}

/// A text as a value; nothing where it is empty.
fn some_text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::from(text))
}

fn unknown(name: &str) -> SettingError {
    let known = SETTINGS.each_ref().map(|setting| setting.name).join(", ");
    let shown: String = name.chars().take(40).collect();
    SettingError(format!("{shown:?} is not a setting and is ignored; expected one of {known}"))
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) | DeValue::Table(_) => "more than one value",
    }
}
