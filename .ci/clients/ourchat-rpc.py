"""One story in every method of OurChat's services, told by each client in each protocol that it speaks."""

import asyncio
import base64
import hashlib
import os
import sys
import time

import grpc
from connectrpc.client import ConnectClientSync
from connectrpc.compat import google_protobuf_binary_codec, google_protobuf_json_codec
from connectrpc.errors import ConnectError
from connectrpc.method import IdempotencyLevel, MethodInfo, StreamType
from connectrpc.protocol import ProtocolType
from google.protobuf import json_format, message_factory
from google.protobuf.descriptor_pool import Default
from pyqwest import HTTPVersion, SyncClient, SyncHTTPTransport
from service.auth.v1 import auth_pb2  # noqa: F401: fills the pool
from service.basic.v1 import basic_pb2  # noqa: F401
from service.ourchat.v1 import ourchat_pb2  # noqa: F401

BASE, PORT = os.environ["BASE"], os.environ["PORT"]
AUTH, BASIC, CHAT = (
    "service.auth.v1.AuthService", "service.basic.v1.BasicService", "service.ourchat.v1.OurChatService",
)
# No user, session or message has this number.
NOBODY = "9007199254740993"
CODES = [
    "ok", "canceled", "unknown", "invalid_argument", "deadline_exceeded", "not_found", "already_exists",
    "permission_denied", "resource_exhausted", "failed_precondition", "aborted", "out_of_range", "unimplemented",
    "internal", "unavailable", "data_loss", "unauthenticated",
]


class Refused(Exception):
    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code, self.message = code, message


def described(service, name):
    return Default().FindServiceByName(service).FindMethodByName(name)


def classes(method):
    return (message_factory.GetMessageClass(method.input_type), message_factory.GetMessageClass(method.output_type))


class Connect:
    """connectrpc in one of its protocols."""

    def __init__(self, protocol, codec, compresses):
        http = None
        if protocol == ProtocolType.GRPC:
            http = SyncClient(SyncHTTPTransport(http_version=HTTPVersion.HTTP2))
        self.client = ConnectClientSync(
            BASE, protocol=protocol, codec=codec, http_client=http,
            **({} if compresses else {"send_compression": None}),
        )

    def call(self, service, name, messages, token, seconds, count):
        method = described(service, name)
        taken, given = classes(method)
        stream = {
            (False, False): StreamType.UNARY, (True, False): StreamType.CLIENT_STREAM,
            (False, True): StreamType.SERVER_STREAM, (True, True): StreamType.BIDI_STREAM,
        }[method.client_streaming, method.server_streaming]
        info = MethodInfo(
            name=name, service_name=service, input=taken, output=given,
            idempotency_level=IdempotencyLevel.UNKNOWN, stream_type=stream,
        )
        headers = {"authorization": "Bearer " + token} if token else {}
        options = {"method": info, "headers": headers, "timeout_ms": int(seconds * 1000)}
        try:
            if stream == StreamType.UNARY:
                return [self.client.execute_unary(request=messages[0], **options)]
            if stream == StreamType.CLIENT_STREAM:
                return [self.client.execute_client_stream(request=iter(messages), **options)]
            found = []
            for message in self.client.execute_server_stream(request=messages[0], **options):
                found.append(message)
                if len(found) == count:
                    break
            return found
        except ConnectError as error:
            raise Refused(error.code.value, error.message) from None


class Plain:
    """grpcio, blocking."""

    def __init__(self, compression=grpc.Compression.NoCompression):
        self.channel = grpc.insecure_channel(f"127.0.0.1:{PORT}", compression=compression)

    def call(self, service, name, messages, token, seconds, count):
        method = described(service, name)
        taken, given = classes(method)
        kind = ("stream" if method.client_streaming else "unary") + "_" + (
            "stream" if method.server_streaming else "unary"
        )
        stub = getattr(self.channel, kind)(
            f"/{service}/{name}", request_serializer=taken.SerializeToString, response_deserializer=given.FromString
        )
        options = {"timeout": seconds, "metadata": [("authorization", "Bearer " + token)] if token else []}
        request = iter(messages) if method.client_streaming else messages[0]
        try:
            reply = stub(request, **options)
            if not method.server_streaming:
                return [reply]
            found = []
            for message in reply:
                found.append(message)
                if len(found) == count:
                    reply.cancel()
                    break
            return found
        except grpc.RpcError as error:
            raise Refused(CODES[error.code().value[0]], error.details()) from None


