"""DEHB answers for a study whose resource is shared out, one JSON line at a time, so that both sides search the very same objective.

in:  {"space": {...}, "min": 3, "max": 100, "seed": 1, "trials": 300}, then {"value": 0.5} for each trial
out: {"params": {...}, "fidelity": 3.7} for each trial, then {"seconds": ...}: the time inside of DEHB
"""
import importlib.metadata
import json
import sys
import tempfile
import time
import warnings

import ConfigSpace
from dehb import DEHB

warnings.filterwarnings("ignore")


def space_of(spec, seed):
    space = ConfigSpace.ConfigurationSpace(seed=seed)
    for name, parameter in spec.items():
        if "choice" in parameter:
            space.add(ConfigSpace.CategoricalHyperparameter(name, parameter["choice"]))
        else:
            low, high = parameter["float"]
            space.add(ConfigSpace.UniformFloatHyperparameter(name, low, high))
    return space


def plain(value):
    return value.item() if hasattr(value, "item") else value


def run(job):
    space = space_of(job["space"], job["seed"])
    with tempfile.TemporaryDirectory() as folder:
        dehb = DEHB(
            f=None,
            cs=space,
            dimensions=len(job["space"]),
            min_fidelity=job["min"],
            max_fidelity=job["max"],
            n_workers=1,
            seed=job["seed"],
            save_freq="end",
            output_path=folder,
            log_level="ERROR",
        )
        seconds = 0.0
        for _ in range(job["trials"]):
            start = time.perf_counter()
            asked = dehb.ask()
            seconds += time.perf_counter() - start
            params = {name: plain(value) for name, value in dict(asked["config"]).items()}
            print(json.dumps({"params": params, "fidelity": plain(asked["fidelity"])}), flush=True)
            value = json.loads(sys.stdin.readline())["value"]
            start = time.perf_counter()
            dehb.tell(asked, {"fitness": value, "cost": asked["fidelity"]})
            seconds += time.perf_counter() - start
    print(json.dumps({"seconds": seconds}), flush=True)


print(json.dumps({"version": importlib.metadata.version("dehb")}), flush=True)
for line in iter(sys.stdin.readline, ""):
    run(json.loads(line))
