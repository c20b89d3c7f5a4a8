"""A score for the meaning of a text, from its likeness to labelled texts."""
