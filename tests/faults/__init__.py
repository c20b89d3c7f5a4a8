"""What may befall adwatch, and what must not come of it."""
