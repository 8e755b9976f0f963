"""The three languages of everything that people read; Kazakh, the language of the state, first."""

LANGUAGES = ("kk", "ru", "en")
