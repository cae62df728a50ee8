from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet
from classifier.output.reports.model_card import model_card
from classifier.settings import Settings
from classifier.training.train import train_model


def test_the_card_has_a_row_for_each_area_and_average(small_set: LabelledSet) -> None:
    areas, settings = small_set.taxonomy.areas, Settings(min_sentences=2, folds=2)
    counts = count_labels(small_set.examples, areas, {}, settings)
    trained = train_model(counts, areas, {}, settings)
    card = model_card(trained.model, counts, trained.out_of_fold)
    assert card == model_card(trained.model, counts, trained.out_of_fold)
    assert "- 36 paragraphs, 72 sentences, 6 reports\n" in card
    table = [line for line in card.splitlines() if line.startswith("| ")]
    assert [row.split("|")[1].strip() for row in table[1:]] == [
        "农业 Farms",
        "教育 Schools",
        "道路 Roads",
        "核心领域 Core",
        "宏平均 Macro",
    ]
    early = model_card(trained.model, counts)  # before what has not been seen is scored
    assert "classify models compare" in early
    assert not [line for line in early.splitlines() if line.startswith("| ")]
    assert early.splitlines()[:30] == card.splitlines()[:30]
