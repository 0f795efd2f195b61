#include "container/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* Zip archives, wheels among them, know no time before 1980. */
enum { YEAR_2000 = 946684800 };

static la_ssize_t sink_write(struct archive *a UNUSED, void *payload, const void *bytes, size_t n)
{
    str_addn(payload, bytes, n);
    return (la_ssize_t)n;
}

void tar_begin(struct tar *t, struct str *sink)
{
    t->archive = archive_write_new();
    t->sink = sink;
    t->mtime = YEAR_2000;
    archive_write_set_format_gnutar(t->archive);
    archive_write_set_bytes_per_block(t->archive, 0); /* each piece at once, not by the block */
    archive_write_open(t->archive, sink, NULL, sink_write, NULL);
}

static bool path_stays_inside(const char *path)
{
    if (!*path || *path == '/')
        return false;
    for (const char *p = path; *p;) {
        size_t n = strcspn(p, "/");
        if (n == 2 && p[0] == '.' && p[1] == '.')
            return false;
        p += n;
        p += *p == '/';
    }
    return true;
}

struct member {
    const char *path;
    mode_t mode;
    const char *target; /* of a link */
    const void *bytes;
    size_t n;
};

static int write_entry(struct tar *t, struct archive_entry *entry, const struct member *m,
                       struct error *err)
{
    archive_entry_copy_pathname(entry, m->path);
    archive_entry_set_mode(entry, m->mode);
    archive_entry_set_mtime(entry, t->mtime, 0);
    archive_entry_set_size(entry, (la_int64_t)m->n);
    if (m->target)
        archive_entry_copy_symlink(entry, m->target);
    if (archive_write_header(t->archive, entry) >= ARCHIVE_WARN &&
        (!m->n || archive_write_data(t->archive, m->bytes, m->n) >= 0) &&
        archive_write_finish_entry(t->archive) >= ARCHIVE_WARN)
        return 0;
    return error_set(err, E_FAIL, "cannot add %s to a tar stream: %s", m->path,
                     archive_error_string(t->archive));
}

static int add_member(struct tar *t, const struct member *m, struct error *err)
{
    if (!path_stays_inside(m->path))
        return error_set(err, E_PARSE, "%s: a path that leaves the build context", m->path);
    struct archive_entry *entry = archive_entry_new();
    int rc = write_entry(t, entry, m, err);
    archive_entry_free(entry);
    return rc;
}

int tar_add_file(struct tar *t, const char *path, unsigned mode, const void *bytes, size_t n,
                 struct error *err)
{
    struct member m = { path, AE_IFREG | (mode & 07777), NULL, bytes, n };
    return add_member(t, &m, err);
}

int tar_add_dir(struct tar *t, const char *path, struct error *err)
{
    struct member m = { path, AE_IFDIR | 0755, NULL, NULL, 0 };
    return add_member(t, &m, err);
}

int tar_add_link(struct tar *t, const char *path, const char *target, struct error *err)
{
    struct member m = { path, AE_IFLNK | 0777, target, NULL, 0 };
    return add_member(t, &m, err);
}

int tar_end(struct tar *t, struct error *err)
{
    if (archive_write_close(t->archive) == ARCHIVE_OK)
        return 0;
    return error_set(err, E_FAIL, "cannot end a tar stream: %s", archive_error_string(t->archive));
}

void tar_release(struct tar *t)
{
    if (t->archive)
        archive_write_free(t->archive);
    t->archive = NULL;
}
