"""The visual language: tokens, lettering, icons, status glyphs and painting; knows no screens and no records."""
