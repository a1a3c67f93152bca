/// Rows of text under headings, made to fit a terminal.
struct Table {
    struct Column {
        let heading: String
        /// Numbers stand at the right.
        var atRight = false
        /// Columns that give way when the terminal is narrow; the others stay whole as long as they can.
        var yields = false
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row; what it shows may come from a mail, so each cell is made safe for a terminal.
    mutating func add(_ cells: [String]) { rows.append(cells.map(\.visible)) }

    /// The lines, each at most `width` columns wide; nil leaves every cell whole.
    func lines(width: Int?) -> [String] {
        let widths = widths(within: width)
        return ([columns.map(\.heading)] + rows).map { line($0, widths: widths, cut: true) }
    }

    /// One row in settled widths; a cell that is too long is cut, or pushes the others to the right.
    func line(_ cells: [String], widths: [Int], cut: Bool) -> String {
        var line = ""
        for (index, column) in columns.enumerated() where widths[index] > 0 {
            let cell = index < cells.count ? cells[index] : ""
            let text = cut ? DisplayWidth.fit(cell, into: widths[index]) : cell
            let padding = String(repeating: " ", count: max(0, widths[index] - DisplayWidth.of(text)))
            line += (index == 0 ? "" : "  ") + (column.atRight ? padding + text : text + padding)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// Takes from the widest yielding column first, then from any; none gets narrower than its first letters.
    func widths(within width: Int?) -> [Int] {
        var widths = columns.enumerated().map { index, column in
            rows.reduce(DisplayWidth.of(column.heading)) { widest, row in
                max(widest, index < row.count ? DisplayWidth.of(row[index]) : 0)
            }
        }
        guard let width else { return widths }
        let available = max(0, width - 2 * (columns.count - 1))
        for onlyYielding in [true, false] {
            while widths.reduce(0, +) > available {
                let candidates = columns.indices.filter { widths[$0] > 4 && (!onlyYielding || columns[$0].yields) }
                guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
            }
        }
        return widths
    }
}
