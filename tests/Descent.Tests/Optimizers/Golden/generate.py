"""Golden rows of the rules that PyTorch has, computed by PyTorch in double.

Run:   python3 generate.py      (needs torch; Debian: apt install python3-torch). Writes sgd.tsv, rmsprop.tsv, ... beside itself.
Rows:  name, hyperparameters (Descent's names; the others are at their defaults), problem, schedule, step, source, parameters after that step with
17 digits. The schedule is constant, or inverse: the learning rate is multiplied by 1/(1 + 0.1 t) after t steps.
A row that fails is never regenerated to quiet a test: either the rule is wrong, or PyTorch has changed and the new form is a rule of its own.
"""
import math
import pathlib
import warnings

warnings.filterwarnings("ignore")
import torch

# PyTorch keeps NAdam's product of momenta and ASGD's rate in tensors of the default type.
torch.set_default_dtype(torch.float64)
STEPS = 25
RECORDED = (1, 2, 5, 25)
SCHEDULES = {"constant": lambda t: 1.0, "inverse": lambda t: 1 / (1 + 0.1 * t)}


def drift(w, t):
    return [0.5 * math.sin(0.37 * k + 0.11 * t) + 0.1 * w[k] for k in range(20)]


def rosenbrock(w, t):
    x, y = w
    r = y - x * x
    return [-2 * (1 - x) - 400 * x * r, 200 * r]


PROBLEMS = {
    "drift": (drift, [-0.4 + k / 19 for k in range(20)], (4, 5)),
    "rosenbrock": (rosenbrock, [-1.2, 1.0], (1, 2)),
}

