# Python package openim-sdk-core (PyPI): its nine calls over HTTP, unpacked into a folder; PYTHON has protobuf and websocket-client.

SERVE_FLAGS="$SERVE_FLAGS --openim-app clients/suite"

run_suite() {
    cat >drive.py <<'PYTHON'
import json, os, sys, urllib.request
from openim_sdk import OpenIMSDK, SDKConfig

base, passed, failed = os.environ["BASE"], 0, 0


def post(path, body, token=""):
    head = {"operationID": "1", "token": token, "Content-Type": "application/json"}
    request = urllib.request.Request(base + path, data=json.dumps(body).encode(), headers=head)
    answer = json.load(urllib.request.urlopen(request))
    assert answer["errCode"] == 0, answer
    return answer.get("data")


def call(name, function, *arguments, **named):
    global passed, failed
    try:
        result = function(*arguments, **named)
        passed += 1
        return result
    except Exception as problem:
        failed += 1
        print("FAILED", name, repr(problem)[:300])


manager = post("/auth/get_admin_token", {"secret": os.environ["CLIENT_SECRET"], "userID": "imAdmin"})["token"]
post("/user/user_register", {"users": [{"userID": name, "nickname": name} for name in ("u1", "u2")]}, manager)
tokens = {name: post("/auth/get_user_token", {"userID": name, "platformID": 1}, manager)["token"] for name in ("u1", "u2")}


def client(name):
    # The package's own routes to pull by exist in no version of OpenIM.
    return OpenIMSDK(SDKConfig(api_addr=base, data_dir=os.environ["WORK"] + "/" + name, verify_token_on_login=True,
                               pull_message_routes=("/msg/pull_msg_by_seq",)), on_recv_new_message=received.append)


received = []
one, two = client("u1"), client("u2")
call("login", one.login, "u1", tokens["u1"])
two.login("u2", tokens["u2"])
call("get_self_user_info", one.get_self_user_info)
to = dict(recv_id="u2")
call("send_text", one.send_text, "hello", **to)
call("send_at_text", one.send_at_text, "@u2 hello", at_user_list=["u2"], **to)
call("send_image_by_url", one.send_image_by_url, source_url="http://x/a.png", width=1, height=1, **to)
call("send_sound_by_url", one.send_sound_by_url, source_url="http://x/a.amr", duration=1, **to)
call("send_video_by_url", one.send_video_by_url, video_url="http://x/a.mp4", duration=1, snapshot_url="http://x/a.png", **to)
call("send_file_by_url", one.send_file_by_url, source_url="http://x/a.txt", file_name="a.txt", file_size=1, **to)


def sync():
    two.sync_once()
    kinds = [message["contentType"] for message in received]
    assert kinds == [101, 106, 102, 103, 104, 105], kinds


call("sync_once", sync)
print(f"{passed} of {passed + failed}")
sys.exit(1 if failed else 0)
PYTHON
    "${PYTHON:-python3}" drive.py
}
