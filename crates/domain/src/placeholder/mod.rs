//! Placeholders: `{{ agent.name }}` in the text of messages.
