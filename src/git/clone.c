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

/* What a killed clone left: its git may still be running and ends when its folder goes. */
static void remove_leftovers(const char *folder, const char *path)
{
    struct strv names = STRV_INIT;
    char *prefix = str_format("%s.part-", path_base(path));
    if (dir_list(folder, &names, NULL) < 0)
        strv_clear(&names);
    for (size_t i = 0; i < names.n; i++) {
        char *old = str_format("%s/%s", folder, names.v[i]);
        if (str_starts(names.v[i], prefix))
            (void)!tree_remove(old, NULL);
        free(old);
    }
    free(prefix);
    strv_release(&names);
}

static int clone_mirror(const struct workspace *ws, const char *repo, const char *path,
                        const struct cancel *stop, struct error *err)
{
    struct str url = STR_INIT;
    struct strv argv = STRV_INIT;
    char *tmp = str_format("%s.part-%ld", path, (long)getpid());
    int rc = remote_url(ws, repo, &url, err);
    if (rc == 0) {
        strv_add_all(&argv, "git", "clone", "--quiet", "--mirror", "--config", "gc.auto=0", "--",
                     url.s, tmp, NULL);
        rc = remote_run(ws, &argv, repo, stop, err);
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
 * no branch. It gets a name of its own then, so that it stays. */
static int fetch_commit(const struct workspace *ws, const char *repo, const char *path,
                        const char *commit, const struct cancel *stop, struct error *err)
{
    struct strv all = STRV_INIT, one = STRV_INIT;
    strv_add_all(&all, "git", "--git-dir", path, "fetch", "--quiet", "--force", "--tags", "origin",
                 NULL);
    strv_add_all(&one, "git", "--git-dir", path, "fetch", "--quiet", "origin", NULL);
    strv_addf(&one, "%s:refs/bottega/%s", commit, commit);
    int rc = remote_run(ws, &all, repo, stop, err);
    if (rc == 0 && !has_commit(ws, repo, commit))
        rc = remote_run(ws, &one, repo, stop, err);
    if (rc == 0 && !has_commit(ws, repo, commit))
        rc = error_set(err, E_NOTFOUND, "%s: %s is no commit", repo, commit);
    if (rc == E_NOTFOUND)
        error_prefix(err, "commit %.12s is not in the mirror and cannot be fetched", commit);
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
    if (rc == 0 && !path_is_dir(path)) {
        remove_leftovers(folder, path);
        rc = clone_mirror(ws, repo, path, stop, err);
    }
    if (rc == 0 && commit && !has_commit(ws, repo, commit))
        rc = fetch_commit(ws, repo, path, commit, stop, err);
out:
    if (fd >= 0)
        close(fd);
    free(folder);
    free(path);
    return rc;
}
