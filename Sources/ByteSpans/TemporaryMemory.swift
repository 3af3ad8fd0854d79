/// Calls `body` with memory on the stack for up to some number of elements. It lives for the call only, which the span's type says.
@inlinable @inline(__always)
package func withTemporaryMemory<Element: BitwiseCopyable, Result>(
    of type: Element.Type, capacity: Int, _ body: (inout OutputSpan<Element>) -> Result
) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: type, capacity: capacity) { memory in
        var elements = unsafe OutputSpan(buffer: memory, initializedCount: 0)
        return body(&elements)
    }
}
