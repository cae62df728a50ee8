import numpy as np

from classifier.evaluation.baselines import cross_validate_baselines
from classifier.labelling.labelled_counts import count_labels
from classifier.labelling.sources import LabelledSet
from classifier.settings import Settings


def test_baselines(small_set: LabelledSet) -> None:
    areas = small_set.taxonomy.areas
    counted = count_labels(small_set.examples, areas, {}, Settings())
    fold = np.array([int(r[1:]) % 2 for r in counted.reports])
    keywords = {"schools": ["新建小学", "学位", "教师"], "roads": ["国道", "桥梁"]}
    ids = [a.id for a in areas]
    found = cross_validate_baselines(counted, fold, keywords, ids, mask_numbers=True)
    assert set(found) == {"majority", "keywords", "plain"}
    roads = found["keywords"][:, ids.index("roads")] == 1
    has = np.array(
        [any("国道" in s or "桥梁" in s for s in e.sentences) for e in sorted(small_set.examples, key=lambda e: e.id)]
    )
    assert (roads == has).all()
    assert not found["keywords"][:, ids.index("farms")].any()
    assert ((found["plain"] >= 0) & (found["plain"] <= 1)).all()
