import Foundation
import PackagePlugin

/// Hands every file under `Config/` to `EmbedConfigTool`, which writes them into one Swift file.
@main
struct EmbedConfig: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "Config")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        let files = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".mustache") }.sorted()
        return [
            .buildCommand(
                displayName: "Embedding Config/",
                executable: try context.tool(named: "EmbedConfigTool").url,
                arguments: [folder.path, output.path] + files,
                inputFiles: files.map { folder.appending(path: $0) },
                outputFiles: [output])
        ]
    }
}
