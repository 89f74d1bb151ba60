"""Makes convex-fit.golden.json. Pinned: scikit-learn==1.9.1, numpy==2.4.6 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
PLACE/bin/python convex-fit.golden.py > convex-fit.golden.json

Fits, and the predictions of one point by fits without each row.
"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge

random = np.random.RandomState(5)
ROWS, COLUMNS = 60, 3
# Single precision, as the inputs are kept.
x = random.normal(size=(ROWS, COLUMNS)).astype(np.float32).round(4).astype(np.float64)
point = np.array([[0.5, -1.0, 0.25]])
score = x @ [1.0, -0.7, 0.2]


def case(kind, y, estimator, ridge):
    def fitted(rows):
        return estimator().fit(x[rows], y[rows])

    def said(model):
        return (model.predict_proba(point) if kind == "classes" else model.predict(point)).ravel()

    whole = fitted(np.arange(ROWS))
    without = [said(fitted(np.delete(np.arange(ROWS), i))).tolist() for i in range(ROWS)]
    # [columns + 1, outputs], the biases last.
    weights = np.vstack([np.atleast_2d(whole.coef_).T, np.atleast_1d(whole.intercept_)[None, :]])
    return {
        "kind": kind,
        "y": y.tolist(),
        "ridge": ridge,
        "outputs": weights.shape[1],
        "weights": weights.ravel().tolist(),
        "said": said(whole).tolist(),
        "without": without,
    }


def logistic(c):
    return lambda: LogisticRegression(C=c, tol=1e-10, max_iter=10_000)


binary = (score + random.logistic(size=ROWS) > 0).astype(int)
three = np.digitize(score + random.logistic(size=ROWS), [-0.8, 0.8])
values = np.round(score + random.normal(size=ROWS), 6)
print(
    json.dumps(
        {
            "x": x.tolist(),
            "point": point.ravel().tolist(),
            "cases": [
                case("classes", binary, logistic(1.0), 1.0),
                case("classes", three, logistic(0.5), 2.0),
                case("values", values, lambda: Ridge(alpha=2.0, solver="cholesky"), 2.0),
            ],
        }
    )
)
