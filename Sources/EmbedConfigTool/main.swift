import Foundation

// Arguments: the folder, the Swift file to write, then the files below the folder.
let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: EmbedConfigTool FOLDER OUTPUT [FILE...]\n".utf8))
    exit(2)
}
let folder = URL(filePath: arguments[1])

do {
    var source = "enum EmbeddedFiles {\n    static let texts: [String: String] = [\n"
    for name in arguments.dropFirst(3).sorted() {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        // No file holds a raw-string delimiter this long; one that did would fail to compile, not be misread.
        source += "        \"\(name)\": ####\"\"\"\n\(text)\n\"\"\"####,\n"
    }
    if arguments.count == 3 { source += "        :\n" }
    source += "    ]\n}\n"
    try Data(source.utf8).write(to: URL(filePath: arguments[2]))
} catch {
    FileHandle.standardError.write(Data("EmbedConfigTool: \(error)\n".utf8))
    exit(1)
}
