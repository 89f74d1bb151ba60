"""Makes the ONNX models in fixtures/, with what their own libraries predict (fixtures/expected.json).

Run with the packages of `requirements` (numpy 2.2.6, scikit-learn 1.6.1, skl2onnx 1.19.1, onnx 1.17.0, lightgbm 4.6.0, onnxmltools 1.14.0, pandas 2.3.3, packaging 25.0, protobuf 5.29.5):
    python make-fixtures.py
"""
import json
import os

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper
from onnxmltools import convert_lightgbm
from onnxmltools.convert.common.data_types import FloatTensorType as LightgbmFloats
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, StringTensorType
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
os.makedirs(folder, exist_ok=True)
random = np.random.default_rng(0)
rows = 60
x = np.round(random.normal(size=(rows, 2)), 2).astype(np.float32)
color = np.where(random.uniform(size=rows) < 0.5, "red", "blue")
score = x[:, 0] + (color == "red") + 0.1 * random.normal(size=rows)
three = np.where(score < 0, "low", np.where(score < 1, "middle", "high"))
two = (score > 0.5).astype(int)
expected = {
    "a": [round(float(v), 2) for v in x[:, 0]], "b": [round(float(v), 2) for v in x[:, 1]], "color": color.tolist(),
    "three": three.tolist(), "two": two.tolist(), "value": np.round(score, 4).tolist(), "predictions": {},
}


def keep(name, model, predictions=None):
    onnx.save(model, os.path.join(folder, name + ".onnx"))
    if predictions is not None:
        expected["predictions"][name] = np.round(np.asarray(predictions, dtype=float), 7).ravel().tolist()


# One matrix; probabilities as a list of maps (ZipMap) and as a tensor.
logistic = LogisticRegression().fit(x, three)
keep("sklearn-zipmap", to_onnx(logistic, x[:1], target_opset=17), logistic.predict_proba(x))
plain = {id(logistic): {"zipmap": False}}
keep("sklearn-matrix", to_onnx(logistic, x[:1], options=plain, target_opset=17), logistic.predict_proba(x))
forest = RandomForestRegressor(n_estimators=3, max_depth=3, random_state=0).fit(x, score)
keep("sklearn-regression", to_onnx(forest, x[:1], target_opset=17), forest.predict(x))

# One input a column, text among them.
import pandas as pd
frame = pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "color": color})
columns = ColumnTransformer([("numbers", StandardScaler(), ["a", "b"]), ("levels", OneHotEncoder(handle_unknown="ignore"), ["color"])])
pipeline = make_pipeline(columns, LogisticRegression()).fit(frame, two)
types = [("a", FloatTensorType([None, 1])), ("b", FloatTensorType([None, 1])), ("color", StringTensorType([None, 1]))]
keep("sklearn-columns", to_onnx(pipeline, initial_types=types, target_opset=17), pipeline.predict_proba(frame))

# LightGBM, whose converter zips as well.
booster = lightgbm.LGBMClassifier(n_estimators=5, num_leaves=4, min_child_samples=5, verbose=-1).fit(x, two)
keep("lightgbm", convert_lightgbm(booster, initial_types=[("input", LightgbmFloats([None, 2]))], target_opset=15), booster.predict_proba(x))


def graph(name, nodes, inputs, outputs, constants=(), domain=""):
    made = helper.make_graph(nodes, name, inputs, outputs, [onnx.numpy_helper.from_array(v, n) for n, v in constants])
    opsets = [helper.make_opsetid("", 17)] + ([helper.make_opsetid(domain, 1)] if domain else [])
    return helper.make_model(made, opset_imports=opsets, ir_version=8)


def floats(name, *shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


# A perceptron of Gemm with transposed weights that gives logits, as older exporters of PyTorch write it; make-torch-fixture.py has a newer one do it.
w1, b1 = random.normal(size=(4, 2)).astype(np.float32), random.normal(size=4).astype(np.float32)
w2, b2 = random.normal(size=(3, 4)).astype(np.float32), random.normal(size=3).astype(np.float32)
gemm = [
    helper.make_node("Gemm", ["x", "0.weight", "0.bias"], ["h"], transB=1),
    helper.make_node("Relu", ["h"], ["r"]),
    helper.make_node("Gemm", ["r", "2.weight", "2.bias"], ["logits"], transB=1),
]
weights = [("0.weight", w1), ("0.bias", b1), ("2.weight", w2), ("2.bias", b2)]
logits = np.maximum(x @ w1.T + b1, 0) @ w2.T + b2
chances = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
keep("logits", graph("logits", gemm, [floats("x", "batch", 2)], [floats("logits", "batch", 3)], weights), chances)
# The same for a batch of 8 rows and no other.
keep("fixed-batch", graph("fixed", gemm, [floats("x", 8, 2)], [floats("logits", 8, 3)], weights), chances)
# One logit for two classes.
one = [helper.make_node("Gemm", ["x", "w"], ["logit"])]
w = np.asarray([[2.0], [-3.0]], dtype=np.float32)
second = 1 / (1 + np.exp(-(x @ w)))
keep("one-logit", graph("one", one, [floats("x", "n", 2)], [floats("logit", "n", 1)], [("w", w)]), np.hstack([1 - second, second]))

# What cannot be used.
keep("unknown-operator", graph("unknown", [helper.make_node("Clairvoyance", ["x"], ["y"], domain="magic")], [floats("x", "n", 2)], [floats("y", "n", 3)], domain="magic"))
identity = [helper.make_node("Identity", ["x"], ["y"])]
keep("open-columns", graph("open", identity, [floats("x", "n", "m")], [floats("y", "n", "m")]))
keep("image", graph("image", identity, [floats("x", "n", 3, 8, 8)], [floats("y", "n", 3, 8, 8)]))
both = [helper.make_node("Gemm", ["x", "w"], ["y"]), helper.make_node("Gemm", ["x", "v"], ["z"])]
keep("two-outputs", graph("two", both, [floats("x", "n", 2)], [floats("y", "n", 1), floats("z", "n", 1)], [("w", w), ("v", -w)]))

with open(os.path.join(folder, "expected.json"), "w") as file:
    json.dump(expected, file)
