import ArgumentParser
import ImportProfiles
import PigmentImport
import Preflight
import SafeText

/// `preflight profile show PROFILE`
struct ProfileShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a profile with its defaults filled in, or as a Table Schema or a data contract.",
        discussion: """
            A Table Schema (Frictionless) or a data contract (ODCS) cannot hold every setting; what is left out is listed on standard error.

            Examples:
              preflight profile show profile.yaml
              preflight profile show profile.yaml --as table-schema > schema.json
              preflight profile show contract.yaml --as table-schema

            Exit status: 0 printed, 2 the profile cannot be used.
            """)

    @Argument(help: "Profile (YAML or JSON), Table Schema or data contract.")
    var profile: FilePath

    @Option(name: .customLong("as"), help: ArgumentHelp("yaml, table-schema or odcs.", valueName: "format"))
    var form = Form.yaml

    enum Form: String, ExpressibleByArgument, CaseIterable {
        case yaml
        case tableSchema = "table-schema"
        case dataContract = "odcs"
    }

    func run() throws {
        let terminal = Terminal(showsProgress: false)
        try terminal.perform { () throws(CommandFailure) in
            try terminal.refuseAsOutput([self.profile])
            let profile = try loaded()
            switch form {
            case .yaml: terminal.print(ProfileWriter.text(of: profile, detail: .full))
            case .tableSchema:
                let schema = TableSchemaWriter(profile)
                terminal.print(schema.text)
                for loss in schema.losses { terminal.say("not in the schema: \(loss)") }
            case .dataContract:
                let contract = DataContractWriter(profile)
                terminal.print(contract.text)
                for loss in contract.losses { terminal.say("not in the contract: \(loss)") }
            }
            return terminal.finish(.done)
        }
    }

    private func loaded() throws(CommandFailure) -> Profile {
        do {
            return try Profile.load(path: profile)
        } catch {
            throw CommandFailure(.unable, error)
        }
    }
}
