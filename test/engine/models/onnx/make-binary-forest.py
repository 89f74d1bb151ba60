"""Writes a forest of two classes as scikit-learn's converter has it, one sum a row, and what it predicts for the rows of expected.json.

Run with scikit-learn 1.6.1, skl2onnx 1.19.1, onnx 1.17.0, numpy 2.2.6, protobuf 5.29.5.
"""
import json
import os

import numpy as np
import onnx
from skl2onnx import to_onnx
from sklearn.ensemble import RandomForestClassifier

folder = os.path.join(os.path.dirname(__file__), "fixtures")
rows = json.load(open(os.path.join(folder, "expected.json")))
x = np.array([rows["a"], rows["b"]], np.float32).T
forest = RandomForestClassifier(n_estimators=20, min_samples_leaf=3, random_state=0).fit(x, rows["two"])
onnx.save(
    to_onnx(forest, x[:1], target_opset=17, options={id(forest): {"zipmap": False}}),
    os.path.join(folder, "sklearn-binary-forest.onnx"),
)
with open(os.path.join(folder, "sklearn-binary-forest.json"), "w") as out:
    json.dump({"predictions": forest.predict_proba(x).ravel().tolist()}, out, indent=2)
    out.write("\n")
