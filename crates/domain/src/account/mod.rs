//! The account of an agent: its nine fields as types.
