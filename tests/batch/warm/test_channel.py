"""A reply that arrives while the client sends something else is heard."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import zmq
import zmq.asyncio
from jupyter_client.session import Session

from inquirylab.batch.warm.channel import AttentiveChannel, AttentiveKernelManager
from inquirylab.batch.warm.forked_kernel import ForkedKernelManager


async def heard() -> bool:
    """Wait for a reply; have it arrive unseen, and send something before the event loop looks again."""
    session = Session(key=b"")
    with zmq.Context() as there, zmq.asyncio.Context() as here:
        kernel, client = there.socket(zmq.ROUTER), here.socket(zmq.DEALER)
        try:
            kernel.bind("tcp://127.0.0.1:*")
            client.connect(kernel.get_string(zmq.LAST_ENDPOINT))
            channel = AttentiveChannel(client, session)
            channel.send(session.msg("execute_request", {}))
            name = kernel.recv_multipart()[0]
            waits = asyncio.create_task(channel.get_msg())
            for _ in range(10):
                await asyncio.sleep(0.01)
            session.send(kernel, "execute_reply", {}, ident=name)
            time.sleep(0.2)  # the event loop stands still, as while a message of a widget is handled
            channel.send(session.msg("comm_msg", {}))
            try:
                return (await asyncio.wait_for(waits, 30))["msg_type"] == "execute_reply"
            except TimeoutError:
                return False
        finally:
            kernel.close(0)
            client.close(0)


def test_a_reply_that_arrives_while_something_is_sent_is_heard() -> None:
    with ThreadPoolExecutor(1) as apart:  # a browser of an earlier test may keep this thread's event loop running
        assert apart.submit(lambda: asyncio.run(heard())).result()


def test_both_engines_wait_with_it() -> None:
    for manager in (AttentiveKernelManager(), ForkedKernelManager()):
        manager.load_connection_info({"transport": "ipc", "ip": "nowhere", "shell_port": 1})
        client = manager.client()
        assert client.shell_channel_class is AttentiveChannel
