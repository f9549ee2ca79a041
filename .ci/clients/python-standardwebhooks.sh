# PyPI standardwebhooks, whose receiver verifies what an endpoint is sent (python3 with its dependencies).

SERVE_FLAGS="$SERVE_FLAGS --webhook-networks 127.0.0.0/8"

run_suite() {
    # The folder is the package's, or the Standard Webhooks repository.
    [ -d libraries/python ] && cd libraries/python
    cat >receive.py <<'PYTHON'
import json, os, sys, threading, urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from standardwebhooks import Webhook, WebhookVerificationError

base = "{BASE}/{ORG}/{APP}".format(**os.environ)
received, arrived = [], threading.Semaphore(0)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        received.append((dict(self.headers), body))
        # The first attempt fails, so that the retry by hand shows the same id.
        self.send_response(500 if len(received) == 1 else 204)
        self.end_headers()
        arrived.release()

    def log_message(self, *_):
        pass


def call(method, path, body=None, token=None):
    request = urllib.request.Request(base + path, method=method, data=json.dumps(body).encode() if body else None)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", "Bearer " + token)
    return json.load(urllib.request.urlopen(request))


def wait():
    assert arrived.acquire(timeout=20), "nothing has come"
    return received[-1]


server = HTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
credentials = {"grant_type": "client_credentials", "client_id": os.environ["CLIENT_ID"],
               "client_secret": os.environ["CLIENT_SECRET"]}
token = call("POST", "/token", credentials)["access_token"]
made = call("POST", "/webhooks", {"url": f"http://127.0.0.1:{server.server_port}/hook", "events": ["user.*"]}, token)
id, secret = made["data"]["id"], made["data"]["secret"]

call("POST", "/users", {"username": "alice", "password": "123"}, token)
headers, body = wait()
event = Webhook(secret).verify(body, headers)
assert event["type"] == "user.registered" and event["data"]["user"] == "alice", event

deliveries = []
while not deliveries or deliveries[0]["attempts"] == 0:
    deliveries = call("GET", f"/webhooks/{id}/deliveries", token=token)["data"]
call("POST", f"/webhooks/{id}/deliveries/{deliveries[0]['id']}/retry", token=token)
again, body = wait()
Webhook(secret).verify(body, again)
assert again["webhook-id"] == headers["webhook-id"], (again, headers)

# Both secrets sign for a day; a stranger's doesn't.
new = call("POST", f"/webhooks/{id}/secret", token=token)["data"]["secret"]
call("PUT", "/users/alice", {"nickname": "Alice"}, token)
headers, body = wait()
for known in (secret, new):
    Webhook(known).verify(body, headers)
for wrong in ((Webhook("whsec_" + "A" * 32), body), (Webhook(new), body + b" ")):
    try:
        wrong[0].verify(wrong[1], headers)
    except WebhookVerificationError:
        continue
    sys.exit("a wrong signature was taken")
print(f"{len(received)} requests verified")
PYTHON
    BASE=$BASE ORG=$ORG APP=$APP CLIENT_ID=$CLIENT_ID CLIENT_SECRET=$CLIENT_SECRET \
        PYTHONPATH=$PWD:${PYTHONPATH:-} "${PYTHON:-python3}" receive.py
}
