"""Makes sobol.golden.json with scipy 1.17.1: python sobol.golden.py > sobol.golden.json"""
import json

from scipy.stats import qmc

points = qmc.Sobol(128, scramble=False, bits=32).random(256)
chosen = [0, 1, 2, 3, 4, 5, 6, 7, 31, 100, 255]
print(json.dumps([{"index": i, "point": points[i].tolist()} for i in chosen]))