class Asynchronous:
    """grpcio, asyncio."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.channel = None

    def call(self, *arguments):
        return self.loop.run_until_complete(self.ask(*arguments))

    async def ask(self, service, name, messages, token, seconds, count):
        if self.channel is None:
            self.channel = grpc.aio.insecure_channel(f"127.0.0.1:{PORT}")
        method = described(service, name)
        taken, given = classes(method)
        kind = ("stream" if method.client_streaming else "unary") + "_" + (
            "stream" if method.server_streaming else "unary"
        )
        stub = getattr(self.channel, kind)(
            f"/{service}/{name}", request_serializer=taken.SerializeToString, response_deserializer=given.FromString
        )
        options = {"timeout": seconds, "metadata": [("authorization", "Bearer " + token)] if token else []}
        try:
            if not method.server_streaming:
                return [await stub(iter(messages) if method.client_streaming else messages[0], **options)]
            call, found = stub(messages[0], **options), []
            async for message in call:
                found.append(message)
                if len(found) == count:
                    call.cancel()
                    break
            return found
        except grpc.aio.AioRpcError as error:
            raise Refused(CODES[error.code().value[0]], error.details()) from None


class Story:
    """Counts the calls, and holds each to what it is to answer."""

    def __init__(self, name, client):
        self.name, self.client = name, client
        self.good, self.bad = 0, []

    def __call__(self, service, name, *requests, by=None, code=None, text=None, seconds=20, count=None, check=None):
        taken, _ = classes(described(service, name))
        messages = [json_format.ParseDict(request, taken()) for request in (requests or ({},))]
        try:
            replies = self.client.call(service, name, messages, by, seconds, count)
            problem = None if code is None else f"went well, and not {code}"
        except Refused as refusal:
            replies = []
            fits = refusal.code == code and text in (None, refusal.message)
            problem = None if fits else f"{refusal}, and not {code or 'well'}: {text}"
        except Exception as fault:  # whatever the client makes of a reply
            replies, problem = [], f"{type(fault).__name__}: {fault}"
        found = [
            json_format.MessageToDict(reply, preserving_proto_field_name=True) for reply in replies
        ]
        try:
            if problem is None and code is None and check is not None and not check(found):
                problem = f"answers {found}"
        except (KeyError, IndexError) as fault:
            problem = f"answers {found}, without {fault}"
        if problem is None:
            self.good += 1
        else:
            self.bad.append(f"{name} {requests}: {problem}")
        return found[0] if found else {}

    def tell(self):
        stamp = f"{int(time.time() * 1000)}{self.name}".replace("-", "").replace("+", "").lower()
        password = "StrongP@ssw0rd"
        mail = {who: f"{who}{stamp}@example.org" for who in ("ann", "bob", "cid")}
        ids, tokens, ocids = {}, {}, {}

        self(BASIC, "Timestamp", check=lambda found: "timestamp" in found[0])
        self(BASIC, "Ping")
        self(BASIC, "GetServerInfo", check=lambda found: found[0]["status"] == "RUNNING_STATUS_NORMAL")
        self(BASIC, "GetPresetUserStatus")
        self(BASIC, "GetId", {"ocid": "nobody" + stamp[:8]}, code="not_found", text="User Not Found")

        register = {"email": mail["ann"], "password": password, "name": "Ann"}
        self(AUTH, "Register", {**register, "password": "123456"}, code="invalid_argument",
             text="Password Is Not Strong Enough")
        self(AUTH, "Register", {**register, "name": "  "}, code="invalid_argument", text="Username Is Invalid")
        self(AUTH, "Register", {**register, "email": "ann"}, code="invalid_argument", text="Email Address Is Invalid")
        for who, address in mail.items():
            made = self(AUTH, "Register", {"email": address, "password": password, "name": who.title()},
                        check=lambda found: {"id", "ocid", "token"} <= found[0].keys())
            ids[who], ocids[who], tokens[who] = made.get("id"), made.get("ocid"), made.get("token")
        ann, bob, cid = tokens["ann"], tokens["bob"], tokens["cid"]
        self(AUTH, "Register", register, code="already_exists", text="User Already Exists")
        self(AUTH, "Auth", {"email": mail["ann"], "password": "wrong"}, code="unauthenticated", text="Wrong Password")
        self(AUTH, "Auth", {"email": "no" + mail["ann"], "password": "x"}, code="not_found", text="User Not Found")
        self(AUTH, "Auth", {"password": "x"}, code="invalid_argument", text="Missing AuthType")
        self(AUTH, "Auth", {"ocid": ocids["ann"], "password": password},
             check=lambda found: found[0]["id"] == ids["ann"])
        self(AUTH, "Auth", {"email": mail["ann"], "password": password})
        self(AUTH, "Verify", {"email": "nobody" + mail["ann"]}, code="not_found")
        self(BASIC, "GetId", {"ocid": ocids["bob"]}, check=lambda found: found[0]["id"] == ids["bob"])

        own = {"request_values": [1, 2, 3]}
        self(CHAT, "GetAccountInfo", own, code="unauthenticated", text="Token Missing")
        self(CHAT, "GetAccountInfo", own, by="nonsense", code="unauthenticated", text="Token Invalid")
        self(CHAT, "GetAccountInfo", own, by=ann, check=lambda found: found[0]["email"] == mail["ann"])
        self(CHAT, "GetAccountInfo", {**own, "id": ids["bob"]}, by=ann, code="permission_denied",
             text="Permission Denied")
        self(CHAT, "GetAccountInfo", {"id": NOBODY, "request_values": [1]}, by=ann, code="not_found")
        self(CHAT, "GetAccountInfo", {"request_values": [99]}, by=ann, code="invalid_argument",
             text="Request Invalid Value")
        self(CHAT, "SetSelfInfo", {"user_name": "Anna", "user_defined_status": "busy"}, by=ann)
        self(CHAT, "SetSelfInfo", {"ocid": ocids["bob"]}, by=ann, code="already_exists", text="Conflict")
        self(CHAT, "SetSelfInfo", {"ocid": "x" * 51}, by=ann, code="invalid_argument", text="Ocid Too Long")
        self(CHAT, "SetSelfInfo", {"user_defined_status": "x" * 129}, by=ann, code="invalid_argument",
             text="Status Too Long")
        self(CHAT, "SetSelfInfo", {"user_name": " "}, by=ann, code="invalid_argument", text="Username Is Invalid")

        self(CHAT, "AcceptFriendInvitation", {"friend_id": ids["ann"], "status": 1}, by=bob, code="not_found",
             text="Friend Invitation Not Found")
        self(CHAT, "AddFriend", {"friend_id": ids["bob"], "leave_message": "hi", "display_name": "B"}, by=ann)
        self(CHAT, "AcceptFriendInvitation", {"friend_id": ids["ann"], "status": 1}, by=bob,
             check=lambda found: "session_id" in found[0])
        self(CHAT, "AddFriend", {"friend_id": ids["bob"]}, by=ann, code="already_exists", text="Friend Already Exists")
        self(CHAT, "AddFriend", {"friend_id": NOBODY}, by=ann, code="not_found", text="User Not Found")
        self(CHAT, "SetFriendInfo", {"id": ids["bob"], "display_name": "Bobby"}, by=ann)

        made = self(CHAT, "NewSession", {"members": [ids["bob"], ids["cid"]], "name": "Three"}, by=ann,
                    check=lambda found: "session_id" in found[0])
        session = made.get("session_id", "0")
        self(CHAT, "NewSession", {"members": [ids["bob"], NOBODY]}, by=ann,
             check=lambda found: found[0]["failed_members"][0]["reason"] == "FAILED_REASON_MEMBER_NOT_FOUND")
        values = {"session_id": session, "query_values": ["QUERY_VALUES_NAME", "QUERY_VALUES_MEMBERS"]}
        self(CHAT, "GetSessionInfo", values, by=ann, check=lambda found: ids["bob"] in found[0]["members"])
        self(CHAT, "GetSessionInfo", values, by=cid, code="permission_denied", text="Permission Denied")
        self(CHAT, "GetSessionInfo", {**values, "session_id": NOBODY}, by=ann, code="not_found", text="Session Not Found")
        self(CHAT, "GetSessionInfo", {"session_id": session, "query_values": [99]}, by=ann, code="invalid_argument")
        self(CHAT, "SetSessionInfo", {"session_id": session, "name": "3", "description": "d"}, by=ann)
        self(CHAT, "SetSessionInfo", {"session_id": session, "name": "x"}, by=bob, code="permission_denied",
             text="Cannot Set Name")
        self(CHAT, "AcceptJoinSessionInvitation", {"session_id": session, "accepted": True, "inviter_id": ids["ann"]},
             by=cid)
        self(CHAT, "AcceptJoinSessionInvitation", {"session_id": session, "accepted": True, "inviter_id": ids["ann"]},
             by=cid, code="not_found", text="Session Invitation Not Found")

        say = {"session_id": session, "markdown_text": "# Grüße 👋", "involved_files": ["key"]}
        said = self(CHAT, "SendMsg", say, by=ann, check=lambda found: {"msg_id", "time"} <= found[0].keys())
        self(CHAT, "SendMsg", {**say, "session_id": NOBODY}, by=ann, code="not_found", text="Session Not Found")
        self(CHAT, "SendMsg", {**say, "is_encrypted": True}, by=ann, code="permission_denied", text="E2EE Not On")
        self(CHAT, "FetchMsgs", {}, by=bob, code="invalid_argument", text="Time Missing")
        self(CHAT, "FetchMsgs", {"time": "1970-01-01T00:00:00Z"}, code="unauthenticated", text="Token Missing")
        self(CHAT, "FetchMsgs", {"time": "1970-01-01T00:00:00Z"}, by=bob, count=2,
             check=lambda found: len(found) == 2 and all("msg_id" in record for record in found))
        self(CHAT, "FetchMsgs", {"time": "9999-12-31T23:59:59Z"}, by=bob, seconds=0.3, code="deadline_exceeded")
        self(CHAT, "RecallMsg", {"session_id": session, "msg_id": said.get("msg_id", "0")}, by=ann,
             check=lambda found: "msg_id" in found[0])
        self(CHAT, "RecallMsg", {"session_id": session, "msg_id": NOBODY}, by=ann, code="not_found",
             text="Message Not Found")

        content = bytes(range(256)) * 512
        digest = hashlib.sha256(content).digest()
        header = {"hash": base64.b64encode(digest).decode(), "size": str(len(content)), "session_id": session}
        pieces = [{"content": base64.b64encode(content[at:at + 40_000]).decode()}
                  for at in range(0, len(content), 40_000)]
        key = self(CHAT, "Upload", {"metadata": header}, *pieces, by=ann, check=lambda found: found[0]["key"]).get("key")
        self(CHAT, "Upload", *pieces[:1], by=ann, code="invalid_argument")
        self(CHAT, "Upload", {"metadata": {**header, "size": "7"}}, *pieces, by=ann, code="invalid_argument",
             text="File Size Error")
        self(CHAT, "Upload", {"metadata": {**header, "hash": base64.b64encode(bytes(32)).decode()}}, *pieces, by=ann,
             code="invalid_argument", text="File Hash Error")
        whole = lambda found: b"".join(base64.b64decode(one["data"]) for one in found) == content
        self(CHAT, "Download", {"key": key or ""}, by=bob, check=whole)
        self(CHAT, "Download", {"key": "nothing"}, by=bob, code="permission_denied", text="Permission Denied")

        role = self(CHAT, "AddRole", {"session_id": session, "name": "helper", "permissions": [1, 11]}, by=ann)
        self(CHAT, "AddRole", {"session_id": session, "name": ""}, by=ann, code="invalid_argument",
             text="Role Name Empty")
        self(CHAT, "GetRole", {"role_id": role.get("role_id", "0")}, by=ann,
             check=lambda found: found[0]["name"] == "helper")
        self(CHAT, "GetRole", {"role_id": "99999999"}, by=ann, code="not_found", text="Role Not Found")
        self(CHAT, "SetRole", {"session_id": session, "role_id": role.get("role_id", "0"), "member_id": ids["bob"]},
             by=ann)
        self(CHAT, "SetRole", {"session_id": session, "role_id": "3", "member_id": ids["cid"]}, by=cid,
             code="permission_denied")
        self(CHAT, "MuteUser", {"session_id": session, "user_ids": [ids["cid"]], "duration": "60s"}, by=bob)
        self(CHAT, "SendMsg", say, by=cid, code="permission_denied", text="User Muted")
        self(CHAT, "UnmuteUser", {"session_id": session, "user_ids": [ids["cid"]]}, by=ann)
        self(CHAT, "UnmuteUser", {"session_id": session, "user_ids": [ids["cid"]]}, by=ann, code="not_found",
             text="User Not Be Muted")
        self(CHAT, "BanUser", {"session_id": session, "user_ids": [ids["cid"]]}, by=ann)
        self(CHAT, "JoinSession", {"session_id": session}, by=cid, code="permission_denied")
        self(CHAT, "UnbanUser", {"session_id": session, "user_ids": [ids["cid"]]}, by=ann)
        self(CHAT, "UnbanUser", {"session_id": session, "user_ids": [ids["cid"]]}, by=ann, code="not_found",
             text="User Not Be Banned")
        self(CHAT, "JoinSession", {"session_id": session, "leave_message": "please"}, by=cid)
        self(CHAT, "AllowUserJoinSession", {"session_id": session, "user_id": ids["cid"], "accepted": True}, by=ann)
        self(CHAT, "KickUser", {"session_id": session, "user_id": ids["cid"]}, by=ann)
        self(CHAT, "InviteUserToSession", {"session_id": session, "invitee": ids["cid"]}, by=ann)
        self(CHAT, "InviteUserToSession", {"session_id": NOBODY, "invitee": ids["cid"]}, by=ann, code="not_found")
        self(CHAT, "LeaveSession", {"session_id": session}, by=bob)
        self(CHAT, "LeaveSession", {"session_id": session}, by=bob, code="not_found", text="User Not In Session")
        self(CHAT, "DeleteSession", {"session_id": session}, by=bob, code="permission_denied")
        self(CHAT, "DeleteSession", {"session_id": session}, by=ann)
        self(CHAT, "DeleteFriend", {"friend_id": ids["bob"]}, by=ann)
        self(CHAT, "DeleteFriend", {"friend_id": ids["bob"]}, by=ann, code="not_found", text="Friend Not Found")
        self(CHAT, "Unregister", by=cid)
        self(CHAT, "GetAccountInfo", own, by=cid, code="unauthenticated")


def discover():
    """grpcio-health-checking and grpcio-reflection."""
    from google.protobuf.descriptor_pool import DescriptorPool
    from grpc_health.v1 import health_pb2, health_pb2_grpc
    from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase

    channel = grpc.insecure_channel(f"127.0.0.1:{PORT}")
    health = health_pb2_grpc.HealthStub(channel)
    serving = health_pb2.HealthCheckResponse.SERVING
    for name in ("", AUTH, BASIC, CHAT):
        assert health.Check(health_pb2.HealthCheckRequest(service=name)).status == serving
    watch = health.Watch(health_pb2.HealthCheckRequest(service=CHAT))
    assert next(watch).status == serving
    watch.cancel()
    try:
        health.Check(health_pb2.HealthCheckRequest(service="none"))
        raise AssertionError("an unknown service is healthy")
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.NOT_FOUND
    database = ProtoReflectionDescriptorDatabase(channel)
    names = database.get_services()
    pool = DescriptorPool(database)
    methods = [method.full_name for name in names for method in pool.FindServiceByName(name).methods]
    for name in (AUTH, BASIC, CHAT):
        for method in pool.FindServiceByName(name).methods:
            mine = described(name, method.name)
            for here, there in ((method.input_type, mine.input_type), (method.output_type, mine.output_type)):
                assert here.full_name == there.full_name, (here.full_name, there.full_name)
                upstream = {(field.name, field.number, field.type, field.is_repeated) for field in there.fields}
                served = {(field.name, field.number, field.type, field.is_repeated) for field in here.fields}
                assert served <= upstream, (here.full_name, served - upstream)
    print(f"health and reflection: {len(names)} services, {len(methods)} methods described")


def main():
    binary, json = google_protobuf_binary_codec(), google_protobuf_json_codec()
    clients = {
        "connect": lambda: Connect(ProtocolType.CONNECT, binary, True),
        "connect-json": lambda: Connect(ProtocolType.CONNECT, json, False),
        "grpc": lambda: Connect(ProtocolType.GRPC, binary, True),
        "grpc-web": lambda: Connect(ProtocolType.GRPC_WEB, binary, True),
        "grpcio": lambda: Plain(),
        "grpcio-gzip": lambda: Plain(grpc.Compression.Gzip),
        "grpcio-asyncio": lambda: Asynchronous(),
    }
    is_good = True
    for name in sys.argv[1:] or clients:
        story = Story(name, clients[name]())
        story.tell()
        print(f"{name}: {story.good} of {story.good + len(story.bad)} calls", flush=True)
        for fault in story.bad:
            print("   ", fault)
        is_good = is_good and not story.bad
    discover()
    sys.exit(0 if is_good else 1)


main()
