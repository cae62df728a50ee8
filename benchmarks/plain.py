"""The plain script of compare.py: what a tutorial would give, with jieba, scikit-learn and joblib; each line is a text.

usage: plain.py train MODEL.joblib LABELS.jsonl... | plain.py predict MODEL.joblib REPORT...
"""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import jieba
import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MultiLabelBinarizer


def tokenize(text: str) -> list[str]:
    """Cut a text into words as jieba does without a user dictionary."""
    found: list[str] = jieba.lcut(text)
    return found


def labelled(files: list[str]) -> tuple[list[str], list[list[str]]]:
    """Return the paragraphs of label files and their areas."""
    texts, areas = [], []
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts.append("".join(s["text"] for s in row["sentences"]))
            areas.append(sorted({a for s in row["sentences"] for a in s.get("areas", [])}))
    return texts, areas


def train(model: str, files: list[str]) -> None:
    """Fit a pipeline on paragraphs and keep it."""
    texts, areas = labelled(files)
    binarizer = MultiLabelBinarizer()
    targets = binarizer.fit_transform(areas)
    pipeline = make_pipeline(
        TfidfVectorizer(tokenizer=tokenize, token_pattern=None, ngram_range=(1, 2)),
        OneVsRestClassifier(LogisticRegression(C=10, max_iter=1000)),
    )
    pipeline.fit(texts, targets)
    joblib.dump((pipeline, binarizer), model)


def predict(model: str, files: list[str]) -> None:
    """Print a JSON line for each line of each report."""
    pipeline, binarizer = joblib.load(model)
    for file in files:
        lines = [line for line in Path(file).read_text(encoding="utf-8").splitlines() if line.strip()]
        for line, scores in zip(lines, pipeline.predict_proba(lines), strict=True):
            print(json.dumps(record(file, line, scores, binarizer.classes_), ensure_ascii=False))


def record(file: str, line: str, scores: Any, classes: Any) -> dict[str, Any]:
    """Return what is printed of a line."""
    areas = [area for area, score in zip(classes, scores, strict=True) if score >= 0.5]
    return {"document": file, "text": line, "areas": areas, "scores": scores.tolist()}


if __name__ == "__main__":
    jieba.setLogLevel(logging.ERROR)
    {"train": train, "predict": predict}[sys.argv[1]](sys.argv[2], sys.argv[3:])
