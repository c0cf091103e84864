"""One function per thing a user can do; where the rooms meet. Draws no screen, parses no arguments, holds no SQL and no cryptography."""