# rule: (class, what is fixed there, our names to PyTorch's, defaults, rows); a row is (hyperparameters, problem[, schedule]).
BETAS = {"beta1", "beta2"}
RULES = {
    "sgd": ("SGD", {}, {"learning_rate": "lr"}, {"learning_rate": 1e-3}, [
        ({"learning_rate": 0.1}, "drift"),
        ({"learning_rate": 0.0005}, "rosenbrock"),
        ({"learning_rate": 0.05, "momentum": 0.9}, "drift"),
        ({"learning_rate": 0.0001, "momentum": 0.9}, "rosenbrock"),
        ({"learning_rate": 0.05, "momentum": 0.9, "dampening": 0.5}, "drift"),
        ({"learning_rate": 0.0002, "momentum": 0.8, "dampening": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}, "drift"),
        ({"learning_rate": 0.0001, "momentum": 0.9, "nesterov": True}, "rosenbrock"),
        ({"learning_rate": 0.05, "momentum": 0.9}, "drift", "inverse"),
        ({"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}, "drift", "inverse"),
        ({"learning_rate": 0.1, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "momentum": 0.9, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "momentum": 0.9, "dampening": 0.5, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "momentum": 0.9, "nesterov": True, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.0001, "momentum": 0.9, "nesterov": True, "weight_decay": 2}, "rosenbrock"),
    ]),
    "rmsprop": ("RMSprop", {}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.02, "alpha": 0.9}, "drift"),
        ({"learning_rate": 0.02, "alpha": 0.9, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.02, "alpha": 0.9, "epsilon": 0.05, "centered": True}, "drift"),
        ({"learning_rate": 0.02, "alpha": 0.9, "epsilon": 2, "centered": True}, "rosenbrock"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 0.05, "momentum": 0.8}, "drift"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 2, "momentum": 0.8}, "rosenbrock"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 0.05, "centered": True, "momentum": 0.8}, "drift"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 0.05, "momentum": 0.8}, "drift", "inverse"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 0.05, "centered": True, "momentum": 0.8}, "drift", "inverse"),
        ({"learning_rate": 0.02, "alpha": 0.9, "epsilon": 0.05, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 0.05, "centered": True, "momentum": 0.8, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.005, "alpha": 0.9, "epsilon": 0.05, "momentum": 0.8, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.02, "alpha": 0.9, "epsilon": 0.05, "centered": True, "weight_decay": 0.3}, "drift"),
    ]),
    "adam": ("Adam", {}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.05, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "adamw": ("AdamW", {}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.05, "weight_decay": 0}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.05, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "amsgrad": ("Adam", {"amsgrad": True}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.8, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 0.05, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "adagrad": ("Adagrad", {}, {"learning_rate": "lr", "epsilon": "eps", "initial_accumulator": "initial_accumulator_value"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.1, "epsilon": 2}, "rosenbrock"),
        ({"learning_rate": 0.05, "lr_decay": 0.2}, "drift"),
        ({"learning_rate": 0.05, "initial_accumulator": 0.3}, "drift"),
        ({"learning_rate": 0.05, "lr_decay": 0.2, "weight_decay": 0.3, "initial_accumulator": 0.3, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.1, "lr_decay": 0.2, "weight_decay": 2, "initial_accumulator": 0.3, "epsilon": 2}, "rosenbrock"),
        ({"learning_rate": 0.05, "lr_decay": 0.2, "epsilon": 0.05}, "drift", "inverse"),
    ]),
    # Without foreach, PyTorch 1 multiplies one momentum twice into NAdam's product (mended in 2.0, pull request 92699).
    "nadam": ("NAdam", {"foreach": True}, {"learning_rate": "lr", "epsilon": "eps"}, {"learning_rate": 2e-3}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "momentum_decay": 0}, "drift"),
        ({"learning_rate": 0.05, "momentum_decay": 0.5, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.9, "momentum_decay": 1, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3, "decoupled_weight_decay": True}, "drift", "inverse"),
    ]),
    "radam": ("RAdam", {}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({"learning_rate": 0.0002}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.95}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.0005, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta2": 0.6}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3, "decoupled_weight_decay": True}, "drift", "inverse"),
    ]),
    "adadelta": ("Adadelta", {}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.5, "rho": 0.8, "epsilon": 0.001}, "drift"),
        ({"epsilon": 0.01, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.1, "rho": 0.7, "epsilon": 0.001, "weight_decay": 0.3}, "rosenbrock"),
        ({"rho": 0.8, "epsilon": 0.001, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "adamax": ("Adamax", {}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({}, "rosenbrock"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.7, "epsilon": 0.05, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    # No row with the schedule: after the first step PyTorch's learning rate changes nothing.
    "rprop": ("Rprop", {}, {"learning_rate": "lr"}, {}, [
        ({}, "drift"),
        ({"learning_rate": 0.002}, "rosenbrock"),
        ({"learning_rate": 0.05, "eta_minus": 0.3, "eta_plus": 1.4}, "drift"),
        ({"learning_rate": 0.02, "eta_minus": 0.6, "step_size_max": 0.04}, "drift"),
        ({"learning_rate": 0.02, "eta_minus": 0.2, "eta_plus": 1.05, "step_size_min": 0.00095}, "rosenbrock"),
    ]),
    # No row with the schedule either: PyTorch's acts one step late.
    "asgd": ("ASGD", {}, {"learning_rate": "lr", "lambda": "lambd"}, {}, [
        ({}, "drift"),
        ({"learning_rate": 0.0003}, "rosenbrock"),
        ({"learning_rate": 0.1, "lambda": 0.5}, "drift"),
        ({"learning_rate": 0.1, "lambda": 0.5, "alpha": 0.3, "t0": 10, "weight_decay": 0.3}, "drift"),
        ({"learning_rate": 0.0003, "lambda": 20, "alpha": 1.5, "weight_decay": 2}, "rosenbrock"),
    ]),
    # Forms of other libraries and of papers that PyTorch's classes give once learning rate and epsilon are set anew for every step, see FORMS.
    "adamw-independent": ("AdamW", {}, {"learning_rate": "lr", "epsilon": "eps"}, {"weight_decay": 1e-5}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.02}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.02}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.02}, "drift", "inverse"),
    ]),
    "adam-keras": ("Adam", {}, {"learning_rate": "lr", "epsilon": "eps"}, {"epsilon": 1e-7}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "amsgrad-paper": ("Adam", {"amsgrad": True}, {"learning_rate": "lr", "epsilon": "eps"}, {}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.8, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
    "nadam-keras": ("NAdam", {"foreach": True, "momentum_decay": 1}, {"learning_rate": "lr", "epsilon": "eps"},
                    {"learning_rate": 1e-3, "epsilon": 1e-7}, [
        ({}, "drift"),
        ({"learning_rate": 0.05, "epsilon": 0.05}, "drift"),
        ({"learning_rate": 0.05, "beta1": 0.8, "beta2": 0.9, "epsilon": 2, "weight_decay": 0.3}, "rosenbrock"),
        ({"learning_rate": 0.05, "epsilon": 0.05, "weight_decay": 0.3}, "drift", "inverse"),
    ]),
}
DECOUPLED = {"adam-keras", "nadam-keras"}


def uncorrected_epsilon(group, epsilon, t):
    group["eps"] = epsilon / math.sqrt(1 - group["betas"][1] ** t)


def no_correction(group, epsilon, t):
    first, second = (1 - beta ** t for beta in group["betas"])
    group["lr"] *= first / math.sqrt(second)
    group["eps"] = epsilon / math.sqrt(second)


# What is set anew before step t = 1, 2, ...; lr already holds the scheduled rate.
FORMS = {"adam-keras": uncorrected_epsilon, "amsgrad-paper": no_correction}


def arguments(given, names, defaults):
    """Our hyperparameters as PyTorch's keyword arguments; pairs are made of beta1 and beta2, and the like."""
    result = {names.get(key, key): value for key, value in {**defaults, **given}.items() if key not in BETAS}
    pairs = {"etas": ("eta_minus", "eta_plus", 0.5, 1.2), "step_sizes": ("step_size_min", "step_size_max", 1e-6, 50)}
    for name, (low, high, *standard) in pairs.items():
        if {low, high} & result.keys():
            result[name] = (result.pop(low, standard[0]), result.pop(high, standard[1]))
    if BETAS & given.keys():
        result["betas"] = (given.get("beta1", 0.9), given.get("beta2", 0.999))
    return result


def iterates(rule, given, problem, schedule):
    class_name, fixed, names, defaults, _ = RULES[rule]
    gradient, start, shape = PROBLEMS[problem]
    given = dict(given)
    # PyTorch 1 has no switch for it in NAdam and RAdam; PyTorch 2 does just this before the step.
    decay = given.pop("weight_decay", 0) if given.pop("decoupled_weight_decay", rule in DECOUPLED) else 0
    if rule == "adamw-independent":
        # AdamW removes lr times its decay.
        given["weight_decay"] = given.get("weight_decay", 1e-5) / given.get("learning_rate", 1e-3)
    w = torch.tensor(start, dtype=torch.float64).reshape(shape).requires_grad_()
    optimizer = getattr(torch.optim, class_name)([w], **{"foreach": False, **fixed}, **arguments(given, names, defaults))
    rate, epsilon = optimizer.param_groups[0]["lr"], optimizer.param_groups[0].get("eps")
    for t in range(STEPS):
        optimizer.param_groups[0]["lr"] = rate * SCHEDULES[schedule](t)
        w.grad = torch.tensor(gradient(w.detach().flatten().tolist(), t), dtype=torch.float64).reshape(shape)
        w.data.mul_(1 - optimizer.param_groups[0]["lr"] * decay)
        if rule in FORMS:
            FORMS[rule](optimizer.param_groups[0], epsilon, t + 1)
        optimizer.step()
        if t + 1 in RECORDED:
            yield t + 1, w.detach().flatten().tolist()


def text(value):
    return str(value).lower() if isinstance(value, bool) else repr(value)


def main():
    for rule, (class_name, fixed, _, _, rows) in RULES.items():
        switches = "".join(f" {key}={value}" for key, value in fixed.items())
        source = f"torch {torch.__version__} {class_name}{switches}"
        with open(pathlib.Path(__file__).parent / f"{rule}.tsv", "w", newline="\n") as file:
            file.write("# name\thyperparameters\tproblem\tschedule\tstep\tsource\tparameters\n")
            for given, problem, schedule in ((*row, "constant")[:3] for row in rows):
                settings = " ".join(f"{key}={text(value)}" for key, value in given.items())
                for step, parameters in iterates(rule, given, problem, schedule):
                    numbers = " ".join(f"{x:.17g}" for x in parameters)
                    file.write(f"{rule}\t{settings}\t{problem}\t{schedule}\t{step}\t{source}\t{numbers}\n")


main()
