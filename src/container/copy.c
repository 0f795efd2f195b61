#include "container/private.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

/* The engine hands a file out as a tar stream; it is held in memory up to the bound and then
 * written. Only a regular file is taken: the container chose what stands there. */
enum { COPY_DEFAULT_MAX = 64 << 20, TAR_ROOM = 64 << 10, COPY_LIMIT_MS = 120000 };

struct stream {
    struct str bytes;
    size_t max;
    struct cancel full;
};

static void on_tar(void *payload, const char *bytes, size_t n, bool is_err)
{
    struct stream *s = payload;
    if (is_err)
        return;
    if (s->bytes.len + n > s->max)
        cancel_raise(&s->full);
    else
        str_addn(&s->bytes, bytes, n);
}

static int write_member(struct archive *a, size_t size, struct container_copy *copy,
                        struct error *err)
{
    struct str bytes = STR_INIT;
    str_grow(&bytes, size);
    la_ssize_t got = archive_read_data(a, bytes.s, size);
    int rc = got == (la_ssize_t)size
                 ? file_write(copy->to, bytes.s, size, err)
                 : error_set(err, E_ENGINE, "%s: only half of it came out", copy->path);
    copy->copied = rc == 0;
    str_release(&bytes);
    return rc;
}

static int unpack(const struct stream *s, struct container_copy *copy, struct error *err)
{
    struct archive *a = archive_read_new();
    struct archive_entry *entry = NULL;
    int rc = 0;
    archive_read_support_format_tar(a);
    if (archive_read_open_memory(a, s->bytes.s, s->bytes.len) < ARCHIVE_WARN ||
        archive_read_next_header(a, &entry) < ARCHIVE_WARN)
        rc = error_set(err, E_ENGINE, "%s: the engine sent no tar stream", copy->path);
    else if (archive_entry_filetype(entry) == AE_IFREG &&
             (size_t)archive_entry_size(entry) <= s->bytes.len)
        rc = write_member(a, (size_t)archive_entry_size(entry), copy, err);
    archive_read_free(a);
    return rc;
}

int container_copy_out(const struct engine *e, const char *name, struct container_copy *copy,
                       struct error *err)
{
    int64_t max = copy->max_bytes ? copy->max_bytes : COPY_DEFAULT_MAX;
    struct stream s = { STR_INIT, (size_t)max + TAR_ROOM, CANCEL_INIT };
    struct process_result res;
    char *from = str_format("%s:%s", name, copy->path);
    const char *const argv[] = { e->command, "cp", from, "-", NULL };
    struct process_spec spec = {
        .argv = argv,
        .env = (const char *const *)e->env.v,
        .on_data = on_tar,
        .payload = &s,
        .limit_ms = COPY_LIMIT_MS,
        .stop = &s.full,
    };
    copy->copied = false;
    int rc = process_run(&spec, &res, err);
    if (cancel_raised(&s.full))
        rc = 0; /* longer than its bound: not kept, and `copied` says so */
    else if (rc == 0 && res.exit_code == 0)
        rc = unpack(&s, copy, err);
    str_release(&s.bytes);
    free(from);
    return rc;
}
