"""Fits LightGBM's defaults (100 rounds, 31 leaves, one thread) on a CSV, five times; prints the best seconds and the test log loss as JSON."""
import json
import math
import sys
import time

import lightgbm as lgb
import pandas as pd

train, test = (pd.read_csv(f"{sys.argv[1]}/{part}.csv.gz") for part in ("train", "test"))
codes = [c for c in train.columns[:-1] if train[c].dtype.kind == "i"]
classes = sorted(train["target"].unique())
y, y_test = (part["target"].map(classes.index) for part in (train, test))
x, x_test = (part.drop(columns="target") for part in (train, test))
seconds = []
for _ in range(5):
    data = lgb.Dataset(x, y, categorical_feature=codes, free_raw_data=False)
    begin = time.perf_counter()
    model = lgb.train({"objective": "binary", "num_threads": 1, "verbose": -1, "force_row_wise": True}, data, 100)
    seconds.append(time.perf_counter() - begin)
p = model.predict(x_test)
loss = -sum(math.log(q if t else 1 - q) for q, t in zip(p, y_test)) / len(p)
print(json.dumps({"seconds": min(seconds), "loss": loss}))
