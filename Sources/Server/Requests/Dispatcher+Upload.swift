// Uploads: a body goes to a temporary file, its bytes to their place, and then a row is written that names them.

import Domain
import HTTP
import Reactor
import Routing

extension Dispatcher {
    /// Where the body of a route with a file goes; nil for other routes.
    func sink(
        for route: Route,
        _ head: RequestHead,
        _ context: RequestContext
    ) throws(Failure) -> UploadSink? {
        guard let reader = route.action.upload else { return nil }
        let vault = shared.files
        return UploadSink(
            try reader(
                UploadHead(
                    contentType: head.callType,
                    fields: context.fields,
                    fileMaximum: shared.fileMaximum
                )
            ),
            UploadSink.Terms(
                maximum: shared.fileMaximum,
                fail: { vault.failed($0, context.requestID) },
                makeFile: { vault.makeIncoming() },
                isLate: { [self] in timeLeft(for: context) == 0 },
                refuse: { [self] failure in failed(failure, context) }
            )
        )
    }

    /// The body is complete: stores its file on the vault's thread, and goes on with the route's transaction.
    func store(_ upload: UploadSink, _ incoming: Incoming, _ route: Route, _ answer: Answer) {
        do throws(Failure) {
            guard case .write(let work) = route.action.work else {
                preconditionFailure("A route that takes a file writes.")
            }
            let received = try upload.finish()
            let body = Incoming(
                call: incoming.call,
                body: received.message,
                contentType: incoming.contentType,
                fields: incoming.fields
            )
            let file = Array("\(received.name) \(received.size)".utf8) + (received.digest ?? [])
            guard let incoming = try begin(body, route, answer, file: file) else { return }
            let bound = LoopBound((self, answer), loop: loop)
            let (database, call, inquiries) = (shared.database, incoming.call, shared.inquiries)
            let isQueued = shared.files.submit { vault in
                do throws(Failure) {
                    let file = try vault.keep(received, reference: call.target.requestID)
                    do throws(Failure) {
                        let incoming = Incoming(
                            call: call,
                            body: received.message,
                            contentType: incoming.contentType,
                            fields: incoming.fields,
                            file: file
                        )
                        try Self.write(try work(incoming), call.tenant?.id, database, inquiries) { result in
                            if case .success = result {
                                vault.release(file.digest, isNamed: true)
                            } else {
                                vault.release(file.digest, isNamed: false)
                            }
                            Self.deliver(result, bound)
                        }
                    } catch {
                        vault.release(file.digest, isNamed: false)
                        throw error
                    }
                } catch {
                    Self.deliver(.failure(error), bound)
                }
            }
            try Self.admit(isQueued)
        } catch {
            end(answer, .failure(error))
        }
    }
}
