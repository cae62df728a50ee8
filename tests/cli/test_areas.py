import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(("lang", "words"), [("zh", "乡村振兴与三农"), ("en", "Rural revitalization")])
def test_areas_are_listed_in_both_languages(classify: Run, lang: str, words: str) -> None:
    result = classify("areas", "--lang", lang)
    assert result.exit_code == 0
    assert words in result.stdout
    assert len([line for line in result.stdout.splitlines() if line.startswith(("ecology", "finance"))]) == 2
