#include "git/private.h"

#include <string.h>

static void keep_words(void *payload, const char *bytes, size_t n, bool is_err)
{
    enum { MOST = 65536 };
    struct str *words = payload;
    if (is_err && words->len < MOST)
        str_addn(words, bytes, n);
}

/* git says the same things in the same words for every transport; the first that is found in
 * them decides. A forge asks for a password where there is no such repository. */
static const struct saying {
    const char *words;
    int class;
    const char *mend;
} sayings[] = {
    { "No space left", E_DISK, "make room and run the same command again" },
    { "Disk quota exceeded", E_DISK, "make room and run the same command again" },
    { "dubious ownership", E_MISSING, "git config --global --add safe.directory lets git read it" },
    { "is not a git command", E_MISSING, "this git lacks that transport" },
    { "Permission denied", E_MISSING, "mirror.url needs rights that this account lacks" },
    { "could not read Username", E_NOTFOUND, "it does not exist or is not public" },
    { "could not read Password", E_NOTFOUND, "it does not exist or is not public" },
    { "Authentication failed", E_NOTFOUND, "it does not exist or is not public" },
    { "not our ref", E_NOTFOUND, "the remote has no such commit" },
    { "no such remote ref", E_NOTFOUND, "the remote has no such commit" },
    { "find remote ref", E_NOTFOUND, "the remote has no such commit" },
    { "Repository not found", E_NOTFOUND, "mirror.url says where to look" },
    { "repository '", E_NOTFOUND, "mirror.url says where to look" },
    { "does not exist", E_NOTFOUND, "mirror.url says where to look" },
    { "does not appear to be", E_NOTFOUND, "mirror.url says where to look" },
    { "Repository unavailable", E_NOTFOUND, "mirror.url says where to look" },
    { "", E_NETWORK, "the same command tries again" },
};

static const struct saying *find_saying(const char *text)
{
    const struct saying *s = sayings;
    while (!strcasestr(text, s->words))
        s++;
    return s;
}

static void first_fatal_line(const struct str *text, struct str *out)
{
    const char *at = strstr(text->s, "fatal: ");
    const char *line = at ? at + strlen("fatal: ") : text->s;
    text_add_shown(out, line, strcspn(line, "\n"));
    if (!out->len)
        str_add(out, "it ended without a word");
}

static int error_from_words(struct error *err, const char *repo, const struct str *text)
{
    struct str line = STR_INIT;
    const struct saying *s = find_saying(text->s);
    first_fatal_line(text, &line);
    error_set(err, s->class, "%s: git: %s; %s", repo, line.s, s->mend);
    str_release(&line);
    return s->class;
}

/* Nothing may ask: neither git nor ssh, which would talk to the terminal itself. */
int remote_run(const struct workspace *ws, const struct strv *argv, const char *repo,
               const struct cancel *stop, struct error *err)
{
    static const char *const env[] = {
        "GIT_TERMINAL_PROMPT=0",     "GIT_ASKPASS=true", "SSH_ASKPASS=true",
        "SSH_ASKPASS_REQUIRE=force", "LC_ALL=C",         NULL
    };
    struct str words = STR_INIT;
    struct process_result res;
    struct process_spec spec = { .argv = (const char *const *)argv->v,
                                 .env = env,
                                 .on_data = keep_words,
                                 .payload = &words,
                                 .limit_ms = config_int(&ws->config, "mirror.timeout"),
                                 .stop = stop };
    int rc = process_run(&spec, &res, err);
    if (rc == 0 && (res.exit_code != 0 || res.signal))
        rc = error_from_words(err, repo, &words);
    if (rc == E_TIMEOUT)
        rc = error_set(err, E_NETWORK, "%s: git was still busy after mirror.timeout", repo);
    str_release(&words);
    return rc;
}
