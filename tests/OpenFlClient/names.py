"""What the original calls federation and aggregator: a hash of the plan as PyYAML prints it."""

import hashlib
import os
import sys

import yaml


def merged(path):
    """The plan with its defaults files, which are looked for beside the plan's folder."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(path)))
    with open(path) as file:
        plan = yaml.safe_load(file)
    for section in plan.values():
        if section.get("settings") is None:
            section["settings"] = {}
    for name in sorted(plan):
        defaults = plan[name].pop("defaults", None)
        if defaults is not None:
            with open(os.path.join(root, defaults)) as file:
                below = yaml.safe_load(file)
            if "settings" in below:
                plan[name]["settings"] = {**below["settings"], **plan[name]["settings"]}
            plan[name] = {**below, **plan[name]}
    return plan


def of_plan(path):
    digest = hashlib.sha384(yaml.dump(merged(path)).encode()).hexdigest()
    federation = f"{os.path.basename(path)}_{digest[:8]}"
    return federation, f"aggregator_{federation}"


def target(path):
    """Where the aggregator listens."""
    plan = merged(path)
    network = plan["network"]["settings"]
    port = network["agg_port"]
    if port == "auto":
        digest = hashlib.sha384(yaml.dump(plan).encode()).hexdigest()
        port = int(digest[:8], 16) % (60999 - 49152) + 49152
    return f"{network['agg_addr']}:{port}"


if __name__ == "__main__":
    print(*of_plan(sys.argv[1]), target(sys.argv[1]))
