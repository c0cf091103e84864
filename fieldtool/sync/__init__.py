"""Changes to signed, encrypted bundle files and back, byte for byte; knows no rows, no tables, no screens, and holds no keys.

The way out: `segments.encode_segment` → (somebody signs) → `writer.write_bundle`.
The way in: `reader.read_bundle` → (identity verifies) → `reader.open_bundle` → `segments.decode_segment`.
"""
