"""Golden rows of rules that hand parameters to another rule, wrap one, or take the gradient again: PyTorch's own optimizers, in double, in the loops
that the papers describe.

Run:   python3 generate_composed.py      (needs torch; Debian: apt install python3-torch). Writes muon.tsv, ... beside itself.
Columns as in generate.py; where the same run in single precision is more than 2e-6 away from that in double, an eighth column says ten times how far, as
float_tolerance.
"""
import math
import pathlib
import warnings

warnings.filterwarnings("ignore")
import torch

STEPS = 25
RECORDED = (1, 2, 5, 25)
SCHEDULES = {"constant": lambda t: 1.0, "inverse": lambda t: 1 / (1 + 0.1 * t)}
START = [-0.4 + k / 19 for k in range(20)]
K = torch.arange(20, dtype=torch.float64)


def drift(w, t):
    return (0.5 * torch.sin(0.37 * K + 0.11 * t) * w.flatten() + 0.05 * w.flatten() ** 2).sum()


def rosenbrock(w, t):
    x, y = w.flatten()
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def quad20(w, t):
    return ((0.25 + 0.125 * K) * w * w + torch.sin(0.37 * K) * w).sum()


PROBLEMS = {"drift": (drift, START, (4, 5)), "rosenbrock": (rosenbrock, [-1.2, 1.0], (1, 2)), "quad20": (quad20, START, (20,))}


def muon(w, given, loss):
    """A vector is none of Muon's matrices: AdamW moves it."""
    options = {key.removeprefix("adamw_"): value for key, value in given.items() if key.startswith("adamw_")}
    optimizer = torch.optim.AdamW([w], lr=options.get("learning_rate", 3e-4), eps=options.get("epsilon", 1e-10),
                                  betas=(options.get("beta1", 0.9), options.get("beta2", 0.95)), weight_decay=options.get("weight_decay", 0),
                                  foreach=False)
    rate = optimizer.param_groups[0]["lr"]

    def step(t, factor):
        optimizer.param_groups[0]["lr"] = rate * factor
        optimizer.zero_grad()
        loss(t).backward()
        optimizer.step()
    return step


def lbfgs(w, given, loss):
    names = {"max_iterations": "max_iter", "max_evaluations": "max_eval", "tolerance_gradient": "tolerance_grad", "learning_rate": "lr"}
    options = {names.get(key, key): value for key, value in given.items() if key != "line_search"}
    search = {"none": None, "strong-wolfe": "strong_wolfe"}[given.get("line_search", "none")]
    optimizer = torch.optim.LBFGS([w], line_search_fn=search, **options)
    rate = optimizer.param_groups[0]["lr"]

    def step(t, factor):
        def closure():
            optimizer.zero_grad()
            value = loss(t)
            value.backward()
            return value
        optimizer.param_groups[0]["lr"] = rate * factor
        optimizer.step(closure)
    return step


def nesterov_lookahead(w, given, loss):
    """SGD with momentum steps from where it is; the gradient comes from further on, and so does the decay."""
    decay, momentum = given.get("weight_decay", 0), given.get("momentum", 0.9)
    optimizer = torch.optim.SGD([w], lr=given.get("learning_rate", 1e-3), momentum=momentum, foreach=False)
    rate, buffer = optimizer.param_groups[0]["lr"], torch.zeros_like(w)

    def step(t, factor):
        nonlocal buffer
        optimizer.param_groups[0]["lr"] = rate * factor
        here = w.detach().clone()
        w.data -= rate * factor * momentum * buffer
        optimizer.zero_grad()
        loss(t).backward()
        w.grad += decay * w.detach()
        w.data = here
        optimizer.step()
        buffer = optimizer.state[w]["momentum_buffer"].clone()
    return step


def inner(w, given, own):
    """The wrapped rule: SGD, or AdamW under its hyperparameters' names."""
    options = {("lr" if key == "learning_rate" else key): value for key, value in given.items() if key not in own}
    if "epsilon" in options:
        options["eps"] = options.pop("epsilon")
        options["betas"] = (options.pop("beta1", 0.9), options.pop("beta2", 0.999))
        return torch.optim.AdamW([w], foreach=False, **options)
    return torch.optim.SGD([w], foreach=False, **{"lr": 1e-3, **options})


