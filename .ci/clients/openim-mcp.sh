# Python client of IamWWT/openim-mcp-cli-server for OpenIM 3.8: each of its calls; PYTHON has httpx, loguru and pydantic-settings.

SERVE_FLAGS="$SERVE_FLAGS --openim-app clients/suite"

run_suite() {
    cat >drive.py <<'PYTHON'
import asyncio, json, os, sys, urllib.request
sys.path.insert(0, "src")
base = os.environ["BASE"]
os.environ.update(OPENIM_API_ADDRESS=base, OPENIM_ADMIN_SECRET=os.environ["CLIENT_SECRET"], OPENIM_SENDER_ID="u1")
from loguru import logger
logger.remove()
# The package's own beginning needs a framework that its client doesn't.
import types
package = types.ModuleType("openim_mcp")
package.__path__ = ["src/openim_mcp"]
sys.modules["openim_mcp"] = package
from openim_mcp.openim_client import OpenIMClient, Pagination

passed, failed = 0, 0


def check(name, reply, isRight=lambda data: True):
    global passed, failed
    done, data = reply
    if done and isRight(data):
        passed += 1
    else:
        failed += 1
        print("FAILED", name, str(data)[:300])
    return data or {}


def register(token):
    head = {"operationID": "1", "token": token}
    body = {"users": [{"userID": f"u{n}", "nickname": f"User {n}"} for n in range(1, 6)]}
    request = urllib.request.Request(base + "/user/user_register", data=json.dumps(body).encode(), headers=head)
    assert json.load(urllib.request.urlopen(request))["errCode"] == 0


async def main():
    im = OpenIMClient()
    token = await im.ensure_token()
    check("ensure_token", (bool(token), token))
    register(token)
    check("get_users_info", await im.get_users_info(["u1", "u2"]), lambda users: [user["userID"] for user in users] == ["u1", "u2"])
    check("get_all_users", await im.get_all_users(Pagination(1, 3)), lambda page: len(page["users"]) == 3 and page["total"] >= 5)
    check("get_users_online_status", await im.get_users_online_status(["u1"]), lambda rows: rows[0]["userID"] == "u1")
    check("lookup_user by id", await im.lookup_user(user_id="u3"), lambda found: found["users"][0]["userID"] == "u3")
    check("lookup_user by name", await im.lookup_user(nickname="user 4"), lambda found: found["users"][0]["userID"] == "u4")
    made = check("create_group", await im.create_group("u1", "Team", ["u2", "u3"], ["u4"]),
                 lambda group: group["ownerUserID"] == "u1" and group["memberCount"] == 4)
    group = made.get("groupID", "")
    check("get_groups_info", await im.get_groups_info([group]), lambda groups: groups[0]["groupName"] == "Team")
    check("get_group_member_list", await im.get_group_member_list(group, Pagination(1, 2)),
          lambda page: len(page["members"]) == 2 and page["total"] == 4)
    check("get_group_member_list by word", await im.get_group_member_list(group, keyword="User 3"),
          lambda page: [member["userID"] for member in page["members"]] == ["u3"])
    check("invite_to_group", await im.invite_to_group(group, ["u5"], "come"))
    check("kick_group_member", await im.kick_group_member(group, ["u5"], "go"))
    check("get_group_member_list after that", await im.get_group_member_list(group), lambda page: page["total"] == 4)
    check("send_text", await im.send_text("u1", "u2", "hello"), bool)
    check("send_text to a group", await im.send_text("u1", group, "hello all", 3), bool)
    check("send_image", await im.send_image("u1", "u2", "http://x/a.png"), bool)
    check("send_at", await im.send_at("u1", group, "@u2 look", ["u2"]), bool)
    check("send_business_notification", await im.send_business_notification("u1", "u2", key="k", data="{}"))
    check("get_conversation_list", await im.get_conversation_list("u2"), lambda page: page["conversationTotal"] == 2)
    check("revoke_message", await im.revoke_message("u1", "si_u1_u2", 1))
    await im.close()


asyncio.run(main())
print(f"{passed} of {passed + failed}")
sys.exit(1 if failed else 0)
PYTHON
    "${PYTHON:-python3}" drive.py
}
