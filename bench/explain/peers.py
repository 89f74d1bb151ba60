"""Explains a scikit-learn forest on one thread, on request. The first line of JSON names the table and the forest, which is fitted and written as
ONNX; every further one a technique and how many rows; the answer has its seconds.

{"folder": ..., "classes": bool, "trees": n, "leaf": n, "onnx": file} -> {"nodes": n}
{"technique": "tree-shap path-dependent", "rows": n, "background": n} -> {"seconds": s}
"""
import json
import sys
import time
import warnings

import numpy as np
import onnx
import pandas as pd
import shap
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

warnings.filterwarnings("ignore")


def say(message):
    print(json.dumps(message), flush=True)


def tree_shap(variant):
    def explain(model, train, rows, job):
        data = train[: job["background"]] if variant == "interventional" else None
        explainer = shap.TreeExplainer(model, data=data, feature_perturbation=variant)
        return explainer.shap_values(rows, check_additivity=False)

    return explain


def kernel_shap(model, train, rows, job):
    ask = model.predict_proba if hasattr(model, "predict_proba") else model.predict
    explainer = shap.KernelExplainer(ask, train[: job["background"]])
    return explainer.shap_values(rows, nsamples=job["samples"], l1_reg=False, silent=True)


techniques = {
    "tree-shap path-dependent": tree_shap("tree_path_dependent"),
    "tree-shap interventional": tree_shap("interventional"),
    "kernel-shap": kernel_shap,
}

given = json.loads(sys.stdin.readline())
table = pd.read_csv(f"{given['folder']}/train.csv.gz")
x = np.ascontiguousarray(table.drop(columns="target").to_numpy(np.float32))
make = RandomForestClassifier if given["classes"] else RandomForestRegressor
model = make(n_estimators=given["trees"], min_samples_leaf=given["leaf"], n_jobs=1, random_state=0).fit(x, table["target"])
options = {id(model): {"zipmap": False}} if given["classes"] else None
onnx.save(to_onnx(model, x[:1], target_opset=17, options=options), given["onnx"])
say({"nodes": int(sum(tree.tree_.node_count for tree in model.estimators_))})
for line in sys.stdin:
    job = json.loads(line)
    begin = time.perf_counter()
    techniques[job["technique"]](model, x, x[: job["rows"]], job)
    say({"seconds": time.perf_counter() - begin})
