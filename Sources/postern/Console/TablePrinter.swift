/// Prints a table of any length in bounded memory: the first rows settle the columns' widths, the others follow at once.
struct TablePrinter {
    private var table: Table
    private var widths: [Int]?
    private let available: Int?
    private let rowsThatSettle = 500

    /// `available` is the terminal's width; nil leaves every cell whole as long as the widths are not settled.
    init(_ columns: [Table.Column], available: Int? = Terminal.width) {
        table = Table(columns)
        self.available = available
    }

    mutating func add(_ cells: [String], to output: inout Output) throws(CommandFailure) {
        if let widths {
            try output.line(table.line(cells.map(\.visible), widths: widths, cut: available != nil))
            return
        }
        table.add(cells)
        if table.rows.count == rowsThatSettle { try settle(&output) }
    }

    /// Prints what waits; headings alone where there are no rows.
    mutating func finish(_ output: inout Output) throws(CommandFailure) {
        if widths == nil { try settle(&output) }
    }

    private mutating func settle(_ output: inout Output) throws(CommandFailure) {
        let settled = table.widths(within: available)
        widths = settled
        try output.line(table.line(table.columns.map(\.heading), widths: settled, cut: true))
        for row in table.rows { try output.line(table.line(row, widths: settled, cut: available != nil)) }
        table = Table(table.columns)
    }
}
