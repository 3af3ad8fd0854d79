import ByteSpans
package import CViews

/// Texts that the system writes where it is told.
package enum SystemText {
    /// - Parameter write: returns how many bytes there are to write, also where the room is too small; a negative number where there are none.
    /// - Returns: `nil` where there are none.
    package static func bytes(_ write: (room_u8) -> Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 256)
        while true {
            var room = bytes.mutableSpan
            let count = write(room.room)
            if count < 0 { return nil }
            if count <= bytes.count { return Array(bytes.prefix(count)) }
            bytes = [UInt8](repeating: 0, count: count)
        }
    }
}
