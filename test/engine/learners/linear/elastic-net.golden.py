"""Makes elastic-net.golden.json with scikit-learn 1.9.1 and numpy 2.4.6: python elastic-net.golden.py > elastic-net.golden.json
Inputs are standardised, and for logistic regression bent by x / sqrt(1 + (x/3)^2), as Vitrine's encoder does; targets are standardised
for the elastic net, whose penalty Vitrine counts in units of the target's deviation."""
import json
import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge

rng = np.random.default_rng(5)


def inputs(x):
    return (x - x.mean(axis=0)) / x.std(axis=0)


def bent(x):
    z = inputs(x)
    return z / np.sqrt(1 + (z / 3) ** 2)


def fitted(learner, params, x, y, weights):
    if learner == "ridge":
        model = Ridge(alpha=params["alpha"]).fit(inputs(x), y, sample_weight=weights)
        return model.coef_, model.predict(inputs(x))
    if learner == "elastic_net":
        mean = np.average(y, weights=weights)
        deviation = np.sqrt(np.average((y - mean) ** 2, weights=weights))
        model = ElasticNet(alpha=params["alpha"], l1_ratio=params["l1_ratio"], tol=1e-14, max_iter=1000000)
        model.fit(inputs(x), (y - mean) / deviation, sample_weight=weights)
        return model.coef_ * deviation, model.predict(inputs(x)) * deviation + mean
    model = LogisticRegression(C=params["C"], l1_ratio=params["l1_ratio"], solver="saga", tol=1e-12, max_iter=200000)
    model.fit(bent(x), y, sample_weight=weights)
    return model.coef_.T, model.predict_proba(bent(x))


def case(name, learner, classes, params, weighted=False, rows=80):
    x = rng.normal(size=(rows, 6))
    x[:, 1] += x[:, 0]
    x = np.round(x * [1, 10, 0.1, 5, 1, 1] + [0, 3, 0, -2, 0, 9], 3)
    score = x @ [1, 0.1, -8, 0, 0, 0] + rng.normal(size=rows)
    weights = np.round(rng.uniform(0.2, 2, size=rows), 2)
    weights = weights / weights.mean() if weighted else None
    y = np.digitize(score, np.quantile(score, np.arange(1, classes) / classes)) if classes else np.round(score * 3 + 20, 3)
    coefficients, prediction = fitted(learner, params, x, y, weights)
    numbers = lambda values: [round(float(v), 9) for v in np.ravel(values)]
    return {"name": name, "learner": learner, "classes": classes, "params": params, "columns": x.T.tolist(), "truth": y.tolist(),
            **({"weights": weights.tolist()} if weighted else {}), "coefficients": numbers(coefficients),
            "prediction": numbers(prediction)}


print(json.dumps([
    case("elastic net", "elastic_net", 0, {"alpha": 0.05, "l1_ratio": 0.5}),
    case("lasso", "elastic_net", 0, {"alpha": 0.1, "l1_ratio": 1.0}),
    case("elastic net of weighted rows", "elastic_net", 0, {"alpha": 0.01, "l1_ratio": 0.3}, weighted=True),
    case("ridge of weighted rows", "ridge", 0, {"alpha": 10.0}, weighted=True),
    case("two classes, elastic net", "logistic", 2, {"C": 0.3, "l1_ratio": 0.5}),
    case("two classes, L1", "logistic", 2, {"C": 0.2, "l1_ratio": 1.0}),
    case("three classes, elastic net", "logistic", 3, {"C": 0.3, "l1_ratio": 0.5}),
    case("three classes of weighted rows", "logistic", 3, {"C": 1.0, "l1_ratio": 0.1}, weighted=True),
]))
