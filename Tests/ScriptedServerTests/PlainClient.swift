import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A blocking TCP client on a thread of its own, below any HTTP library.
enum PlainClient {
    /// What came back.
    struct Reception: Sendable, Equatable {
        var bytes: [UInt8] = []
        var end: End
        /// Bytes that the kernel took for sending.
        var sentCount = 0

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    enum End: Sendable, Equatable {
        case finished
        case reset
        /// Nothing happened for as long as the client was told to wait.
        case silent
        case failed(Int32)
    }

    /// Connects, sends, and reads to the end.
    ///
    /// - Parameters:
    ///   - halfCloses: whether FIN follows the bytes sent.
    ///   - patience: how long one call may block, in milliseconds.
    static func exchange(
        port: Int, sending bytes: [UInt8], halfCloses: Bool = false, patience: Int = 20_000
    ) async -> Reception {
        await withCheckedContinuation { continuation in
            // Blocking calls on the cooperative threads, or on the queues they come from, would starve the server.
            Thread.detachNewThread {
                continuation.resume(returning: converse(port: port, bytes: bytes, halfCloses: halfCloses, patience: patience))
            }
        }
    }

    static func exchange(port: Int, sending text: String, halfCloses: Bool = false) async -> Reception {
        await exchange(port: port, sending: Array(text.utf8), halfCloses: halfCloses)
    }

    private static func converse(port: Int, bytes: [UInt8], halfCloses: Bool, patience: Int) -> Reception {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        defer { close(descriptor) }
        var limit = timeval(tv_sec: patience / 1000, tv_usec: .init(patience % 1000 * 1000))
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return Reception(end: .failed(errno)) }
        var reception = Reception(end: .finished)
        reception.sentCount = write(bytes, to: descriptor)
        if reception.sentCount < bytes.count, errno == EAGAIN {
            reception.end = .silent
            return reception
        }
        if halfCloses { shutdown(descriptor, Int32(SHUT_WR)) }
        read(into: &reception, from: descriptor)
        return reception
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL)) }
            if count < 0 { break }
            sent += count
        }
        return sent
    }

    private static func read(into reception: inout Reception, from descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                reception.bytes.append(contentsOf: buffer[..<count])
            } else {
                switch (count, errno) {
                case (0, _): reception.end = .finished
                case (_, ECONNRESET): reception.end = .reset
                case (_, EAGAIN): reception.end = .silent
                case (_, let code): reception.end = .failed(code)
                }
                return
            }
        }
    }
}
