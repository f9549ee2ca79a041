// The subjects of the operations routes, as the API document files them.

public import Routing

extension OperationsDialect {
    /// The operator's routes, and what anybody may ask.
    public var topics: [Topic] {
        [
            Topic(
                "operator",
                ["admin"],
                "The operator's work on a server, on the administration socket only: `parley.sock` in the data folder, which"
                    + " only the operator of the machine can open. The routes take no token there, and exist nowhere else."
            ),
            Topic(
                "operations-pages",
                ["docs"],
                "The page of this document, which loads nothing from anywhere else."
            ),
            Topic("operations", "Health, metrics and this document, for every client of the server."),
        ]
    }
}
