"""What a validator, generated clients and viewers make of the API document of a running server."""

import base64
import contextlib
import http.server
import importlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

PARLEY, WORK = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
BIN = os.path.dirname(sys.executable)
PARTS = ["platform", "openim", "ourchat", "operations"]
# What the generators say of themselves, and of media types that they don't read.
OWN = re.compile(r"3\.1 support is still in beta|Unsupported content_type (application/(gzip|yaml)|image/png)|reserved word|schema name: null")
failures = []


def check(is_so, text):
    print(("ok      " if is_so else "FAILED  ") + text, flush=True)
    if not is_so:
        failures.append(text)


@contextlib.contextmanager
def server():
    """A server with one application; yields its address and the application's credentials."""
    with tempfile.TemporaryDirectory(prefix="parley-document-") as folder:
        process = subprocess.Popen(
            [PARLEY, "serve", "--port", "0", "--data", folder, "--password-cost", "1", "--access-log", "off"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = process.stdout.readline().split()[-1]
            made = subprocess.run([PARLEY, "app", "create", "doc/app", "--json", "--data", folder],
                                  capture_output=True, text=True, check=True).stdout
            yield address, json.loads(made)
        finally:
            process.terminate()
            process.wait(20)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=WORK, timeout=600)
    return done.returncode, done.stdout + done.stderr


def complaints(text):
    """The warnings about the document, without those that are about the generator."""
    blocks = re.split(r"\n(?=WARNING|ERROR|\[main\])", text)
    bad = [block.strip()[:300] for block in blocks if re.match(r"(\[main\] )?(WARN|ERROR)", block.strip())]
    return [block for block in bad if not OWN.search(block)]


def fetch(address):
    for part in PARTS:
        with urllib.request.urlopen(f"{address}/openapi.json?dialect={part}") as reply:
            with open(f"{WORK}/{part}.json", "wb") as file:
                file.write(reply.read())


def validate():
    for path in [f"{WORK}/{part}.json" for part in PARTS] + [os.path.abspath("openapi.yaml")]:
        code, text = run(f"{BIN}/openapi-spec-validator", path)
        check(code == 0, f"openapi-spec-validator: {os.path.basename(path)} {text.strip()[-200:] if code else ''}")


def python_client():
    for part in PARTS:
        folder = f"{WORK}/client_{part}"
        shutil.rmtree(folder, ignore_errors=True)
        code, text = run(f"{BIN}/openapi-python-client", "generate", "--path", f"{WORK}/{part}.json",
                         "--output-path", folder, "--meta", "none")
        found = complaints(text)
        check(code == 0 and not found, f"openapi-python-client: {part} {found[:3] if found else ''}")


def other_client():
    if not shutil.which("java"):
        print("left out: openapi-generator needs java")
        return False
    for part in PARTS:
        folder = f"{WORK}/other_{part}"
        shutil.rmtree(folder, ignore_errors=True)
        code, text = run(f"{BIN}/openapi-generator-cli", "generate", "-i", f"{WORK}/{part}.json", "-g", "python",
                         "-o", folder, "--package-name", f"other_{part}")
        found = complaints(text)
        check(code == 0 and not found, f"openapi-generator: {part} {found[:3] if found else ''}")
    return True


def call_with_python_client(address, app):
    sys.path.insert(0, WORK)
    client_module = importlib.import_module("client_platform.client")
    models = importlib.import_module("client_platform.models")
    anonymous = client_module.Client(base_url=address)

    def call(tag, name, *path, client, **fields):
        module = importlib.import_module(f"client_platform.api.platform_{tag}.{name}")
        reply = module.sync_detailed("doc", "app", *path, client=client, **fields)
        check(reply.status_code == 200 and reply.parsed is not None, f"openapi-python-client: {name} {reply.status_code}")
        return reply.parsed

    token = call("tokens", "issue_token", client=anonymous, body=models.TokenRequest(
        grant_type="client_credentials", client_id=app["client_id"], client_secret=app["client_secret"]))
    client = client_module.AuthenticatedClient(base_url=address, token=token.access_token)
    for name in ["ann", "bob", "cat"]:
        call("users", "register_users", client=client, body=models.Registration(username=name, password="1"))
    call("users", "get_user", "ann", client=client)
    call("users", "list_users", client=client, limit=2)
    call("users", "update_user", "ann", client=client, body=models.UserUpdate(nickname="Ann"))
    call("contacts", "add_contact", "ann", "bob", client=client)
    call("contacts", "list_contacts", "ann", client=client)
    call("contacts", "page_contacts", "ann", client=client, limit=5)
    call("presence", "get_status", "ann", client=client)
    made = call("groups", "create_group", client=client, body=models.NewGroup(
        groupname="g", desc="d", public=True, owner="ann", members=["bob"]))
    group = made.data.groupid
    call("groups", "get_groups", group, client=client)
    call("groups", "list_group_members", group, client=client)
    call("groups", "add_group_member", group, "cat", client=client)
    call("groups", "get_group_announcement", group, client=client)
    call("messages", "send_messages_to_users", client=client, body=models.NewMessage(
        from_="ann", to=["bob"], type_=models.NewMessageType.TXT, body=models.MessageBody(msg="hello")))
    call("messages", "search_messages", client=client, q="hello", limit=5)
    call("mutes", "get_mutes", "bob", client=client)
    call("messages", "get_offline_count", "bob", client=client)
    call("groups", "delete_group", group, client=client)
    call("users", "delete_user", "cat", client=client)


def call_with_other_client(address, app):
    sys.path.insert(0, f"{WORK}/other_platform")
    package = importlib.import_module("other_platform")
    configuration = package.Configuration(host=address)
    api = package.ApiClient(configuration)

    def call(topic, name, *path, **fields):
        try:
            reply = getattr(getattr(package, f"Platform{topic}Api")(api), name)("doc", "app", *path, **fields)
        except Exception as error:  # Any failure of generated code is what is looked for.
            check(False, f"openapi-generator: {name} {str(error)[:300]}")
            return None
        check(reply is not None, f"openapi-generator: {name}")
        return reply

    token = call("Tokens", "issue_token", token_request=package.TokenRequest(
        grant_type="client_credentials", client_id=app["client_id"], client_secret=app["client_secret"]))
    configuration.access_token = token.access_token
    for name in ["dan", "eve", "fay"]:
        call("Users", "register_users", register_users_request=package.RegisterUsersRequest(
            package.Registration(username=name, password="1")))
    call("Users", "get_user", "dan")
    call("Users", "list_users", limit=2)
    call("Users", "update_user", "dan", user_update=package.UserUpdate(nickname="Dan"))
    call("Contacts", "add_contact", "dan", "eve")
    call("Contacts", "list_contacts", "dan")
    call("Contacts", "page_contacts", "dan", limit=5)
    call("Presence", "get_status", "dan")
    made = call("Groups", "create_group", new_group=package.NewGroup(
        groupname="g", desc="d", public=True, owner="dan", members=["eve"]))
    group = made.data.groupid if made else "1"
    call("Groups", "get_groups", group)
    call("Groups", "list_group_members", group)
    call("Groups", "add_group_member", group, "fay")
    call("Groups", "get_group_announcement", group)
    call("Messages", "send_messages_to_users", new_message=package.NewMessage(
        var_from="dan", to=["eve"], type="txt", body=package.MessageBody(msg="hello")))
    call("Messages", "search_messages", q="hello", limit=5)
    call("Mutes", "get_mutes", "eve")
    call("Messages", "get_offline_count", "eve")
    call("Groups", "delete_group", group)
    call("Users", "delete_user", "fay")


class Browser:
    """Headless Chromium, driven over WebDriver."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(["chromedriver", f"--port={port}"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}/status")
                break
            time.sleep(0.1)
        options = {"args": ["--headless=new", "--no-sandbox", "--window-size=1200,1600"]}
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self.session = f"/session/{made['sessionId']}"
        self.call("POST", f"{self.session}/timeouts", {"script": 300000, "pageLoad": 300000})

    def call(self, method, path, body=None):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=320) as reply:
            return json.load(reply)["value"]

    def count(self, page, selector, wanted):
        """How many elements there are on a page, once there are enough or two minutes have passed."""
        self.call("POST", f"{self.session}/url", {"url": page})
        end, found = time.time() + 120, 0
        while found < wanted and time.time() < end:
            script = f"return document.querySelectorAll({json.dumps(selector)}).length"
            found = self.call("POST", f"{self.session}/execute/sync", {"script": script, "args": []})
            time.sleep(0.5)
        return found

    def picture(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", f"{self.session}/screenshot")))

    def close(self):
        with contextlib.suppress(OSError):
            self.call("DELETE", self.session)
        self.process.terminate()


def view(address):
    if not shutil.which("chromedriver"):
        print("left out: the viewers need chromedriver")
        return
    import drf_spectacular_sidecar
    static = os.path.join(os.path.dirname(drf_spectacular_sidecar.__file__), "static/drf_spectacular_sidecar")
    pages = {
        "swagger": '<link rel="stylesheet" href="static/swagger-ui-dist/swagger-ui.css"><div id="ui"></div>'
                   '<script src="static/swagger-ui-dist/swagger-ui-bundle.js"></script><script>SwaggerUIBundle('
                   '{url: location.search.slice(1) + ".json", dom_id: "#ui", docExpansion: "list"})</script>',
        "redoc": '<div id="ui"></div><script src="static/redoc/bundles/redoc.standalone.js"></script><script>'
                 'Redoc.init(location.search.slice(1) + ".json", {}, document.getElementById("ui"))</script>',
    }
    for name, page in pages.items():
        with open(f"{WORK}/{name}.html", "w") as file:
            file.write('<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">' + page)
    with contextlib.suppress(FileExistsError):
        os.symlink(static, f"{WORK}/static")

    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *rest):
            super().__init__(*rest, directory=WORK)

        def log_message(self, *_):
            pass

    files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    own = f"http://127.0.0.1:{files.server_port}"
    browser = Browser()
    try:
        for part in PARTS:
            with open(f"{WORK}/{part}.json") as file:
                document = json.load(file)
            wanted = sum(len(item) for item in document["paths"].values())
            for name, selector in [("swagger", ".opblock"), ("redoc", "[data-section-id*='/operation/']")]:
                found = browser.count(f"{own}/{name}.html?{part}", selector, wanted)
                check(found >= wanted, f"{name}: {part} shows {found} of {wanted} operations")
                browser.picture(f"{WORK}/{name}-{part}.png")
            found = browser.count(f"{address}/docs?dialect={part}", "details.operation form", wanted)
            check(found >= wanted, f"/docs: {part} shows {found} of {wanted} operations")
            browser.picture(f"{WORK}/docs-{part}.png")
    finally:
        browser.close()
        files.shutdown()


os.makedirs(WORK, exist_ok=True)
with server() as (address, app):
    fetch(address)
    validate()
    python_client()
    call_with_python_client(address, app)
    if other_client():
        call_with_other_client(address, app)
    view(address)
print(f"{len(failures)} failed" if failures else "all as it should be")
sys.exit(1 if failures else 0)
