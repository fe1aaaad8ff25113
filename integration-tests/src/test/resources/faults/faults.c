/*
 * Preloaded into a JVM: reads and writes of some files fail as the file at RWSPLIT_FAULT says.
 * Its content is one word and a part of the paths it concerns; no file, no faults.
 *   write-eio: no byte is written; write-short: half of the bytes, and the next time none;
 *   write-enospc: half of the bytes, and then the disk is full; read-eio: nothing can be read;
 *   sync-slow: a sync takes a second more.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static __thread int half_done;

/* The word for this descriptor; 0 when there is none. */
static int fault(int fd, char *word) {
  char line[4096], name[64], path[4096];
  const char *control = getenv("RWSPLIT_FAULT");
  int saved = errno;
  int found = 0;
  int in = control ? open(control, O_RDONLY | O_CLOEXEC) : -1;
  if (in >= 0) {
    ssize_t (*real_read)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
    ssize_t n = real_read(in, line, sizeof line - 1);
    close(in);
    if (n > 0) {
      line[n] = 0;
      char *part = strchr(line, ' ');
      snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
      ssize_t length = readlink(name, path, sizeof path - 1);
      if (part && length > 0) {
        *part++ = 0;
        part[strcspn(part, "\n")] = 0;
        path[length] = 0;
        found = strstr(path, part) != NULL;
        strncpy(word, line, 31);
        word[31] = 0;
      }
    }
  }
  errno = saved;
  return found;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  char word[32];
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  if (fault(fd, word) && strncmp(word, "write-", 6) == 0) {
    if (strcmp(word, "write-eio") != 0 && !half_done && count > 1) {
      half_done = 1;
      return real(fd, bytes, count / 2, at);
    }
    half_done = 0;
    errno = strcmp(word, "write-enospc") == 0 ? ENOSPC : EIO;
    return -1;
  }
  return real(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return pwrite64(fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at) {
  static ssize_t (*real)(int, void *, size_t, off64_t);
  char word[32];
  if (!real) real = dlsym(RTLD_NEXT, "pread64");
  if (fault(fd, word) && strcmp(word, "read-eio") == 0) {
    errno = EIO;
    return -1;
  }
  return real(fd, bytes, count, at);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) {
  return pread64(fd, bytes, count, at);
}

static void slow(int fd) {
  char word[32];
  if (fault(fd, word) && strcmp(word, "sync-slow") == 0) {
    sleep(1);
  }
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  slow(fd);
  return real(fd);
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  slow(fd);
  return real(fd);
}
