/* Lets the n-th write below one folder fail, as a disk does; loaded before the C library, driven by tests/campaigns/failing.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long nth, count;
static int error_number, forever;

void failing_arm(const char *where, long number, int error, int on_and_on) {
    snprintf(folder, sizeof folder, "%s", where);
    nth = number;
    error_number = error;
    forever = on_and_on;
    __atomic_store_n(&count, 0, __ATOMIC_SEQ_CST);
}

/* Stop failing; how many writes there were since the arming. */
long failing_disarm(void) {
    folder[0] = 0;
    return __atomic_load_n(&count, __ATOMIC_SEQ_CST);
}

static int path_fails(const char *path) {
    if (!folder[0] || strncmp(path, folder, strlen(folder)))
        return 0;
    long at = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (at != nth && !(forever && at > nth))
        return 0;
    errno = error_number;
    return 1;
}

static int file_fails(int file) {
    char link[64], path[PATH_MAX];
    if (!folder[0])
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return path_fails(path);
}

#define REAL(result, name, ...)                            \
    static result (*real)(__VA_ARGS__);                    \
    if (!real)                                             \
        real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

ssize_t write(int file, const void *bytes, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return file_fails(file) ? -1 : real(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t place) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return file_fails(file) ? -1 : real(file, bytes, size, place);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t place) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return file_fails(file) ? -1 : real(file, bytes, size, place);
}

int fsync(int file) {
    REAL(int, "fsync", int);
    return file_fails(file) ? -1 : real(file);
}

int fdatasync(int file) {
    REAL(int, "fdatasync", int);
    return file_fails(file) ? -1 : real(file);
}

int ftruncate(int file, off_t size) {
    REAL(int, "ftruncate", int, off_t);
    return file_fails(file) ? -1 : real(file, size);
}

int ftruncate64(int file, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    return file_fails(file) ? -1 : real(file, size);
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    return path_fails(from) ? -1 : real(from, to);
}
