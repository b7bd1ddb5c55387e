//! Levels, pathways, passages and rule files: what there is to type, and what passes. Pure.
