#include "index/store.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

static const int64_t racy_ns = 2000000000;

struct stamp stamp_now(const struct index *idx, const char *path)
{
    struct stamp s = { 0, 0, 0 };
    struct stat st;
    char *full = workspace_path(idx->ws, "%s", path);
    if (stat(full, &st) == 0) {
        s.mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
        s.size = st.st_size;
        s.inode = (int64_t)st.st_ino;
    }
    free(full);
    return s;
}

int64_t stamp_mark(struct stamp s)
{
    uint64_t h = (uint64_t)s.mtime;
    h = (h ^ (uint64_t)s.inode) * 1099511628211u;
    h = (h ^ (uint64_t)s.size) * 1099511628211u;
    return s.mtime ? (int64_t)(h >> 1) : 0;
}

int stamp_get(struct index *idx, const char *path, struct stamp *out, struct error *err)
{
    sqlite3_stmt *st;
    *out = (struct stamp){ 0, 0, 0 };
    int rc = store_query(idx, &st, err, "SELECT mtime, size FROM stamps WHERE path = ?", "s", path);
    if (rc == 0 && (rc = store_step(idx, st, err)) > 0) {
        *out = (struct stamp){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), 0 };
        sqlite3_reset(st);
        rc = 0;
    }
    return rc;
}

int stamp_put(struct index *idx, const char *path, struct stamp s, struct error *err)
{
    struct timespec now;
    if (!s.mtime)
        return store_run(idx, err, "DELETE FROM stamps WHERE path = ?", "s", path);
    clock_gettime(CLOCK_REALTIME, &now);
    if (s.mtime > (int64_t)now.tv_sec * 1000000000 + now.tv_nsec - racy_ns)
        s.mtime = 1;
    return store_run(idx, err, "INSERT OR REPLACE INTO stamps (path, mtime, size) VALUES (?, ?, ?)",
                     "sii", path, s.mtime, s.size);
}
