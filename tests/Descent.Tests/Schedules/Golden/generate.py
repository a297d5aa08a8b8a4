"""Golden rows of the schedules that PyTorch has, computed by torch.optim.lr_scheduler in double.

Run:   python3 generate.py      (needs torch 1.13; Debian: apt install python3-torch). Writes schedules.tsv beside itself.
Rows:  schedule, hyperparameters (Descent's names; the others are at their defaults), steps of the training, source, what was measured after each epoch
(reduce-on-plateau alone), the factor at each step with 17 digits: the learning rate where the optimizer's is 1.
"""
import math
import pathlib
import warnings

warnings.filterwarnings("ignore")
import torch
from torch.optim import lr_scheduler as torch_schedules

# A loss that falls, rests, falls again, and a measurement that is not a number.
LOSSES = [2, 1.5, 1.2, 1.2, 1.19999, 1.1999, 1.3, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.0, float("nan"), 1.0, 1.0, 0.999, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
ACCURACIES = [0.1, 0.2, 0.2, 0.2001, 0.20001, 0.2, 0.3, 0.3, 0.3, 0.3, 0.29, 0.31, 0.31, 0.31, 0.31, 0.31, 0.31, 0.31]

# (schedule, Descent's hyperparameters, steps of the training, class, PyTorch's arguments[, steps that are compared])
ROWS = [
    ("step", "every=3 factor=0.5", 12, "StepLR", {"step_size": 3, "gamma": 0.5}),
    ("step", "every=4", 14, "StepLR", {"step_size": 4}),
    ("multi-step", "milestones=[2,5,9] factor=0.3", 12, "MultiStepLR", {"milestones": [2, 5, 9], "gamma": 0.3}),
    ("multi-step", "", 16, "MultiStepLR", {"milestones": [8, 12]}),
    ("exponential", "every=1 factor=0.9", 20, "ExponentialLR", {"gamma": 0.9}),
    ("polynomial", "length=5", 8, "PolynomialLR", {"total_iters": 5}),
    ("polynomial", "power=0.9", 20, "PolynomialLR", {"total_iters": 20, "power": 0.9}),
    ("polynomial", "length=0.5 power=3", 20, "PolynomialLR", {"total_iters": 10, "power": 3}),
    ("linear", "length=5 start_factor=0.3333333333333333 end_factor=1", 8, "LinearLR", {}),
    ("linear", "", 16, "LinearLR", {"start_factor": 1.0, "end_factor": 0.0, "total_iters": 16}),
    ("linear", "length=7 start_factor=0.2 end_factor=0.7", 10, "LinearLR", {"start_factor": 0.2, "end_factor": 0.7, "total_iters": 7}),
    ("cosine", "", 20, "CosineAnnealingLR", {"T_max": 20}),
    ("cosine", "end_factor=0.1", 17, "CosineAnnealingLR", {"T_max": 17, "eta_min": 0.1}),
    # Half the training; behind it PyTorch rises again.
    ("cosine", "length=0.5", 20, "CosineAnnealingLR", {"T_max": 10}, 10),
    ("cosine-restarts", "length=5", 17, "CosineAnnealingWarmRestarts", {"T_0": 5}),
    ("cosine-restarts", "length=3 multiplier=2 end_factor=0.05", 30, "CosineAnnealingWarmRestarts", {"T_0": 3, "T_mult": 2, "eta_min": 0.05}),
    ("cosine-restarts", "", 20, "CosineAnnealingWarmRestarts", {"T_0": 5}),
    ("one-cycle", "", 25, "OneCycleLR", {"max_lr": 1.0, "total_steps": 25}),
    ("one-cycle", "peak=0.45 start_factor=0.1 end_factor=0.001 shape=linear", 30, "OneCycleLR",
        {"max_lr": 1.0, "total_steps": 30, "pct_start": 0.45, "div_factor": 10.0, "final_div_factor": 100.0, "anneal_strategy": "linear"}),
    ("one-cycle", "peak=0.35 three_phases=true", 40, "OneCycleLR", {"max_lr": 1.0, "total_steps": 40, "pct_start": 0.35, "three_phase": True}),
    # The momentum of OneCycleLR, 0.95 at its highest: factors of it.
    ("one-cycle", "start_factor=1 peak_factor=0.8947368421052632 end_factor=1", 25, "OneCycleLR momentum", {"max_lr": 1.0, "total_steps": 25}),
]
# Linear warmup in front: (schedule, hyperparameters, steps, warmup, class, PyTorch's arguments)
WARMUPS = [
    ("cosine", "warmup=4", 20, 4, "CosineAnnealingLR", {"T_max": 16}),
    ("step", "warmup=0.25 every=5", 20, 5, "StepLR", {"step_size": 5}),
    ("exponential", "warmup=1 every=1 factor=0.9", 10, 1, "ExponentialLR", {"gamma": 0.9}),
]
PLATEAUS = [
    ("patience=2 monitor=train_loss", LOSSES, {"patience": 2}),
    ("factor=0.5 patience=1 threshold=0.05 threshold_mode=absolute cooldown=2 minimum_factor=0.2 monitor=validation_loss", LOSSES,
        {"factor": 0.5, "patience": 1, "threshold": 0.05, "threshold_mode": "abs", "cooldown": 2, "min_lr": 0.2}),
    ("factor=0.5 patience=1 cooldown=1 monitor=validation_accuracy", ACCURACIES, {"mode": "max", "factor": 0.5, "patience": 1, "cooldown": 1}),
    ("factor=0.5 patience=0 threshold=0.01 threshold_mode=absolute monitor=train_accuracy", ACCURACIES,
        {"mode": "max", "factor": 0.5, "patience": 0, "threshold": 0.01, "threshold_mode": "abs"}),
]


def optimizer():
    return torch.optim.SGD([torch.zeros(1, dtype=torch.float64, requires_grad=True)], lr=1.0, momentum=0.95)


def factors(name, arguments, steps, warmup=0):
    rule = optimizer()
    name, _, what = name.partition(" ")
    before = [torch_schedules.LinearLR(rule, 1 / (warmup + 1), 1.0, warmup)] if warmup else []
    schedule = getattr(torch_schedules, name)(rule, **arguments)
    if before:
        schedule = torch_schedules.SequentialLR(rule, [*before, schedule], [warmup])
    result = []
    for _ in range(steps):
        group = rule.param_groups[0]
        result.append(group["momentum"] / 0.95 if what else group["lr"])
        rule.step()
        if len(result) < steps:
            schedule.step()
    return result


def plateau(arguments, measured):
    rule = optimizer()
    schedule = torch_schedules.ReduceLROnPlateau(rule, **arguments)
    result = []
    for value in measured:
        result.append(rule.param_groups[0]["lr"])
        schedule.step(value)
    return result


def text(values):
    return " ".join("NaN" if math.isnan(x) else f"{x:.17g}" for x in values)


source = f"torch {torch.__version__}"
with open(pathlib.Path(__file__).with_name("schedules.tsv"), "w", encoding="utf-8") as out:
    out.write("# schedule\thyperparameters\tsteps\tsource\tmeasured after each epoch\tfactor at each step\n")
    for schedule, settings, steps, name, arguments, *compared in ROWS:
        out.write("\t".join([schedule, settings, str(steps), f"{source} {name}", "", text(factors(name, arguments, (compared or [steps])[0]))]) + "\n")
    for schedule, settings, steps, warmup, name, arguments in WARMUPS:
        out.write("\t".join([schedule, settings, str(steps), f"{source} LinearLR, {name}", "",
            text(factors(name, arguments, steps, warmup))]) + "\n")
    for settings, measured, arguments in PLATEAUS:
        out.write("\t".join(["reduce-on-plateau", settings, str(len(measured)), f"{source} ReduceLROnPlateau", text(measured),
            text(plateau(arguments, measured))]) + "\n")
