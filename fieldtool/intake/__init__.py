"""Other people's spreadsheets to proposed recommendations; it proposes only, and writes no record, file or vault."""
