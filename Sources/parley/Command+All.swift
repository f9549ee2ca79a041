// Every command, in the order of the help text.

extension Command {
    static let all: [Command] =
        [ServeCommand.command] + AppCommands.all + OrgCommands.all + ClientCommands.all + KeysCommand.all
        + WebhookCommands.all
        + [
            AuditCommand.command, BackupCommand.command, CheckCommand.command, MaintenanceCommand.command,
            CompactCommand.command, KitCommand.command, RoutesCommand.command,
            OpenAPICommand.command, VersionCommand.command, HelpCommand.command,
        ]
}
