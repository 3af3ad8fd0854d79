import SystemCalls

#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// What the system says of a file.
package struct FileAttributes: Sendable {
    /// Type and permissions.
    package let mode: mode_t
    package let owner: uid_t
    package let group: gid_t
    package let linkCount: Int
    /// The device that the file is, if it is one.
    package let specialDevice: UInt64
    package let identity: FileIdentity

    /// - Returns: `nil` where the call failed, and `errno` says why.
    init?(_ found: system_attributes) {
        guard found.status == 0 else { return nil }
        (mode, owner, group) = (mode_t(found.mode), found.owner, found.group)
        (linkCount, specialDevice) = (Int(found.link_count), found.special_device)
        identity = FileIdentity(
            device: found.device, inode: found.inode, size: found.byte_count,
            modified: .init(seconds: found.modified_seconds, nanoseconds: found.modified_nanoseconds),
            changed: .init(seconds: found.changed_seconds, nanoseconds: found.changed_nanoseconds))
    }

    /// Whether both are of one file, perhaps by different names.
    package func isSameFile(as other: FileAttributes) -> Bool {
        identity.device == other.identity.device && identity.inode == other.identity.inode
    }
}
