// An SQLite VFS that breaks on demand. Unsynchronised writes are remembered with what they covered, so that a failed
// fsync or a power cut can take them back. Truncation and deletion count as durable at once.
#include "faulty_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// What a write covered; newest first.
typedef struct undo {
    struct undo *next;
    sqlite3_int64 offset;
    int count;
    unsigned char bytes[];
} undo;

typedef struct file {
    sqlite3_file base;
    faulty_disk *disk;
    struct file *next;
    undo *unsynchronised;
    sqlite3_file *real;
} file;

struct faulty_disk {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    pthread_mutex_t lock;
    file *files;
    // Good fsyncs until one fails; -1 for none.
    int syncs_to_failure;
    int failing_reads;
    long room;
    int is_dead;
    long syncs;
    char name[];
};

static int remember(file *f, sqlite3_int64 offset, int count) {
    undo *record = malloc(sizeof(undo) + (size_t)count);
    if (!record) return SQLITE_NOMEM;
    record->offset = offset;
    record->count = count;
    // A short read fills the rest with zeros, as a hole would read.
    int code = f->real->pMethods->xRead(f->real, record->bytes, count, offset);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) {
        free(record);
        return code;
    }
    record->next = f->unsynchronised;
    f->unsynchronised = record;
    return SQLITE_OK;
}

static void settle(file *f, int takes_back) {
    while (f->unsynchronised) {
        undo *record = f->unsynchronised;
        f->unsynchronised = record->next;
        if (takes_back) f->real->pMethods->xWrite(f->real, record->bytes, record->count, record->offset);
        free(record);
    }
}

#define LOCKED(f, statement)                          \
    faulty_disk *disk = (f)->disk;                    \
    pthread_mutex_lock(&disk->lock);                  \
    int code = disk->is_dead ? SQLITE_IOERR : SQLITE_OK; \
    if (code == SQLITE_OK) { statement; }             \
    pthread_mutex_unlock(&disk->lock);                \
    return code

static int on_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    file *f = (file *)base;
    LOCKED(f, {
        if (disk->failing_reads > 0) {
            disk->failing_reads--;
            code = SQLITE_IOERR_READ;
        } else {
            code = f->real->pMethods->xRead(f->real, bytes, count, offset);
        }
    });
}

static int on_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    file *f = (file *)base;
    LOCKED(f, {
        if (disk->room >= 0 && disk->room < count) {
            code = SQLITE_FULL;
        } else {
            if (disk->room >= 0) disk->room -= count;
            code = remember(f, offset, count);
            if (code == SQLITE_OK) code = f->real->pMethods->xWrite(f->real, bytes, count, offset);
        }
    });
}

static int on_sync(sqlite3_file *base, int flags) {
    file *f = (file *)base;
    LOCKED(f, {
        if (disk->syncs_to_failure >= 0 && disk->syncs_to_failure-- == 0) {
            settle(f, 1);
            code = SQLITE_IOERR_FSYNC;
        } else {
            code = f->real->pMethods->xSync(f->real, flags);
            settle(f, 0);
            disk->syncs++;
        }
    });
}

static int on_truncate(sqlite3_file *base, sqlite3_int64 size) {
    file *f = (file *)base;
    LOCKED(f, {
        code = f->real->pMethods->xTruncate(f->real, size);
        for (undo *record = f->unsynchronised; record; record = record->next) {
            sqlite3_int64 left = size - record->offset;
            if (left < record->count) record->count = left < 0 ? 0 : (int)left;
        }
    });
}

static int on_close(sqlite3_file *base) {
    file *f = (file *)base;
    faulty_disk *disk = f->disk;
    pthread_mutex_lock(&disk->lock);
    for (file **link = &disk->files; *link; link = &(*link)->next) {
        if (*link == f) {
            *link = f->next;
            break;
        }
    }
    settle(f, 0);
    int code = f->real->pMethods->xClose(f->real);
    pthread_mutex_unlock(&disk->lock);
    return code;
}

// The rest goes straight to the real file.
static int on_size(sqlite3_file *b, sqlite3_int64 *size) { file *f = (file *)b; return f->real->pMethods->xFileSize(f->real, size); }
static int on_lock(sqlite3_file *b, int kind) { file *f = (file *)b; return f->real->pMethods->xLock(f->real, kind); }
static int on_unlock(sqlite3_file *b, int kind) { file *f = (file *)b; return f->real->pMethods->xUnlock(f->real, kind); }
static int on_reserved(sqlite3_file *b, int *out) { file *f = (file *)b; return f->real->pMethods->xCheckReservedLock(f->real, out); }
static int on_control(sqlite3_file *b, int op, void *arg) { file *f = (file *)b; return f->real->pMethods->xFileControl(f->real, op, arg); }
static int on_sector(sqlite3_file *b) { file *f = (file *)b; return f->real->pMethods->xSectorSize(f->real); }
static int on_device(sqlite3_file *b) { file *f = (file *)b; return f->real->pMethods->xDeviceCharacteristics(f->real); }
static int on_shm_map(sqlite3_file *b, int page, int size, int extend, void volatile **out) { file *f = (file *)b; return f->real->pMethods->xShmMap(f->real, page, size, extend, out); }
static int on_shm_lock(sqlite3_file *b, int offset, int count, int flags) { file *f = (file *)b; return f->real->pMethods->xShmLock(f->real, offset, count, flags); }
static void on_shm_barrier(sqlite3_file *b) { file *f = (file *)b; f->real->pMethods->xShmBarrier(f->real); }
static int on_shm_unmap(sqlite3_file *b, int deletes) { file *f = (file *)b; return f->real->pMethods->xShmUnmap(f->real, deletes); }

