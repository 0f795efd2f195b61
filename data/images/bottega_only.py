"""A pytest plugin: of what was collected, only the tests named in /bottega/f2p are run.

Where one of them is not there everything is: in a pytest within the tests, and with ids that the
report spells in another way than pytest does. Runs under every pytest that reads PYTEST_ADDOPTS.
"""


def pytest_collection_modifyitems(config, items):
    with open("/bottega/f2p") as f:
        wanted = set(line.rstrip("\n") for line in f)
    keep = [item for item in items if item.nodeid.replace("::()", "") in wanted]
    found = set(item.nodeid.replace("::()", "") for item in keep)
    if len(found) == len(wanted) and len(keep) < len(items):
        kept = set(id(item) for item in keep)
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
        items[:] = keep
