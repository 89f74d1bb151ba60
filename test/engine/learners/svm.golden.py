"""Makes svm.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python svm.golden.py > svm.golden.json"""
import json
import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.svm import SVC, SVR

rng = np.random.default_rng(17)


def case(name, kernel, cost, gamma, epsilon=None, rows=60):
    x = np.round(rng.normal(size=(rows, 3)), 3).astype(np.float32).astype(float)
    score = x[:, 0] * x[:, 1] + x[:, 2] + 0.3 * rng.normal(size=rows)
    options = {"kernel": kernel, "C": cost, "gamma": gamma or "scale", "tol": 1e-3}
    if epsilon is None:
        y = np.where(score > 0, 1, -1)
        decisions = SVC(**options).fit(x, y).decision_function(x)
        sigmoid = _SigmoidCalibration().fit(decisions, y)
        extra = {"sigmoid": [float(sigmoid.a_), float(sigmoid.b_)]}
    else:
        y = np.round(score, 4)
        decisions = SVR(epsilon=epsilon, **options).fit(x, y).predict(x)
        extra = {"epsilon": epsilon}
    return {"name": name, "kernel": kernel, "cost": cost, "gamma": gamma, "values": x.ravel().tolist(), "labels": y.tolist(),
            "decisions": [round(float(d), 9) for d in decisions], **extra}


print(json.dumps([
    case("linear classes", "linear", 0.5, None),
    case("classes with a radial basis function", "rbf", 2.0, 0.4),
    case("values with a radial basis function", "rbf", 1.0, 0.3, epsilon=0.1),
]))
