"""Read models: one frozen picture per screen, made from records; nothing here writes, and nothing here knows Qt."""
