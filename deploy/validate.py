"""validate.py KINDS FILE: fails unless the file has objects of just these kinds, each as Kubernetes wants it."""

import sys

import kubernetes_validate
import yaml

KUBERNETES = "1.34"
FOREIGN = {"ServiceMonitor": {"selector", "endpoints"}}  # kind -> fields that its operator requires


def problems(thing):
    """What is wrong with one object."""
    kind = thing["kind"]
    if kind in FOREIGN:
        missing = FOREIGN[kind] - thing["spec"].keys()
        return [f"{kind}: {field} is missing" for field in missing]
    try:
        kubernetes_validate.validate(thing, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as wrong:
        return [f"{kind}: {wrong.message}"]
    return []


def main(kinds, path):
    with open(path, encoding="utf-8") as file:
        things = [thing for thing in yaml.safe_load_all(file) if thing]
    found = sorted(thing["kind"] for thing in things)
    if found != sorted(kinds.split(",")):
        sys.exit(f"it gives {found}")
    wrong = [problem for thing in things for problem in problems(thing)]
    if wrong:
        sys.exit("; ".join(wrong))


main(*sys.argv[1:])
