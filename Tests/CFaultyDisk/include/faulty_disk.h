// An SQLite VFS that breaks on demand: failed fsyncs, a full disk, unreadable pages, a power cut.
#ifndef PARLEY_FAULTY_DISK_H
#define PARLEY_FAULTY_DISK_H

// One simulated disk: a VFS over `unix-excl`. Every function may be called from any thread.
typedef struct faulty_disk faulty_disk;

// Registers a VFS of this name, which must be new. Null where memory is out.
faulty_disk *faulty_disk_make(const char *name);
// Unregisters it; every file on it has to be closed.
void faulty_disk_free(faulty_disk *disk);

// After `passing` good fsyncs the next one fails, and what was written to its file since its last good one is lost:
// the kernel drops the pages.
void faulty_disk_fail_sync(faulty_disk *disk, int passing);
// The next `count` reads fail.
void faulty_disk_fail_reads(faulty_disk *disk, int count);
// After `bytes` more written bytes the disk is full; -1 makes room again.
void faulty_disk_limit_writes(faulty_disk *disk, long bytes);
// Loses everything that isn't synchronised, and fails every call from now on.
void faulty_disk_cut_power(faulty_disk *disk);
// How many fsyncs have succeeded.
long faulty_disk_syncs(faulty_disk *disk);

#endif
