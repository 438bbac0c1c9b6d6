"""The canary's own program: it runs alone inside the sandbox and tells as JSON what it could see and reach."""

import json
import os
import socket
import sys


def can_create(folder: str, name: str) -> bool:
    """Tell whether a file can be made in ``folder``; one that was made is removed again."""
    path = os.path.join(folder, name)  # noqa: PTH118
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except OSError:
        return False
    os.unlink(path)  # noqa: PTH108
    return True


def can_open(path: str) -> bool:
    """Tell whether a file can be opened for writing; nothing is written."""
    try:
        os.close(os.open(path, os.O_WRONLY))
    except OSError:
        return False
    return True


def can_connect(port: int) -> bool:
    """Tell whether a server on the loopback address answers."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def routes() -> int:
    """Return the number of routes to any network."""
    with open("/proc/net/route", encoding="ascii") as file:  # noqa: PTH123
        return len(file.read().splitlines()) - 1


def main() -> None:
    """Answer the question in the first argument on the standard output."""
    question = json.loads(sys.argv[1])
    nonce = question["nonce"]
    answer = {
        "nonce": nonce,
        "namespaces": {kind: os.readlink("/proc/self/ns/" + kind) for kind in question["kinds"]},  # noqa: PTH115
        "connected": can_connect(question["port"]),
        "routes": routes(),
        "seen": [path for path in question["hidden"] if os.path.lexists(path)],
        "changeable": [path for path in question["readonly"] if can_create(path, nonce)]
        + [path for path in question["settings"] if can_open(path)],
        "closed": [path for path in question["writable"] if not can_create(path, nonce)],
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
