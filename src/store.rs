//! What is kept on disk: paths, settings, the history database, badge files.
