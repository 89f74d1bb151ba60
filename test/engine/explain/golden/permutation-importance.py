"""Makes permutation-importance.golden.json. Pinned: scikit-learn==1.9.1, numpy==2.4.6 (Python 3.11).

python -m venv PLACE && PLACE/bin/pip install scikit-learn==1.9.1 numpy==2.4.6
PLACE/bin/python permutation-importance.py > permutation-importance.golden.json
"""
import json

import numpy as np
from sklearn.datasets import load_diabetes, load_iris
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression

REPEATS = 200


def case(estimator, data, scoring):
    x, y = data.data, data.target
    estimator.fit(x, y)
    found = permutation_importance(estimator, x, y, scoring=scoring, n_repeats=REPEATS, random_state=0)
    return {
        "columns": list(data.feature_names),
        "x": np.round(x, 12).tolist(),
        "y": y.tolist(),
        "coefficients": np.atleast_2d(estimator.coef_).tolist(),
        "intercepts": np.atleast_1d(estimator.intercept_).tolist(),
        "repeats": REPEATS,
        "importance": found.importances_mean.tolist(),
        "deviation": found.importances_std.tolist(),
    }


golden = {
    "regression": case(LinearRegression(), load_diabetes(), "neg_root_mean_squared_error"),
    "multiclass": case(LogisticRegression(max_iter=1000), load_iris(), "neg_log_loss"),
}
print(json.dumps(golden))
