"""Explains a scikit-learn forest on one thread, on request. The first line of JSON names the table and the forest, which is fitted and written as
ONNX; every further one a technique and how many rows; the answer has its seconds.

{"folder": ..., "classes": bool, "trees": n, "leaf": n, "onnx": file} -> {"nodes": n}
{"technique": "tree-shap path-dependent", "rows": n, "background": n, "samples": n} -> {"seconds": s, "busy": seconds of the processor}
"""
import json
import sys
import time
import warnings

import numpy as np
import onnx
import pandas as pd
import shap
from lime.lime_tabular import LimeTabularExplainer
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.inspection import partial_dependence, permutation_importance

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


def lime(model, train, rows, job):
    is_classifier = hasattr(model, "predict_proba")
    mode = "classification" if is_classifier else "regression"
    explainer = LimeTabularExplainer(train, mode=mode, discretize_continuous=True, random_state=0)
    ask = model.predict_proba if is_classifier else model.predict
    for row in rows:
        explainer.explain_instance(row, ask, num_features=10, num_samples=job["samples"])


def permutation(model, train, rows, job):
    truth = target[: len(rows)]
    metric = "neg_log_loss" if hasattr(model, "predict_proba") else "neg_root_mean_squared_error"
    permutation_importance(model, rows, truth, scoring=metric, n_repeats=job["samples"], random_state=0, n_jobs=1)


def dependence(model, train, rows, job):
    for column in range(rows.shape[1]):
        partial_dependence(model, rows, [column], kind="both", method="brute", grid_resolution=job["samples"])


techniques = {
    "tree-shap path-dependent": tree_shap("tree_path_dependent"),
    "tree-shap interventional": tree_shap("interventional"),
    "kernel-shap": kernel_shap,
    "lime": lime,
    "permutation importance": permutation,
    "partial dependence": dependence,
}

given = json.loads(sys.stdin.readline())
table = pd.read_csv(f"{given['folder']}/train.csv.gz")
x = np.ascontiguousarray(table.drop(columns="target").to_numpy(np.float32))
target = table["target"].to_numpy()
make = RandomForestClassifier if given["classes"] else RandomForestRegressor
model = make(n_estimators=given["trees"], min_samples_leaf=given["leaf"], n_jobs=1, random_state=0).fit(x, target)
options = {id(model): {"zipmap": False}} if given["classes"] else None
onnx.save(to_onnx(model, x[:1], target_opset=17, options=options), given["onnx"])
say({"nodes": int(sum(tree.tree_.node_count for tree in model.estimators_))})
for line in sys.stdin:
    job = json.loads(line)
    begin, busy = time.perf_counter(), time.process_time()
    techniques[job["technique"]](model, x, x[: job["rows"]], job)
    say({"seconds": time.perf_counter() - begin, "busy": time.process_time() - busy})
