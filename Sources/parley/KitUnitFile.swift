// The unit of the service manager: what the server needs, and nothing else.

import Server

enum UnitFile {
    static func text(_ plan: KitPlan) throws -> String {
        """
        # \(plan.heading("systemd"))
        [Unit]
        Description=Parley, the users of a chat service for a business backend
        Documentation=man:parley(1)
        Wants=network-online.target
        After=network-online.target

        [Service]
        Type=notify
        ExecStart=\(start(plan))
        ExecReload=/bin/kill -HUP $MAINPID
        Restart=on-failure
        RestartSec=2
        TimeoutStartSec=600
        TimeoutStopSec=20
        User=parley
        Group=parley
        LimitNOFILE=\(plan.configuration.connections + 2048)

        # Data, log and secrets
        \(folders(plan))
        UMask=0077
        \(credential(plan))

        # What it can't do
        \(hardening(plan))

        [Install]
        WantedBy=multi-user.target

        """
    }

    private static func start(_ plan: KitPlan) -> String {
        var words = [plan.binary, "serve", "--data", plan.folder]
        for (name, value) in plan.flags where name != "signing-keys" {
            words += ["--" + name] + (value.map { [$0] } ?? [])
        }
        return words.map(quoted).joined(separator: " ")
    }

    /// A word as the service manager reads it: quotes, and no specifier or variable in it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_./:,+@=[]".utf8.contains(byte)
        }
        if isPlain, !word.isEmpty { return word }
        var text = "\""
        for character in word {
            switch character {
            case "\\", "\"": text += "\\\(character)"
            case "%", "$": text += "\(character)\(character)"
            default: text.append(character)
            }
        }
        return text + "\""
    }

    private static func folders(_ plan: KitPlan) -> String {
        var lines = [place(plan.folder, below: "/var/lib/", "StateDirectory", mode: "0700")]
        if let log = plan.configuration.logFile {
            let folder = log.lastIndex(of: "/").map { String(log[..<$0]) } ?? "."
            lines.append(place(folder, below: "/var/log/", "LogsDirectory", mode: "0750"))
        }
        lines.append("# Where parley backup may write")
        lines.append("ReadWritePaths=-/var/backups/parley")
        return lines.joined(separator: "\n")
    }

    private static func place(_ folder: String, below root: String, _ setting: String, mode: String) -> String
    {
        guard folder.hasPrefix(root), folder.count > root.count else {
            return "ReadWritePaths=\(quoted(folder))"
        }
        return "\(setting)=\(folder.dropFirst(root.count))\n\(setting)Mode=\(mode)"
    }

    private static func credential(_ plan: KitPlan) -> String {
        let path = plan.configuration.signingKeys.map { ":" + $0 } ?? ""
        return """
            # Signing keys from outside of the data folder, where there are any (/etc/credstore/signing-keys).
            LoadCredential=signing-keys\(path)
            """
    }

    private static func hardening(_ plan: KitPlan) -> String {
        let bindsLowPort = plan.port > 0 && plan.port < 1024
        let capability = bindsLowPort ? "CAP_NET_BIND_SERVICE" : ""
        return """
            NoNewPrivileges=yes
            CapabilityBoundingSet=\(capability)
            AmbientCapabilities=\(capability)
            DevicePolicy=closed
            PrivateDevices=yes
            PrivateMounts=yes
            PrivateTmp=yes
            PrivateUsers=\(bindsLowPort ? "no" : "yes")
            ProtectSystem=strict
            ProtectHome=yes
            ProtectClock=yes
            ProtectControlGroups=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectProc=invisible
            ProcSubset=pid
            RemoveIPC=yes
            RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            MemoryDenyWriteExecute=yes
            KeyringMode=private
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM
            """
    }
}
