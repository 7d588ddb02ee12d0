/*
 * What a disk holds when the power goes. Preloaded into a process, it keeps beside the files of the directory POWER_FILES another set of them
 * in POWER_DISK, which gets only what was synced, and, by chance, single writes or halves of them earlier and in any order: a system
 * may write back whatever it likes. Kill the process, and POWER_DISK is what it would find after the power cut.
 *
 *   POWER_SEED   of the chance
 *   POWER_EARLY  writes in 1,000 that reach the disk by themselves, wholly or torn
 *   POWER_LIES   set: a sync is acknowledged and does nothing, as some disks do
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FD 1024

typedef struct { off_t at; size_t length; } Range;

/* One file, however often it is open. */
typedef struct File {
  struct File *next;
  char name[256];
  int disk;
  Range *dirty;
  size_t count, room;
  off_t shortest; /* the smallest it was cut to since the last sync, or -1 */
} File;

static File *files, *by_fd[MAX_FD];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static unsigned seed, early;
static int lies;

#define REAL(result, name, ...) \
  static result (*real_##name)(__VA_ARGS__); \
  if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
  const char *s = getenv("POWER_SEED"), *e = getenv("POWER_EARLY");
  seed = s ? (unsigned)atoi(s) : 1;
  early = e ? (unsigned)atoi(e) : 0;
  lies = getenv("POWER_LIES") != NULL;
}

/* The name below POWER_FILES; NULL for a file elsewhere, and for SQLite's shared memory, which is no file after a power cut. */
static const char *name_of(const char *path) {
  const char *root = getenv("POWER_FILES");
  size_t length = root ? strlen(root) : 0;
  if (!length || strncmp(path, root, length) || path[length] != '/') return NULL;
  const char *name = path + length + 1;
  size_t end = strlen(name);
  return end > 4 && !strcmp(name + end - 4, "-shm") ? NULL : name;
}

static void disk_path(char *into, const char *name) { snprintf(into, PATH_MAX, "%s/%s", getenv("POWER_DISK"), name); }

static void opened(int fd, const char *path, int flags) {
  const char *name = name_of(path);
  if (fd < 0 || fd >= MAX_FD || !name || (flags & O_DIRECTORY)) return;
  pthread_mutex_lock(&mutex);
  File *file = files;
  while (file && strcmp(file->name, name)) file = file->next;
  if (!file) {
    REAL(int, open, const char *, int, ...);
    char disk[PATH_MAX];
    disk_path(disk, name);
    file = calloc(1, sizeof *file);
    strncpy(file->name, name, sizeof file->name - 1);
    file->disk = real_open(disk, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    file->shortest = -1;
    file->next = files;
    files = file;
  }
  if (flags & O_TRUNC) file->shortest = 0;
  by_fd[fd] = file;
  pthread_mutex_unlock(&mutex);
}

static void to_disk(File *file, const char *bytes, size_t length, off_t at) {
  REAL(ssize_t, pwrite64, int, const void *, size_t, off_t);
  if (real_pwrite64(file->disk, bytes, length, at) != (ssize_t)length) abort();
}

static void wrote(int fd, const char *bytes, ssize_t length, off_t at) {
  File *file = fd >= 0 && fd < MAX_FD ? by_fd[fd] : NULL;
  if (!file || length <= 0) return;
  pthread_mutex_lock(&mutex);
  if (file->count == file->room) file->dirty = realloc(file->dirty, (file->room = file->room * 2 + 64) * sizeof(Range));
  file->dirty[file->count++] = (Range){at, (size_t)length};
  if ((unsigned)rand_r(&seed) % 1000 < early)
    to_disk(file, bytes, rand_r(&seed) % 2 ? (size_t)length : (size_t)rand_r(&seed) % (size_t)length, at);
  pthread_mutex_unlock(&mutex);
}

static void synced(int fd) {
  File *file = fd >= 0 && fd < MAX_FD ? by_fd[fd] : NULL;
  if (!file) return;
  pthread_mutex_lock(&mutex);
  REAL(int, ftruncate64, int, off_t);
  REAL(ssize_t, pread64, int, void *, size_t, off_t);
  if (file->shortest >= 0 && real_ftruncate64(file->disk, file->shortest)) abort();
  for (size_t i = 0; i < file->count; i++) {
    char *bytes = malloc(file->dirty[i].length);
    ssize_t length = real_pread64(fd, bytes, file->dirty[i].length, file->dirty[i].at);
    if (length > 0) to_disk(file, bytes, (size_t)length, file->dirty[i].at);
    free(bytes);
  }
  struct stat now;
  if (fstat(fd, &now) || real_ftruncate64(file->disk, now.st_size)) abort();
  file->count = 0;
  file->shortest = -1;
  pthread_mutex_unlock(&mutex);
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(int, name, const char *, int, ...); \
    va_list rest; \
    va_start(rest, flags); \
    int fd = real_##name(path, flags, va_arg(rest, mode_t)); \
    va_end(rest); \
    opened(fd, path, flags); \
    return fd; \
  }
OPEN(open)
OPEN(open64)

#define PWRITE(name) \
  ssize_t name(int fd, const void *bytes, size_t length, off_t at) { \
    REAL(ssize_t, name, int, const void *, size_t, off_t); \
    ssize_t done = real_##name(fd, bytes, length, at); \
    wrote(fd, bytes, done, at); \
    return done; \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  off_t at = fd >= 0 && fd < MAX_FD && by_fd[fd] ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t done = real_write(fd, bytes, length);
  wrote(fd, bytes, done, at);
  return done;
}

#define TRUNCATE(name) \
  int name(int fd, off_t size) { \
    REAL(int, name, int, off_t); \
    int failed = real_##name(fd, size); \
    if (!failed && fd >= 0 && fd < MAX_FD && by_fd[fd]) { \
      pthread_mutex_lock(&mutex); \
      File *file = by_fd[fd]; \
      if (file->shortest < 0 || size < file->shortest) file->shortest = size; \
      pthread_mutex_unlock(&mutex); \
    } \
    return failed; \
  }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define SYNC(name) \
  int name(int fd) { \
    if (lies) return 0; \
    REAL(int, name, int); \
    int failed = real_##name(fd); \
    if (!failed) synced(fd); \
    return failed; \
  }
SYNC(fsync)
SYNC(fdatasync)

int close(int fd) {
  REAL(int, close, int);
  if (fd >= 0 && fd < MAX_FD) by_fd[fd] = NULL;
  return real_close(fd);
}

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  const char *name = name_of(path);
  if (name) {
    char disk[PATH_MAX];
    disk_path(disk, name);
    real_unlink(disk);
    pthread_mutex_lock(&mutex);
    for (File *file = files; file; file = file->next)
      if (!strcmp(file->name, name)) file->name[0] = 0;
    pthread_mutex_unlock(&mutex);
  }
  return real_unlink(path);
}
