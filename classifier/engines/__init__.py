"""Where batches of reports are tagged: in this process, in several, or on Spark."""