def sharpness_aware(is_adaptive):
    def maker(w, given, loss):
        optimizer, rho = inner(w, given, {"rho"}), given.get("rho", 0.5 if is_adaptive else 0.05)
        rate = optimizer.param_groups[0]["lr"]

        def gradient(t):
            optimizer.zero_grad()
            loss(t).backward()

        def step(t, factor):
            optimizer.param_groups[0]["lr"] = rate * factor
            here = w.detach().clone()
            gradient(t)
            scale = here.abs() if is_adaptive else torch.ones_like(here)
            w.data += rho * scale ** 2 * w.grad / ((scale * w.grad).norm() + 1e-12)
            gradient(t)
            w.data = here
            optimizer.step()
        return step
    return maker


def lookahead(w, given, loss):
    optimizer, k, alpha = inner(w, given, {"k", "alpha"}), given.get("k", 5), given.get("alpha", 0.5)
    rate, slow = optimizer.param_groups[0]["lr"], w.detach().clone()

    def step(t, factor):
        optimizer.param_groups[0]["lr"] = rate * factor
        optimizer.zero_grad()
        loss(t).backward()
        optimizer.step()
        if (t + 1) % k == 0:
            slow.add_(w.detach() - slow, alpha=alpha)
            w.data = slow.clone()
    return step


def ema(w, given, loss):
    """PyTorch's AveragedModel, updated after every step from the first that counts."""
    optimizer = inner(w, given, {"decay", "averaging", "start"})
    rate, decay, start = optimizer.param_groups[0]["lr"], given.get("decay", 0.999), given.get("start", 0)
    model = torch.nn.ParameterList([w])
    mean = (lambda average, now, count: decay * average + (1 - decay) * now) if given.get("averaging") != "uniform" else None
    averaged = torch.optim.swa_utils.AveragedModel(model, avg_fn=mean)

    def step(t, factor):
        optimizer.param_groups[0]["lr"] = rate * factor
        optimizer.zero_grad()
        loss(t).backward()
        optimizer.step()
        if t >= start:
            averaged.update_parameters(model)
            step.shown = averaged.module[0].detach()
        else:
            step.shown = w.detach()
    return step


