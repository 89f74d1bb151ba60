"""One peer on one table with a fixed split: peer.py NAME TASK TRAIN TEST SECONDS SEED -> one JSON line.

Log loss with probabilities clipped to [1e-7, 1] and normalised, or RMSE; seconds are those of fitting. Memory is measured outside.
"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
name, task, train, test = sys.argv[1:5]
seconds, seed = int(sys.argv[5]), int(sys.argv[6])
frames = [pd.read_csv(path) for path in (train, test)]
(x, y), (x_test, y_test) = [(frame.drop(columns="target"), frame["target"]) for frame in frames]
classes = task == "classification"


def loss(model_classes, predicted):
    if not classes:
        return float(np.sqrt(np.mean((np.asarray(predicted) - y_test.to_numpy()) ** 2)))
    p = np.clip(np.asarray(predicted), 1e-7, 1)
    p /= p.sum(axis=1, keepdims=True)
    return float(-np.mean(np.log(p[np.arange(len(p)), np.searchsorted(model_classes, y_test)])))


def flaml():
    from flaml import AutoML

    model = AutoML()
    metric = "log_loss" if classes else "rmse"
    model.fit(x, y, task=task, metric=metric, time_budget=seconds, seed=seed, n_jobs=2, verbose=0)
    return model.classes_ if classes else None, model.predict_proba if classes else model.predict


def autogluon():
    import tempfile

    from autogluon.tabular import TabularPredictor

    problem = None if classes else "regression"
    kind = ("multiclass" if y.nunique() > 2 else "binary") if classes else problem
    predictor = TabularPredictor(
        "target",
        problem_type=kind,
        eval_metric="log_loss" if classes else "root_mean_squared_error",
        path=tempfile.mkdtemp(),
        verbosity=0,
    ).fit(frames[0], time_limit=seconds, presets="medium_quality", num_cpus=2)
    if not classes:
        return None, predictor.predict
    return np.array(predictor.class_labels), lambda rows: predictor.predict_proba(rows)[predictor.class_labels]


start = time.time()
fitted_classes, predict = {"flaml": flaml, "autogluon": autogluon}[name]()
fit_seconds = time.time() - start
value = loss(fitted_classes, predict(x_test))
print(json.dumps({"loss": value, "seconds": fit_seconds}), flush=True)
