"""Makes pruning-path.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python pruning-path.golden.py > pruning-path.golden.json
Values repeat, but no two splits gain the same: ties would be broken by each side's own rule."""
import json
import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

rng = np.random.default_rng(5)


def case(name, classes, rows=160):
    x = np.round(rng.normal(size=(rows, 3)) * 3, 1)
    score = x @ [1, -0.5, 0.2] + np.sin(x[:, 0] * 2) * 2 + rng.normal(size=rows)
    y = score if classes == 0 else np.digitize(score, np.quantile(score, np.arange(1, classes) / classes))
    weight = rng.integers(1, 1000, size=rows) / 100
    model = DecisionTreeRegressor if classes == 0 else DecisionTreeClassifier
    options = {"min_weight_fraction_leaf": 8 / weight.sum(), "random_state": 0}
    path = model(**options).cost_complexity_pruning_path(x, y, sample_weight=weight)
    # A strength is the impurity of all rows that a leaf saves, by their weight.
    leaves = [model(**options, ccp_alpha=a * (1 + 1e-9)).fit(x, y, sample_weight=weight).get_n_leaves() for a in path.ccp_alphas]
    return {"name": name, "classes": classes, "columns": x.T.tolist(), "truth": y.tolist(), "weights": weight.tolist(),
            "minLeafRows": 8, "strengths": (path.ccp_alphas * weight.sum()).tolist(), "leaves": [int(n) for n in leaves]}


print(json.dumps([case("values", 0), case("two classes", 2), case("three classes", 3)]))
