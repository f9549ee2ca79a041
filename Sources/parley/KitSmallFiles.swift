// The files of a few lines: the service's user, the rotation of its log, an image with the program.

import Server

enum SmallFiles {
    static func sysusers(_ plan: KitPlan) throws -> String {
        """
        # \(plan.heading("sysusers")); for /usr/lib/sysusers.d
        u parley - "Parley chat service" \(plan.folder) /usr/sbin/nologin

        """
    }

    static func logrotate(_ plan: KitPlan) throws -> String {
        """
        # \(plan.heading("logrotate")); for /etc/logrotate.d. Start parley with --log-file.
        \(plan.configuration.logFile ?? "/var/log/parley/parley.log") {
            daily
            rotate 14
            compress
            delaycompress
            missingok
            notifempty
            su parley parley
            postrotate
                systemctl kill --kill-who=main --signal=HUP parley.service
            endscript
        }

        """
    }

    static func dockerfile(_ plan: KitPlan) throws -> String {
        var words = ["parley", "serve", "--host", "0.0.0.0", "--data", "/var/lib/parley"]
        for (name, value) in plan.flags where !["host"].contains(name) {
            words += ["--" + name] + (value.map { [$0] } ?? [])
        }
        let start = words.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
        return """
            # \(plan.heading("dockerfile")); the program lies beside this file.
            FROM debian:bookworm-slim
            RUN apt-get update \\
                && apt-get install -y --no-install-recommends ca-certificates libcrypt1 libcurl4 libsqlite3-0 \\
                && rm -rf /var/lib/apt/lists/* \\
                && useradd --system --home-dir /var/lib/parley --shell /usr/sbin/nologin parley \\
                && install -d -o parley -g parley -m 0700 /var/lib/parley
            COPY --chmod=0755 parley /usr/bin/parley
            USER parley
            VOLUME /var/lib/parley
            EXPOSE \(plan.port)
            STOPSIGNAL SIGTERM
            ENTRYPOINT [\(start.joined(separator: ", "))]

            """
    }
}
