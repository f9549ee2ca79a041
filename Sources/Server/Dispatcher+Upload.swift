// Uploads: a body goes to a temporary file, its bytes to their place, and then a row is written that names them.

import Domain
import HTTP
import Reactor
import Routing

extension Dispatcher {
    /// Where the body of a route with a file goes; nil for other routes.
    func sink(
        for route: Route, _ head: RequestHead, _ context: RequestContext
    ) throws(Failure) -> UploadSink? {
        guard route.action.bodyKind == .multipart else { return nil }
        let vault = shared.files
        return UploadSink(
            try UploadSink.parser(for: head.firstValue("content-type")), maximum: shared.fileMaximum,
            reference: context.requestID, makeFile: { vault.makeIncoming() },
            refuse: { [self] failure in failed(failure, context) })
    }

    /// The body is complete: stores its file on the vault's thread, and goes on with the route's transaction.
    func store(
        _ upload: UploadSink, _ call: Call, _ route: Route, _ context: RequestContext, _ reply: @escaping Reply
    ) {
        let answer = Answer(context: context, account: nil, reply: reply)
        do throws(Failure) {
            guard case .write(let work) = route.action.work else {
                preconditionFailure("A route that takes a file writes.")
            }
            let received = try upload.finish()
            let bound = LoopBound((self, answer), loop: loop)
            let (database, fields) = (shared.database, context.fields)
            let isQueued = shared.files.submit { vault in
                do throws(Failure) {
                    let file = try vault.keep(received, reference: call.target.requestID)
                    do throws(Failure) {
                        let incoming = Incoming(call: call, body: [], contentType: nil, fields: fields, file: file)
                        try Self.write(try work(incoming), call.tenant?.id, database) { result in
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
            guard isQueued else { throw .overloaded(retryAfterSeconds: 1) }
        } catch {
            end(answer, .failure(error))
        }
    }
}
