# SPDX-License-Identifier: BSL-1.0
"""quoin-serve over sockets: the files of the command lines, errors, limits, framing, overload, and how it ends.

    service.py FOLDER [unittest's options]

FOLDER holds the executables. Exit status 77: there is no quoin-serve.
"""
import concurrent.futures
import contextlib
import http.client
import io
import json
import os
import pathlib
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import zlib

BIN = sys.argv.pop(1) if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]) else os.environ.get("QUOIN_BIN", "")
PROGRAM = os.path.join(BIN, "quoin-serve")
SEED = int(os.environ.get("QUOIN_SEED", 0)) or int.from_bytes(os.urandom(4), "big")


def pnm(width, height, channels=1, seed=SEED, maxval=255):
    """An image with blobs and noise."""
    noise = random.Random(seed)
    data = bytearray(noise.randbytes(width * height * channels * (2 if maxval > 255 else 1)))
    if maxval == 255 and channels == 1:
        for y in range(height // 4, height // 2):
            data[y * width + width // 4 : y * width + width // 2] = bytes([250]) * (width // 2 - width // 4)
    return b"P%d\n%d %d\n%d\n" % (5 if channels == 1 else 6, width, height, maxval) + bytes(data)


def bomb(width, height):
    """A PNG whose header says so many pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b""))


class Service:
    """A quoin-serve on free ports."""

    def __init__(self, settings="", **more):
        self.dir = tempfile.TemporaryDirectory()
        config = pathlib.Path(self.dir.name, "serve.toml")
        config.write_text(settings)
        self.process = subprocess.Popen([PROGRAM, "--port", "0", "--health-port", "0", "--config", str(config)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(self.process.stderr.read())
        self.facts = json.loads(line)
        self.port, self.health = self.facts["port"], self.facts["health_port"]

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self.dir.cleanup()

    def connect(self, timeout=60):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def post(self, target, body, **headers):
        connection = self.connect()
        try:
            connection.request("POST", target, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer
        finally:
            connection.close()

    def get(self, target, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=60)
        try:
            connection.request("GET", target)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def ready(self):
        return self.get("/readyz", self.health)[0]

    def metric(self, start):
        """The value of the one line of /metrics that begins so; 0 where there is none."""
        lines = [line for line in self.get("/metrics", self.health)[1].splitlines() if line.startswith(start)]
        assert len(lines) <= 1, lines
        return float(lines[0].split()[-1]) if lines else 0.0

    def raw(self, data, timeout=10, end=False):
        """All bytes that answer these, until the server closes or it takes too long."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            s.sendall(data)
            if end:
                s.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while part := s.recv(65536):
                    answer += part
            except (TimeoutError, ConnectionResetError):
                pass
            return answer

    def stop(self, timeout=60):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)


def target(path, **query):
    return path + "?" + urllib.parse.urlencode({k.replace("_", "-"): v for k, v in query.items()})


def flags_of(options):
    """The options of a query as those of a command line."""
    return ["--" + k.replace("_", "-") + ("=" + v if v else "") for k, v in options.items()]


def cells(width, height, maxval=255):
    """Round spots of several sizes on a noisy ground."""
    noise = random.Random(SEED)
    size = 2 if maxval > 255 else 1
    values = [noise.uniform(0.05, 0.09) for _ in range(width * height)]
    for cy in range(20, height - 15, 40):
        for cx in range(20, width - 15, 40):
            r = noise.uniform(6, 9)
            for y in range(cy - 10, cy + 11):
                for x in range(cx - 10, cx + 11):
                    if (x - cx) ** 2 + (y - cy) ** 2 <= r * r:
                        values[y * width + x] += noise.uniform(0.5, 0.6)
    data = b"".join(int(v * maxval).to_bytes(size, "big") for v in values)
    return b"P5\n%d %d\n%d\n" % (width, height, maxval) + data


def form(images):
    """A body of several parts, as a form of a web page sends it, and its type."""
    boundary = "----form" + str(SEED)
    body = b"".join(b"--%s\r\nContent-Disposition: form-data; name=\"image\"; filename=\"../%d.png\"\r\n"
                    b"Content-Type: image/png\r\n\r\n%s\r\n" % (boundary.encode(), i, image)
                    for i, image in enumerate(images))
    return body + b"--%s--\r\n" % boundary.encode(), "multipart/form-data; boundary=" + boundary


def error_of(body):
    return json.loads(body)["error"]


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service("[limits]\nmegapixels = 2\nresult_megapixels = 3\nbody_mib = 3\noperations = 5\nreach = 40\n"
                              "[server]\nconnections = 40\n[time]\nhead_ms = 1500\nbody_ms = 1500\n")
        cls.dir = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()
        cls.dir.cleanup()

    def tool(self, *arguments):
        done = subprocess.run([os.path.join(BIN, arguments[0]), *arguments[1:]], capture_output=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_the_files_are_those_of_the_command_line(self):
        bodies = {"gray.pgm": pnm(301, 203), "color.ppm": pnm(97, 55, 3), "deep.pgm": pnm(64, 40, 1, SEED, 65535)}
        for name, body in bodies.items():
            file = pathlib.Path(self.dir.name, name)
            file.write_bytes(body)
            for chain in ("gray,gaussian3,sobel_magnitude,sharpen,brightness=1.2", "median=5", "resize=64x48",
                          "gray,box=5,sobel_x"):
                for kind in ("png", "jpg", "pnm", "bmp", "pfm"):
                    if name.startswith("deep") and kind in ("jpg", "bmp"):
                        continue
                    out = file.with_suffix("." + kind + "." + kind)
                    self.tool("quoin-filters", str(file), "--chain", chain, "--out", str(out))
                    status, answer, head = self.service.post(target("/v1/run", chain=chain, format=kind), body)
                    self.assertEqual(status, 200, answer[:200])
                    self.assertEqual(answer, out.read_bytes(), (name, chain, kind))
                    self.assertTrue(head.headers["Content-Type"].startswith("image/"))
        for options in ({"threshold": "100"}, {"open": "1", "min_area": "3", "method": "minimum"}, {},
                        {"gds_layer": "7:2", "gds_split": "1000", "threshold": "200"}):
            for kind in ("gds",) if "gds_layer" in options else ("json", "csv", "gds"):
                out = pathlib.Path(self.dir.name, "rects." + kind)
                flags = flags_of(options)
                self.tool("quoin-segment", str(pathlib.Path(self.dir.name, "gray.pgm")), *flags, "--rects", str(out))
                status, answer, _ = self.service.post(target("/v1/segment", format=kind, **options), bodies["gray.pgm"])
                self.assertEqual((status, answer), (200, out.read_bytes()))

    def test_pixels_that_stay_where_they_are_received(self):
        """PNMs of every kind, with comments and bytes behind them: those that are read in place, and those that are not."""
        gray, color, alpha = (pnm(37, 23, c)[-37 * 23 * c :] for c in (1, 3, 4))
        bodies = [
            b"P5 # a comment\n37\t23 255\n" + gray,
            b"P6\n37 23\n255\n" + color + b"further bytes",
            b"P5\n37 23\n100\n" + bytes(v % 101 for v in gray),
            b"P4\n37 23\n" + gray[: 5 * 23],
            b"P2\n37 23\n255\n" + b" ".join(b"%d" % v for v in gray),
            b"P7\nWIDTH 37\nHEIGHT 23\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n" + alpha,
            b"P7\nWIDTH 37\nHEIGHT 23\nDEPTH 1\nMAXVAL 255\nTUPLTYPE GRAYSCALE\nENDHDR\n" + gray,
        ]
        file, out = (pathlib.Path(self.dir.name, name) for name in ("in.pnm", "out.pnm"))
        for body in bodies:
            file.write_bytes(body)
            for chain in ("invert", "rotate90,box=3", "gray,sobel_x,absolute,convert_to=u8", "equalize"):
                self.tool("quoin-filters", str(file), "--chain", chain, "--out", str(out))
                status, answer, _ = self.service.post(target("/v1/run", chain=chain, format="pnm"), body)
                self.assertEqual((status, answer), (200, out.read_bytes()), (body[:40], chain))
        self.tool("quoin-filters", str(file), "--chain", "invert", "--channel", "r", "--out", str(out))
        self.assertEqual(self.service.post("/v1/run?chain=invert&channel=r&format=pnm", body)[1], out.read_bytes())
        self.assertEqual(self.service.post("/v1/run?chain=invert&format=pnm", bodies[0][:-1])[0], 422)

    def test_large_bodies_in_parts(self):
        """Bodies of megabytes, at once, in pieces, in chunks, and one behind the other on a connection."""
        noise = random.Random(SEED)
        body = pnm(1500, 1000)
        line = b"POST /v1/run?chain=brightness=1&format=pnm HTTP/1.1\r\nHost: h\r\n"
        whole = line + b"Content-Length: %d\r\n\r\n" % len(body) + body
        chunks, at = [], 0
        while at < len(body):
            part = body[at : at + noise.choice((1, 1000, 100_000, 400_000))]
            chunks.append(b"%x\r\n%s\r\n" % (len(part), part))
            at += len(part)
        chunked = line + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(chunks) + b"0\r\n\r\n"
        last = whole.replace(b"Host", b"Connection: close\r\nHost", 1)
        data = whole + chunked + whole + last
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=30) as s:
            def send():
                at = 0
                while at < len(data):
                    step = noise.choice((1, 1000, 70_000, 1_000_000))
                    s.sendall(data[at : at + step])
                    at += step
            with concurrent.futures.ThreadPoolExecutor(1) as pool:
                sent = pool.submit(send)
                answer = b""
                while part := s.recv(1 << 20):
                    answer += part
                sent.result()
        heads = [m.start() for m in re.finditer(rb"HTTP/1.1 200 OK\r\n", answer)]
        self.assertEqual(len(heads), 4)
        for begin, end in zip(heads, heads[1:] + [len(answer)]):
            self.assertTrue(answer[begin:end].endswith(b"\r\n\r\n" + body))
        self.assertEqual(self.service.metric("quoin_in_flight_bytes"), 0)
        for kib in (1, 4096):
            with Service(f"[server]\nsocket_kib = {kib}\n") as service:
                answer = service.raw(last, 60)
                self.assertTrue(answer.startswith(b"HTTP/1.1 200 OK\r\n") and answer.endswith(b"\r\n\r\n" + body))

    def test_nuclei_are_those_of_the_command_line(self):
        file = pathlib.Path(self.dir.name, "cells.pgm")
        out = {kind: pathlib.Path(self.dir.name, "cells." + kind) for kind in ("csv", "png")}
        for body in (cells(240, 180), cells(240, 180, 65535), pnm(60, 40)):
            file.write_bytes(body)
            for options in ({}, {"diameter": "14", "threshold": "otsu", "min_snr": "2"}):
                self.tool("quoin-nuclei", str(file), "--csv", str(out["csv"]), "--labels", str(out["png"]), *flags_of(options))
                for kind, path in out.items():
                    status, answer, head = self.service.post(target("/v1/nuclei", format=kind, **options), body)
                    self.assertEqual((status, answer), (200, path.read_bytes()))
                    self.assertEqual(head.headers["Content-Type"], {"csv": "text/csv", "png": "image/png"}[kind])
                status, answer, _ = self.service.post(target("/v1/nuclei", **options), body)
                facts = json.loads(answer)
                columns, *rows = [line.split(",") for line in out["csv"].read_text().splitlines()]
                self.assertEqual([[float(n[c]) for c in columns] for n in facts["nuclei"]],
                                 [[float(v) for v in row] for row in rows])
                if body.startswith(b"P5\n240"):
                    self.assertGreaterEqual(len(rows), 8)

    def test_tensors_are_those_of_the_command_line(self):
        bodies = {"t.pgm": pnm(61, 43), "t.ppm": pnm(97, 55, 3), "deep.pgm": pnm(64, 40, 1, SEED, 65535)}
        out = pathlib.Path(self.dir.name, "t.npy")
        for name, body in bodies.items():
            file = pathlib.Path(self.dir.name, name)
            file.write_bytes(body)
            for options in ({"size": "32x24"}, {"size": "40x40", "fit": "letterbox", "pad": "7", "type": "f16"},
                            {"size": "24x24", "fit": "crop", "shorter_side": "30", "layout": "nhwc", "order": "bgr",
                             "mean": "0.485:0.456:0.406", "std": "0.229:0.224:0.225", "type": "bf16"},
                            {"size": "30x30", "fit": "cover", "steps": "mean_first", "scale": "0.017", "no_antialias": ""}):
                done = self.tool("quoin-tensor", str(file), "--out", str(out), "--time", *flags_of(options))
                place = json.loads(done)
                status, answer, head = self.service.post(target("/v1/tensor", **options), body)
                self.assertEqual((status, answer), (200, out.read_bytes()), (name, options))
                for key in ("scale_x", "scale_y", "offset_x", "offset_y"):
                    self.assertEqual(float(head.headers["Quoin-" + key.title().replace("_", "-")]), place[key])

    def test_an_array_and_statistics(self):
        body = pnm(31, 17, 3)
        pixels = body[-31 * 17 * 3 :]
        status, answer, _ = self.service.post(target("/v1/run", chain="flip_x", format="npy"), body)
        self.assertEqual(status, 200)
        self.assertEqual(answer[:8], b"\x93NUMPY\x01\x00")
        length = struct.unpack("<H", answer[8:10])[0]
        head = eval(answer[10 : 10 + length])  # a literal, as the format has it
        self.assertEqual(head, {"descr": "|u1", "fortran_order": False, "shape": (17, 31, 3)})
        for y in range(17):
            row = [pixels[(y * 31 + x) * 3 : (y * 31 + x) * 3 + 3] for x in range(31)]
            got = answer[10 + length :][y * 93 : y * 93 + 93]
            self.assertEqual(got, b"".join(reversed(row)))
        status, answer, _ = self.service.post("/v1/statistics", body)
        facts = json.loads(answer)
        self.assertEqual((facts["width"], facts["height"], facts["bits"]), (31, 17, 8))
        for c, channel in enumerate(facts["channels"]):
            values = pixels[c::3]
            mean = sum(values) / len(values)
            self.assertEqual((channel["min"], channel["max"]), (min(values), max(values)))
            self.assertAlmostEqual(channel["mean"], mean, places=9)
            self.assertAlmostEqual(channel["std"], (sum((v - mean) ** 2 for v in values) / len(values)) ** 0.5, places=9)
        listed = subprocess.run([os.path.join(BIN, "quoin-filters"), "--list=json"], capture_output=True, text=True)
        self.assertEqual(self.service.get("/v1/operations"), (200, listed.stdout.rstrip("\n")))

    def test_what_is_refused(self):
        image = pnm(64, 48)
        png = bomb(1000, 1000)
        run = "/v1/run?chain=gray"
        cases = [
            (404, "/v1/ran", image, "did you mean /v1/run?"),
            (400, "/v1/run", image, "--chain is required"),
            (400, "/v1/run?chain=grey", image, "did you mean gray"),
            (400, "/v1/run?chain=box=4x&format=png", image, "--chain"),
            (400, "/v1/run?chain=gray&formt=png", image, "did you mean --format?"),
            (400, "/v1/run?chain=gray&format=pgn", image, "did you mean png?"),
            (400, "/v1/run?chain=gray&help", image, "command lines"),
            (400, "/v1/run?chain=gray&channel=a", image, "has no alpha"),
            (400, "/v1/run?chain=crop=60:40:10:10", image, "--chain"),
            (400, "/v1/run?chain=absdiff", image, "2 images are read, and 1 sent"),
            (400, "/v1/run?chain=absdiff(%239)", image, "at most 8"),
            (400, "/v1/run?chain=" + ",".join(["box=3"] * 6), image, "at most 5"),
            (400, "/v1/run?chain=box=201", pnm(500, 500), "at most"),
            (400, "/v1/segment?threshold=300", image, "above every value"),
            (400, "/v1/segment?max-phases=3", image, "--max-phases"),
            (400, "/v1/segment?gds-layer=3", image, "is for --format gds"),
            (400, "/v1/nuclei?contrast=2", image, "--contrast"),
            (400, "/v1/nuclei?format=gds", image, "none of json,csv,png"),
            (400, "/v1/tensor", image, "--size is required"),
            (400, "/v1/tensor?size=9000x9000", image, "3 megapixels"),
            (400, "/v1/tensor?size=9x9&shorter-side=20", image, "--fit crop"),
            (413, "/v1/tensor?size=900x900&fit=crop", pnm(2000, 9), "the resized image"),
            (415, "/v1/tensor?size=9x9", b"GIF89a" + bytes(50), "GIF"),
            (422, "/v1/nuclei", image[:500], "truncated"),
            (422, "/v1/tensor?size=9x9", image[:500], "truncated"),
            (413, "/v1/run?chain=resize=2000x2000", image, "3 megapixels"),
            (413, run, bomb(3000, 3000), "2 megapixels"),
            (413, run, b"P5\n2000 2000\n255\n" + bytes(4_000_000), "3145728 bytes"),
            (415, run, b"GIF89a" + bytes(50), "GIF"),
            (415, run, b"\x01\x02\x03" * 20, "starts with the bytes"),
            (422, run, image[:500], "truncated"),
            (422, run, png, ""),
            (422, run, b"\x89PNG\r\n\x1a\n", ""),
            (400, run, b"", "no image"),
        ]
        for status, where, body, words in cases:
            with self.subTest(where=where, bytes=len(body)):
                got, answer, head = self.service.post(where.replace(",", "%2c"), body)
                self.assertEqual(got, status, answer)
                self.assertIn(words, error_of(answer))
                self.assertNotIn("quoin::", error_of(answer))
        connection = self.service.connect()
        connection.request("GET", "/v1/run?chain=gray")
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.headers["Allow"]), (405, "POST"))
        connection.close()
        self.assertEqual(self.service.get("/v1/run", self.service.health)[0], 404)

    def test_several_images(self):
        bodies = {"a.ppm": pnm(97, 55, 3), "b.pgm": pnm(97, 55, 1, SEED + 1), "c.pgm": pnm(97, 55, 1, SEED + 2)}
        files = {name: pathlib.Path(self.dir.name, name) for name in bodies}
        for name, body in bodies.items():
            files[name].write_bytes(body)
        out = pathlib.Path(self.dir.name, "both.png")
        for chain, names in (("gray,absdiff", "a.ppm b.pgm"), ("gaussian3,blend=0.25(gaussian=2)", "b.pgm c.pgm"),
                             ("absdiff(box=3,absdiff(#3))", "b.pgm c.pgm b.pgm"), ("guided_by=3:0.01", "b.pgm c.pgm"),
                             ("gray", "a.ppm")):
            first, *others = names.split()
            self.tool("quoin-filters", str(files[first]), "--chain", chain, "--out", str(out),
                      *[a for o in others for a in ("--with", str(files[o]))])
            body, kind = form([bodies[n] for n in names.split()])
            status, answer, _ = self.service.post(target("/v1/run", chain=chain), body, **{"Content-Type": kind})
            self.assertEqual((status, answer), (200, out.read_bytes()), chain)
        a, b = bodies["b.pgm"], bodies["c.pgm"]
        good, kind = form([a, b])
        for status, body, given, words in [
            (400, form([a])[0], kind, "2 images are read, and 1 sent"),
            (413, form([a, b, a])[0], kind, "more than 2 parts"),
            (415, form([a, b"P5"])[0], kind, "starts with the bytes"),
            (415, form([a, b"GIF89a" + bytes(50)])[0], kind, "GIF"),
            (422, form([a, b[:-9]])[0], kind, "truncated"),
            (400, form([a, pnm(9, 9)])[0], kind, "--chain"),
            (400, form([a, b""])[0], kind, "no image"),
            (400, good, "multipart/form-data; boundary=other", "does not begin with the boundary"),
            (400, good[:-20], kind, "ends before its last boundary"),
            (400, good, "multipart/form-data", "no boundary"),
            (415, good, kind.replace("form-data", "mixed"), "only multipart/form-data"),
            (400, good, "image/png", "2 images are read, and 1 sent"),
        ]:
            got, answer, _ = self.service.post("/v1/run?chain=absdiff", body, **{"Content-Type": given})
            self.assertEqual(got, status, answer)
            self.assertIn(words, error_of(answer))
        # The size of the second image counts, too.
        got, answer, _ = self.service.post("/v1/run?chain=absdiff", form([a, bomb(3000, 3000)])[0], **{"Content-Type": kind})
        self.assertEqual(got, 413, answer)

    def test_one_connection_many_requests(self):
        connection = self.service.connect()
        body = pnm(40, 30)
        for i in range(50):
            connection.request("POST", target("/v1/run", chain="brightness=1", format="pnm"), body)
            answer = connection.getresponse()
            self.assertEqual((answer.status, answer.read()), (200, body))
        wrong = [("/v1/run?chain=grey", 400), ("/v1/segment", 200), ("/v1/ran", 404)]
        for where, status in wrong:
            connection.request("POST", where, body)
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, status)
        connection.close()

    def test_framing(self):
        body = pnm(8, 8)
        line = b"POST /v1/run?chain=gray&format=pnm HTTP/1.1\r\nHost: h\r\n"
        once = line + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        whole = self.service.raw(once)
        self.assertTrue(whole.startswith(b"HTTP/1.1 200 OK\r\n") and whole.endswith(body))
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:5], body[5:6], body[6:])) + b"0\r\n\r\n"
        chunked = self.service.raw(line + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
        self.assertTrue(chunked.startswith(b"HTTP/1.1 200 OK\r\n") and chunked.endswith(body))
        # Byte by byte, and two requests at once.
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=20) as s:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for i in range(len(once)):
                s.sendall(once[i : i + 1])
            answer = b""
            while part := s.recv(65536):
                answer += part
            self.assertTrue(answer.startswith(b"HTTP/1.1 200") and answer.endswith(body))
        both = self.service.raw(once.replace(b"Connection: close\r\n", b"") + once)
        self.assertEqual(both.count(b"HTTP/1.1 200 OK\r\n"), 2)
        expect = line + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
        with socket.create_connection(("127.0.0.1", self.service.port), timeout=20) as s:
            s.sendall(expect)
            self.assertEqual(s.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            s.sendall(body)
            self.assertTrue(s.recv(65536).startswith(b"HTTP/1.1 200"))
        refused = [
            (400, line + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            (400, line + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
            (501, line + b"Transfer-Encoding: gzip\r\n\r\nx"),
            (400, line + b"X: a\r\n folded\r\nContent-Length: 0\r\n\r\n"),
            (400, line + b"X : a\r\n\r\n"),
            (400, b"POST /v1/run HTTP/1.1\r\n\r\n"),
            (505, b"POST /v1/run HTTP/2.0\r\n\r\n"),
            (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
            (431, line + b"X: " + b"a" * 9000 + b"\r\n\r\n"),
            (431, line + b"X: a\r\n" * 3000),
            (400, line + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
            (400, line + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n"),
            (400, line + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n0\r\n\r\n"),
            (400, line + b"Transfer-Encoding: chunked\r\n\r\n5;" + b"x" * 200_000 + b"\r\nhello\r\n0\r\n\r\n"),
            (413, line + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nhello"),
            (413, line + b"Content-Length: 99999999999\r\n\r\nhello"),
            (411, line + b"\r\n"),
            (408, line),
            (408, line + b"Content-Length: 10\r\n\r\nhell"),
        ]
        for status, data in refused:
            with self.subTest(data=data[:100]):
                answer = self.service.raw(data)
                self.assertTrue(answer.startswith(b"HTTP/1.1 %d " % status), answer[:200])
                self.assertEqual(len(re.findall(rb"HTTP/1.1 \d\d\d ", answer)), 1)
        # What ends in the middle is not answered, and hurts nobody.
        for data in (b"", line, line + b"Content-Length: 10\r\n\r\nhell"):
            self.assertEqual(self.service.raw(data, end=True), b"")
        self.assertTrue(self.service.raw(once).startswith(b"HTTP/1.1 200"))

    def test_random_bytes(self):
        noise = random.Random(SEED)
        body = pnm(8, 8)
        good = (b"POST /v1/run?chain=gray&format=pnm HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                b"Content-Length: %d\r\n\r\n" % len(body) + body)
        for _ in range(150):
            data = bytearray(good)
            for _ in range(noise.randint(1, 4)):
                at = noise.randrange(len(data))
                data[at : at + noise.randint(0, 2)] = noise.randbytes(noise.randint(0, 2))
            answer = self.service.raw(bytes(data), end=True)
            self.assertTrue(answer == b"" or answer.startswith(b"HTTP/1.1 "), answer[:100])
        self.assertTrue(self.service.raw(good).startswith(b"HTTP/1.1 200"))

    def test_more_connections_than_there_are(self):
        many = [socket.create_connection(("127.0.0.1", self.service.port), timeout=20) for _ in range(45)]
        try:
            self.wait_for("quoin_connections", lambda n: n >= 40)
            self.assertTrue(self.service.raw(b"").startswith(b"HTTP/1.1 503"))
            self.assertEqual(self.service.ready(), 200)  # the health of the service is asked elsewhere
        finally:
            for s in many:
                s.close()
            self.wait_for("quoin_connections", lambda n: n == 0)

    def wait_for(self, metric, holds):
        end = time.monotonic() + 30
        while not holds(self.service.metric(metric)):
            self.assertLess(time.monotonic(), end, metric)
            time.sleep(0.02)

    def test_an_answer_to_a_body_that_is_still_sent(self):
        """The answer to a body that is too large reaches a client that sends all of it before it reads."""
        body = b"P5\n9000 9000\n255\n" + bytes(81_000_000)
        for _ in range(5):
            status, answer, _ = self.service.post("/v1/run?chain=gray", body)
            self.assertEqual(status, 413, answer)

    def test_health_and_metrics(self):
        for path in ("/livez", "/readyz", "/v2/health/live", "/v2/health/ready"):
            self.assertEqual(self.service.get(path, self.service.health), (200, "ok\n"))
        name = 'quoin_requests_total{endpoint="statistics",outcome="ok"}'
        before = self.service.metric(name)
        self.service.post("/v1/statistics", pnm(20, 20))
        self.assertEqual(self.service.metric(name), before + 1)
        before = self.service.metric('quoin_requests_total{endpoint="none",outcome="bad_request"}')
        self.service.post("/v1/secret-name", b"x")
        self.assertEqual(self.service.metric('quoin_requests_total{endpoint="none",outcome="bad_request"}'), before + 1)
        self.assertEqual(self.service.metric("quoin_in_flight_bytes"), 0)
        text = self.service.get("/metrics", self.service.health)[1]
        self.assertNotIn("secret", text)
        promtool = next((os.path.join(d, "promtool") for d in os.environ["PATH"].split(":")
                         if os.path.exists(os.path.join(d, "promtool"))), None)
        if promtool:
            done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))


class Descriptions(unittest.TestCase):
    """What the service says of itself, and what programs and browsers make of it."""

    @classmethod
    def setUpClass(cls):
        cls.service = Service("[limits]\nmegapixels = 2\n")
        cls.described = json.loads(cls.service.get("/openapi.json")[1])

    @classmethod
    def tearDownClass(cls):
        cls.service.__exit__()

    def posts(self):
        return {path: item["post"] for path, item in self.described["paths"].items() if "post" in item}

    def test_openapi_is_whole(self):
        d = self.described
        self.assertEqual(d["openapi"], "3.1.0")

        def references(value):
            if isinstance(value, dict):
                if "$ref" in value:
                    yield value["$ref"]
                value = value.values()
            elif not isinstance(value, list):
                return
            for v in value:
                yield from references(v)

        for reference in set(references(d)):
            found = d
            for step in reference.removeprefix("#/").split("/"):
                found = found[step]
        operation_ids = [m["operationId"] for item in d["paths"].values() for m in item.values()]
        self.assertEqual(len(operation_ids), len(set(operation_ids)))
        self.assertGreaterEqual(len(operation_ids), 7)
        for item in d["paths"].values():
            for method in item.values():
                self.assertIn("200", method["responses"])
                names = [p["name"] for p in method.get("parameters", [])]
                self.assertEqual(len(names), len(set(names)))
        listed = json.loads(subprocess.run([os.path.join(BIN, "quoin-filters"), "--list=json"], capture_output=True).stdout)
        self.assertEqual(d["components"]["x-operations"], listed["operations"])
        self.assertEqual(d["components"]["schemas"]["OperationName"]["enum"], [o["name"] for o in listed["operations"]])
        # The options of the command lines, by their help.
        for path, tool, others in (("/v1/segment", "quoin-segment", {"format"}), ("/v1/nuclei", "quoin-nuclei", {"format"}),
                                   ("/v1/tensor", "quoin-tensor", set()), ("/v1/run", "quoin-filters", {"format"})):
            text = subprocess.run([os.path.join(BIN, tool), "--help"], capture_output=True, text=True).stdout
            known = set(re.findall(r"^ +--([a-z-]+)", text, re.M))
            self.assertLessEqual({p["name"] for p in self.posts()[path]["parameters"]} - others, known)
        try:
            import openapi_spec_validator
        except ImportError:
            return
        openapi_spec_validator.validate(d)

    def test_requests_made_from_openapi(self):
        """Each value that the description allows is taken, and each that it forbids is refused."""
        images = {"/v1/nuclei": cells(80, 60)}
        need = {"/v1/run": {"chain": "gray"}, "/v1/tensor": {"size": "16x16"}}
        with_others = {"gds-cell": {"format": "gds"}, "gds-layer": {"format": "gds"}, "gds-unit": {"format": "gds"},
                       "gds-split": {"format": "gds"}, "max-phases": {"method": "minimum"}, "max-seconds": {"method": "minimum"},
                       "max-edge-error": {"method": "regularize"}, "max-area-error": {"method": "regularize"},
                       "min-side": {"method": "regularize"}, "shorter-side": {"fit": "crop"}}
        taken = refused = 0
        for path, method in self.posts().items():
            image = images.get(path, pnm(40, 30, 3))
            for p in method["parameters"]:
                name, schema = p["name"], p["schema"]
                right, wrong = [], []
                if "enum" in schema:
                    right, wrong = schema["enum"], ["none-of-these"]
                elif schema["type"] in ("integer", "number"):
                    if "minimum" in schema:
                        right, wrong = [schema["minimum"]], [schema["minimum"] - 1, schema["maximum"] * 2 + 1, "x"]
                    wrong.append("x")
                elif schema["type"] == "boolean":
                    right = ["true", "false"]
                if "default" in schema and schema["type"] != "boolean":
                    right = [*right, schema["default"]]
                if name == "channel":
                    right = ["r", "luma"] if path != "/v1/nuclei" else []
                for value in right:
                    options = {**need.get(path, {}), **(with_others.get(name, {})), name: value}
                    where = path + "?" + urllib.parse.urlencode(options)
                    status, answer, head = self.service.post(where, image)
                    self.assertEqual(status, 200, (where, answer[:200]))
                    self.assertIn(head.headers["Content-Type"], method["responses"]["200"]["content"])
                    taken += 1
                for value in wrong:
                    options = {**need.get(path, {}), **(with_others.get(name, {})), name: value}
                    where = path + "?" + urllib.parse.urlencode(options)
                    status, answer, _ = self.service.post(where, image)
                    self.assertEqual(status, 400, (where, answer[:200]))
                    self.assertIn("400", method["responses"])
                    refused += 1
        self.assertGreater(taken, 60)
        self.assertGreater(refused, 40)

    def test_pages(self):
        for path, kind in (("/", "text/html"), ("/status", "text/html"), ("/index.js", "text/javascript"),
                           ("/status.js", "text/javascript"), ("/page.css", "text/css")):
            connection = self.service.connect()
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
            self.assertEqual(answer.status, 200)
            self.assertEqual(answer.headers["Content-Type"], kind + "; charset=utf-8")
            policy = answer.headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            # Nothing comes from elsewhere.
            self.assertFalse(re.search(r"https?://|url\(|@import|<script>|style=", text), path)
            for link in re.findall(r'(?:src|href)="([^"]*)"', text):
                self.assertEqual(self.service.get(link)[0], 200)
            connection.request("POST", path, b"x")
            refused = connection.getresponse()
            self.assertEqual(refused.status, 405)
            connection.close()
        status = json.loads(self.service.get("/v1/status")[1])
        self.assertEqual(status["settings"]["limits.megapixels"]["value"], 2)
        listed = subprocess.run([PROGRAM, "--list-settings"], capture_output=True, text=True).stdout
        hidden = {"server.host", "server.health_host", "cache.folder", "cache.redis_host"}
        self.assertFalse(hidden & set(status["settings"]))
        self.assertEqual(len(status["settings"]) + len(hidden), len(re.findall(r"^\w+ = ", listed, re.M)))
        self.assertIn("# TYPE quoin_requests_total counter", status["metrics"])
        self.assertGreater(self.service.metric('quoin_requests_total{endpoint="page",outcome="ok"}'), 5)

    def test_clients(self):
        folder = pathlib.Path(__file__).resolve().parents[2] / "examples" / "serve"
        with tempfile.TemporaryDirectory() as name:
            here = pathlib.Path(name)
            (here / "in").mkdir()
            bodies = [pnm(50 + i, 40, 1, SEED + i) for i in range(9)]
            for i, body in enumerate(bodies):
                (here / "in" / f"{i}.pgm").write_bytes(body)
            where = ["--port", str(self.service.port)]

            def client(*words):
                return subprocess.run([sys.executable, str(folder / words[0]), *words[1:], *where], capture_output=True,
                                      text=True, timeout=120)

            expected = [self.service.post(target("/v1/run", chain="box=5", format="pnm"), b)[1] for b in bodies]
            done = client("client.py", "run", str(here / "in/0.pgm"), "--chain", "box=5", "--format", "pnm", "--out",
                          str(here / "a.pgm"))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual((here / "a.pgm").read_bytes(), expected[0])
            done = client("client.py", "run", str(here / "in/0.pgm"), str(here / "in/0.pgm"), "--chain", "absdiff", "--format",
                          "pnm", "--out", str(here / "b.pgm"))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(set((here / "b.pgm").read_bytes()[-2000:]), {0})
            done = client("client.py", "run", str(here / "in/0.pgm"), "--chain", "bax")
            self.assertEqual(done.returncode, 1)
            self.assertIn("did you mean box", done.stderr)
            done = client("async_client.py", str(here / "in"), str(here / "out"), "--chain", "box=5", "--format", "pnm",
                          "--at-a-time", "3")
            self.assertEqual((done.returncode, done.stdout), (0, "9 of 9 files\n"), done.stderr)
            self.assertEqual([(here / "out" / f"{i}.pnm").read_bytes() for i in range(9)], expected)
            (here / "in" / "text.txt").write_text("no image")
            done = client("async_client.py", str(here / "in"), str(here / "out"), "--chain", "box=5")
            self.assertEqual((done.returncode, done.stdout), (1, "9 of 10 files\n"), done.stderr)
            self.assertIn("text.txt", done.stderr)


class Limits(unittest.TestCase):
    slow = target("/v1/run", chain="nl_means=7:21:10,nl_means=7:21:10", format="pnm")  # seconds

    def test_deadline_and_clients_that_leave(self):
        with Service("[work]\nworkers = 1\n[time]\nrequest_ms = 300\n") as service:
            image = pnm(2000, 2000)
            start = time.monotonic()
            status, answer, _ = service.post(self.slow, image)
            self.assertEqual(status, 504)
            self.assertLess(time.monotonic() - start, 20)
            # The work has stopped: the worker is free for the next one.
            self.assertEqual(service.post(target("/v1/run", chain="gray"), pnm(9, 9))[0], 200)
        with Service("[work]\nworkers = 1\n") as service:
            with socket.create_connection(("127.0.0.1", service.port)) as s:
                s.sendall(b"POST " + self.slow.encode() + b" HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % len(image)
                          + image)
                while service.metric("quoin_working") == 0:
                    time.sleep(0.02)
            start = time.monotonic()
            while service.metric("quoin_working") != 0:
                time.sleep(0.02)
                self.assertLess(time.monotonic() - start, 20)
            self.assertEqual(service.metric('quoin_requests_total{endpoint="run",outcome="client_gone"}'), 1)
            self.assertEqual(service.metric("quoin_in_flight_bytes"), 0)

    def test_memory(self):
        with Service("[work]\nmemory_mib = 8\nworkers = 1\n[limits]\nmegapixels = 100\n") as service:
            for body in (bomb(4000, 4000), pnm(2400, 2400), bytes(9 << 20)):
                status, answer, _ = service.post(target("/v1/run", chain="gray"), body)
                self.assertEqual(status, 413)
                self.assertIn("8 MiB", error_of(answer))
            # One that holds the most of it keeps another away.
            head = b"POST /v1/run?chain=gray HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % (7 << 20)
            with socket.create_connection(("127.0.0.1", service.port)) as s:
                s.sendall(head + b"P5\n")
                while service.metric("quoin_in_flight_bytes") == 0:
                    time.sleep(0.02)
                status, answer, head = service.post(target("/v1/run", chain="gray"), pnm(1000, 1000))
                self.assertEqual((status, head.headers["Retry-After"]), (429, "1"))
                self.assertIn("memory", error_of(answer))
            while service.metric("quoin_in_flight_bytes") != 0:
                time.sleep(0.02)
            self.assertEqual(service.post(target("/v1/run", chain="gray"), pnm(500, 500))[0], 200)
            self.assertEqual(service.metric("quoin_in_flight_bytes"), 0)

    def test_overload(self):
        """Each request is answered once, and those that are taken soon; the health answers meanwhile."""
        with Service("[work]\nworkers = 1\n[queue]\nrequests = 4\nbatch = 2\n") as service:
            image = pnm(300, 300)
            where = target("/v1/run", chain="median=31,median=31", format="pnm")
            status, expected, _ = service.post(where, image)
            self.assertEqual(status, 200)

            def ask(_):
                return service.post(where, image)[:2]

            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                answers = [pool.submit(ask, i) for i in range(160)]
                slowest = 0
                while not all(a.done() for a in answers):
                    start = time.monotonic()
                    self.assertEqual(service.get("/livez", service.health)[0], 200)
                    slowest = max(slowest, time.monotonic() - start)
                    time.sleep(0.02)
            answers = [a.result() for a in answers]
            taken = [body for status, body in answers if status == 200]
            self.assertTrue(all(body == expected for body in taken))
            self.assertEqual({status for status, _ in answers}, {200, 429})
            self.assertLess(slowest, 2)
            refused = service.metric('quoin_requests_total{endpoint="run",outcome="queue_full"}')
            self.assertEqual((len(taken) + 1, 160 - len(taken)),
                             (service.metric('quoin_requests_total{endpoint="run",outcome="ok"}'), refused))
            self.assertEqual(service.metric("quoin_queue_length"), 0)

    def test_sigterm_loses_nothing(self):
        with Service("[work]\nworkers = 2\n[server]\ngrace_ms = 2000\n") as service:
            image = pnm(600, 600)
            where = target("/v1/run", chain="median=31,median=31", format="pnm")
            lost, counts = [], {}

            def ask(_):
                try:
                    status = service.post(where, image)[0]
                    counts[status] = counts.get(status, 0) + 1
                    return status
                except ConnectionRefusedError:
                    return "refused"
                except (OSError, http.client.HTTPException) as e:
                    lost.append(repr(e))

            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                answers = [pool.submit(ask, i) for i in range(400)]
                while counts.get(200, 0) < 8:
                    time.sleep(0.01)
                service.process.send_signal(signal.SIGTERM)
                while (ready := service.ready()) == 200:
                    time.sleep(0.01)
                self.assertEqual(ready, 503)
                self.assertEqual(service.process.wait(60), 0)
                statuses = {a.result() for a in answers}
            self.assertTrue(statuses <= {200, 429, 503, "refused", None}, statuses)
            # A connection that was being made when the listener closed is reset: it was not taken.
            self.assertTrue(all("reset" in e.lower() or "Remote end closed" in e for e in lost), lost)
            self.assertLessEqual(len(lost), 8)

    def test_second_signal_ends_it_at_once(self):
        with Service("[server]\ngrace_ms = 60000\n") as service:
            service.process.send_signal(signal.SIGTERM)
            while service.ready() != 503:
                time.sleep(0.02)
            service.process.send_signal(signal.SIGTERM)
            self.assertEqual(service.process.wait(20), 143)


class Cache(unittest.TestCase):
    """Answers that are kept are those that would be computed."""
    keep = "[cache]\nmemory_us_per_mib = 0\ndisk_us_per_mib = 0\n"
    slow = target("/v1/run", chain="median=31,median=31", format="png")
    computed = 'quoin_stage_duration_seconds_count{stage="compute"}'

    def hits(self, service, tier, what="hits"):
        return service.metric('quoin_cache_%s_total{tier="%s"}' % (what, tier))

    def test_parts_are_told_by_their_type(self):
        """The same bytes are one image, or a form with one, as the type says."""
        with Service(self.keep + "memory_mib = 64\n") as service:
            where = target("/v1/run", chain="invert", format="pnm")
            image = pnm(90, 60)
            alone = service.post(where, image)[1]
            body, kind = form([image])
            for round in range(2):
                for given in (kind, kind.replace("multipart", "MULTIPART")):
                    self.assertEqual(service.post(where, body, **{"Content-Type": given})[:2], (200, alone))
                self.assertEqual(service.post(where, body, **{"Content-Type": "image/png"})[0], 415)
                self.assertEqual(service.post(where, body, **{"Content-Type": kind + "x"})[0], 400)
            self.assertGreater(self.hits(service, "memory"), 1)

    def test_in_memory(self):
        for digest in ("sha256", "xxh3"):
            with Service(self.keep + f"memory_mib = 64\ndigest = \"{digest}\"\n") as service:
                bodies = [pnm(90, 60, 1, SEED), pnm(90, 60, 1, SEED + 1), pnm(1700, 1200, 1, SEED)]
                wheres = [target("/v1/run", chain="invert", format="pnm"), target("/v1/run", chain="invert", format="png"),
                          target("/v1/run", chain="flip_x", format="pnm"), "/v1/segment?format=csv", "/v1/statistics"]
                first = [service.post(where, body)[:2] for where in wheres for body in bodies]
                self.assertEqual({status for status, _ in first}, {200})
                self.assertEqual(self.hits(service, "memory"), 0)
                done = service.metric(self.computed)
                again = [service.post(where, body) for where in wheres for body in bodies]
                self.assertEqual([a[:2] for a in again], first)
                self.assertTrue(again[0][2].headers["Content-Type"].startswith("image/x-portable"))
                self.assertEqual(again[-1][2].headers["Content-Type"], "application/json")
                self.assertEqual(self.hits(service, "memory"), len(first))
                self.assertEqual(service.metric(self.computed), done)
                # The chain as it is written otherwise, and the options in another order.
                other = target("/v1/run", format="pnm", chain=" invert ")
                self.assertEqual(service.post(other, bodies[0])[:2], first[0])
                self.assertEqual(self.hits(service, "memory"), len(first) + 1)
                self.assertLessEqual(service.metric("quoin_cache_memory_bytes"), 64 << 20)
                # Of errors none is kept.
                for _ in range(2):
                    self.assertEqual(service.post(wheres[0], bodies[0][:-1])[0], 422)
                self.assertEqual(self.hits(service, "memory"), len(first) + 1)
                self.assertEqual(service.metric("quoin_in_flight_bytes"), 0)

    def test_in_files(self):
        with tempfile.TemporaryDirectory() as folder:
            settings = self.keep + f"folder = \"{folder}/results\"\n"
            image = pnm(90, 60)
            where = target("/v1/run", chain="gaussian=2", format="png")
            with Service(settings) as service:
                first = service.post(where, image)[:2]
                self.assertEqual(first[0], 200)
                service.process.kill()
            with Service(settings) as service, Service(settings) as beside:
                for each in (service, beside):
                    self.assertEqual(each.post(where, image)[:2], first)
                    self.assertEqual(self.hits(each, "disk"), 1)
                (file,) = [f for f in pathlib.Path(folder).rglob("*") if f.is_file()]
                data = bytearray(file.read_bytes())
                data[-20] ^= 1
                file.write_bytes(bytes(data))
                self.assertEqual(service.post(where, image)[:2], first)
                self.assertEqual((self.hits(service, "disk"), self.hits(service, "disk", "failures")), (1, 1))
                self.assertEqual(beside.post(where, image)[:2], first)
                self.assertEqual(self.hits(beside, "disk"), 2)
        done = subprocess.run([PROGRAM, "--port", "0", "--config", "/dev/stdin"], input='[cache]\nfolder = "/dev/null"\n',
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/dev/null cannot be a folder for results", done.stderr)

    def test_what_is_kept_takes_no_place(self):
        """While the queue is full, what is found at once is answered, and all else refused."""
        with Service(self.keep + "memory_mib = 8\n[work]\nworkers = 1\n[queue]\nrequests = 1\n") as service:
            kept, fresh = pnm(50, 40), pnm(50, 41)
            where = target("/v1/run", chain="invert", format="pnm")
            first = service.post(where, kept)[:2]
            with contextlib.ExitStack() as held:
                for n in (1, 2):  # one is computed, and one waits
                    image = pnm(2000, 2000, 1, SEED + n)
                    s = held.enter_context(socket.create_connection(("127.0.0.1", service.port)))
                    s.sendall(b"POST " + Limits.slow.encode() + b" HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
                              % len(image) + image)
                    while (service.metric("quoin_working"), service.metric("quoin_queue_length")) != (1, n - 1):
                        time.sleep(0.01)
                self.assertEqual(service.post(where, kept)[:2], first)
                self.assertEqual(service.post(where, fresh)[0], 429)

    def test_a_redis_that_stops_and_dies(self):
        """Requests are answered all the time, and no later than without it."""
        redis = next((os.path.join(d, "redis-server") for d in os.environ["PATH"].split(":")
                      if os.path.exists(os.path.join(d, "redis-server"))), None)
        if not redis:
            self.skipTest("there is no redis-server")
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        server = subprocess.Popen([redis, "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
                                  stdout=subprocess.DEVNULL)
        try:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.02)
            settings = (f'[cache]\nredis_host = "127.0.0.1"\nredis_port = {port}\nredis_us_per_mib = 0\n'
                        "redis_ms = 500\n")
            images = [pnm(60 + i, 50) for i in range(10)]
            where = target("/v1/run", chain="median=5", format="png")
            with Service(settings) as service, Service(settings) as beside:
                expected = [service.post(where, image)[:2] for image in images]
                self.assertEqual({status for status, _ in expected}, {200})
                self.assertEqual([beside.post(where, image)[:2] for image in images], expected)
                self.assertEqual(self.hits(beside, "redis"), len(images))
                for act in (signal.SIGSTOP, signal.SIGCONT, signal.SIGKILL):
                    server.send_signal(act)
                    for _ in range(3):
                        self.assertEqual([service.post(where, image)[:2] for image in images], expected)
                self.assertGreater(self.hits(service, "redis", "failures"), 0)
                self.assertEqual(service.metric("quoin_in_flight_bytes"), 0)
        finally:
            server.kill()
            server.wait()

    def test_one_computes_for_all(self):
        with Service(self.keep + "memory_mib = 8\n[work]\nworkers = 2\n") as service:
            image = pnm(700, 700)
            head = b"POST " + self.slow.encode() + b" HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n" % len(image)
            with socket.create_connection(("127.0.0.1", service.port)) as leaves:
                leaves.sendall(head + image)
                while service.metric("quoin_working") == 0:
                    time.sleep(0.005)
                with concurrent.futures.ThreadPoolExecutor(6) as pool:
                    answers = [pool.submit(lambda: service.post(self.slow, image)[:2]) for _ in range(6)]
                    time.sleep(0.2)
                    leaves.close()  # the others wait on
                    answers = [a.result() for a in answers]
            self.assertEqual({status for status, _ in answers}, {200})
            self.assertEqual(len({body for _, body in answers}), 1)
            self.assertEqual(service.metric(self.computed), 1)
            self.assertEqual(service.metric("quoin_in_flight_bytes"), 0)
        with Service(self.keep + "memory_mib = 8\n[work]\nworkers = 1\n") as service:  # the last that leaves ends it
            image = pnm(2000, 2000)
            head = (b"POST " + Limits.slow.encode() + b" HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n\r\n"
                    % len(image))
            with socket.create_connection(("127.0.0.1", service.port)) as leaves:
                leaves.sendall(head + image)
                while service.metric("quoin_working") == 0:
                    time.sleep(0.005)
            start = time.monotonic()
            while service.metric("quoin_working") != 0:
                time.sleep(0.02)
                self.assertLess(time.monotonic() - start, 20)


class Log(unittest.TestCase):
    def test_lines(self):
        trace, parent = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
        with Service('[log]\nlevel = "info"\n[cache]\nmemory_mib = 8\nmemory_us_per_mib = 0\n') as service:
            image = pnm(90, 60)
            for _ in range(2):
                answer = service.post("/v1/run?chain=invert&format=png", image, traceparent=f"00-{trace}-{parent}-01")[1]
            service.post("/v1/secret?x=secret", image)
            service.process.send_signal(signal.SIGTERM)
            text = service.process.communicate(timeout=60)[1]
        lines = [json.loads(line) for line in text.splitlines()]
        self.assertEqual([(l["endpoint"], l["status"], l["level"]) for l in lines],
                         [("run", 200, "info"), ("run", 200, "info"), ("none", 404, "warning")])
        for line in lines[:2]:
            self.assertEqual((line["trace_id"], line["parent_id"]), (trace, parent))
            self.assertEqual((line["bytes_in"], line["bytes_out"]), (len(image), len(answer)))
        self.assertEqual(set(lines[0]["steps_ms"]), {"queue", "decode", "compute", "encode"})
        self.assertLessEqual(sum(lines[0]["steps_ms"].values()), lines[0]["ms"])
        self.assertEqual(lines[1]["cache"], "memory")
        self.assertNotIn("secret", text)

    def test_who_does_not_read_it(self):
        """A pipe that is full, and one whose reader is gone, cost neither answers nor the end."""
        with Service('[log]\nlevel = "info"\n') as service:
            connection = service.connect()
            for _ in range(1500):
                connection.request("GET", "/v1/none")
                self.assertEqual(connection.getresponse().read()[:1], b"{")
            connection.close()
            self.assertGreater(service.metric("quoin_log_dropped_total"), 0)
            self.assertEqual(service.stop(30), 0)
        with Service('[log]\nlevel = "info"\n') as service:
            service.process.stderr.close()
            for _ in range(3):
                self.assertEqual(service.get("/v1/none")[0], 404)
            self.assertEqual(service.stop(30), 0)
            service.process.stderr = None


class Settings(unittest.TestCase):
    def check(self, text):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "s.toml")
            file.write_text(text)
            done = subprocess.run([PROGRAM, "--check-config", "--config", str(file)], capture_output=True, text=True)
            return done.returncode, done.stderr.replace(str(file), "FILE")

    def test_the_list_is_a_file_of_settings(self):
        listed = subprocess.run([PROGRAM, "--list-settings"], capture_output=True, text=True)
        self.assertEqual(listed.returncode, 0)
        self.assertIn("[server]\n", listed.stdout)
        self.assertEqual(self.check(listed.stdout), (0, ""))

    def test_mistakes_are_named(self):
        for text, words in [
            ("[server]\nprot = 1\n", "FILE, line 2: 'server.prot' is no setting; did you mean server.port?"),
            ("x = 1\n", "FILE, line 1: 'x' is no setting"),
            ("[sever]\nport = 1\n", "FILE, line 1: 'sever' is no setting"),
            ("[server]\nport = 70000\n", "FILE, line 2: server.port = 70000 does not fit; give a whole number from 0 to 65535"),
            ("[server]\nport = \"80\"\n", "FILE, line 2: server.port is no whole number"),
            ("[server]\nhost = 80\n", "FILE, line 2: server.host is no text"),
            ("[cache]\ndigest = \"md5\"\n", "FILE, line 2: cache.digest = \"md5\" is none of sha256, xxh3"),
            ("[server\n", "FILE, line 1: is no TOML"),
        ]:
            status, message = self.check(text)
            self.assertEqual(status, 2)
            self.assertIn(words, message)
        done = subprocess.run([PROGRAM, "--config", "/nowhere.toml"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nowhere.toml", done.stderr)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = subprocess.run([PROGRAM, "--port", str(port), "--health-port", "0"], capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"cannot listen on 127.0.0.1, port {port}", done.stderr)


if __name__ == "__main__":
    if not os.path.exists(PROGRAM):
        print("SKIPPED: there is no quoin-serve")
        sys.exit(77)
    print("seed", SEED)
    unittest.main(argv=sys.argv[:1] + sys.argv[1:], verbosity=2)
