import HummingbirdCore
import Logging
import NIOCore

/// A connection that the registry knows from its first moment to its last.
struct RegisteredChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel
    let registry: ConnectionRegistry

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        guard registry.admit() else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }
        let value = base.setup(channel: channel, logger: logger)
        value.whenFailure { [registry] _ in
            registry.abandon()
            channel.close(promise: nil)
        }
        return value
    }

    func handle(value: Value, logger: Logger) async {
        registry.serve(value.channel)
        await base.handle(value: value, logger: logger)
        registry.leave(value.channel)
    }
}
