extension Schema {
    /// Organisations by their names' words and by what stands beside (``SearchText``). A row's number is the organisation's.
    ///
    /// The words come as skeletons, and this tokenizer leaves all that is not ASCII alone. One table serves the search and
    /// the question which names contain another, so that an import writes one row for both; operators and authorities have
    /// a table each, as FTS5 takes rows quickest in the order of their numbers. `search_word` says which words there are
    /// and in how many names, so that a typing error is found by looking up what it may have come from.
    static let search = """
        DROP TABLE name_words;
        CREATE VIRTUAL TABLE operator_search USING fts5(
            words, content = '', columnsize = 0, tokenize = "ascii tokenchars '=@#!'");
        CREATE VIRTUAL TABLE authority_search USING fts5(
            words, content = '', columnsize = 0, tokenize = "ascii tokenchars '=@#!'");
        CREATE TABLE search_word (
            word TEXT PRIMARY KEY NOT NULL,
            uses INTEGER NOT NULL                       -- names that have it
        ) STRICT, WITHOUT ROWID;
        """
}
