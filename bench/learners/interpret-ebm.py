"""Fits interpret's EBM on one thread on a CSV; prints seconds, test loss and the number of terms as JSON.

interpret-ebm.py FOLDER regression|classes BAGS PAIRS [LEARNING_RATE]
"""
import json
import sys
import time

import numpy as np
import pandas as pd
from interpret.glassbox import ExplainableBoostingClassifier, ExplainableBoostingRegressor

folder, task, bags, pairs, *rate = sys.argv[1:]
train, test = (pd.read_csv(f"{folder}/{part}.csv.gz") for part in ("train", "test"))
x, x_test = (part.drop(columns="target") for part in (train, test))
y, y_test = train["target"], test["target"]
kind = ExplainableBoostingRegressor if task == "regression" else ExplainableBoostingClassifier
options = {"learning_rate": float(rate[0])} if rate else {}
model = kind(n_jobs=1, random_state=1, outer_bags=int(bags), interactions=int(pairs), **options)
begin = time.perf_counter()
cpu = time.process_time()
model.fit(x, y)
seconds, cpu_seconds = time.perf_counter() - begin, time.process_time() - cpu
if task == "regression":
    loss = float(np.sqrt(np.mean((model.predict(x_test) - y_test) ** 2)))
else:
    p = model.predict_proba(x_test)
    column = {label: i for i, label in enumerate(model.classes_)}
    own = p[np.arange(len(p)), [column[label] for label in y_test]]
    loss = float(-np.mean(np.log(np.clip(own, 1e-15, 1))))
print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "loss": loss, "terms": len(model.term_names_)}))
