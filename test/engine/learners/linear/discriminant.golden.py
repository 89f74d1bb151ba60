"""Makes discriminant.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python discriminant.golden.py > discriminant.golden.json
Inputs are standardised and bent by x / sqrt(1 + (x/3)^2), as Vitrine's encoder does; covariances are divided by the rows, not by one less."""
import json
import numpy as np
from sklearn.covariance import EmpiricalCovariance
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis

rng = np.random.default_rng(13)


def bent(x):
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    return z / np.sqrt(1 + (z / 3) ** 2)


def case(name, classes, pooling, rows=90):
    y = rng.integers(0, classes, size=rows)
    x = rng.normal(size=(rows, 4)) * (1 + y[:, None] * [0.5, 0, 0.3, 0]) + y[:, None] * [1, 0.3, 0, 0]
    x[:, 1] += x[:, 0]
    x = np.round(x * [1, 10, 0.1, 5] + [0, 3, 0, -2], 4)
    if pooling == 1:
        model = LinearDiscriminantAnalysis(solver="lsqr")
    else:
        model = QuadraticDiscriminantAnalysis(solver="eigen", covariance_estimator=EmpiricalCovariance())
    prediction = model.fit(bent(x), y).predict_proba(bent(x))
    return {"name": name, "classes": classes, "pooling": pooling, "columns": x.T.tolist(), "truth": y.tolist(),
            "prediction": [round(float(p), 9) for p in prediction.ravel()]}


print(json.dumps([
    case("linear, two classes", 2, 1),
    case("linear, three classes", 3, 1),
    case("quadratic, two classes", 2, 0),
    case("quadratic, three classes", 3, 0),
]))
