"""How fast and how large it is: against a plain script, over time, and part by part."""