static const sqlite3_io_methods methods = {
    2, on_close, on_read, on_write, on_truncate, on_sync, on_size, on_lock, on_unlock, on_reserved,
    on_control, on_sector, on_device, on_shm_map, on_shm_lock, on_shm_barrier, on_shm_unmap, 0, 0,
};

static int on_open(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *base, int flags, int *out) {
    faulty_disk *disk = vfs->pAppData;
    file *f = (file *)base;
    memset(f, 0, sizeof *f);
    f->real = (sqlite3_file *)(f + 1);
    f->disk = disk;
    pthread_mutex_lock(&disk->lock);
    int code = disk->is_dead ? SQLITE_CANTOPEN : disk->real->xOpen(disk->real, name, f->real, flags, out);
    if (code == SQLITE_OK) {
        f->base.pMethods = &methods;
        f->next = disk->files;
        disk->files = f;
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

static int on_delete(sqlite3_vfs *vfs, const char *name, int synchronises) {
    faulty_disk *disk = vfs->pAppData;
    return disk->is_dead ? SQLITE_IOERR : disk->real->xDelete(disk->real, name, synchronises);
}

static int on_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) { faulty_disk *d = vfs->pAppData; return d->real->xAccess(d->real, name, flags, out); }
static int on_full_path(sqlite3_vfs *vfs, const char *name, int count, char *out) { faulty_disk *d = vfs->pAppData; return d->real->xFullPathname(d->real, name, count, out); }
static int on_random(sqlite3_vfs *vfs, int count, char *out) { faulty_disk *d = vfs->pAppData; return d->real->xRandomness(d->real, count, out); }
static int on_sleep(sqlite3_vfs *vfs, int microseconds) { faulty_disk *d = vfs->pAppData; return d->real->xSleep(d->real, microseconds); }
static int on_time(sqlite3_vfs *vfs, double *out) { faulty_disk *d = vfs->pAppData; return d->real->xCurrentTime(d->real, out); }
static int on_last_error(sqlite3_vfs *vfs, int count, char *out) { faulty_disk *d = vfs->pAppData; return d->real->xGetLastError(d->real, count, out); }

faulty_disk *faulty_disk_make(const char *name) {
    faulty_disk *disk = calloc(1, sizeof *disk + strlen(name) + 1);
    if (!disk) return NULL;
    sqlite3_initialize();
    strcpy(disk->name, name);
    pthread_mutex_init(&disk->lock, NULL);
    disk->room = -1;
    disk->syncs_to_failure = -1;
    disk->real = sqlite3_vfs_find("unix-excl");
    disk->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = (int)sizeof(file) + disk->real->szOsFile,
        .mxPathname = disk->real->mxPathname,
        .zName = disk->name,
        .pAppData = disk,
        .xOpen = on_open,
        .xDelete = on_delete,
        .xAccess = on_access,
        .xFullPathname = on_full_path,
        .xRandomness = on_random,
        .xSleep = on_sleep,
        .xCurrentTime = on_time,
        .xGetLastError = on_last_error,
    };
    sqlite3_vfs_register(&disk->vfs, 0);
    return disk;
}

void faulty_disk_free(faulty_disk *disk) {
    sqlite3_vfs_unregister(&disk->vfs);
    pthread_mutex_destroy(&disk->lock);
    free(disk);
}

void faulty_disk_fail_sync(faulty_disk *disk, int passing) {
    pthread_mutex_lock(&disk->lock);
    disk->syncs_to_failure = passing;
    pthread_mutex_unlock(&disk->lock);
}

void faulty_disk_fail_reads(faulty_disk *disk, int count) {
    pthread_mutex_lock(&disk->lock);
    disk->failing_reads = count;
    pthread_mutex_unlock(&disk->lock);
}

void faulty_disk_limit_writes(faulty_disk *disk, long bytes) {
    pthread_mutex_lock(&disk->lock);
    disk->room = bytes;
    pthread_mutex_unlock(&disk->lock);
}

void faulty_disk_cut_power(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    for (file *f = disk->files; f; f = f->next) settle(f, 1);
    disk->is_dead = 1;
    pthread_mutex_unlock(&disk->lock);
}

long faulty_disk_syncs(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    long syncs = disk->syncs;
    pthread_mutex_unlock(&disk->lock);
    return syncs;
}
