"""Makes tree-shap.golden.json and the models in tree-shap/: small ensembles of other libraries as ONNX, and shap's values of them.

Pinned: shap==0.49.1, numpy==2.2.6, scikit-learn==1.6.1, skl2onnx==1.19.1, onnx==1.17.0, lightgbm==4.6.0, onnxmltools==1.14.0,
pandas==2.3.3, packaging==25.0, protobuf==5.29.5 (Python 3.11).
    python tree-shap.py
"""
import json
import os

import lightgbm
import numpy as np
import onnx
import shap
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType
from skl2onnx import to_onnx
from sklearn.ensemble import ExtraTreesClassifier, ExtraTreesRegressor

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "tree-shap")
os.makedirs(folder, exist_ok=True)
random = np.random.default_rng(3)
rows, columns, explained, background = 120, 5, 8, 30
x = np.round(random.normal(size=(rows, columns)), 3).astype(np.float32)
score = x[:, 0] * (1 + x[:, 1]) + np.sin(2 * x[:, 2]) + 0.2 * random.normal(size=rows)
targets = {
    "regression": np.round(score, 4),
    "binary": (score > 0.2).astype(int),
    "multiclass": np.digitize(score, [-0.5, 0.8]),
}
models = {
    "regression": ExtraTreesRegressor(n_estimators=6, min_samples_leaf=4, random_state=0),
    "binary": lightgbm.LGBMClassifier(n_estimators=8, num_leaves=6, min_child_samples=8, random_state=0, verbose=-1),
    "multiclass": ExtraTreesClassifier(n_estimators=5, min_samples_leaf=6, random_state=0),
}


def scored(values):
    """One list a score of one list a row."""
    values = np.asarray(values)
    return [values.tolist()] if values.ndim == 2 else np.moveaxis(values, 2, 0).tolist()


golden = {"x": np.round(x.astype(float), 3).tolist(), "explained": explained, "background": background, "models": {}}
for name, model in models.items():
    model.fit(x, targets[name])
    if name == "binary":
        converted = convert_lightgbm(model, initial_types=[("x", FloatTensorType([None, columns]))], zipmap=False, target_opset=15)
    else:
        converted = to_onnx(model, x[:1], target_opset=17, options={id(model): {"zipmap": False}} if name == "multiclass" else None)
    onnx.save(converted, os.path.join(folder, f"{name}.onnx"))
    path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    other = shap.TreeExplainer(model, data=x[:background], feature_perturbation="interventional")
    golden["models"][name] = {
        "target": targets[name].tolist(),
        "path-dependent": scored(path.shap_values(x[:explained])),
        "interventional": scored(other.shap_values(x[:explained], check_additivity=False)),
    }
with open(os.path.join(here, "tree-shap.golden.json"), "w") as file:
    json.dump(golden, file)
