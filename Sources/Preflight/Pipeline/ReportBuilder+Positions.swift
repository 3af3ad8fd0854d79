import ImportProfiles

extension ReportBuilder {
    /// Where the findings are. Rows that are known only at the end of the file are placed by their numbers; where not even these are known, the
    /// examples are drawn and the others counted.
    func positions(_ recorded: PositionMap, of findings: [Finding], _ lines: LineAccount) -> PositionMap {
        let kinds = Set(findings.map(\.kind))
        func severity(_ kind: FindingKind, _ own: Severity) -> Severity? {
            kinds.contains(kind) ? kind.action(under: options.rules)?.severity ?? own : nil
        }
        var map = recorded.reported { severity($0.kind, $0.severity) }.fitted(to: state.content.byteCount)
        let streamed = Set(map.lanes.map(\.kind))
        let end = RowRuler.Start(row: state.rowCount + 1, line: lines.total + 1)
        var later: [Int: [Range<Int>]] = [:]
        for mark in state.log.marks.rows { later[mark.group, default: []].append(mark.row..<(mark.row + 1)) }
        for (group, rows) in state.log.marks.ranges { later[group, default: []] += rows }
        var ranges: [PositionMap.Lane: [Range<Int>]] = [:]
        for (index, group) in state.log.groups.enumerated() where !group.isFolded && !group.isUnited {
            guard let severity = severity(group.kind, group.severity) else { continue }
            if let rows = later[index], !rows.isEmpty {
                ranges[PositionMap.Lane(kind: group.kind, severity: severity), default: []] += rows
                let known = rows.reduce(0) { $0 + $1.count }
                if !streamed.contains(group.kind), known < group.rows { map.leaveOut(group.rows - known, group.kind, severity) }
            } else if !streamed.contains(group.kind), group.kind.showsPlaces {
                for example in group.examples {
                    map.record(group.kind, severity, at: example.place.byteOffset, row: example.place.row, line: example.place.line)
                }
                let known = Set(group.examples.map(\.place.row)).count
                if known < group.rows { map.leaveOut(group.rows - known, group.kind, severity) }
            } else if let lane = map.lanes.first(where: { $0.kind == group.kind }), lane.count < group.rows {
                // Such as keys that were put aside.
                map.leaveOut(group.rows - lane.count, group.kind, severity)
            }
        }
        for (lane, rows) in ranges.sorted(by: { $0.key.kind.code < $1.key.kind.code }) {
            map.record(lane.kind, lane.severity, rows: rows, end: end)
        }
        return map
    }
}
