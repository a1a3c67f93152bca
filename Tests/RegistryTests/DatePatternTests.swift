import Registry
import Testing

struct DatePatternTests {
    @Test(arguments: [
        ("dd.MM.yyyy", "01.11.2026", "2026-11-01", "2026-11-01T00:00:00Z"),
        ("d.M.yyyy", "1.2.2026", "2026-02-01", "2026-02-01T00:00:00Z"),
        ("d.M.yyyy", "21.12.2026", "2026-12-21", "2026-12-21T00:00:00Z"),
        ("MM/dd/yyyy", "11/21/2026 09:05", "2026-11-21", "2026-11-21T09:05:00Z"),
        ("yyyyMMdd", "20240229", "2024-02-29", "2024-02-29T00:00:00Z"),
        ("dd.MM.yyyy HH:mm", "01.11.2026 23:59", "2026-11-01", "2026-11-01T23:59:00Z"),
        ("dd.MM.yyyy HH:mm", "01.11.2026", "2026-11-01", "2026-11-01T00:00:00Z"),
        ("yyyy-MM-ddTHH:mm:ss", "2026-11-01T07:08:09", "2026-11-01", "2026-11-01T07:08:09Z"),
        ("dd.MM.yyyy", "01.11.2026 7:08:09", "2026-11-01", "2026-11-01T07:08:09Z"),
    ])
    func `a text in the pattern is read`(pattern: String, text: String, day: String, moment: String) throws {
        let read = try DatePattern(pattern).read(text)
        #expect(read?.day == day)
        #expect(read?.moment == moment)
    }

    @Test(arguments: [
        ("dd.MM.yyyy", "1.11.2026"), ("dd.MM.yyyy", "31.02.2026"), ("dd.MM.yyyy", "01.13.2026"),
        ("dd.MM.yyyy", "01-11-2026"), ("dd.MM.yyyy", "01.11.26"), ("dd.MM.yyyy", "01.11.2026x"),
        ("dd.MM.yyyy", "01.11.2026 "), ("dd.MM.yyyy", "01.11.2026 24:00"), ("dd.MM.yyyy", "01.11.2026 10:60"),
        ("dd.MM.yyyy HH:mm", "01.11.2026 10:00:00"), ("dd.MM.yyyy", ""), ("dd.MM.yyyy", "٠١.11.2026"),
        ("d.M.yyyy", "121.1.2026"),
    ])
    func `another text is not`(pattern: String, text: String) throws {
        #expect(try DatePattern(pattern).read(text) == nil)
    }

    @Test(arguments: [
        ("dd.MM.yy", "'yy' is no part of a date (d, dd, M, MM, yyyy, HH, mm, ss)"),
        ("DD.MM.yyyy", "'DD' is no part of a date (d, dd, M, MM, yyyy, HH, mm, ss)"),
        ("dd.MM", "must name day (d, dd), month (M, MM) and year (yyyy) once each"),
        ("dd.dd.MM.yyyy", "must name day (d, dd), month (M, MM) and year (yyyy) once each"),
        ("HH:mm dd.MM.yyyy", "must have the time behind the date"),
        ("dd.MM.yyyy HH", "must have a time of HH:mm or HH:mm:ss"),
        ("dd.MM.yyyy mm:ss", "must have a time of HH:mm or HH:mm:ss"),
        ("", "must name day (d, dd), month (M, MM) and year (yyyy) once each"),
    ])
    func `what is no pattern is told`(pattern: String, reason: String) {
        #expect(throws: DatePattern.Fault.self) { try DatePattern(pattern) }
        do { _ = try DatePattern(pattern) } catch { #expect(error.reason == reason) }
    }
}
