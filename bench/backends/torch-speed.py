"""Training steps a second of the bench's networks in PyTorch on the CPU, by the clock and by CPU time. Prints one JSON line. Arguments: threads, seconds."""

import json
import sys
import time

import torch
from torch import nn

threads, seconds = int(sys.argv[1]), float(sys.argv[2])
if threads > 0:
    torch.set_num_threads(threads)
torch.manual_seed(1)


def perceptron(*widths):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers += [nn.Linear(a, b)] + ([nn.ReLU()] if i < len(widths) - 2 else [])
    return nn.Sequential(*layers)


convolutions = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(32 * 7 * 7, 10),
)
cases = {
    "perceptron": (perceptron(64, 256, 256, 10), (128, 64), 10),
    "tiny": (perceptron(10, 16, 2), (32, 10), 2),
    "convolution": (convolutions, (128, 1, 28, 28), 10),
}

speeds = {}
for name, (network, shape, classes) in cases.items():
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001, fused=True)
    x, target = torch.randn(shape), torch.arange(shape[0]) % classes
    loss = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(network(x), target).backward()
        optimizer.step()

    for _ in range(5):
        step()
    start, cpu, steps = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - start < seconds:
        step()
        steps += 1
    speeds[name] = {"wall": steps / (time.perf_counter() - start), "cpu": steps / (time.process_time() - cpu)}
print(json.dumps({"version": torch.__version__, "speeds": speeds}))
