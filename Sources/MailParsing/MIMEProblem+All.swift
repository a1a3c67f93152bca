package import Mail

/// Every problem with a mail's MIME structure, for whoever explains them.
package enum MIMEReasons {
    package static let all: [StructureProblem] = MIMEProblem.allCases.map(\.structureProblem)
}
