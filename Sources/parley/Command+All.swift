// Every command, in the order of the help text.

extension Command {
    static let all: [Command] =
        [ServeCommand.command] + AppCommands.all + OrgCommands.all + KeysCommand.all + WebhookCommands.all
        + TransferCommands.all
        + [
            BackupCommand.command, RestoreCommand.command, CheckCommand.command, MaintenanceCommand.command,
            CompactCommand.command, KitCommand.command, RoutesCommand.command,
            OpenAPICommand.command, VersionCommand.command, HelpCommand.command,
        ]
}
