"""An editor that types: how long a change takes until what is wrong is underlined."""

import json
import subprocess
import time


class Server:
    def __init__(self, program, folder):
        self.process = subprocess.Popen([str(program), "rules", "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.request("initialize", {"rootUri": f"file://{folder}", "capabilities": {}})
        self.notify("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        header = self.process.stdout.readline()
        if not header:
            raise RuntimeError("the server is gone")
        self.process.stdout.readline()
        return json.loads(self.process.stdout.read(int(header.split(b":")[1])))

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def request(self, method, params):
        self.send({"id": 1, "method": method, "params": params})
        while (answer := self.receive()).get("id") != 1:
            pass
        return answer

    def diagnostics(self):
        while (message := self.receive()).get("method") != "textDocument/publishDiagnostics":
            pass
        return message["params"]["diagnostics"]

    def close(self):
        self.request("shutdown", {})
        self.notify("exit", {})
        self.process.wait()


def changes(program, folder, count):
    """Seconds from each change to its diagnostics."""
    path = folder.resolve() / "benchmark.rules"
    text = path.read_text(encoding="utf-8")
    lines = text.split("\n")
    watches = [number for number, line in enumerate(lines) if line.startswith("  watch ")]
    uri = f"file://{path}"
    server = Server(program, folder.resolve())
    server.notify("textDocument/didOpen",
                  {"textDocument": {"uri": uri, "languageId": "outturn-rules", "version": 1, "text": text}})
    server.diagnostics()
    seconds = []
    for turn in range(count):
        # A name that nothing has, in one rule after the other, and taken away again.
        line = watches[turn // 2 * len(watches) // count]
        typed, start, end = ("zz + ", 8, 8) if turn % 2 == 0 else ("", 8, 13)
        change = {"range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}},
                  "text": typed}
        begun = time.perf_counter()
        server.notify("textDocument/didChange",
                      {"textDocument": {"uri": uri, "version": turn + 2}, "contentChanges": [change]})
        found = server.diagnostics()
        seconds.append(time.perf_counter() - begun)
        errors = [one for one in found if one["severity"] == 1]
        if bool(errors) != (turn % 2 == 0):
            raise RuntimeError(f"change {turn} came out wrong: {errors[:1]}")
    server.close()
    return seconds
