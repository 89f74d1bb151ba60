"""Makes scikit-learn.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python scikit-learn.golden.py > scikit-learn.golden.json
Inputs are standardised, and for logistic regression bent by x / sqrt(1 + (x/3)^2), as Vitrine's encoder does."""
import json
import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

rng = np.random.default_rng(3)


def inputs(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def bent(x):
    z = inputs(x)
    return z / np.sqrt(1 + (z / 3) ** 2)


def case(name, task, classes, params, rows=60):
    x = np.round(rng.normal(size=(rows, 4)) * [1, 10, 0.1, 5] + [0, 3, 0, -2], 3)
    score = x @ [1, 0.1, -8, 0.2] + rng.normal(size=rows)
    if task == "regression":
        y = np.round(score * 3 + 20, 3)
        prediction = Ridge(**params).fit(inputs(x), y).predict(inputs(x))
    else:
        y = np.digitize(score, np.quantile(score, np.arange(1, classes) / classes))
        model = LogisticRegression(C=params["C"], tol=1e-10, max_iter=10000).fit(bent(x), y)
        prediction = model.predict_proba(bent(x)).ravel()
    return {"name": name, "task": task, "classes": classes, "params": params, "columns": x.T.tolist(), "truth": y.tolist(),
            "prediction": [round(float(p), 9) for p in prediction]}


print(json.dumps([
    case("two classes, C = 1", "binary", 2, {"C": 1.0}),
    case("two classes, C = 0.01", "binary", 2, {"C": 0.01}),
    case("three classes, C = 1", "multiclass", 3, {"C": 1.0}),
    case("four classes, C = 100", "multiclass", 4, {"C": 100.0}),
    case("ridge, alpha = 1", "regression", 0, {"alpha": 1.0}),
    case("ridge, alpha = 100", "regression", 0, {"alpha": 100.0}),
]))
