"""The meeting recorder: the stream, the line that is always ready, what it suggests, recommendations beside it."""
