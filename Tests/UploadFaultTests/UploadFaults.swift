import Testing

/// The fault matrix of an upload, one test per fault, against a server that produces it on the wire.
///
/// One after another: several faults are silences, and on a busy machine a waiting neighbour would look like one.
@Suite("Faults of an upload", .serialized, .timeLimit(.minutes(30)))
enum UploadFaults {}
