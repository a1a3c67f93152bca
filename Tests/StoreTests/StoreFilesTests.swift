import Foundation
import Store
import Testing

struct StoreFilesTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private var files: StoreFiles { StoreFiles(scratch.path) }
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func `what the store makes is its owner's alone`() async throws {
        let store = try await Sample.store(scratch)
        try await Sample.deliver(3, to: store)
        let made = files.all.filter { FileManager.default.fileExists(atPath: $0) }
        #expect(made == Array(files.all.prefix(2)))
        for path in made { #expect(try mode(path) == 0o600) }
        #expect(try files.close() == [])
    }

    @Test(arguments: [0, 1, 2, 3]) func `files that others may use are closed, once`(_ index: Int) throws {
        _ = try scratch.store()
        let path = files.all[index]
        if index > 0 { try Data("x".utf8).write(to: URL(filePath: path)) }
        for other in files.all where FileManager.default.fileExists(atPath: other) { chmod(other, 0o600) }
        chmod(path, 0o644)
        let openings = files.openings()
        #expect(openings.map(\.path) == [path] && openings.map(\.isGrave) == [true])
        #expect(openings.map(\.words) == ["others than its owner may use it (mode 644)"])
        #expect(openings.map(\.hint) == ["chmod 600 \(path)"])
        #expect(try files.close().map(\.path) == [path])
        #expect(try mode(path) == 0o600)
        #expect(try files.close() == [])
    }

    @Test(arguments: [0, 1, 2, 3]) func `a link in the place of a file is refused, and what it leads to is left alone`(
        _ index: Int
    ) throws {
        let path = files.all[index]
        let elsewhere = scratch.folder.appending(path: "elsewhere").path
        for target in [elsewhere, "/dev/null"] {
            try? FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
            let fault = #expect(throws: StoreFault.self) { try files.close() }
            #expect(fault?.reason == "\(path) is a link")
            #expect(throws: StoreFault.self) { try scratch.store() }
            #expect(!FileManager.default.fileExists(atPath: elsewhere))
        }
    }

    @Test(arguments: [(0o700, nil), (0o755, nil), (0o1777, false), (0o775, false), (0o777, true)] as [(Int, Bool?)])
    func `a folder that everybody may write to is refused, one of a group is told`(_ rights: Int, _ grave: Bool?) throws
    {
        _ = try scratch.store()
        chmod(scratch.folder.path, mode_t(rights))
        defer { chmod(scratch.folder.path, 0o700) }
        #expect(files.openings().map(\.isGrave) == (grave.map { [$0] } ?? []))
        if grave == true {
            let fault = #expect(throws: StoreFault.self) { try files.close() }
            #expect(fault?.kind == .access && fault?.hint == "chmod go-w \(scratch.folder.path)")
        } else {
            #expect(try files.close().count == (grave == nil ? 0 : 1))
        }
    }
}
