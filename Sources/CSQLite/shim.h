// SQLite's own header, and one wrapper for each C variadic that Swift can't call.
#ifndef PARLEY_CSQLITE_H
#define PARLEY_CSQLITE_H

#include <sqlite3.h>

static inline int csqlite_db_config(sqlite3 *db, int option, int value) {
    return sqlite3_db_config(db, option, value, (int *)0);
}

// Only before the first connection of the process; SQLITE_MISUSE after it.
static inline int csqlite_config_memory_status(int value) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, value); }

#endif
