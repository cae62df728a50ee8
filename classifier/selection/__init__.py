"""Which paragraphs to look at: those whose labels would teach most, and those whose labels are probably wrong."""
