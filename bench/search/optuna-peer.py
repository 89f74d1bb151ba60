"""Optuna answers for a study, one JSON line at a time, so that both sides search the very same objective.

in:  {"space": {...}, "direction": "minimize", "sampler": "tpe", "seed": 1, "trials": 100}, then {"value": 0.5} for each trial
out: {"params": {...}} for each trial, then {"seconds": ...}: the time inside of Optuna
"""
import json
import sys
import time
import warnings

import optuna

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def distribution(spec):
    if "choice" in spec:
        return optuna.distributions.CategoricalDistribution(spec["choice"])
    kind, make = ("int", optuna.distributions.IntDistribution) if "int" in spec else ("float", optuna.distributions.FloatDistribution)
    low, high = spec[kind]
    options = {"log": spec.get("log", False)}
    if "step" in spec:
        options["step"] = spec["step"]
    return make(low, high, **options)


def suggest(trial, name, spec):
    d = distribution(spec)
    if isinstance(d, optuna.distributions.CategoricalDistribution):
        return trial.suggest_categorical(name, d.choices)
    method = trial.suggest_int if "int" in spec else trial.suggest_float
    return method(name, d.low, d.high, step=d.step if d.step else (1 if "int" in spec else None), log=d.log)


def configure(trial, space):
    params = {}
    for name, spec in space.items():
        met = all(params.get(p) in (v if isinstance(v, list) else [v]) for p, v in spec.get("when", {}).items())
        if met:
            params[name] = suggest(trial, name, spec)
    return params


def run(job):
    conditional = any("when" in spec for spec in job["space"].values())
    if job["sampler"] == "random":
        sampler = optuna.samplers.RandomSampler(seed=job["seed"])
    else:
        sampler = optuna.samplers.TPESampler(seed=job["seed"], **({"group": True, "multivariate": True} if conditional else {}))
    study = optuna.create_study(direction=job["direction"], sampler=sampler)
    seconds = 0.0
    for _ in range(job["trials"]):
        start = time.perf_counter()
        trial = study.ask()
        params = configure(trial, job["space"])
        seconds += time.perf_counter() - start
        print(json.dumps({"params": params}), flush=True)
        value = json.loads(sys.stdin.readline())["value"]
        start = time.perf_counter()
        study.tell(trial, value)
        seconds += time.perf_counter() - start
    print(json.dumps({"seconds": seconds}), flush=True)


print(json.dumps({"version": optuna.__version__}), flush=True)
for line in iter(sys.stdin.readline, ""):
    run(json.loads(line))
