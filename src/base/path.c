#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

bool path_is_safe(const char *name)
{
    size_t n = strlen(name);
    if (!n || n > 200 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    for (const unsigned char *p = (const unsigned char *)name; *p; p++)
        if (*p == '/' || *p < 0x20 || *p == 0x7f)
            return false;
    return true;
}

bool path_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}

bool path_is_dir(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

int dir_make(const char *path, struct error *err)
{
    char *copy = xstrdup(path);
    int rc = 0;
    for (char *p = copy + 1; rc == 0; p++) {
        if (*p && *p != '/')
            continue;
        char kept = *p;
        *p = '\0';
        if (mkdir(copy, 0777) < 0 && errno != EEXIST)
            rc = error_errno(err, errno, "cannot make the folder %s", copy);
        *p = kept;
        if (!kept)
            break;
    }
    if (rc == 0 && !path_is_dir(path))
        rc = error_set(err, E_IO, "%s is not a folder", path);
    free(copy);
    return rc;
}

int dir_list(const char *path, struct strv *names, struct error *err)
{
    DIR *d = opendir(path);
    if (!d)
        return error_errno(err, errno, "cannot list %s", path);
    struct dirent *e;
    while ((e = readdir(d)))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            strv_add(names, e->d_name);
    closedir(d);
    strv_sort(names);
    return 0;
}

static int remove_one(const char *path, const struct stat *st UNUSED, int type UNUSED,
                      struct FTW *ftw UNUSED)
{
    return remove(path);
}

int tree_remove(const char *path, struct error *err)
{
    struct stat st;
    if (lstat(path, &st) < 0)
        return errno == ENOENT ? 0 : error_errno(err, errno, "cannot remove %s", path);
    if (nftw(path, remove_one, 32, FTW_DEPTH | FTW_PHYS) < 0)
        return error_errno(err, errno, "cannot remove %s", path);
    return 0;
}

static int read_all(int fd, struct str *out)
{
    for (;;) {
        str_grow(out, 65536);
        ssize_t n = read(fd, out->s + out->len, out->cap - out->len - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return (int)n;
        out->len += (size_t)n;
        out->s[out->len] = '\0';
    }
}

int file_read(const char *path, struct str *out, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, errno, "cannot read %s", path);
    int rc = read_all(fd, out) < 0 ? error_errno(err, errno, "cannot read %s", path) : 0;
    close(fd);
    return rc;
}

static int write_all(int fd, const char *p, size_t len)
{
    while (len) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        p += n;
        len -= (size_t)n;
    }
    return 0;
}

static int write_beside(const char *path, const void *bytes, size_t len, bool sync,
                        struct error *err)
{
    char *tmp = str_format("%s.tmp-%d", path, (int)getpid());
    int rc = 0;
    int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        rc = error_errno(err, errno, "cannot write %s", path);
        goto out;
    }
    if (write_all(fd, bytes, len) < 0 || (sync && fdatasync(fd) < 0))
        rc = error_errno(err, errno, "cannot write %s", path);
    close(fd);
    if (rc == 0 && rename(tmp, path) < 0)
        rc = error_errno(err, errno, "cannot rename %s", tmp);
    if (rc < 0)
        unlink(tmp);
out:
    free(tmp);
    return rc;
}

int file_write(const char *path, const void *bytes, size_t len, struct error *err)
{
    return write_beside(path, bytes, len, true, err);
}

int file_write_unsynced(const char *path, const void *bytes, size_t len, struct error *err)
{
    return write_beside(path, bytes, len, false, err);
}

int file_append_line(const char *path, const char *line, struct error *err)
{
    struct str text = STR_INIT;
    int rc = 0;
    str_add(&text, line);
    str_addc(&text, '\n');
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (fd < 0 || write_all(fd, text.s, text.len) < 0)
        rc = error_errno(err, errno, "cannot append to %s", path);
    if (fd >= 0)
        close(fd);
    str_release(&text);
    return rc;
}

int64_t file_size(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

bool disk_space(const char *path, int64_t *free_bytes, int64_t *total_bytes)
{
    struct statvfs fs;
    if (statvfs(path, &fs) < 0)
        return false;
    *free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
    *total_bytes = (int64_t)fs.f_blocks * (int64_t)fs.f_frsize;
    return true;
}
