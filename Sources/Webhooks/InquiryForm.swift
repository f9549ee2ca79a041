// Questions in each form, and what their answers mean.

public import CurlLibrary
public import Domain
import JSON

/// Writes questions and reads answers.
public enum InquiryForm {
    /// The request that asks an endpoint.
    ///
    /// - Parameter text: the text that a message has by now, where an endpoint before has changed it.
    public static func request(
        for event: RecordedEvent,
        to webhook: Webhook,
        id: String,
        at now: Timestamp
    ) -> OutgoingRequest {
        let type = event.name == .messageSent ? "message.before" : "\(event.name.rawValue).before"
        let body = EventBody.question(type, event)
        let standard = StandardEvent(event.name, body, id: id)
        switch webhook.format {
        case .standard: return signed(body, webhook.url, id, webhook, now)
        case .easemob:
            let converted = standard.map { EasemobForm.body(of: $0, secret: VendorRule(webhook).secret) }
            return signed(converted ?? body, webhook.url, id, webhook, now)
        case .openim:
            guard let standard else { return signed(body, webhook.url, id, webhook, now) }
            let (command, converted) = OpenIMForm.question(about: standard)
            return signed(converted, OpenIMForm.address(webhook.url, of: command), id, webhook, now)
        }
    }

    private static func signed(
        _ body: [UInt8],
        _ url: String,
        _ id: String,
        _ webhook: Webhook,
        _ now: Timestamp
    ) -> OutgoingRequest {
        DeliveryForm.signed(body, url: url, id: id, webhook, at: now, keptBytes: maximumAnswerBytes)
    }

    private static let maximumAnswerBytes = 256 << 10

    /// The answer of an endpoint; where it gave none, its owner's setting decides.
    public static func answer(_ reply: IncomingAnswer, of webhook: Webhook) -> InquiryAnswer {
        let body = reply.status == 200 && reply.isWhole ? try? JSONDocument(reply.body) : nil
        let read: InquiryAnswer? = body.flatMap { document in
            switch webhook.format {
            case .standard: standard(document.root)
            case .easemob: easemob(document.root)
            case .openim: openim(document.root)
            }
        }
        if let read { return read }
        switch webhook.failurePolicy {
        case .allow: return .allow
        case .deny: return .deny(Denial(reason: "custom internal error"))
        }
    }

    /// `{"allow":bool,"reason"?,"message"?}`.
    private static func standard(_ answer: JSONView) -> InquiryAnswer? {
        guard let isAllowed = answer["allow"]?.bool else { return nil }
        guard isAllowed else {
            return .deny(Denial(reason: answer["reason"]?.string ?? "", code: answer["code"]?.int))
        }
        return changed(answer["message"].flatMap { text(of: $0["payload"] ?? $0) })
    }

    /// `{"valid":bool,"code"?,"payload"?}`.
    private static func easemob(_ answer: JSONView) -> InquiryAnswer? {
        guard let isValid = answer["valid"]?.bool else { return nil }
        guard isValid else {
            let code = answer["code"]?.string ?? answer["code"]?.int64.map { String($0) } ?? ""
            return .deny(Denial(reason: code))
        }
        return changed(answer["payload"].flatMap(text))
    }

    /// `{"actionCode","errCode","errMsg","errDlt","nextCode","content"?}`.
    private static func openim(_ answer: JSONView) -> InquiryAnswer? {
        guard answer.kind == .object else { return nil }
        if answer["actionCode"]?.int == 1 || answer["nextCode"]?.int == 1 {
            let code = answer["errCode"]?.int
            return .deny(Denial(reason: answer["errMsg"]?.string ?? "", code: code == 0 ? nil : code))
        }
        guard let content = answer["content"]?.string, !content.isEmpty else { return .allow }
        // As text elements have it in the third generation; the first two have the text itself.
        let inner = try? JSONDocument(Array(content.utf8))
        return changed(inner?.root["content"]?.string ?? inner?.root["text"]?.string ?? content)
    }

    private static func changed(_ text: String?) -> InquiryAnswer {
        guard let text, !text.isEmpty else { return .allow }
        return .change(text: text)
    }

    /// The text of a payload's first body.
    private static func text(of payload: JSONView) -> String? {
        guard let bodies = payload["bodies"], bodies.kind == .array else {
            return payload["msg"]?.string ?? payload["text"]?.string
        }
        for body in bodies.elements { return body["msg"]?.string }
        return nil
    }
}
