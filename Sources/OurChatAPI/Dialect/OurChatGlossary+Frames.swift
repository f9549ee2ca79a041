// The meanings of names in the OurChat dialect: frames.

extension OurChatGlossary {
    /// Frames.
    static let frameWords: [String: String] = [
        "access_token": "A user's token, for clients that can't send `Authorization`.",
        "after":
            "The id of the last message that the device has, 0 for none; newer ones come first. "
            + "Without it comes what was never delivered.",
        "token": "The token; of a link, the secret that its mail has.",
        "code": "The kind of the frame; in an error of a method, the name of the Connect code.",
        "details": "The fault, in a sentence.",
        "status":
            "The outcome in the numbers of the first version of the protocol, where the reply had "
            + "one: 0 is success.",
        "status_code":
            "The outcome: 0 done, 1 server error, 2 maintenance, 3 not found, 4 exists, 5 malformed, "
            + "6 not possible now, 7 timed out, 8 unknown, 9 refused, 10 not proven, 11 unavailable.",
        "account": "The account's e-mail address or name, as `login_type` says.",
        "login_type": "The kind of `account`: 0 an e-mail address, 1 an ocid.",
        "ocid": "The account's name, by which others find it.",
        "email": "The account's e-mail address, unique in its application.",
        "password": "The account's password, in plain text; it is stored hashed.",
        "name": "The name, as people read it.",
        "session_id": "The session's id, in decimal digits.",
        "request_values": "The names of the wanted values.",
        "nickname": "The name that others see.",
        "avatar": "The picture's address.",
        "avatar_hash": "The picture's hash, of the client's own making.",
        "members": "The members in question.",
        "sender": "The message's session and its sender.",
        "msg": "The message: of a frame, a list of parts.",
        "type": "The kind of a part: 0 is text, others pass through unchanged.",
        "text": "The part's text.",
        "data": "The result, or the value to set; of a file, bytes in base64.",
        "time": "When it was sent; in a frame in Unix seconds.",
        "msg_id": "The message's id, in decimal digits.",
        "AccountChange.status": "The account's status line.",
        "AccountData.status": "The account's status line.",
    ]
}
