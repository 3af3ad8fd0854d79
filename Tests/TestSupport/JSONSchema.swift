import Foundation
import Testing

/// A validator for the part of JSON Schema (draft 2020-12) that the project's schemas use. A keyword it does not know is a failure, so that
/// the schema cannot ask for something that is not tested.
package struct JSONSchema {
    package let root: [String: Any]
    /// Fails on members that no schema describes: stricter than the contract, for documents this version writes.
    package var allowsUndescribedMembers = true

    package init(_ text: String) throws {
        root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Every place where the document breaks the schema, as `path: reason`.
    package func failures(in document: String) throws -> [String] {
        let value = try JSONSerialization.jsonObject(with: Data(document.utf8), options: .fragmentsAllowed)
        return failures(of: value, under: root, at: "$")
    }

    private func failures(of value: Any, under schema: [String: Any], at path: String) -> [String] {
        schema.keys.sorted().flatMap { keyword in
            failures(of: value, keyword: keyword, argument: schema[keyword]!, schema: schema, at: path)
        }
    }

    private func failures(of value: Any, keyword: String, argument: Any, schema: [String: Any], at path: String) -> [String] {
        func check(_ passes: Bool) -> [String] { passes ? [] : ["\(path): \(keyword)"] }
        switch keyword {
        case "$schema", "$id", "$defs", "title", "description":
            return []
        case "$ref":
            guard let target = definition(argument) else { return ["\(path): dangling $ref \(argument)"] }
            return failures(of: value, under: target, at: path)
        case "type":
            let names = argument as? [String] ?? [argument as? String ?? ""]
            return check(names.contains { Self.isOfType($0, value) })
        case "const":
            return check((value as? NSObject) == (argument as? NSObject))
        case "enum":
            return check((argument as? [NSObject] ?? []).contains { $0 == value as? NSObject })
        case "minimum":
            guard let number = value as? NSNumber, let minimum = argument as? NSNumber else { return [] }
            return check(number.doubleValue >= minimum.doubleValue)
        case "maximum":
            guard let number = value as? NSNumber, let maximum = argument as? NSNumber else { return [] }
            return check(number.doubleValue <= maximum.doubleValue)
        case "maxItems":
            guard let array = value as? [Any], let limit = argument as? Int else { return [] }
            return check(array.count <= limit)
        case "minLength", "maxLength":
            guard let string = value as? String, let limit = argument as? Int else { return [] }
            let length = string.unicodeScalars.count
            return check(keyword == "minLength" ? length >= limit : length <= limit)
        case "pattern":
            guard let string = value as? String, let pattern = argument as? String else { return [] }
            return check(string.range(of: pattern, options: .regularExpression) != nil)
        case "required":
            guard let object = value as? [String: Any] else { return [] }
            return (argument as? [String] ?? []).filter { object[$0] == nil }.map { "\(path): required \($0)" }
        case "properties", "additionalProperties":
            return memberFailures(of: value, keyword: keyword, argument: argument, schema: schema, at: path)
        case "items":
            guard let array = value as? [Any], let element = argument as? [String: Any] else { return [] }
            return array.enumerated().flatMap { failures(of: $1, under: element, at: "\(path)[\($0)]") }
        case "anyOf", "oneOf":
            let results = (argument as? [[String: Any]] ?? []).map { failures(of: value, under: $0, at: path) }
            let passing = results.count(where: \.isEmpty)
            if keyword == "anyOf" ? passing > 0 : passing == 1 { return [] }
            return ["\(path): \(keyword)"] + results.flatMap(\.self)
        default:
            return ["\(path): unknown keyword \(keyword)"]
        }
    }

    private func memberFailures(of value: Any, keyword: String, argument: Any, schema: [String: Any], at path: String) -> [String] {
        guard let object = value as? [String: Any] else { return [] }
        let described = schema["properties"] as? [String: [String: Any]] ?? [:]
        let others = object.keys.filter { described[$0] == nil }.sorted()
        guard keyword == "properties" else {
            if let others = object.keys.filter({ described[$0] == nil }).first, argument as? Bool == false {
                return ["\(path): additionalProperties \(others)"]
            }
            guard let element = argument as? [String: Any] else { return [] }
            return others.flatMap { failures(of: object[$0]!, under: element, at: "\(path).\($0)") }
        }
        let undescribed = allowsUndescribedMembers ? [] : others.map { "\(path): undescribed \($0)" }
        return undescribed
            + described.keys.sorted().flatMap { key in
                object[key].map { failures(of: $0, under: described[key]!, at: "\(path).\(key)") } ?? []
            }
    }

    private func definition(_ reference: Any) -> [String: Any]? {
        guard let reference = reference as? String, reference.hasPrefix("#/$defs/") else { return nil }
        return (root["$defs"] as? [String: [String: Any]])?[String(reference.dropFirst("#/$defs/".count))]
    }

    private static func isOfType(_ name: String, _ value: Any) -> Bool {
        switch name {
        case "null": value is NSNull
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": isBoolean(value)
        case "integer": !isBoolean(value) && (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } == true
        case "number": !isBoolean(value) && value is NSNumber
        default: false
        }
    }

    /// Numbers and booleans share a class in Foundation; their type encodings differ.
    private static func isBoolean(_ value: Any) -> Bool {
        guard let number = value as? NSNumber else { return false }
        return String(cString: number.objCType) == "c"
    }
}
