"""Best and median of many runs and the process's peak memory, printed as one JSON line that bench/compare.py reads."""
import json
import resource
import sys
import time


def measure(name, action, seconds, out=sys.stdout):
    for _ in range(5):
        action()
    times = []
    start = time.perf_counter()
    while len(times) < 10 or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        action()
        times.append(time.perf_counter() - before)
    times.sort()
    # Linux counts in kilobytes.
    peak = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"name": name, "best_seconds": times[0], "median_seconds": times[len(times) // 2], "peak_bytes": peak}), file=out, flush=True)
