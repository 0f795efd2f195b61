#include "container/private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Words of docker, podman, buildkit and buildah, and what they mean to us. The first row that
 * matches wins: a daemon that went away outranks what it said last. */
static const struct {
    const char *words;
    int code;
} known_words[] = {
    { "Cannot connect to the Docker daemon", E_ENGINE },
    { "error during connect", E_ENGINE },
    { "Is the docker daemon running", E_ENGINE },
    { "unable to connect to Podman", E_ENGINE },
    { "transport is closing", E_ENGINE },
    { "error reading from server: EOF", E_ENGINE },
    { "no space left on device", E_DISK },
    { "disk quota exceeded", E_DISK },
    { "No such image", E_NOTFOUND },
    { "No such container", E_NOTFOUND },
    { "No such object", E_NOTFOUND },
    { "image not known", E_NOTFOUND },
    { "no such container", E_NOTFOUND },
    { "no such image", E_NOTFOUND },
    { "no such object", E_NOTFOUND },
    { "Could not find the file", E_NOTFOUND },
    { "could not be found in container", E_NOTFOUND },
    { "Unable to find image", E_NOTFOUND },
    { "pull access denied", E_MISSING },
    { "manifest unknown", E_MISSING },
    { "manifest for ", E_MISSING },
    { "repository does not exist", E_MISSING },
    { "no such host", E_NETWORK },
    { "i/o timeout", E_NETWORK },
    { "TLS handshake timeout", E_NETWORK },
    { "connection reset by peer", E_NETWORK },
    { "network is unreachable", E_NETWORK },
    { "Temporary failure in name resolution", E_NETWORK },
    { "toomanyrequests", E_NETWORK },
    { "failed to do request", E_NETWORK },
    { "unexpected EOF", E_ENGINE },
    { "failed to create endpoint", E_ENGINE },
    { "OCI runtime", E_ENGINE },
    { "executor failed running", E_ENGINE }, /* and no status of the command itself */
};

int engine_words_class(const char *text)
{
    for (size_t i = 0; i < ARRAY_LEN(known_words); i++)
        if (strstr(text, known_words[i].words))
            return known_words[i].code;
    return E_FAIL;
}

void engine_last_words(const char *text, struct str *out)
{
    static const char *const noise[] = { "docker: ", "Error: ", "ERROR: ",
                                         "Error response from daemon: " };
    size_t end = strlen(text);
    while (end && (text[end - 1] == '\n' || text[end - 1] == '\r' || text[end - 1] == ' '))
        end--;
    size_t start = end;
    while (start && text[start - 1] != '\n')
        start--;
    for (size_t i = 0; i < ARRAY_LEN(noise); i++)
        if (str_starts(text + start, noise[i]))
            start += strlen(noise[i]);
    str_clear(out);
    if (end > start)
        text_add_shown(out, text + start, end - start);
}

int version_major(const char *version)
{
    return version ? atoi(version) : 0;
}

/* "Docker version 20.10.24+dfsg1, build 297e128" -> "20.10.24+dfsg1". */
static char *version_of_line(const char *line)
{
    const char *v = strstr(line, "version ");
    if (!v)
        return xstrdup("");
    v += strlen("version ");
    return xstrndup(v, strcspn(v, ", \n"));
}

static int server_silent(const json_t *info, struct error *err)
{
    const char *why = json_string_value(json_array_get(json_object_get(info, "ServerErrors"), 0));
    return error_set(err, E_ENGINE, "%s", why ? why : "no server answers");
}

static int parse_docker(struct engine *e, const json_t *info, struct error *err)
{
    const char *version = json_get_str(info, "ServerVersion", "");
    if (!*version)
        return server_silent(info, err);
    e->kind = ENGINE_DOCKER;
    e->version = xstrdup(version);
    e->storage_driver = xstrdup(json_get_str(info, "Driver", ""));
    e->root = xstrdup(json_get_str(info, "DockerRootDir", ""));
    e->cgroup_version = atoi(json_get_str(info, "CgroupVersion", "0"));
    json_get_strv(info, "Warnings", &e->warnings);
    const json_t *option;
    size_t i;
    json_array_foreach(json_object_get(info, "SecurityOptions"), i, option)
    {
        const char *text = json_string_value(option);
        e->rootless = e->rootless || (text && strcmp(text, "name=rootless") == 0);
    }
    return 0;
}

static void parse_podman(struct engine *e, const json_t *info)
{
    const json_t *host = json_object_get(info, "host");
    const json_t *store = json_object_get(info, "store");
    const json_t *version = json_object_get(info, "version");
    const char *cgroups = json_get_str(host, "cgroupVersion", "v0");
    e->kind = ENGINE_PODMAN;
    e->version = xstrdup(json_get_str(version, "Version", ""));
    e->storage_driver = xstrdup(json_get_str(store, "graphDriverName", ""));
    e->root = xstrdup(json_get_str(store, "graphRoot", ""));
    e->cgroup_version = atoi(cgroups + (*cgroups == 'v'));
    e->rootless = json_get_bool(json_object_get(host, "security"), "rootless", false);
}

int engine_info_parse(struct engine *e, const char *info, const char *version_line,
                      struct error *err)
{
    json_t *doc = NULL;
    struct error parse = ERROR_INIT;
    struct str words = STR_INIT;
    int rc = 0;
    if (json_parse(info, strlen(info), &doc, &parse) < 0) {
        engine_last_words(info, &words);
        rc = error_set(err, E_ENGINE, "%s", words.len ? words.s : "no server answers");
    } else {
        e->client_version = version_of_line(version_line);
        if (json_object_get(doc, "host"))
            parse_podman(e, doc);
        else
            rc = parse_docker(e, doc, err);
    }
    json_decref(doc);
    str_release(&words);
    error_release(&parse);
    return rc;
}
