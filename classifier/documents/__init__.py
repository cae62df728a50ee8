"""Parse text into Documents: lines get a kind, the headings above them, and their sentences."""
