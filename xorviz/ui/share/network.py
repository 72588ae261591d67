"""Network: this machine's own address in its network."""

import socket
from contextlib import suppress
from typing import Final

ELSEWHERE: Final = ("192.0.2.1", 9)
"""An address that belongs to nobody. A datagram socket is connected to it and sends nothing."""


def network_address() -> str:
    """The address at which others in the network reach this machine; empty where it has none."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(ELSEWHERE)
        return str(probe.getsockname()[0])
    return ""
