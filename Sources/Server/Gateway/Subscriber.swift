// One live connection of a user: how far it has been told what is for the user.

import Domain
import Routing

/// Where news goes.
///
/// Called on the loop's thread only.
protocol SubscriberSink: AnyObject {
    /// Whether more is taken now.
    ///
    /// Nothing is kept for a sink without room: it is told later from storage, once `Hub.resume` is called.
    var takesNews: Bool { get }
    /// Takes news, written as the subscription writes it; with the id of the message that it is, where it is one.
    func push(_ news: [UInt8], _ id: MessageID?)
    /// The user's tokens have ended, or the user has, or the token that opened the connection is past its time: the
    /// connection has to end.
    func signedOut(_ problem: AuthenticationProblem)
}

/// A subscriber of one loop's hub.
final class Subscriber {
    let application: ApplicationID
    /// The user as it was when the connection began, but for its name, which is that of now.
    var user: User
    let subscription: Subscription
    let sink: any SubscriberSink
    /// The client's address without its port.
    let address: String
    /// Whether the position is the device's own: then all that came behind it is told, whatever another device got.
    private(set) var isDevice: Bool
    /// The token that opened the connection; nil where it was a token of no session, or a log-in.
    let session: OpenSession?
    /// How often the sessions of its platform had been ended when it began; nil before it is there, and where a session opened it.
    var generation: Int?
    /// Until when the token is good that opened the connection; nil where it is for ever, and for a log-in.
    let expires: Timestamp?
    /// The key in the registry of online users; nil before it is there.
    var connection: Int64?
    /// The last message told, or had before.
    ///
    /// All that is for the user and has a lower id was told; ids rise with commits, so nothing ever comes in below.
    var position = MessageID.none
    /// The device's own statement, until the position follows from it.
    private(set) var told: LastTold?
    /// Whether storage may hold messages that weren't told; nothing is told directly before they have been.
    var isBehind = true
    /// A reading on is under way.
    var isCatchingUp = false

    init(
        _ user: User,
        of application: ApplicationID,
        to subscription: Subscription,
        from start: SubscriptionStart,
        by session: OpenSession? = nil,
        until expires: Timestamp? = nil,
        address: String = "",
        sink: any SubscriberSink
    ) {
        self.address = address
        self.session = session
        self.expires = expires
        self.application = application
        self.user = user
        self.subscription = subscription
        self.sink = sink
        isDevice = start.last != nil
        told = start.last
    }

    /// The platform that it is shown as.
    var platform: Int { session?.platform ?? LiveConnection.unnamedPlatform }

    /// Begins where another connection of the same client and user has come to.
    func goOn(behind former: Subscriber) {
        isDevice = former.isDevice
        told = former.isDevice ? .message(former.position) : nil
        position = former.position
    }
}
