"""Makes fixtures/torch.onnx: a PyTorch network of two heads as torch.onnx.export writes it, with what PyTorch predicts (fixtures/torch.json).

Run with the packages of `requirements` (torch 2.15.0, onnxscript 0.7.2, onnx 1.23.2, numpy 2.4.6):
    python make-torch-fixture.py
"""
import json
import os

import onnx
import torch
from torch import nn

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
torch.manual_seed(0)
torch.set_num_threads(1)


class TwoHeads(nn.Module):
    """Logits of three classes, and the hidden units beside them."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 8), nn.LayerNorm(8), nn.GELU(), nn.Linear(8, 8), nn.SiLU())
        self.head = nn.Linear(8, 3)

    def forward(self, x):
        hidden = self.body(x)
        return self.head(hidden), hidden


with open(os.path.join(folder, "expected.json")) as file:
    rows = json.load(file)
x = torch.tensor([rows["a"], rows["b"]]).T.contiguous()
names = ["high", "low", "middle"]
truth = torch.tensor([names.index(name) for name in rows["three"]])
network = TwoHeads()
optimizer = torch.optim.Adam(network.parameters(), lr=0.03)
for _ in range(100):
    optimizer.zero_grad()
    nn.functional.cross_entropy(network(x)[0], truth).backward()
    optimizer.step()
network.eval()
path = os.path.join(folder, "torch.onnx")
torch.onnx.export(
    network, (x[:4],), path, input_names=["x"], output_names=["logits", "hidden"],
    dynamic_shapes={"x": {0: torch.export.Dim("batch")}}, opset_version=18, external_data=False, verbose=False,
)
# What differs from machine to machine: the places in the source that nodes come from.
model = onnx.load(path)
for each in [*model.graph.node, *model.graph.input, *model.graph.output, *model.graph.value_info, *model.graph.initializer]:
    del each.metadata_props[:]
onnx.save(model, path)
with torch.no_grad():
    chances = torch.softmax(network(x)[0].double(), dim=1)
with open(os.path.join(folder, "torch.json"), "w") as file:
    json.dump({"torch": torch.__version__, "predictions": [round(value, 7) for value in chances.ravel().tolist()]}, file)
