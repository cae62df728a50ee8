"""What was tried, with figures: one folder for each experiment."""