SGD_ROWS = [
    ({"learning_rate": 0.05}, "drift"),
    ({"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}, "drift", "inverse"),
    ({"learning_rate": 0.05, "momentum": 0.8, "dampening": 0.3, "weight_decay": 0.3}, "drift"),
    ({"learning_rate": 0.0002, "momentum": 0.5, "weight_decay": 2}, "rosenbrock"),
]
ADAMW_ROW = {"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.05, "weight_decay": 0.3}


def rows(*own):
    """Each row of SGD's settings with one of the wrapper's own, in turn."""
    return [({**own[i % len(own)], **given}, *rest) for i, (given, *rest) in enumerate(SGD_ROWS)]


# rule: (what the source column says, step maker, rows); a row is (hyperparameters, problem[, schedule]).
RULES = {
    "muon": ("AdamW", muon, [
        ({}, "quad20"),
        ({"adamw_learning_rate": 0.05, "adamw_beta1": 0.8, "adamw_beta2": 0.9, "adamw_epsilon": 0.05, "adamw_weight_decay": 0.3}, "quad20", "inverse"),
    ]),
    "lbfgs": ("LBFGS", lbfgs, [
        ({}, "quad20"),
        ({"line_search": "strong-wolfe"}, "quad20"),
        ({"line_search": "strong-wolfe"}, "drift"),
        ({"line_search": "strong-wolfe"}, "rosenbrock"),
        ({"learning_rate": 0.5, "history_size": 3, "max_iterations": 2}, "quad20", "inverse"),
        ({"learning_rate": 0.3, "history_size": 2, "max_iterations": 4, "max_evaluations": 3}, "quad20"),
        ({"max_iterations": 3, "max_evaluations": 4, "line_search": "strong-wolfe", "history_size": 2}, "quad20", "inverse"),
        ({"max_iterations": 5, "tolerance_gradient": 0.3}, "quad20"),
        ({"max_iterations": 2, "tolerance_change": 0.01}, "quad20"),
        ({"learning_rate": 0.2, "max_iterations": 1}, "drift"),
        ({"max_iterations": 2, "line_search": "strong-wolfe"}, "rosenbrock"),
        ({"max_iterations": 2, "line_search": "strong-wolfe", "learning_rate": 5}, "quad20", "inverse"),
    ]),
    "nesterov-lookahead": ("SGD, the gradient taken ahead", nesterov_lookahead, [
        ({}, "drift"),
        ({"learning_rate": 0.0002}, "rosenbrock"),
        ({"learning_rate": 0.05, "momentum": 0.8, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.0001, "momentum": 0.95, "weight_decay": 2}, "rosenbrock", "inverse"),
    ]),
    "sam": ("SGD at the point that SAM finds", sharpness_aware(False), [({}, "drift"), *rows({"rho": 0.3}, {"rho": 0.01})]),
    "sam+adamw": ("AdamW at the point that SAM finds", sharpness_aware(False), [({"rho": 0.2, **ADAMW_ROW}, "drift")]),
    "asam": ("SGD at the point that ASAM finds", sharpness_aware(True), [({}, "drift"), *rows({"rho": 1.5}, {"rho": 0.02})]),
    "lookahead": ("SGD in Lookahead's loop", lookahead, [({}, "drift"), *rows({"k": 2}, {"alpha": 0.8}, {"k": 3, "alpha": 0.3})]),
    "lookahead+adamw": ("AdamW in Lookahead's loop", lookahead, [({"k": 4, "alpha": 0.7, **ADAMW_ROW}, "drift", "inverse")]),
    "ema": ("SGD with AveragedModel", ema, [
        ({}, "drift"), *rows({"decay": 0.8}, {"averaging": "uniform"}, {"decay": 0.9, "start": 3}, {"averaging": "uniform", "start": 1})]),
    "ema+adamw": ("AdamW with AveragedModel", ema, [({"decay": 0.7, **ADAMW_ROW}, "drift", "inverse")]),
}


def iterates(rule, given, problem, schedule, precision=torch.float64):
    function, start, shape = PROBLEMS[problem]
    w = torch.tensor(start, dtype=precision).reshape(shape).requires_grad_()
    step = RULES[rule][1](w, given, lambda t: function(w, t))
    for t in range(STEPS):
        step(t, SCHEDULES[schedule](t))
        if t + 1 in RECORDED:
            yield t + 1, getattr(step, "shown", w.detach()).flatten().tolist()


def text(value):
    return str(value).lower() if isinstance(value, (bool, str)) else repr(value)


def main():
    for rule, (source, _, rows) in RULES.items():
        with open(pathlib.Path(__file__).parent / f"{rule}.tsv", "w", newline="\n") as file:
            file.write("# name\thyperparameters\tproblem\tschedule\tstep\tsource\tparameters\n")
            for given, problem, schedule in ((*row, "constant")[:3] for row in rows):
                settings = " ".join(f"{key}={text(value)}" for key, value in given.items())
                gap = 0
                for (step, parameters), (_, single) in zip(iterates(rule, given, problem, schedule),
                                                           iterates(rule, given, problem, schedule, torch.float32)):
                    gap = max([gap] + [abs(x - y) / max(1, abs(x)) for x, y in zip(parameters, single)])
                    numbers = " ".join(f"{x:.17g}" for x in parameters)
                    tolerance = f"\tfloat_tolerance={10 * gap:.1g}" if gap > 2e-6 else ""
                    file.write(f"{rule}\t{settings}\t{problem}\t{schedule}\t{step}\ttorch {torch.__version__} {source}\t{numbers}{tolerance}\n")


main()
