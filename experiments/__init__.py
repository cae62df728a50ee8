"""The lab book: questions about accuracy and cost, what was measured, and what it means."""
