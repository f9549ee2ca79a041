// The meanings of names in the platform dialect: envelopes and queries.

extension PlatformGlossary {
    /// The members of the envelope around every reply.
    static let envelopeWords: [String: String] = [
        "action": "The request's method, in lower case.",
        "application": "The application's UUID.",
        "applicationName": "The application's name.",
        "organization": "The organisation's name.",
        "path": "The resource that the request was about, below the application.",
        "uri": "The address of the resource.",
        "entities": "The users or other things that the request was about; empty where there are none.",
        "timestamp": "When the request was answered, in milliseconds since 1970.",
        "duration": "How long the server worked on the request, in milliseconds.",
        "params": "The query parameters that the request had, each with the list of its values.",
        "cursor": "Where the next page begins; in a reply, absent on the last page.",
        "count":
            "How many rows this page has, or how many things there are where only their number was "
            + "asked for.",
        "data": "The result, or the outcome of the change.",
        "error": "The kind of failure, a word that programs can go by.",
        "exception": "The name of the failure in the original interface's program; kept for old clients.",
        "error_description": "The fault, in a sentence.",
        "desc": "The description: what a group is about; in an error, what is wrong.",
        "requestStatusCode": "How the request went: `ok`.",
        "MetadataError.desc": "The fault, in a sentence.",
        "Token.application": "The UUID of the application that the token is for.",
    ]

    /// The parameters of queries.
    static let queryWords: [String: String] = [
        "limit": "Rows on a page.",
        "pagenum": "The page's number, from 1.",
        "pagesize": "Rows on a page.",
        "pageNum": "The page's number, from 1.",
        "pageSize": "Rows on a page.",
        "needReturnRemark": "Whether each contact comes with its remark.",
        "needAffiliations": "Whether each group comes with the number of its members.",
        "needRole": "Whether each group comes with the role that the user has in it.",
        "isNotify":
            "Whether the user's other devices are asked to follow; ignored, as devices read their history anew.",
        "msgIdList": "The ids of the messages, in decimal digits, with commas between them.",
        "total": "How many there are on all pages.",
        "useMsgId": "Whether the reply has the ids of the messages instead of `success`.",
        "conversation":
            "A conversation: two user names with a colon between them, as `ann:bob`, or the id of a "
            + "group or room.",
        "q":
            "Words that the text of a message must have, in any order; Chinese is found character by "
            + "character.",
        "after": "Only what was sent or done after this moment, in milliseconds since 1970.",
        "before": "Only what was sent or done before this moment, in milliseconds since 1970.",
        "order": "The order of the messages: newest or oldest first.",
        "userId": "The other user of the conversation.",
        "groupId": "The id of the group or room.",
        "delTime": "Up to which moment messages are taken off the list, in milliseconds since 1970.",
        "expires": "When the link ends, in Unix seconds; part of the signed link.",
        "signature": "The signature of the link, as the export answered it.",
        "restrict-access": "Whether the file is fetched with its share secret only.",
        "share-secret": "The secret that a restricted file is fetched with, as its upload answered it.",
        "thumbnail": "Ignored: there are no thumbnails, the file itself is sent.",
        "range": "The bytes wanted, as RFC 9110 section 14 has it: `bytes=0-1023`.",
    ]
}
