// Monitoring of the server: alerts and a dashboard on its metrics.

import JSON

enum PrometheusRules {
    private struct Alert {
        let name: String
        let expression: String
        let wait: String
        let severity: String
        let summary: String
    }

    private static let alerts = [
        Alert(
            name: "ParleyDown",
            expression: "up{job=\"parley\"} == 0",
            wait: "1m",
            severity: "page",
            summary: "The server does not answer."
        ),
        Alert(
            name: "ParleyWritesFail",
            expression:
                "increase(parley_failed_batches_total[5m]) > 0 or increase(parley_refusals_total{reason=\"storage\"}[5m]) > 0",
            wait: "1m",
            severity: "page",
            summary: "Changes fail: the disk is full or broken; the log has the cause under the reference."
        ),
        Alert(
            name: "ParleyDiskFills",
            expression:
                "parley_disk_free_bytes / parley_disk_bytes < 0.1 or predict_linear(parley_disk_free_bytes[6h], 86400) < 0",
            wait: "10m",
            severity: "page",
            summary: "The data folder's disk is full within a day."
        ),
        Alert(
            name: "ParleyErrors",
            expression:
                "sum(rate(parley_requests_total{status=\"5xx\"}[5m])) / sum(rate(parley_requests_total[5m])) > 0.01",
            wait: "5m",
            severity: "page",
            summary: "More than one request in a hundred fails."
        ),
        Alert(
            name: "ParleySlow",
            expression: "histogram_quantile(0.99, sum by (le) (rate(parley_request_seconds_bucket[5m]))) > 1",
            wait: "10m",
            severity: "ticket",
            summary: "One request in a hundred takes longer than a second."
        ),
        Alert(
            name: "ParleyRefuses",
            expression:
                "sum by (reason) (rate(parley_refusals_total{reason=~\"connections|address|overloaded\"}[5m])) > 0.1",
            wait: "5m",
            severity: "ticket",
            summary: "Connections or requests are refused: {{ $labels.reason }}."
        ),
        Alert(
            name: "ParleyLoginsFail",
            expression: "rate(parley_login_failures_total[5m]) > 5",
            wait: "10m",
            severity: "ticket",
            summary: "Many log-ins fail: somebody guesses, or a backend has an old secret."
        ),
        Alert(
            name: "ParleyFilesMissing",
            expression: "increase(parley_missing_files_total[1h]) > 0",
            wait: "0m",
            severity: "ticket",
            summary: "Bytes of files are missing; parley check lists them."
        ),
        Alert(
            name: "ParleyClockWrong",
            expression: "parley_ids_ahead_seconds > 86400",
            wait: "5m",
            severity: "ticket",
            summary: "Ids run more than a day ahead of the clock: it was or is wrong."
        ),
        Alert(
            name: "ParleyDescriptors",
            expression: "process_open_fds{job=\"parley\"} / process_max_fds{job=\"parley\"} > 0.9",
            wait: "5m",
            severity: "ticket",
            summary: "Nine tenths of the descriptors are in use."
        ),
    ]

    static func text(_ plan: KitPlan) throws -> String {
        var lines = [
            "# \(plan.heading("prometheus-rules")); the job that collects its metrics is called parley.",
            "groups:", "  - name: parley", "    rules:",
        ]
        for alert in alerts {
            lines += [
                "      - alert: \(alert.name)", "        expr: \(quoted(alert.expression))",
                "        for: \(alert.wait)",
                "        labels:", "          severity: \(alert.severity)", "        annotations:",
                "          summary: \(quoted(alert.summary))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text as YAML has it between single quotes, where one that is part of the text stands twice.
    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }
}

enum GrafanaDashboard {
    private static let panels: [(title: String, unit: String, expressions: [(String, String)])] = [
        ("Requests", "reqps", [("sum by (status) (rate(parley_requests_total[5m]))", "{{status}}")]),
        (
            "Time of requests", "s",
            [
                ("histogram_quantile(0.5, sum by (le) (rate(parley_request_seconds_bucket[5m])))", "half"),
                (
                    "histogram_quantile(0.99, sum by (le) (rate(parley_request_seconds_bucket[5m])))",
                    "99 of 100"
                ),
            ]
        ),
        (
            "Time of commits", "s",
            [("histogram_quantile(0.99, sum by (le) (rate(parley_commit_seconds_bucket[5m])))", "99 of 100")]
        ),
        (
            "Users online", "short",
            [
                ("parley_users_online", "all"),
                ("topk(10, parley_application_users_online)", "{{application}}"),
            ]
        ),
        (
            "Messages", "short",
            [("sum by (application) (rate(parley_application_messages[5m]))", "{{application}}")]
        ),
        (
            "Refused", "short",
            [
                ("sum by (reason) (rate(parley_refusals_total[5m]))", "{{reason}}"),
                ("rate(parley_login_failures_total[5m])", "log-ins failed"),
            ]
        ),
        ("Connections", "short", [("parley_connections_open", "open")]),
        (
            "Queues", "short",
            [
                ("parley_writer_queue_length", "writer"), ("parley_scan_queue_length", "scans"),
                ("parley_hash_queue_length", "passwords"),
            ]
        ),
        ("Memory", "bytes", [("process_resident_memory_bytes{job=\"parley\"}", "resident")]),
        ("Processor", "short", [("rate(process_cpu_seconds_total{job=\"parley\"}[5m])", "processors")]),
        (
            "Disk", "bytes",
            [
                ("parley_disk_free_bytes", "free"), ("parley_database_bytes", "database"),
                ("parley_wal_bytes", "log of changes"),
            ]
        ),
    ]

    static func text(_ plan: KitPlan) throws -> String {
        let panels = Self.panels.enumerated().map { index, panel -> JSONValue in
            let targets = panel.expressions.enumerated().map { place, expression -> JSONValue in
                [
                    "expr": .string(expression.0), "legendFormat": .string(expression.1),
                    "refId": .string(String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place)))),
                ]
            }
            return [
                "id": .integer(Int64(index + 1)), "type": "timeseries", "title": .string(panel.title),
                "datasource": ["type": "prometheus", "uid": "${source}"],
                "fieldConfig": [
                    "defaults": ["unit": .string(panel.unit), "min": .integer(0)], "overrides": .array([]),
                ],
                "gridPos": [
                    "h": .integer(8), "w": .integer(12), "x": .integer(Int64(index % 2 * 12)),
                    "y": .integer(Int64(index / 2 * 8)),
                ],
                "targets": .array(targets),
            ]
        }
        let dashboard: JSONValue = [
            "title": "Parley", "uid": "parley", "tags": .array(["parley"]), "schemaVersion": .integer(37),
            "description": .string(plan.heading("grafana")), "refresh": "30s",
            "time": ["from": "now-6h", "to": "now"],
            "templating": [
                "list": .array([
                    ["name": "source", "type": "datasource", "query": "prometheus", "label": "Prometheus"]
                ])
            ],
            "panels": .array(panels),
        ]
        return String(decoding: dashboard.bytes, as: UTF8.self) + "\n"
    }
}
