"""Tagged reports as pages for a browser: self-contained, readable without network or script."""
