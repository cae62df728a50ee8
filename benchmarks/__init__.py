"""Measures speed and memory: against a plain script, part by part, and on small and large inputs."""
