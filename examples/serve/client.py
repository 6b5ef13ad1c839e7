#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A client of quoin-serve that needs nothing but Python.

    client.py run photo.jpg --chain gray,gaussian=1.5 --format png --out out.png
    client.py run after.png before.png --chain "gray,absdiff(gray)" --out changed.png
    client.py segment layer.png --threshold 127 --format csv
    client.py tensor photo.jpg --size 224x224 --fit letterbox --out photo.npy

Every option but --host, --port and --out is one of the query.
"""
import http.client
import json
import sys
import time
import urllib.parse
import uuid


class Refused(Exception):
    """The service answers with an error: its status, and its sentence."""

    def __init__(self, status, message):
        super().__init__(f"{message} (status {status})")
        self.status = status


class Client:
    """One connection, which is kept from request to request. Use one for each thread."""

    def __init__(self, host="127.0.0.1", port=8080, timeout=60, tries=5):
        self.connection = http.client.HTTPConnection(host, port, timeout=timeout)
        self.tries = tries

    def ask(self, method, path, images=(), **query):
        """The body and the fields of the answer. What is refused for now (429, 503) is asked for again, and so is
        what was sent on a connection that the service had closed meanwhile."""
        target = path + "?" + urllib.parse.urlencode({k.replace("_", "-"): v for k, v in query.items()})
        body, fields = (None, {}) if not images else (images[0], {}) if len(images) == 1 else form(images)
        for left in reversed(range(self.tries)):
            try:
                self.connection.request(method, target, body, fields)
                answer = self.connection.getresponse()
                data = answer.read()
            except (ConnectionError, http.client.BadStatusLine):
                self.connection.close()
                if not left:
                    raise
                continue
            if answer.status == 200:
                return data, answer.headers
            if answer.status not in (429, 503) or not left:
                raise Refused(answer.status, json.loads(data)["error"])
            time.sleep(float(answer.headers.get("Retry-After", 1)))

    def run(self, chain, *images, format="png", **options):
        """The file of what the chain makes of the images."""
        return self.ask("POST", "/v1/run", images, chain=chain, format=format, **options)[0]

    def segment(self, image, **options):
        return json.loads(self.ask("POST", "/v1/segment", [image], **options)[0])

    def nuclei(self, image, **options):
        return json.loads(self.ask("POST", "/v1/nuclei", [image], **options)[0])

    def statistics(self, image, **options):
        return json.loads(self.ask("POST", "/v1/statistics", [image], **options)[0])

    def tensor(self, image, size, **options):
        """The .npy file, and scale and offset of x and y: a point x of the image lies at x * scale + offset."""
        data, fields = self.ask("POST", "/v1/tensor", [image], size=size, **options)
        return data, [float(fields["Quoin-" + name]) for name in ("Scale-X", "Scale-Y", "Offset-X", "Offset-Y")]

    def operations(self):
        return json.loads(self.ask("GET", "/v1/operations")[0])["operations"]


def form(images):
    """A body of several parts."""
    boundary = uuid.uuid4().hex
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="image"\r\n\r\n'.encode() + image + b"\r\n" for image in images]
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def main(words):
    given = {words[i][2:]: words[i + 1] for i in range(len(words) - 1) if words[i].startswith("--")}
    files = [w for i, w in enumerate(words[1:], 1) if not w.startswith("--") and not words[i - 1].startswith("--")]
    if not words or not files:
        sys.exit(__doc__)
    client = Client(given.pop("host", "127.0.0.1"), int(given.pop("port", 8080)))
    out = given.pop("out", "/dev/stdout")
    data, _ = client.ask("POST", "/v1/" + words[0], [open(f, "rb").read() for f in files], **given)
    open(out, "wb").write(data)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (Refused, OSError) as e:
        sys.exit(f"client.py: {e}")
