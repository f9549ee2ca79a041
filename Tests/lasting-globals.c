// Loaded before the programs of `make asan`: what makes a global belongs to the program until its end.
//
// A global that holds an enum with a payload is reached through pointers whose upper bits are marked, which the leak
// sanitizer does not follow: it would report the table of routes. Suppressing that by the name of a frame makes it
// name all frames of thousands of allocations each time that a program ends.
#define _GNU_SOURCE
#include <dlfcn.h>

// Those of the sanitizer; absent from programs that were built without it.
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

typedef void swift_once_function(long *token, void (*make)(void *), void *context);

// Swift makes every global through this function.
void swift_once(long *token, void (*make)(void *), void *context) {
    swift_once_function *once = (swift_once_function *)dlsym(RTLD_NEXT, "swift_once");
    if (__lsan_disable) __lsan_disable();
    once(token, make, context);
    if (__lsan_enable) __lsan_enable();
}
