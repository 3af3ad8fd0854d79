/// What the system says of an open file: while two of these are equal, it has not been seen to change in between.
///
/// A program that writes and then restores the modification time is still seen by ``changed``; one that writes within the
/// clock's resolution, or through a memory map that was not flushed, is not. Only a digest over the bytes proves that they are the same.
package struct FileIdentity: Equatable, Sendable {
    /// A time since 1970-01-01 00:00 UTC.
    package struct Timestamp: Equatable, Sendable {
        package var seconds: Int64
        /// 0 to 999 999 999.
        package var nanoseconds: Int64

        package init(seconds: Int64, nanoseconds: Int64) {
            self.seconds = seconds
            self.nanoseconds = nanoseconds
        }
    }

    package var device: UInt64
    package var inode: UInt64
    /// In bytes; 0 for what is not a regular file, and for files that the kernel makes up while they are read.
    package var size: Int64
    /// When the content last changed (`st_mtime`).
    package var modified: Timestamp
    /// When content, name or permissions last changed (`st_ctime`); a program cannot set it.
    package var changed: Timestamp

    package init(device: UInt64, inode: UInt64, size: Int64, modified: Timestamp, changed: Timestamp) {
        self.device = device
        self.inode = inode
        self.size = size
        self.modified = modified
        self.changed = changed
    }
}

extension FileIdentity: LosslessStringConvertible {
    /// The parts as numbers, with a point before nanoseconds: `66304:333671:1204:1764530000.120000000:1764530001.000000007`.
    package var description: String { "\(device):\(inode):\(size):\(modified):\(changed)" }

    package init?(_ description: String) {
        let parts = description.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 5, let device = UInt64(parts[0]), let inode = UInt64(parts[1]), let size = Int64(parts[2]),
            let modified = Timestamp(String(parts[3])), let changed = Timestamp(String(parts[4]))
        else { return nil }
        self.init(device: device, inode: inode, size: size, modified: modified, changed: changed)
    }
}

extension FileIdentity.Timestamp: LosslessStringConvertible {
    package var description: String {
        let digits = "\(nanoseconds)"
        return "\(seconds)." + String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
    }

    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 9, let seconds = Int64(parts[0]), let nanoseconds = Int64(parts[1]), nanoseconds >= 0
        else { return nil }
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }
}
