//! How an issuer describes itself: what its badges say of it besides its key.

/// What a badge says of its issuer. A badge is rebuilt with the profile that it was signed with, so earlier ones are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name to show, as in [`checked_name`](super::checked_name).
    pub name: String,
    /// The issuer's page, `https:` or `http:`.
    pub url: Option<String>,
    /// The address for questions.
    pub email: Option<String>,
    /// The address of a picture, `https:`.
    pub image: Option<String>,
}

impl Profile {
    /// The lines of its members in a TOML file, by those names.
    pub(super) fn lines(&self) -> Vec<String> {
        let members = [("url", &self.url), ("email", &self.email), ("image", &self.image)];
        let given = members.into_iter().filter_map(|(name, text)| Some((name, text.as_deref()?)));
        let all = [("name", self.name.as_str())].into_iter().chain(given);
        all.map(|(name, text)| format!("{name} = {}", toml::Value::String(text.to_owned()))).collect()
    }
}
