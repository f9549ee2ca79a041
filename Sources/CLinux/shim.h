// What the Glibc module of the toolchain leaves out: epoll, eventfd, signalfd, crypt_r, getrandom, sendfile.
// _GNU_SOURCE must not be defined here: it gives fd_set a second shape and clean debug builds fail.
#ifndef PARLEY_CLINUX_H
#define PARLEY_CLINUX_H

#include "nghttp2.h"

#include <crypt.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

// GNU extensions, declared by hand (see above).
int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
int pthread_setname_np(unsigned long thread, const char *name);
pid_t gettid(void);

// C variadics can't be called from Swift.
static inline int clinux_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }
static inline int clinux_fcntl(int descriptor, int command, long argument) { return fcntl(descriptor, command, argument); }

// Who is at the other end of a Unix socket; `struct ucred` is a GNU extension, too.
static inline int clinux_peer_user(int descriptor, uid_t *user) {
    struct { pid_t process; uid_t user; gid_t group; } credentials;
    socklen_t length = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -1;
    *user = credentials.user;
    return 0;
}

// How many processors the process may run on; 0 where the kernel doesn't say.
static inline int clinux_usable_processors(void) {
    unsigned long set[128] = {0};
    long bytes = syscall(SYS_sched_getaffinity, 0, sizeof set, set);
    int count = 0;
    for (size_t word = 0; bytes > 0 && word < sizeof set / sizeof set[0]; word++) count += __builtin_popcountl(set[word]);
    return count;
}

// Files are made for this user and group by the calling thread and those that it starts.
static inline void clinux_act_as(uid_t user, gid_t group) {
    syscall(SYS_setfsgid, group);
    syscall(SYS_setfsuid, user);
}

// The variables of the environment, up to a null pointer.
static inline char **clinux_environment(void) { return __environ; }

// A C variadic that was found by its name at run time, with a handle, the number of an option and its one value.
static inline int clinux_call_long(void *function, void *handle, int option, long value) {
    return ((int (*)(void *, int, ...))function)(handle, option, value);
}
static inline int clinux_call_pointer(void *function, void *handle, int option, void *value) {
    return ((int (*)(void *, int, ...))function)(handle, option, value);
}

// Hands back its argument, but the optimiser has to take the result for any value at all: the comparison of
// secrets puts its sum through here, so that no branch on an unfinished sum can be derived.
static inline unsigned long long clinux_opaque(unsigned long long value) {
    __asm__ volatile("" : "+r"(value));
    return value;
}

// Zeroes memory that held a secret; the barrier keeps the stores even when the memory is freed right after.
static inline void clinux_erase(void *memory, size_t bytes) {
    __builtin_memset(memory, 0, bytes);
    __asm__ volatile("" : : "r"(memory) : "memory");
}

#endif
