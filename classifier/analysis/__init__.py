"""What tagged paragraphs add up to."""
