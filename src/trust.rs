//! Issuers, their keys, and how far each is believed. Pure.
