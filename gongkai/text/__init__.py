"""Makes Chinese searchable; full width, pinyin, document numbers."""
