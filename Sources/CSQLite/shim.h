// SQLite's own header, and one wrapper for each C variadic that Swift can't call.
#ifndef PARLEY_CSQLITE_H
#define PARLEY_CSQLITE_H

#include <sqlite3.h>

static inline int csqlite_db_config(sqlite3 *db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}

// Only before the first connection of the process; SQLITE_MISUSE after it.
static inline int csqlite_config_memory_status(int value) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, value); }


// Copies the database, without what was deleted, into a new file or an empty one. The name is bound, not quoted.
static inline int csqlite_vacuum_into(sqlite3 *database, const char *path) {
    sqlite3_stmt *statement = 0;
    int code = sqlite3_prepare_v2(database, "VACUUM INTO ?1", -1, &statement, 0);
    if (code == SQLITE_OK) code = sqlite3_bind_text(statement, 1, path, -1, SQLITE_TRANSIENT);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    int closed = sqlite3_finalize(statement);
    return code == SQLITE_DONE ? closed : code;
}

#endif
