#include "git/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static bool split_repo(const char *repo, char **owner, char **name)
{
    const char *slash = strchr(repo, '/');
    if (!slash)
        return false;
    *owner = xstrndup(repo, (size_t)(slash - repo));
    *name = xstrdup(slash + 1);
    if (path_is_safe(*owner) && path_is_safe(*name) && **owner != '-' && **name != '-')
        return true;
    free(*owner);
    free(*name);
    return false;
}

char *mirror_path_new(const struct workspace *ws, const char *repo)
{
    char *owner, *name;
    if (!split_repo(repo, &owner, &name))
        return NULL;
    char *path = workspace_path(ws, "mirrors/%s/%s.git", owner, name);
    free(owner);
    free(name);
    return path;
}

/* mirror.url with {owner} and {name} filled in. */
static int remote_url(const struct workspace *ws, const char *repo, struct str *url,
                      struct error *err)
{
    const char *t = config_text(&ws->config, "mirror.url");
    char *owner, *name;
    if (!split_repo(repo, &owner, &name))
        return error_set(err, E_USAGE, "%s is no owner/name", repo);
    while (*t) {
        if (str_starts(t, "{owner}")) {
            str_add(url, owner);
            t += strlen("{owner}");
        } else if (str_starts(t, "{name}")) {
            str_add(url, name);
            t += strlen("{name}");
        } else {
            str_addc(url, *t++);
        }
    }
    free(owner);
    free(name);
    return 0;
}

/* Waits for the lock of one repository; the file stays, the lock goes with the descriptor. */
static int lock_repository(const char *path, const struct cancel *stop, int *fd, struct error *err)
{
    char *file = str_format("%s.lock", path);
    int rc = 0;
    *fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0)
        rc = error_errno(err, errno, "cannot lock %s", file);
    while (rc == 0 && flock(*fd, LOCK_EX | LOCK_NB) < 0) {
        if (cancel_raised(stop))
            rc = error_set(err, E_CANCELLED, "cancelled");
        else
            usleep(100000);
    }
    free(file);
    return rc;
}

struct words {
    struct str text;
};

static void keep_words(void *payload, const char *bytes, size_t n, bool is_err)
{
    enum { MOST = 65536 };
    struct words *w = payload;
    if (is_err && w->text.len < MOST)
        str_addn(&w->text, bytes, n);
}

/* git says the same things in the same words for every transport; these mean "there is none". */
static int class_of_words(const char *text)
{
    static const char *const absent[] = {
        "not found",   "does not exist",     "does not appear to be",
        "not our ref", "no such remote ref", "Repository unavailable"
    };
    for (size_t i = 0; i < ARRAY_LEN(absent); i++)
        if (strcasestr(text, absent[i]))
            return E_NOTFOUND;
    return strcasestr(text, "No space left") ? E_DISK : E_NETWORK;
}

static void last_words(const struct str *text, struct str *out)
{
    const char *at = strstr(text->s, "fatal: ");
    const char *line = at ? at + strlen("fatal: ") : text->s;
    text_add_shown(out, line, strcspn(line, "\n"));
}

static int run_git(const struct workspace *ws, const struct strv *argv, const char *repo,
                   const struct cancel *stop, struct error *err)
{
    static const char *const env[] = { "GIT_TERMINAL_PROMPT=0", "GIT_ASKPASS=true", "LC_ALL=C",
                                       NULL };
    struct words words = { STR_INIT };
    struct process_result res;
    struct process_spec spec = { .argv = (const char *const *)argv->v,
                                 .env = env,
                                 .on_data = keep_words,
                                 .payload = &words,
                                 .limit_ms = config_int(&ws->config, "mirror.timeout"),
                                 .stop = stop };
    int rc = process_run(&spec, &res, err);
    if (rc == 0 && (res.exit_code != 0 || res.signal)) {
        struct str why = STR_INIT;
        last_words(&words.text, &why);
        rc = error_set(err, class_of_words(words.text.s), "%s: git: %s", repo, why.s);
        str_release(&why);
    }
    if (rc == E_TIMEOUT)
        rc = error_set(err, E_NETWORK, "%s: git was still busy after mirror.timeout", repo);
    str_release(&words.text);
    return rc;
}

static int clone_mirror(const struct workspace *ws, const char *repo, const char *path,
                        const struct cancel *stop, struct error *err)
{
    struct str url = STR_INIT;
    struct strv argv = STRV_INIT;
    char *tmp = str_format("%s.part", path);
    int rc = remote_url(ws, repo, &url, err);
    if (rc == 0)
        rc = tree_remove(tmp, err);
    if (rc == 0) {
        strv_add_all(&argv, "git", "clone", "--quiet", "--mirror", "--", url.s, tmp, NULL);
        rc = run_git(ws, &argv, repo, stop, err);
    }
    if (rc == 0 && rename(tmp, path) < 0)
        rc = error_errno(err, errno, "cannot rename %s", tmp);
    if (rc < 0)
        (void)!tree_remove(tmp, NULL);
    free(tmp);
    strv_release(&argv);
    str_release(&url);
    return rc;
}

static bool has_commit(const struct workspace *ws, const char *repo, const char *commit)
{
    struct mirror *m = NULL;
    bool found = mirror_open(ws, repo, &m, NULL) == 0 && mirror_has_commit(m, commit);
    mirror_close(m);
    return found;
}

/* First all branches and tags, then the commit by name: a pull request's own commits may hang on
 * no branch. */
static int fetch_commit(const struct workspace *ws, const char *repo, const char *path,
                        const char *commit, const struct cancel *stop, struct error *err)
{
    struct strv all = STRV_INIT, one = STRV_INIT;
    strv_add_all(&all, "git", "-C", path, "fetch", "--quiet", "--force", "--tags", "origin", NULL);
    strv_add_all(&one, "git", "-C", path, "fetch", "--quiet", "origin", commit, NULL);
    int rc = run_git(ws, &all, repo, stop, err);
    if (rc == 0 && !has_commit(ws, repo, commit))
        rc = run_git(ws, &one, repo, stop, err);
    if (rc == E_NOTFOUND || (rc == 0 && !has_commit(ws, repo, commit)))
        rc =
            error_set(err, E_NOTFOUND, "%s has no commit %s, and its remote neither", repo, commit);
    strv_release(&all);
    strv_release(&one);
    return rc;
}

int mirror_ensure(const struct workspace *ws, const char *repo, const char *commit,
                  const struct cancel *stop, struct error *err)
{
    char *path = mirror_path_new(ws, repo);
    char *folder = NULL;
    int fd = -1, rc;
    if (!path)
        return error_set(err, E_USAGE, "%s is no owner/name", repo);
    folder = xstrndup(path, (size_t)(path_base(path) - path - 1));
    rc = dir_make(folder, err);
    if (rc == 0 && path_is_dir(path) && (!commit || has_commit(ws, repo, commit)))
        goto out;
    if (rc == 0)
        rc = lock_repository(path, stop, &fd, err);
    if (rc == 0 && !path_is_dir(path))
        rc = clone_mirror(ws, repo, path, stop, err);
    if (rc == 0 && commit && !has_commit(ws, repo, commit))
        rc = fetch_commit(ws, repo, path, commit, stop, err);
out:
    if (fd >= 0)
        close(fd);
    free(folder);
    free(path);
    return rc;
}
