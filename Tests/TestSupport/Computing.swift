public import Testing

/// See ``Testing/Trait/computing``.
public struct Computing: SuiteTrait, TestTrait, TestScoping {
    public var isRecursive: Bool { true }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(TestThreads.computing) { try await function() }
    }
}

extension Trait where Self == Computing {
    /// The tests compute for a long time and wait for nothing: they run on threads of their own, beside the tests that wait.
    public static var computing: Self { Self() }
}
