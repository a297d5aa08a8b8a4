"""Reference values in 50 digits by mpmath (its own hypergeometric and incomplete functions, and quadrature): python3 generate.py"""
import mpmath as mp

mp.mp.dps = 50


def t_below(t, v):
    t, v = mp.mpf(t), mp.mpf(v)
    density = lambda x: mp.gamma((v + 1) / 2) / mp.sqrt(v * mp.pi) / mp.gamma(v / 2) * (1 + x * x / v) ** (-(v + 1) / 2)
    # From −∞ to t by quadrature: nothing in common with an incomplete beta function.
    return mp.quad(density, [-mp.inf, -50, -5, t] if t > -5 else [-mp.inf, 10 * t, t])


def t_quantile(p, v):
    guess = mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1) * (1 + mp.mpf(3) / v)
    if v == 1:
        return mp.tan(mp.pi * (mp.mpf(p) - mp.mpf(1) / 2))
    return mp.findroot(lambda t: t_below(t, v) - mp.mpf(p), guess, tol=1e-30)


def power(d, n, level):
    """Of the paired t test: 1 − P(|T'| < t), T' noncentral, by its definition as a double integral over Z and χ."""
    v, shift = n - 1, mp.mpf(d) * mp.sqrt(n)
    t = -t_quantile(mp.mpf(level) / 2, v)
    chi = lambda s: 2 * (mp.mpf(v) / 2) ** (mp.mpf(v) / 2) / mp.gamma(mp.mpf(v) / 2) * s ** (v - 1) * mp.exp(-v * s * s / 2)
    return mp.quad(lambda s: chi(s) * (mp.ncdf(shift - t * s) + mp.ncdf(-shift - t * s)), [0, mp.mpf(1) / 4, mp.mpf(1) / 2, 1, 2, 4, mp.inf])


def show(x):
    return mp.nstr(x, 17, min_fixed=0, max_fixed=0)


with open("distributions.tsv", "w") as out:
    for v in (1, 2, 3, 4, 9, 18, 29, 100):
        for t in ("-30", "-4.5", "-2", "-0.5", "0.1", "1.7", "3.3"):
            print("t_below", t, v, show(t_below(t, v)), sep="\t", file=out)
        for p in ("0.0001", "0.025", "0.2", "0.7", "0.975", "0.9995"):
            print("t_quantile", p, v, show(t_quantile(p, v)), sep="\t", file=out)
    for x in ("-9", "-5", "-3.6", "-3.4", "-1", "0.3", "2", "3.7"):
        print("normal_below", x, 0, show(mp.ncdf(mp.mpf(x))), sep="\t", file=out)
    for p in ("1e-12", "0.001", "0.024", "0.3", "0.5", "0.8", "0.975", "0.99999"):
        print("normal_quantile", p, 0, show(mp.sqrt(2) * mp.erfinv(2 * mp.mpf(p) - 1)), sep="\t", file=out)

with open("power.tsv", "w") as out:
    for d in ("0.2", "0.5", "1", "2.5"):
        for n in (2, 3, 5, 10, 30):
            for level in ("0.05", "0.0033333333333333335"):
                print(d, n, level, show(power(d, n, level)), sep="\t", file=out)
