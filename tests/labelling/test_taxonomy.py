from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.taxonomy import load_taxonomy
from classifier.resources import taxonomy_file


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("", "no [[areas]]"),
        ("areas = 3", "no [[areas]]"),
        ("[[areas]", "not valid TOML"),
        ('[[areas]]\nid = "A b"', "id 'A b' is not lower-case"),
        ('[[areas]]\nid = "a"\nzh = "某"', "en of a is missing"),
        ('[[areas]]\nid = "a"\nzh = "某"\nen = "A"\ncolor = "red"', "color 'red'"),
        ('[[areas]]\nid = "a"\nzh = "某"\nen = "A"\n' * 2, "stands twice"),
    ],
)
def test_faults_of_a_taxonomy(tmp_path: Path, toml: str, message: str) -> None:
    file = tmp_path / "taxonomy.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        load_taxonomy(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


def test_the_shipped_taxonomy_has_thirteen_areas_core_four_first() -> None:
    taxonomy = load_taxonomy(taxonomy_file())
    assert len(taxonomy.ids) == 13
    assert (
        taxonomy.core == taxonomy.ids[:4] == ("investment_promotion", "rural_revitalization", "ecology", "livelihoods")
    )
    assert len({a.color for a in taxonomy.areas}) == 13
    assert all(a.definition and a.definition_en for a in taxonomy.areas)
