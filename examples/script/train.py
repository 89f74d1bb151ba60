"""Fits a small network to a noisy sine by gradient descent, in plain Python. Vitrine gives the configuration as --name value."""

import argparse
import json
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--learning_rate", type=float, required=True)
parser.add_argument("--momentum", type=float, required=True)
parser.add_argument("--hidden", type=int, required=True)
parser.add_argument("--activation", choices=["tanh", "relu"], required=True)
parser.add_argument("--epochs", type=int, required=True)
options = parser.parse_args()

rng = random.Random(1)
points = [(x / 20 - 1, math.sin(3 * (x / 20 - 1)) + rng.gauss(0, 0.1)) for x in range(41)]
training, validation = points[::2], points[1::2]

if options.activation == "tanh":
    activate, slope = math.tanh, lambda y: 1 - y * y
else:
    activate, slope = lambda z: max(0.0, z), lambda y: 1.0 if y > 0 else 0.0

# Three weights a hidden unit (input, bias, output) and the bias of the output.
units = [[rng.gauss(0, 2), rng.gauss(0, 1), rng.gauss(0, 0.5)] for _ in range(options.hidden)]
speeds = [[0.0, 0.0, 0.0] for _ in units]
bias = bias_speed = 0.0


def predict(x):
    return bias + sum(v * activate(w * x + b) for w, b, v in units)


def validation_loss():
    return sum((predict(x) - y) ** 2 for x, y in validation) / len(validation)


for epoch in range(1, options.epochs + 1):
    for x, y in training:
        error = predict(x) - y
        for unit, speed in zip(units, speeds):
            w, b, v = unit
            hidden = activate(w * x + b)
            back = error * v * slope(hidden)
            for i, gradient in enumerate((back * x, back, error * hidden)):
                speed[i] = options.momentum * speed[i] - options.learning_rate * gradient
                unit[i] += speed[i]
        bias_speed = options.momentum * bias_speed - options.learning_rate * error
        bias += bias_speed
    # What the search sees while it runs: a hopeless run is ended early.
    print(json.dumps({"step": epoch, "loss": validation_loss()}))

print(json.dumps({"metrics": {"loss": validation_loss(), "weights": 3 * options.hidden + 1}}))
