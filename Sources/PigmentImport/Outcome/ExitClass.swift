/// What an outcome means for the caller of the command: the raw value is the exit status.
package enum ExitClass: Int, Sendable, CaseIterable {
    /// Done and confirmed.
    case done = 0
    /// Could not do the work here: nothing is wrong with the network or the server.
    case localFault = 2
    /// Sent, completed, but rows were skipped over the limit or not as predicted.
    case skipped = 3
    /// Sent, and the server says that the import failed.
    case failed = 4
    /// Not accepted, temporary: may be run again.
    case temporary = 5
    /// The whole body was sent and no usable answer came: look before running again.
    case unknown = 6
    /// Refused for good: may be run again after a fix.
    case refused = 7
    /// Accepted, and the end was not seen: only to be followed further.
    case endNotSeen = 8
}
