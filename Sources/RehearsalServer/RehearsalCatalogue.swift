/// Applications, blocks and import configurations with their names, as the Metadata API tells them.
package struct RehearsalCatalogue: Sendable {
    package var applications: [Application]

    package init(applications: [Application] = []) {
        self.applications = applications
    }

    /// An application with its blocks.
    package struct Application: Sendable {
        package var id: String
        package var name: String
        package var blocks: [Block]

        package init(id: String, name: String, blocks: [Block]) {
            (self.id, self.name, self.blocks) = (id, name, blocks)
        }
    }

    /// A list, a metric or another block.
    package struct Block: Sendable {
        package var id: String
        package var name: String
        /// As the API spells it: `TransactionList`, `Metric` and others.
        package var type: String
        package var configurations: [Configuration]

        package init(id: String, name: String, type: String, configurations: [Configuration]) {
            (self.id, self.name, self.type, self.configurations) = (id, name, type, configurations)
        }
    }

    /// An import configuration.
    package struct Configuration: Sendable {
        package var id: String
        package var name: String

        package init(id: String, name: String) {
            (self.id, self.name) = (id, name)
        }
    }
}
