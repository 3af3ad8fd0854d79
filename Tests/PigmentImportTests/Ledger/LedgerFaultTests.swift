import Foundation
import Synchronization
import TestSupport
import Testing

@testable import PigmentImport
@testable import SafeText

/// A push at whose n-th system call on the ledger something happens, for n = 1, 2, … until nothing is left: afterwards the ledger must say the
/// truth about what was sent.
@Suite(.computing) struct LedgerFaultTests {
    /// What the server got.
    private struct Run {
        var isSent = false
        var isAccepted = false
        /// The first error that the run saw.
        var error: LedgerError?
        /// Whether the n-th call was reached.
        var isHit = false
    }

    /// The life of an accepted push that is followed to its end: as the command does it, an error before the POST ends it, one afterwards does not,
    /// and the end of the process ends everything.
    private static func run(_ path: String, callNumber: Int, fault: @escaping @Sendable (LedgerFaults.Step) -> LedgerFaults.Fault) -> Run {
        let count = Mutex(0)
        let faults = LedgerFaults { step in
            count.withLock { count in
                count += 1
                return count >= callNumber ? fault(step) : nil
            }
        }
        var run = Run()
        do throws(LedgerError) {
            let ledger = Ledger(path: FilePath(path), faults: faults)
            guard case .begun(let push) = try ledger.begin(LedgerSamples.intent(), at: LedgerSamples.now) else { return run }
            run.isSent = true
            run.isAccepted = true
            for event: LedgerRecord.Event in [
                .outcome(.accepted(LedgerSamples.importID, isEarly: false)), .end(.reported(LedgerSamples.document)),
                .reconciliation(LedgerSamples.reconciliation),
            ] {
                do throws(LedgerError) {
                    try push.record(event, at: LedgerSamples.now)
                } catch {
                    run.error = run.error ?? error
                    if error.fault == .ended { break }
                }
            }
        } catch {
            run.error = error
        }
        run.isHit = count.withLock { $0 >= callNumber }
        return run
    }

    /// Bytes that a write that fails has written.
    static let lengths = [0, 1, 200, .max]

    @Test(arguments: lengths) func theProcessEndsAtEachStep(length: Int) throws {
        try forEachCall(length) { _ in .ends(writtenByteCount: length) }
    }

    @Test(arguments: lengths) func theDiskIsFullFromEachStepOn(length: Int) throws {
        try forEachCall(length) { step in .fails(errno: [.write, .sync].contains(step) ? ENOSPC : EIO, writtenByteCount: length) }
    }

    private func forEachCall(_ length: Int, fault: @escaping @Sendable (LedgerFaults.Step) -> LedgerFaults.Fault) throws {
        var callNumber = 0
        var states: Set<LedgerEntry.State> = []
        while true {
            callNumber += 1
            let scratch = try LedgerScratch()
            // An earlier push of something else, so that there is a ledger to spoil.
            guard case .begun(let earlier) = try scratch.ledger().begin(LedgerSamples.intent("earlier"), at: LedgerSamples.now) else {
                Issue.record("not begun")
                return
            }
            try earlier.record(.outcome(.notAccepted(cause: "refused", status: 400)), at: LedgerSamples.now)
            let run = Self.run(scratch.path, callNumber: callNumber, fault: fault)
            guard run.isHit else { break }
            #expect(run.error != nil, "call \(callNumber)")
            if let state = try scratch.ledger().read().entries.dropFirst().first?.state { states.insert(state) }
            try expectTruth(scratch, run, "call \(callNumber), \(length) bytes")
        }
        #expect(callNumber > 10)
        #expect(states.isSuperset(of: [.unknown, .accepted]))
    }

    /// Every record that is whole is read; a push that may have arrived is not done again; the next record is a line of its own.
    private func expectTruth(_ scratch: LedgerScratch, _ run: Run, _ comment: Comment) throws {
        let reading = try scratch.ledger().read()
        #expect(reading.entries.first?.state == .notAccepted, comment)
        #expect(reading.flawCount <= 1, comment)
        let entry = reading.entries.count > 1 ? reading.entries[1] : nil
        if let entry {
            #expect([.unknown, .accepted, .completed].contains(entry.state), comment)
            if entry.state != .unknown { #expect(run.isAccepted, comment) }
        }
        switch try scratch.ledger().begin(LedgerSamples.intent(), at: LedgerSamples.now) {
        case .begun: #expect(!run.isSent, comment)
        // Nothing was sent, yet the record of it reached the disk: unknown is not wrong, only careful.
        case .refused(let entry): #expect(run.isSent || entry.state == .unknown, comment)
        }
        guard case .begun(let next) = try scratch.ledger().begin(LedgerSamples.intent("next"), at: LedgerSamples.now) else {
            Issue.record("the next push was not begun")
            return
        }
        try next.record(.outcome(.accepted(LedgerSamples.importID, isEarly: false)), at: LedgerSamples.now)
        #expect(try scratch.ledger().read().entries.last?.state == .accepted, comment)
    }

    /// A disk that is full before the POST leaves nothing behind: once there is room, the same content is pushed.
    @Test(arguments: [LedgerFaults.Step.write, .sync], lengths) func roomAgain(step: LedgerFaults.Step, length: Int) throws {
        let scratch = try LedgerScratch()
        let full = LedgerFaults { $0 == step ? .fails(errno: ENOSPC, writtenByteCount: length) : nil }
        #expect(throws: LedgerError.self) { try scratch.ledger(faults: full).begin(LedgerSamples.intent(), at: LedgerSamples.now) }
        #expect(try scratch.text == "")
        guard case .begun = try scratch.ledger().begin(LedgerSamples.intent(), at: LedgerSamples.now) else {
            Issue.record("refused")
            return
        }
        #expect(try scratch.ledger().read().flawCount == 0)
    }
}
