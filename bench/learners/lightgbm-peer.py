"""LightGBM on one thread, by JSON lines. {"csv": folder, "codes": columns} or {"raw": file, "rows": n, "test": m, "columns": d, ...}
loads a table (raw: float64 rows with the target last); every {"rounds": r} then fits and predicts once and answers with processor seconds, binning
included, and the test loss. The faster of its two layouts of histograms, which is tried at the beginning."""
import json
import sys
import time

import lightgbm as lgb
import numpy as np
import pandas as pd


def say(message):
    print(json.dumps(message), flush=True)


def read_csv(folder, codes):
    train, test = (pd.read_csv(f"{folder}/{part}.csv.gz") for part in ("train", "test"))
    names = [c for c in train.columns if c != "target"]
    y, y_test = train["target"], test["target"]
    if y.dtype.kind not in "fi":
        classes = sorted(y.unique())
        y, y_test = y.map(classes.index), y_test.map(classes.index)
    pick = lambda part: np.ascontiguousarray(part[names].to_numpy(np.float64))
    return pick(train), y.to_numpy(np.float64), pick(test), y_test.to_numpy(np.float64), [names.index(c) for c in codes]


def read_raw(path, rows, test, columns):
    table = np.fromfile(path).reshape(rows + test, columns + 1)
    x, y = np.ascontiguousarray(table[:, :-1]), table[:, -1].copy()
    return x[:rows], y[:rows], x[rows:], y[rows:], []


def loss_of(p, y, task):
    if task == "regression":
        return float(np.sqrt(np.mean((p - y) ** 2)))
    p = p[np.arange(len(y)), y.astype(int)] if task == "multiclass" else np.where(y == 1, p, 1 - p)
    return float(-np.mean(np.log(np.maximum(p, 1e-300))))


def fit(table, task, rounds, layout):
    x, y, x_test, y_test, codes = table
    objective = {"binary": "binary", "multiclass": "multiclass", "regression": "regression"}[task]
    settings = {"objective": objective, "num_threads": 1, "verbose": -1, layout: True}
    if task == "multiclass":
        settings["num_class"] = int(y.max()) + 1
    begin = time.process_time()
    model = lgb.train(settings, lgb.Dataset(x, y, categorical_feature=codes), rounds)
    fitted = time.process_time()
    p = model.predict(x_test, num_threads=1)
    done = time.process_time()
    return {"fit": fitted - begin, "predict": done - fitted, "loss": loss_of(p, y_test, task)}


say({"version": lgb.__version__})
table = task = None
for line in sys.stdin:
    message = json.loads(line)
    if "rounds" in message:
        say(fit(table, task, message["rounds"], layout))
        continue
    task = message["task"]
    table = (
        read_csv(message["csv"], message["codes"])
        if "csv" in message
        else read_raw(message["raw"], message["rows_train"], message["rows_test"], message["columns"])
    )
    tried = {l: fit(table, task, message["warm_up"], l)["fit"] for l in ("force_row_wise", "force_col_wise")}
    layout = min(tried, key=tried.get)
    say({"layout": layout})
