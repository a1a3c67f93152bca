/// A password, token or key. Nothing that prints, logs, dumps or inspects it shows it; only ``reveal()`` gives it away.
///
/// Its memory isn't overwritten at its end: the daemon needs it for every new connection, and the libraries that it is
/// handed to keep copies of their own. What keeps it in is that nobody else can read the process's memory.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable,
    ExpressibleByStringLiteral
{
    private let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral value: String) { text = value }

    /// The secret itself, for the one place that hands it to a mail server.
    package func reveal() -> String { text }

    package var isEmpty: Bool { text.isEmpty }
    package var description: String { "<secret>" }
    package var debugDescription: String { "<secret>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
