/// A YAML file as its keys and texts.
enum WordingTree: Decodable {
    case text(String)
    case list([WordingTree])
    case map([String: WordingTree])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let map = try? container.decode([String: WordingTree].self) {
            self = .map(map)
        } else if let list = try? container.decode([WordingTree].self) {
            self = .list(list)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// Every text by its path.
    func texts(_ path: String = "") -> [String: String] {
        switch self {
        case .text(let text): [path: text]
        case .list(let list):
            list.enumerated().reduce(into: [:]) { $0.merge($1.element.texts("\(path)/\($1.offset)")) { one, _ in one } }
        case .map(let map): map.reduce(into: [:]) { $0.merge($1.value.texts("\(path)/\($1.key)")) { one, _ in one } }
        }
    }
}
