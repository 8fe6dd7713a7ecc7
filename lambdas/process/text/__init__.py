"""Turn a title into positioned glyphs, in any script. Lengths are in ems; nothing here knows pixels."""
