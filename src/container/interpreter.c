#include "container/private.h"

#include <errno.h>
#include <fts.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which there are ---- */

static void interpreter_release(struct interpreter *i)
{
    free(i->version);
    free(i->prefix);
    free(i->minor);
}

void interpreters_release(struct interpreters *l)
{
    for (size_t i = 0; i < l->n; i++)
        interpreter_release(&l->v[i]);
    free(l->v);
    l->v = NULL;
    l->n = 0;
}

/* Works from Python 2.7 on; a virtual environment names its base. */
static const char ask_python[] = "import sys; print('%d.%d.%d %s' % (tuple(sys.version_info[:3]) + "
                                 "(getattr(sys, 'base_prefix', sys.prefix),)))";

/* False for a program that is no Python, or one that lives among the system's files. */
static bool interpreter_ask(const char *program, struct interpreter *out)
{
    const char *const argv[] = { program, "-c", ask_python, NULL };
    struct error ignored = ERROR_INIT;
    struct str text = STR_INIT;
    int major = 0, minor = 0, patch = 0, at = 0;
    bool ok = process_capture(argv, &text, &ignored) == 0 &&
              sscanf(text.s, "%d.%d.%d %n", &major, &minor, &patch, &at) == 3 && at;
    str_rtrim(&text);
    ok = ok && text.s[at] == '/' && strcmp(text.s + at, "/usr") != 0;
    if (ok) {
        out->version = str_format("%d.%d.%d", major, minor, patch);
        out->minor = str_format("%d.%d", major, minor);
        out->prefix = xstrdup(text.s + at);
    }
    str_release(&text);
    error_release(&ignored);
    return ok;
}

static void add_newest(struct interpreters *l, struct interpreter *in)
{
    for (size_t i = 0; i < l->n; i++) {
        if (strcmp(l->v[i].minor, in->minor) != 0)
            continue;
        if (strverscmp(in->version, l->v[i].version) > 0) {
            struct interpreter older = l->v[i];
            l->v[i] = *in;
            *in = older;
        }
        interpreter_release(in);
        return;
    }
    l->v = xrealloc(l->v, (l->n + 1) * sizeof(*l->v));
    l->v[l->n++] = *in;
}

static int by_version(const void *a, const void *b)
{
    return strverscmp(((const struct interpreter *)a)->version,
                      ((const struct interpreter *)b)->version);
}

static void add_matches(const char *pattern, struct interpreters *out)
{
    glob_t found;
    if (glob(pattern, GLOB_TILDE, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct interpreter in = { NULL, NULL, NULL };
        if (access(found.gl_pathv[i], X_OK) == 0 && interpreter_ask(found.gl_pathv[i], &in))
            add_newest(out, &in);
    }
    globfree(&found);
}

void interpreters_find(const char *globs, struct interpreters *out)
{
    struct strv patterns = STRV_INIT;
    out->v = NULL;
    out->n = 0;
    strv_split(&patterns, globs, " ");
    for (size_t i = 0; i < patterns.n; i++)
        add_matches(patterns.v[i], out);
    if (out->n)
        qsort(out->v, out->n, sizeof(*out->v), by_version);
    strv_release(&patterns);
}

/* ---- the files of one ---- */

/* Below the prefix; %s is "3.8". */
static const char *const kept_patterns[] = {
    "bin/python*",       "bin/pydoc*",           "bin/2to3*",
    "lib/python%s",      "lib/libpython%s*.so*", "lib/pkgconfig/python-%s*",
    "include/python%s*",
};

/* As the hub's slim images: no tests of Python itself; no packages that this host added. */
static const char *const left_out_dirs[] = { "site-packages", "test", "tests", "idle_test" };
static const char *const left_out_ends[] = { ".opt-1.pyc", ".opt-2.pyc", ".pyo", ".a",
                                             "/EXTERNALLY-MANAGED" };

static bool dir_left_out(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(left_out_dirs); i++)
        if (strcmp(name, left_out_dirs[i]) == 0)
            return true;
    return false;
}

