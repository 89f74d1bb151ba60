"""Peers on one table with a fixed split: peers.py TRAIN TEST SECONDS SEED -> one JSON line a peer.

The scoring is that of Vitrine: log loss with probabilities clipped to [1e-7, 1] and normalised.
"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
train, test, seconds, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
frames = [pd.read_csv(path) for path in (train, test)]
(x, y), (x_test, y_test) = [(frame.drop(columns="target"), frame["target"]) for frame in frames]


def log_loss(probabilities, classes):
    p = np.clip(probabilities, 1e-7, 1)
    p /= p.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(p[np.arange(len(p)), np.searchsorted(classes, y_test)])))


def report(name, make):
    start = time.time()
    model = make()
    value = log_loss(model.predict_proba(x_test), model.classes_)
    print(json.dumps({"name": name, "log_loss": value, "seconds": time.time() - start}), flush=True)


def lightgbm():
    import lightgbm

    return lightgbm.LGBMClassifier(random_state=seed, n_jobs=2, verbose=-1).fit(x, y)


def forest():
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(random_state=seed, n_jobs=2).fit(x, y)


def flaml():
    from flaml import AutoML

    model = AutoML()
    model.fit(x, y, task="classification", metric="log_loss", time_budget=seconds, seed=seed, n_jobs=2, verbose=0)
    return model


report("scikit-learn forest, defaults", forest)
report("LightGBM, defaults", lightgbm)
report(f"FLAML, {seconds} s", flaml)
