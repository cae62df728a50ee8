from classifier.extracts.language import Language, han


def test_language_knows_only_what_others_write() -> None:
    language = Language([["山清水秀"], ["山清水秀"], ["山高路远"]])
    assert language.likelihood("山", "清") > 0
    assert language.likelihood("山", "高") == 0
    assert language.likelihood("x清", "水") > 0
    assert han("投资3亿元，修路。") == "投资亿元修路"
