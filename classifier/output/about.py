"""What every output says of itself once: program, model, data, threshold, unit and areas."""

from typing import Any, NamedTuple

from classifier.output.answer_language import OutputWords

SHORT = 12  # hexadecimal digits of a hash that people are shown


class About(NamedTuple):
    """Which program and model made an output. model, data: hashes that tell the model and what it learned from."""

    version: str
    model: str
    data: str
    threshold: float
    unit: str
    areas: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON knows it; the same in every language."""
        return {"program": "classify", **self._asdict(), "areas": list(self.areas)}

    def named(self, lang: str) -> tuple[tuple[str, str], ...]:
        """Return pairs of a name and a value, for people."""
        words = OutputWords(lang)
        return (
            (words.program, f"classify {self.version}"),
            (words.model, self.model[:SHORT]),
            (words.data, self.data[:SHORT]),
            (words.threshold, f"{self.threshold:.2f}"),
            (words.unit, words[self.unit]),
            (words.areas, ", ".join(self.areas)),
        )
