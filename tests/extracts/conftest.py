"""What the tests of extracts share: a secret sentence, and the terms of texts and of extracts."""

from classifier.features.terms import sentence_terms
from classifier.features.tokenizer import load_tokenizer
from classifier.labelling.labelled_counts import LabelledCounts
from classifier.settings import Settings

TOKENIZE = load_tokenizer({})
SECRET = "全县上下凝心聚力抢抓机遇补齐短板深挖潜力推动传统产业焕发新颜持续壮大集体经济"


def counted_terms(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for term in sentence_terms(text, TOKENIZE, Settings()):
        found[term] = found.get(term, 0) + 1
    return found


def terms_of(counts: LabelledCounts, clause: int) -> dict[str, int]:
    a, b = counts.clause_counts.indptr[clause : clause + 2]
    names = (counts.terms[i] for i in counts.clause_counts.indices[a:b])
    return dict(zip(names, counts.clause_counts.data[a:b].astype(int).tolist(), strict=True))
