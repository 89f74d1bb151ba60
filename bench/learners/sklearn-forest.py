"""Fits scikit-learn forests on one thread, on request: one line of JSON in (folder, kind, trees, column_sample, min_leaf_rows, seed), one out (seconds, loss)."""
import json
import math
import sys
import time

import pandas as pd
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor

makers = {
    ("forest", True): RandomForestClassifier,
    ("forest", False): RandomForestRegressor,
    ("extra_trees", True): ExtraTreesClassifier,
    ("extra_trees", False): ExtraTreesRegressor,
}
tables = {}


def table(folder):
    if folder not in tables:
        parts = [pd.read_csv(f"{folder}/{part}.csv.gz") for part in ("train", "test")]
        tables[folder] = [(part.drop(columns="target").to_numpy(dtype="float32"), part["target"].to_numpy()) for part in parts]
    return tables[folder]


def loss_of(model, x, y):
    if hasattr(model, "predict_proba"):
        classes = list(model.classes_)
        p = model.predict_proba(x).clip(1e-7, 1)
        p = p / p.sum(axis=1, keepdims=True)
        return -sum(math.log(row[classes.index(label)]) for row, label in zip(p, y)) / len(y)
    return math.sqrt(((model.predict(x) - y) ** 2).mean())


for line in sys.stdin:
    job = json.loads(line)
    (x, y), (x_test, y_test) = table(job["folder"])
    make = makers[job["kind"], job["classes"]]
    model = make(
        n_estimators=job["trees"],
        max_features=float(job["column_sample"]),
        min_samples_leaf=job["min_leaf_rows"],
        n_jobs=1,
        random_state=job["seed"],
    )
    begin = time.perf_counter()
    model.fit(x, y)
    seconds = time.perf_counter() - begin
    leaves = sum(tree.get_n_leaves() for tree in model.estimators_) / job["trees"]
    print(json.dumps({"seconds": seconds, "loss": loss_of(model, x_test, y_test), "leaves": leaves}), flush=True)
