from pathlib import Path

import pytest

from classifier.errors import ClassifierError
from classifier.settings import Settings, load_settings


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(ClassifierError, match="'depth' is unknown"):
        Settings.from_dict({"depth": 3})
    with pytest.raises(ClassifierError, match="it must be a whole number"):
        Settings.from_dict({"folds": "five"})
    assert Settings.from_dict({"c": 1}).c == 1


def test_settings_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text("c = 2\nchar_ngrams = 2\n", encoding="utf-8")
    assert load_settings(file) == Settings(c=2, char_ngrams=2)
    for text, message in [("depth = 3", "'depth' is unknown"), ("c =", "not valid TOML"), ("folds = 1", "from 2 to")]:
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ClassifierError, match=message) as caught:
            load_settings(file)
        assert str(caught.value).startswith(f"{file}: ")
