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