static bool file_left_out(const char *path)
{
    for (size_t i = 0; i < ARRAY_LEN(left_out_ends); i++)
        if (str_ends(path, left_out_ends[i]))
            return true;
    return false;
}

/* Every folder above, so that the engine does not make it up with a mode of its own. */
static void add_parents(const char *path, struct strv *out)
{
    for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
        char *dir = xstrndup(path, (size_t)(p - path));
        strv_add_once(out, dir);
        free(dir);
    }
}

static void add_tree(const char *top, struct strv *out)
{
    char *const tops[] = { (char *)(uintptr_t)top, NULL };
    FTS *walk = fts_open(tops, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    FTSENT *entry;
    while (walk && (entry = fts_read(walk))) {
        if (entry->fts_info == FTS_D && dir_left_out(entry->fts_name))
            fts_set(walk, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_D || entry->fts_info == FTS_SL ||
                 entry->fts_info == FTS_SLNONE ||
                 (entry->fts_info == FTS_F && !file_left_out(entry->fts_path)))
            strv_add(out, entry->fts_path);
    }
    if (walk)
        fts_close(walk);
}

/* "lib/python%s" -> "/opt/python/3.8.18/lib/python3.8". */
static void add_pattern(const struct interpreter *in, const char *kept, struct str *out)
{
    const char *hole = strstr(kept, "%s");
    size_t head = hole ? (size_t)(hole - kept) : strlen(kept);
    str_addf(out, "%s/%.*s", in->prefix, (int)head, kept);
    if (hole)
        str_addf(out, "%s%s", in->minor, hole + 2);
}

static void add_kept(const struct interpreter *in, const char *kept, struct strv *out)
{
    struct str pattern = STR_INIT;
    glob_t found;
    add_pattern(in, kept, &pattern);
    if (glob(pattern.s, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            add_parents(found.gl_pathv[i], out);
            add_tree(found.gl_pathv[i], out);
        }
        globfree(&found);
    }
    str_release(&pattern);
}

int interpreter_files_find(const struct interpreter *in, struct interpreter_files *f,
                           struct error *err)
{
    strv_init(&f->paths);
    f->next = 0;
    for (size_t i = 0; i < ARRAY_LEN(kept_patterns); i++)
        add_kept(in, kept_patterns[i], &f->paths);
    if (f->paths.n)
        return 0;
    return error_set(err, E_MISSING, "no files of Python %s below %s", in->version, in->prefix);
}

void interpreter_files_release(struct interpreter_files *f)
{
    strv_release(&f->paths);
}

static int add_link(const char *path, const char *as, struct tar *tar, struct error *err)
{
    char target[PATH_MAX];
    ssize_t n = readlink(path, target, sizeof(target) - 1);
    if (n < 0)
        return error_errno(err, errno, "cannot read %s", path);
    target[n] = '\0';
    return tar_add_link(tar, as, target, err);
}

static int add_file(const char *path, const char *as, mode_t mode, struct tar *tar,
                    struct error *err)
{
    struct str bytes = STR_INIT;
    int rc = file_read(path, &bytes, err);
    if (rc == 0)
        rc = tar_add_file(tar, as, mode, bytes.s, bytes.len, err);
    str_release(&bytes);
    return rc;
}

int interpreter_files_add(void *payload, struct tar *tar, bool *done, struct error *err)
{
    struct interpreter_files *f = payload;
    const char *path = f->paths.v[f->next++];
    char *as = str_format("root%s", path);
    struct stat st;
    int rc = 0;
    *done = f->next == f->paths.n;
    if (lstat(path, &st) < 0)
        rc = error_errno(err, errno, "cannot read %s", path);
    tar->mtime = st.st_mtime; /* compiled files remember the time of their source */
    if (rc == 0 && S_ISLNK(st.st_mode))
        rc = add_link(path, as, tar, err);
    else if (rc == 0 && S_ISDIR(st.st_mode))
        rc = tar_add_dir(tar, as, err);
    else if (rc == 0)
        rc = add_file(path, as, st.st_mode, tar, err);
    free(as);
    return rc;
}
