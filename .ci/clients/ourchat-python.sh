# OurChat's Python client of August 2024, SkyUOI/OurChat 406f5551, folder client/pc/src: PYTHON has websockets and peewee.

SERVE_FLAGS="$SERVE_FLAGS --ourchat-app clients/suite"

run_suite() {
    # Its window and its compiled module are left out; the frames that its window sends are sent here as it sends them.
    mkdir -p stubs/PyQt6 theme/dark_amber
    : >stubs/PyQt6/__init__.py
    echo 'class QMessageBox: pass' >stubs/PyQt6/QtWidgets.py
    echo 'version_details = "version:0"' >stubs/rmodule.py
    cat >drive.py <<'PYTHON'
import hashlib, os, sys, time
sys.path[:0] = ["stubs", "."]
import types
interface = types.ModuleType("lib.uiSystem")
interface.UISystem = object
sys.modules["lib.uiSystem"] = interface
from lib.OurChat import OurChat

passed, failed, port = 0, 0, int(os.environ["PORT"])
digest = lambda text: hashlib.sha256(text.encode("ascii")).hexdigest()


def check(name, isRight, *seen):
    global passed, failed
    if isRight:
        passed += 1
    else:
        failed += 1
        print("FAILED", name, *seen)


class Client:
    """One client of the library, whose events are worked off as its window does."""

    def __init__(self):
        self.heard = []
        self.chat = OurChat()
        # After the server's goodbye the window asks, and begins anew.
        self.chat.restart = lambda message=None: None
        self.chat.conn.setServer("127.0.0.1", port)
        for code in list(range(0, 32)) + [-1, -2, -3, -4]:
            self.chat.listen(code, self.hear)

    def hear(self, data):
        self.heard.append(data)

    def connect(self):
        done, problem = self.chat.conn.connect()
        self.chat.runThread(self.chat.conn.recv)
        return done

    def wait(self, code, matches=lambda data: True, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.chat.tick()
            for data in self.heard:
                if data["code"] == code and matches(data):
                    self.heard.remove(data)
                    return data
            time.sleep(0.01)
        return {}

    def ask(self, code, answer, **members):
        self.chat.conn.send({"code": code, **members})
        return self.wait(answer)

    def register(self, name):
        status = self.ask(12, 12)
        verified = self.ask(14, 15)
        reply = self.ask(4, 5, email=name + "@example.com", password=digest(name)) if verified.get("status") == 0 else {}
        return status, verified, reply


ann = Client()
check("connect", ann.connect())
status, verified, registered = ann.register("ann")
check("server status", status.get("status") == 0, status)
check("verification", verified.get("status") == 0, verified)
check("register", registered.get("status") == 0 and registered.get("ocid"), registered)
# The library has one database of messages a process: it is the receiver's here.
me = ann.chat.getAccount(registered.get("ocid", ""), True)
check("own account", ann.wait(-1).get("ocid") == me.ocid and me.data.get("sessions") == [], me.data)
check("own avatar", ann.wait(-2) != {} and me.have_got_avatar and len(me.avatar_binary_data or b"") > 0)
check("avatar's hash", hashlib.sha256(me.avatar_binary_data or b"").hexdigest() == me.data.get("avatar_hash"))

bob = Client()
bob.connect()
_, _, other = bob.register("bob")
check("a second registration", other.get("status") == 0 and other.get("ocid") != me.ocid, other)
again = Client()
again.connect()
_, _, taken = again.register("ann")
check("a taken address", taken.get("status") == 2, taken)
wrong = again.ask(6, 7, login_type=0, account="ann@example.com", password=digest("other"))
check("log in with a wrong password", wrong.get("status") == 1, wrong)
nobody = again.ask(6, 7, login_type=1, account="nobodyatall", password=digest("other"))
check("log in as nobody", nobody.get("status") == 1, nobody)
byMail = again.ask(6, 7, login_type=0, account="ann@example.com", password=digest("ann"))
check("log in by address", byMail.get("status") == 0 and byMail.get("ocid") == me.ocid, byMail)
third = Client()
third.connect()
byName = third.ask(6, 7, login_type=1, account=me.ocid, password=digest("ann"))
check("log in by ocid", byName.get("status") == 0 and byName.get("ocid") == me.ocid, byName)

made = ann.ask(8, 9, members=[me.ocid, other.get("ocid", "")])
check("new session", made.get("status") == 0 and made.get("session_id"), made)
session = made.get("session_id", "")
bob.chat.setAccount(bob.chat.getAccount(other.get("ocid", ""), True))
bob.wait(-1)
shown = bob.chat.getSession(session)
check("session", bob.wait(-3, lambda data: data["session_id"] == session) != {}
      and sorted(shown.data.get("members", [])) == sorted([me.ocid, other["ocid"]]) and shown.data.get("owner"), shown.data)
check("session's avatar", bob.wait(-4) != {} and shown.have_got_avatar)
ann.chat.conn.send({"code": 0, "time": time.time(), "sender": {"session_id": session}, "msg": [{"type": 0, "text": "hello"}]})
message = bob.wait(0)
check("message", message.get("msg") == [{"type": 0, "text": "hello"}] and message["sender"]["ocid"] == me.ocid, message)
check("unread", bob.chat.chatting_system.getHavenotReadNumber(session) == 1)
rows = bob.chat.chatting_system.getRecord(session)
check("record", len(rows) == 1 and rows[0]["msg"][0]["text"] == "hello", rows)
bob.chat.chatting_system.readSession(session)
check("read", bob.chat.chatting_system.getHavenotReadNumber(session) == 0)
seen = bob.chat.getAccount(me.ocid)
check("another's account", bob.wait(-1, lambda data: data["ocid"] == me.ocid) != {} and seen.data.get("nickname") is not None, seen.data)
changed = ann.ask(19, 20, ocid=me.ocid, data={"nickname": "Ann"})
check("set account", changed.get("status") == 0, changed)
fresh = third.ask(10, 11, ocid=me.ocid, request_values=["nickname", "update_time"])
check("an account that changed", fresh.get("data", {}).get("nickname") == "Ann", fresh)
unknown = ann.ask(3, 18)
check("an unknown code", "details" in unknown, unknown)
gone = third.ask(16, 17)
check("unregister", gone.get("status") == 0, gone)
print(f"{passed} of {passed + failed}")
sys.stdout.flush()
os._exit(1 if failed else 0)
PYTHON
    "${PYTHON:-python3}" drive.py
}
