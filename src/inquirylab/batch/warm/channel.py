"""A client that hears every reply of its kernel.

jupyter_client sends past the asyncio socket that is waiting for the reply. libzmq then tells the *sending* call that
something has arrived, and tells it once: a reply that comes just then lies in the socket, unread, and the client waits
for ever (jupyter_client 8.10; its pull request 1059, nbclient's issue 312). It happens where a client sends while a cell
runs, that is where an Output widget or ``interact`` is shown; with stock papermill as well.
"""

from __future__ import annotations

from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type


class AttentiveChannel(AsyncZMQSocketChannel):
    """A channel on which one can send while one waits."""

    def send(self, msg: dict[str, Any]) -> None:
        """Send a message; then look whether another has come meanwhile, and if so wake who waits for it."""
        super().send(msg)
        assert self.socket is not None
        self.socket.get(zmq.EVENTS)  # asked through the asyncio socket, this schedules what is still to be read


class AttentiveClient(AsyncKernelClient):
    """A client whose channels are attentive."""

    shell_channel_class = Type(AttentiveChannel)
    control_channel_class = Type(AttentiveChannel)
    stdin_channel_class = Type(AttentiveChannel)


class AttentiveKernelManager(AsyncKernelManager):
    """The stock manager of kernels, with an attentive client."""

    client_factory = Type(AttentiveClient)
