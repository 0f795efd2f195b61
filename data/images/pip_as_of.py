# pip_as_of.py DATE: a lock for an interpreter that uv does not resolve for, on its standard output.
#
# pip resolves against an index of our own on this machine's loopback, which passes on the files that
# the real one had at DATE (its upload times, PEP 700) and nothing younger. Reads, in the folder of
# this file, requirements.in, constraints.txt, excludes.txt (distributions that must not be in the
# lock) and younger.txt ("NAME DATE": these may be as young as that); a project in /src/repo counts
# as required where its requirements are asked for ("-p"). Runs on Python 2.7 and 3.
from __future__ import print_function

import json
import os
import re
import subprocess
import sys
import tempfile
import threading

try:
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from socketserver import ThreadingMixIn
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen
except ImportError:
    from BaseHTTPServer import BaseHTTPRequestHandler, HTTPServer
    from SocketServer import ThreadingMixIn
    from urllib2 import HTTPError, Request, urlopen

HERE = os.path.dirname(os.path.abspath(__file__))
JSON = "application/vnd.pypi.simple.v1+json"
TRIES = 4


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def lines(name):
    path = os.path.join(HERE, name)
    with open(path) as f:
        return [s.strip() for s in f if s.strip()]


def name_of(requirement):
    found = re.match(r"[A-Za-z0-9][A-Za-z0-9._-]*", requirement)
    return normal(found.group(0)) if found else ""


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def upstream():
    url = os.environ.get("PIP_INDEX_URL")
    if not url:
        said = subprocess.Popen([sys.executable, "-m", "pip", "config", "get", "global.index-url"],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        url = said.communicate()[0].decode("utf-8").strip()
    return (url or "https://pypi.org/simple").rstrip("/")


class Index(object):
    """The real index as it was at a date."""

    def __init__(self, url, date, younger):
        self.url, self.date, self.younger = url, date, younger
        self.served = {}  # file name -> (project, sha256)
        self.lock = threading.Lock()
        self.broken = None

    def ask(self, name):
        for left in range(TRIES - 1, -1, -1):
            try:
                answer = urlopen(Request("%s/%s/" % (self.url, name), headers={"Accept": JSON}), timeout=30)
                return json.loads(answer.read().decode("utf-8"))["files"]
            except HTTPError as e:
                if e.code == 404:
                    return []
                why = e
            except ValueError:
                self.broken = "the package index does not answer in JSON, so upload times are not known"
                return None
            except Exception as e:
                why = e
            if not left:
                self.broken = "Could not connect to the package index: %s" % why
        return None

    def files(self, name):
        files, limit = self.ask(name), self.younger.get(name, self.date)
        if files and not any("upload-time" in f for f in files):
            self.broken = "the package index tells no upload times"
            files = None
        kept = [f for f in files or [] if f.get("upload-time", "9")[:19] < limit[:19] and not f.get("yanked")]
        with self.lock:
            for f in kept:
                self.served[f["filename"]] = (name, f["hashes"].get("sha256"))
        return kept if files is not None else None


def handler(index):
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            name = normal(self.path.strip("/").split("/")[-1])
            files = index.files(name)
            if files is None:
                self.send_error(502, "Bad Gateway")
                return
            body = ["<!DOCTYPE html><html><body>"]
            for f in files:
                needs = f.get("requires-python")
                body.append('<a href="%s#sha256=%s"%s>%s</a><br>' % (
                    escaped(f["url"]), f["hashes"].get("sha256", ""),
                    ' data-requires-python="%s"' % escaped(needs) if needs else "", escaped(f["filename"])))
            body = "\n".join(body + ["</body></html>"]).encode("utf-8")
            self.send_response(200 if files else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


class Server(ThreadingMixIn, HTTPServer):
    daemon_threads = True


def version_of(name, filename):
    """"1.0" of "foo_bar-1.0-py2-none-any.whl" and "foo-bar-1.0.tar.gz"."""
    if filename.endswith(".whl"):
        return filename.split("-")[1]
    stem = re.sub(r"\.(tar\.(gz|bz2|xz|Z)|tgz|zip)$", "", filename)
    for at in range(len(stem)):
        if stem[at] == "-" and normal(stem[:at]) == name:
            return stem[at + 1:]
    return None


def resolve(index, port, into, project):
    excludes = set(name_of(s) for s in lines("excludes.txt"))
    wanted = [s for s in lines("requirements.in") if name_of(s) not in excludes]
    with open(os.path.join(into, "requirements.in"), "w") as f:
        f.write("\n".join(wanted) + "\n")
    files = os.path.join(into, "files")
    os.mkdir(files)
    # New interpreters do not know the flag, and resolve that way without it.
    resolver = ["--use-feature=2020-resolver"] if sys.version_info < (3, 0) else []
    env = dict(os.environ, PIP_INDEX_URL="http://127.0.0.1:%d/simple" % port, PIP_NO_CACHE_DIR="1",
               PIP_TRUSTED_HOST="127.0.0.1", NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    for other in ("NO_PROXY", "no_proxy"):
        if os.environ.get(other):
            env[other] += "," + os.environ[other]
    command = [sys.executable, "-m", "pip", "download", "--progress-bar=off", "-d", files,
               "-c", os.path.join(HERE, "constraints.txt"), "-r", os.path.join(into, "requirements.in")]
    status = subprocess.call(command + resolver + (["/src/repo"] if project else []), env=env, stdout=2)
    pinned = []
    for filename in sorted(os.listdir(files)) if status == 0 else []:
        name, digest = index.served.get(filename, (None, None))
        version = version_of(name, filename) if name else None
        if version and name not in excludes:
            pinned.append("%s==%s --hash=sha256:%s" % (name, version, digest))
    return status, sorted(pinned)


def main():
    date, project = sys.argv[1], "-p" in sys.argv[2:]
    younger = dict(s.split() for s in lines("younger.txt"))
    index = Index(upstream(), date, dict((normal(k), v) for k, v in younger.items()))
    server = Server(("127.0.0.1", 0), handler(index))
    thread = threading.Thread(target=server.serve_forever)
    thread.daemon = True
    thread.start()
    status, pinned = resolve(index, server.server_address[1], tempfile.mkdtemp(), project)
    if index.broken:
        print(index.broken, file=sys.stderr)
    if status == 0:
        print("\n".join(pinned))
    return status or (1 if index.broken else 0)


if __name__ == "__main__":
    sys.exit(main())
