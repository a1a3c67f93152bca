import Foundation

extension Date {
    /// Milliseconds since 1970, as the tables hold moments. A time that a hostile server made up is clamped to a range
    /// that every calendar knows.
    var milliseconds: Int64 {
        let bound = 8.64e15
        let exact = (timeIntervalSince1970 * 1000).rounded()
        return exact.isNaN ? 0 : Int64(min(max(exact, -bound), bound))
    }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
