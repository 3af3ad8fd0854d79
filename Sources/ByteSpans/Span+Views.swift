public import CViews

// Spans as functions of C take them.
//
// Safe: a view has the address and the count of its span, and its lifetime, which `_overrideLifetime` states: the compiler then refuses to let it live
// longer, and a view of memory that is written to excludes every other access, as the span does.

extension Span where Element: BitwiseCopyable {
    /// Where the elements are: for the views below only.
    @unsafe @inlinable @inline(__always)
    package var start: UnsafePointer<Element>? { unsafe withUnsafeBufferPointer { $0.baseAddress } }
}

extension MutableSpan where Element: BitwiseCopyable {
    @unsafe @inlinable @inline(__always)
    package var start: UnsafeMutablePointer<Element>? { mutating get { unsafe withUnsafeMutableBufferPointer { $0.baseAddress } } }
}

extension Span where Element == UInt8 {
    @inlinable @inline(__always)
    package var view: view_u8 {
        @_lifetime(copy self) get { unsafe _overrideLifetime(view_u8(start: start, count: count), copying: self) }
    }
}

extension Span where Element == UInt32 {
    @inlinable @inline(__always)
    package var view: view_u32 {
        @_lifetime(copy self) get { unsafe _overrideLifetime(view_u32(start: start, count: count), copying: self) }
    }
}

extension Span where Element == UInt64 {
    @inlinable @inline(__always)
    package var view: view_u64 {
        @_lifetime(copy self) get { unsafe _overrideLifetime(view_u64(start: start, count: count), copying: self) }
    }
}

extension MutableSpan where Element == UInt8 {
    @inlinable @inline(__always)
    package var room: room_u8 {
        @_lifetime(&self) mutating get { unsafe _overrideLifetime(room_u8(start: start, count: count), mutating: &self) }
    }
}

extension MutableSpan where Element == UInt32 {
    @inlinable @inline(__always)
    package var room: room_u32 {
        @_lifetime(&self) mutating get { unsafe _overrideLifetime(room_u32(start: start, count: count), mutating: &self) }
    }
}

extension MutableSpan where Element == UInt64 {
    @inlinable @inline(__always)
    package var room: room_u64 {
        @_lifetime(&self) mutating get { unsafe _overrideLifetime(room_u64(start: start, count: count), mutating: &self) }
    }
}
