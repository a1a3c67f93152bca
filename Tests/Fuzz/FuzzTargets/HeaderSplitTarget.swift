import Mail

extension FuzzTarget {
    /// The input is a mail's beginning.
    static let headerSplit = FuzzTarget("header-split", longest: 65_536) { input in
        let split = HeaderBlock.split(input)
        let limits = MailLimits.standard
        let fields = split.block.fields
        try promise((0...input.count).contains(split.bodyStart), "the body begins outside the mail")
        try promise(fields.count <= limits.headerFields, "more fields than the limit")
        for field in fields {
            try promise(
                !field.name.isEmpty && field.name.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 58 },
                "a field's name that is none: \(field.name)")
            try promise(field.value.count <= limits.headerField, "a value longer than the limit")
            try promise(!field.value.contains(10), "a line end in a value")
        }
        let codes = split.problems.map(\.code)
        try promise(Set(codes).count == codes.count, "a problem told twice")
        try promise(
            split.bodyStart > 1
                || fields.isEmpty && (input.first == 10 || input.starts(with: [13, 10]) || input.isEmpty)
                || split.bodyStart == input.count,
            "a body without a header's end")
        guard split.problems.isEmpty else { return }

        let naive = NaiveHeader(input)
        try promise(naive.bodyStart == split.bodyStart, "the naive reader sees the body begin at \(naive.bodyStart)")
        try promise(
            naive.fields.map(\.name) == fields.map(\.name.asciiLowercased),
            "the naive reader sees other fields: \(naive.fields.map(\.name))")
        for (other, field) in zip(naive.fields, fields) {
            try promise(other.value == field.value, "the naive reader sees another value of \(field.name)")
        }

        // Written again, it is read as the same.
        guard fields.allSatisfy({ $0.value.count + $0.name.utf8.count + 2 <= limits.headerLine }) else { return }
        var again: [UInt8] = []
        for field in fields {
            again += "\(field.name): ".utf8
            again += field.value
            again += "\r\n".utf8
        }
        again += "\r\n".utf8
        let second = HeaderBlock.split(again)
        try promise(second.problems.isEmpty, "written again, it has problems: \(second.problems.map(\.code))")
        try promise(second.block.fields == fields, "written again, it has other fields")
    }
}
