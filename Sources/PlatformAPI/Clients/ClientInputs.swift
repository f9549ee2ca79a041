// The bodies of requests about clients.

import Domain
import JSON
import Routing

/// A new client: its name and its scopes must be there.
struct NewClientInput: BodyInput {
    let draft: ClientRules.Draft

    static let value = Value<NewClientInput>.object(named: "NewClient") { object throws(FieldProblem) in
        var draft = ClientRules.Draft()
        draft.name = try object.required("name", .clientName)
        draft.scopes = try object.required("scopes", .scopes)
        draft.expires = try object.clearable("expires_at", .moment)
        draft.rates = try object.optional("rates", .rates) ?? RatesChange()
        return NewClientInput(draft: draft)
    }
}

/// A change of a client: what isn't named stays.
struct ClientChange: BodyInput {
    let draft: ClientRules.Draft

    static let value = Value<ClientChange>.object(named: "ClientChange") { object throws(FieldProblem) in
        var draft = ClientRules.Draft()
        draft.name = try object.optional("name", .clientName, emptyIsAbsent: false)
        draft.scopes = try object.optional("scopes", .scopes, emptyIsAbsent: false)
        draft.expires = try object.clearable("expires_at", .moment)
        draft.rates = try object.optional("rates", .rates) ?? RatesChange()
        return ClientChange(draft: draft)
    }
}

/// How long the secret of before is good beside the new one.
struct ClientSecretInput: Input {
    let overlapSeconds: Int

    init(_ reader: inout InputReader) throws(FieldProblem) {
        overlapSeconds = try reader.optionalBody(Self.value) ?? ClientRules.standardOverlapSeconds
    }

    private static let value = Value<Int>.object(named: "ClientSecretChange") { object throws(FieldProblem) in
        try object.optional("overlap_seconds", .overlap) ?? ClientRules.standardOverlapSeconds
    }
}

extension Value<Int> {
    /// Seconds of an overlap of two secrets.
    fileprivate static var overlap: Value {
        let seconds = Value.integer(0...ClientRules.maximumOverlapSeconds)
        return seconds.standard(.integer(Int64(ClientRules.standardOverlapSeconds)))
    }
}

extension Value<String> {
    /// The name that an owner gives a client.
    fileprivate static var clientName: Value { .text(1...ClientRules.maximumNameCharacters) }
}

extension Value<Timestamp> {
    /// A moment in milliseconds since 1970.
    fileprivate static var moment: Value {
        let number = Value<Int>.integer(0...253_402_300_799_999)
        return Value(
            number.shape,
            placeholder: Timestamp(milliseconds: 0),
            read: { view throws(FieldProblem) in Timestamp(milliseconds: Int64(try number.value(of: view))) },
            readText: { text throws(FieldProblem) in
                Timestamp(milliseconds: Int64(try number.value(of: text)))
            }
        )
    }
}

extension Value<Scopes> {
    /// A list of scopes by their words.
    fileprivate static var scopes: Value {
        let words = Value<[String]>.list(
            of: .oneOf(Scope.allCases.map(\.rawValue) + [Scopes.allWord]),
            maximum: Scope.allCases.count + 1
        )
        return Value(
            words.shape,
            placeholder: [],
            read: { view throws(FieldProblem) in Scopes(words: try words.value(of: view)) ?? [] },
            readText: { text throws(FieldProblem) in Scopes(words: try words.value(of: text)) ?? [] }
        )
    }
}
