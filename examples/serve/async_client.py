#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""An asynchronous client of quoin-serve that needs nothing but Python: a folder of images through one chain.

    async_client.py IN_DIR OUT_DIR --chain gray,gaussian=1.5 [--format png] [--at-a-time 8] [--host H] [--port P]

As a module: async with Pool(...) as pool: data = await pool.ask("/v1/run", image, chain="gray").
"""
import argparse
import asyncio
import json
import pathlib
import sys
import urllib.parse


class Refused(Exception):
    """The service answers with an error: its status, and its sentence."""

    def __init__(self, status, message):
        super().__init__(f"{message} (status {status})")
        self.status = status


class Pool:
    """So many connections, which are kept; a request waits for one that is free."""

    def __init__(self, host="127.0.0.1", port=8080, connections=8, tries=20):
        self.where, self.tries = (host, port), tries
        self.free = asyncio.LifoQueue()
        for _ in range(connections):
            self.free.put_nowait(None)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *unused):
        while not self.free.empty():
            if link := self.free.get_nowait():
                link[1].close()

    async def ask(self, path, body, **query):
        """The body of the answer. What is refused for now (429, 503) is asked for again later, and so is what was sent
        on a connection that the service had closed meanwhile."""
        target = path + "?" + urllib.parse.urlencode({k.replace("_", "-"): v for k, v in query.items()})
        link = await self.free.get()
        try:
            for left in reversed(range(self.tries)):
                fresh = link is None
                if fresh:
                    link = await asyncio.open_connection(*self.where)
                try:
                    status, fields, data = await self.exchange(*link, target, body)
                except (ConnectionError, asyncio.IncompleteReadError):
                    link[1].close()
                    link = None
                    if fresh and not left:
                        raise
                    continue
                if fields.get("connection") == "close":
                    link[1].close()
                    link = None
                if status == 200:
                    return data
                if status not in (429, 503) or not left:
                    raise Refused(status, json.loads(data)["error"])
                await asyncio.sleep(float(fields.get("retry-after", 1)))
            raise ConnectionError("the service closes each connection")
        except asyncio.CancelledError:
            if link:
                link[1].close()  # an answer may be on its way, which is not that of the next request
                link = None
            raise
        finally:
            self.free.put_nowait(link)

    async def exchange(self, reader, writer, target, body):
        writer.write(f"POST {target} HTTP/1.1\r\nHost: {self.where[0]}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        writer.write(body)
        # The answer may come before the body is taken, as 413 does.
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        return int(first.split()[1]), fields, await reader.readexactly(int(fields["content-length"]))


async def main(a):
    a.output.mkdir(parents=True, exist_ok=True)
    files = sorted(f for f in a.input.iterdir() if f.is_file())
    failed = 0
    async with Pool(a.host, a.port, a.at_a_time) as pool:
        async def one(file):
            nonlocal failed
            try:
                data = await pool.ask("/v1/run", file.read_bytes(), chain=a.chain, format=a.format)
                (a.output / file.name).with_suffix("." + a.format).write_bytes(data)
            except (Refused, OSError, asyncio.IncompleteReadError) as e:
                failed += 1
                print(f"{file}: {e}", file=sys.stderr)

        # So many files are in memory.
        left = iter(files)
        async def worker():
            for file in left:
                await one(file)
        await asyncio.gather(*[worker() for _ in range(a.at_a_time)])
    print(f"{len(files) - failed} of {len(files)} files")
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("input", type=pathlib.Path, metavar="IN_DIR")
    parser.add_argument("output", type=pathlib.Path, metavar="OUT_DIR")
    parser.add_argument("--chain", required=True)
    parser.add_argument("--format", default="png")
    parser.add_argument("--at-a-time", type=int, default=8)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    sys.exit(asyncio.run(main(parser.parse_args())))
