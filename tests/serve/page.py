# SPDX-License-Identifier: BSL-1.0
"""The pages of quoin-serve in a browser: Chromium without a window, driven through its own pipes.

    page.py FOLDER [unittest's options]

FOLDER holds the executables. QUOIN_SCREENSHOTS names a folder for pictures of the pages. Exit status 77: there is no
quoin-serve or no Chromium.
"""
import base64
import json
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest
import zlib

BIN = sys.argv.pop(1) if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]) else os.environ.get("QUOIN_BIN", "")
PROGRAM = os.path.join(BIN, "quoin-serve")
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)


class Browser:
    """Commands of the DevTools protocol, in JSON that ends with a zero, over descriptors 3 and 4."""

    def __init__(self, folder):
        (theirs_in, self.out), (self.into, theirs_out) = os.pipe(), os.pipe()

        def descriptors():
            a, b = os.dup(theirs_in), os.dup(theirs_out)  # neither is 3 or 4 below
            os.dup2(a, 3)
            os.dup2(b, 4)

        for end in (theirs_in, theirs_out):
            os.set_inheritable(end, True)
        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--remote-debugging-pipe", f"--user-data-dir={folder}", "--window-size=1200,900", "about:blank"],
            preexec_fn=descriptors, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.waiting, self.number, self.session, self.events = b"", 0, None, []
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(t for t in targets if t["type"] == "page")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "DOM", "Log", "Network"):
            self.call(domain + ".enable")

    def close(self):
        os.close(self.out)  # it ends where nobody drives it any more
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.into)

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.waiting:
                part = os.read(self.into, 1 << 20)
                if not part:
                    raise RuntimeError("the browser has ended")
                self.waiting += part
            text, _, self.waiting = self.waiting.partition(b"\0")
            answer = json.loads(text)
            if answer.get("id") != self.number:
                self.events.append(answer)
                continue
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']}")
            return answer["result"]

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", expression))
        return answer["result"].get("value")

    def until(self, expression, seconds=30):
        end = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            if time.monotonic() > end:
                raise AssertionError(f"not within {seconds} s: {expression}; the page says "
                                     + str(self.evaluate("document.getElementById('state')?.textContent")))
            time.sleep(0.05)
        return value

    def go(self, address):
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.href === " + json.dumps(address))

    def choose(self, selector, files):
        node = self.call("DOM.querySelector", nodeId=self.call("DOM.getDocument")["root"]["nodeId"], selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(f) for f in files])

    def complaints(self):
        """What the browser says in its console, as of a policy that is not kept."""
        self.evaluate("0")
        return [e["params"] for e in self.events if e.get("method") in ("Runtime.exceptionThrown", "Log.entryAdded")
                and e["params"].get("entry", {}).get("level") != "info"
                and "status of 400" not in e["params"].get("entry", {}).get("text", "")]

    def addresses(self):
        return {e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"}

    def picture(self, name):
        if folder := os.environ.get("QUOIN_SCREENSHOTS"):
            data = self.call("Page.captureScreenshot", format="png")["data"]
            pathlib.Path(folder, name).write_bytes(base64.b64decode(data))


def png(width, height, shade):
    """A gray PNG of shade(x, y)."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(shade(x, y) for x in range(width)) for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


# The value of the pixel at (x, y) of the picture that the page shows.
PIXEL = """(() => {
    const image = document.getElementById('result'), c = document.createElement('canvas');
    c.width = image.naturalWidth;
    c.height = image.naturalHeight;
    const to = c.getContext('2d');
    to.drawImage(image, 0, 0);
    return to.getImageData(%d, %d, 1, 1).data[0];
})()"""
DONE = "/ ms, /.test(document.getElementById('state').textContent) && document.getElementById('result').complete"
SET = "(() => { const e = %s; e.value = %s; e.dispatchEvent(new Event('input')); e.dispatchEvent(new Event('change')); })()"


class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(self.folder.cleanup)
        self.process = subprocess.Popen([PROGRAM, "--port", "0", "--health-port", "0"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (self.process.kill(), self.process.communicate()))
        self.address = "http://127.0.0.1:%d" % json.loads(self.process.stdout.readline())["port"]
        self.browser = Browser(os.path.join(self.folder.name, "profile"))
        self.addCleanup(self.browser.close)

    def test_a_chain_is_tried(self):
        b = self.browser
        names = ["a.png", "b.png"]
        files = [pathlib.Path(self.folder.name, n) for n in names]
        files[0].write_bytes(png(320, 200, lambda x, y: (x // 16 * 40 + y // 20 * 24) % 256))
        files[1].write_bytes(png(320, 200, lambda x, y: 10))
        b.go(self.address + "/")
        b.until("!document.getElementById('add').disabled && document.getElementById('format').value === 'png'")
        b.choose("#file", files[:1])
        b.evaluate(SET % ("document.getElementById('operations')", "'invert'"))
        b.evaluate("document.getElementById('add').click()")
        b.until(DONE)
        self.assertEqual(b.evaluate(PIXEL % (40, 30)), 255 - (80 + 24))
        # A slider: brightness by 0, which makes all black.
        b.evaluate(SET % ("document.getElementById('operations')", "'brightness'"))
        b.evaluate("document.getElementById('add').click()")
        b.until("document.querySelectorAll('#chain li').length === 2 && !!document.querySelector('#chain input[type=range]')")
        b.evaluate(SET % ("document.querySelector('#chain input[type=range]')", "'0'"))
        b.until("document.getElementById('text').value === 'invert,brightness=0'")
        b.until("(" + PIXEL % (40, 30) + ") === 0 && " + DONE)
        # The black picture, inverted last: the order is changed by a button.
        b.evaluate("document.querySelector('#chain li button[title=later]').click()")
        b.until("document.getElementById('text').value === 'brightness=0,invert'")
        b.until("(" + PIXEL % (40, 30) + ") === 255 && " + DONE)
        b.picture("chain.png")
        # A mistake is a sentence.
        b.evaluate(SET % ("document.getElementById('text')", "'grey'"))
        b.until("document.getElementById('state').textContent.includes('did you mean gray') "
                "&& document.getElementById('state').classList.contains('wrong')")
        b.picture("mistake.png")
        # Several pictures.
        b.evaluate(SET % ("document.getElementById('text')", "'absdiff'"))
        b.choose("#file", files)
        b.until("(" + PIXEL % (40, 30) + ") === 94 && " + DONE)
        self.assertEqual(b.complaints(), [])
        self.assertEqual({a for a in b.addresses() if not a.startswith((self.address, "blob:" + self.address))}, set())

    def test_every_operation_can_be_added(self):
        """The controls of each operation give a chain that the service reads."""
        b = self.browser
        b.go(self.address + "/")
        b.until("!document.getElementById('add').disabled")
        texts = b.evaluate("""(() => {
            const list = document.getElementById('operations'), all = [];
            for (const o of list.options) {
                list.value = o.value;
                document.getElementById('add').click();
                all.push(document.getElementById('text').value);
                document.querySelector('#chain li button[title=remove]').click();
            }
            return all;
        })()""")
        self.assertGreater(len(texts), 100)
        wrong = b.evaluate("""Promise.all(%s.map(async text => {
            const answer = await fetch('/v1/run?' + new URLSearchParams({chain: text}), {method: 'POST', body: 'no image'});
            return answer.status === 415 || (await answer.json()).error.includes('images are read') ? '' : text;
        })).then(all => all.filter(t => t))""" % json.dumps(texts))
        self.assertEqual(wrong, [])

    def test_status(self):
        b = self.browser
        b.go(self.address + "/status")
        b.until("document.getElementById('settings').rows.length > 20 && document.getElementById('now').rows.length > 3")
        count = ("(() => { for (const r of document.getElementById('requests').rows) if (r.textContent.includes('operations')) "
                 "return Number(r.cells[2].textContent); return 0; })()")
        before = b.evaluate(count)
        b.evaluate("fetch('/v1/operations').then(a => a.text())")
        b.until(f"{count} === {before} + 1")
        b.picture("status.png")
        self.assertEqual(b.complaints(), [])
        self.process.kill()
        b.until("document.getElementById('state').textContent.includes('does not answer')")


if __name__ == "__main__":
    for missing, what in ((not os.path.exists(PROGRAM), "quoin-serve"), (not CHROMIUM, "Chromium")):
        if missing:
            print("SKIPPED: there is no", what)
            sys.exit(77)
    unittest.main(argv=sys.argv, verbosity=2)
