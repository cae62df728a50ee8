"""What each command does, without a terminal: predict, evaluate, train, extract."""
