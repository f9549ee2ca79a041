// The index of users by the moment of registration, and of the words of their names: migration 34.

import Domain

extension Migration {
    /// - The index of words has a user's name and nickname as `WordSearch` cuts them into words, with spaces between them: its
    ///   tokenizer takes everything that isn't ASCII as it is, so each word is one term. It keeps neither places nor the text itself,
    ///   as the index of messages does: a user's words are taken out before its names change or it is removed.
    /// - Its `scope` is the application as characters for private use: a word is found in one application without looking at the
    ///   others.
    static let migration34UserIndex: StaticString = """
        CREATE INDEX users_by_created ON users (application, created, id);

        CREATE VIRTUAL TABLE user_index USING fts5 (
            scope, text, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
        );

        PRAGMA user_version = 34;
        """
}
