//! Time zones, availability and slots.
