#include "container/private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The first that names a readable file wins. */
static const char *const ca_variables[] = { "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE",
                                            "PIP_CERT" };
static const char *const ca_files[] = {
    "/etc/ssl/certs/ca-certificates.crt", /* Debian, Arch */
    "/etc/pki/tls/certs/ca-bundle.crt",   /* Fedora */
    "/etc/ssl/ca-bundle.pem",             /* SUSE */
    "/etc/ssl/cert.pem",                  /* macOS */
};

/* What pip's own files and variables may say about where packages are. */
static const struct {
    const char *key, *variable;
} pip_keys[] = {
    { "index-url", "PIP_INDEX_URL" },
    { "extra-index-url", "PIP_EXTRA_INDEX_URL" },
    { "trusted-host", "PIP_TRUSTED_HOST" },
};

static const char *const proxy_variables[] = {
    "http_proxy", "https_proxy", "no_proxy", "all_proxy",
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"
};

/* Settings of this host's apt that its mirrors need. */
static const char *const apt_keys[] = {
    "Acquire::Check-Valid-Until ", "Acquire::Check-Date ",  "Acquire::Retries ",
    "Acquire::http::Proxy",        "Acquire::https::Proxy",
};

void site_init(struct site *s)
{
    str_init(&s->ca);
    str_init(&s->pip_conf);
    str_init(&s->uv_toml);
    strv_init(&s->apt);
    strv_init(&s->sources);
}

void site_release(struct site *s)
{
    str_release(&s->ca);
    str_release(&s->pip_conf);
    str_release(&s->uv_toml);
    strv_release(&s->apt);
    strv_release(&s->sources);
}

void site_proxies(struct strv *out)
{
    for (size_t i = 0; i < ARRAY_LEN(proxy_variables); i++) {
        const char *value = getenv(proxy_variables[i]);
        if (value && *value)
            strv_addf(out, "%s=%s", proxy_variables[i], value);
    }
}

static bool read_if_there(const char *path, struct str *out)
{
    struct error ignored = ERROR_INIT;
    bool read = path && *path && file_read(path, out, &ignored) == 0 && out->len;
    error_release(&ignored);
    return read;
}

/* Fills `path` with the bundle's place and `text`, unless it is NULL, with what it holds. */
static void read_ca(struct str *path, struct str *text)
{
    const char *places[ARRAY_LEN(ca_variables) + ARRAY_LEN(ca_files)];
    struct str own = STR_INIT;
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(ca_variables); i++)
        places[n++] = getenv(ca_variables[i]);
    for (size_t i = 0; i < ARRAY_LEN(ca_files); i++)
        places[n++] = ca_files[i];
    for (size_t i = 0; i < n && !path->len; i++)
        if (read_if_there(places[i], text ? text : &own))
            str_set(path, places[i]);
    str_release(&own);
}

/* The value of "key = value" in one pip.conf, written over what `out` held. */
static void read_pip_key(const char *text, const char *key, struct str *out)
{
    struct strv lines = STRV_INIT;
    size_t n = strlen(key);
    strv_split(&lines, text, "\n");
    for (size_t i = 0; i < lines.n; i++) {
        const char *p = lines.v[i] + strspn(lines.v[i], " \t");
        if (!str_starts(p, key))
            continue;
        p += n + strspn(p + n, " \t");
        if (*p != '=' && *p != ':')
            continue;
        str_set(out, p + 1 + strspn(p + 1, " \t"));
        str_rtrim(out);
    }
    strv_release(&lines);
}

static void pip_files(struct strv *out)
{
    const char *home = getenv("HOME"), *own = getenv("PIP_CONFIG_FILE");
    strv_add(out, "/etc/pip.conf");
    if (home) {
        strv_addf(out, "%s/.pip/pip.conf", home);
        strv_addf(out, "%s/.config/pip/pip.conf", home);
    }
    if (own)
        strv_add(out, own);
}

static void find_pip_key(size_t i, const struct strv *files, struct str *out)
{
    const char *env = getenv(pip_keys[i].variable);
    for (size_t k = 0; k < files->n; k++) {
        struct str text = STR_INIT;
        if (read_if_there(files->v[k], &text))
            read_pip_key(text.s, pip_keys[i].key, out);
        str_release(&text);
    }
    if (env && *env)
        str_set(out, env);
}

static void add_uv_index(struct str *toml, const char *pip_index)
{
    static const char *const variables[] = { "UV_DEFAULT_INDEX", "UV_INDEX_URL" };
    const char *index = pip_index;
    for (size_t i = 0; i < ARRAY_LEN(variables); i++) {
        const char *env = getenv(variables[i]);
        if (env && *env)
            index = env;
    }
    if (*index)
        str_addf(toml, "index-url = \"%s\"\n", index);
}

static void read_index(struct site *s)
{
    struct strv files = STRV_INIT;
    pip_files(&files);
    str_add(&s->pip_conf, "[global]\ndisable-pip-version-check = true\n"
                          "root-user-action = ignore\n");
    if (s->ca.len)
        str_add(&s->pip_conf, "cert = /etc/ssl/certs/ca-certificates.crt\n");
    str_add(&s->uv_toml, "link-mode = \"copy\"\n");
    for (size_t i = 0; i < ARRAY_LEN(pip_keys); i++) {
        struct str value = STR_INIT;
        find_pip_key(i, &files, &value);
        if (value.len)
            str_addf(&s->pip_conf, "%s = %s\n", pip_keys[i].key, value.s);
        if (i == 0)
            add_uv_index(&s->uv_toml, value.s);
        str_release(&value);
    }
    strv_release(&files);
}

static void read_apt(struct strv *out)
{
    static const char *const ask[] = { "apt-config", "dump", "Acquire", NULL };
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT;
    struct error ignored = ERROR_INIT;
    if (process_capture(ask, &text, &ignored) == 0)
        strv_split(&lines, text.s, "\n");
    for (size_t i = 0; i < lines.n; i++)
        for (size_t k = 0; k < ARRAY_LEN(apt_keys); k++)
            if (str_starts(lines.v[i], apt_keys[k]) && !strstr(lines.v[i], " \"\";"))
                strv_add(out, lines.v[i]);
    str_release(&text);
    strv_release(&lines);
    error_release(&ignored);
}

/* This host's own mirrors, when it runs that suite; third parties' sources are no part of it. */
static void find_sources(const char *suite, struct strv *out)
{
    static const char *const files[] = { "/etc/apt/sources.list",
                                         "/etc/apt/sources.list.d/debian.sources",
                                         "/etc/apt/sources.list.d/ubuntu.sources" };
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct str text = STR_INIT;
        if (read_if_there(files[i], &text) && strstr(text.s, suite))
            strv_add(out, files[i]);
        str_release(&text);
    }
}

void site_summary(struct str *ca_path, struct str *index_url)
{
    struct strv files = STRV_INIT;
    pip_files(&files);
    read_ca(ca_path, NULL);
    find_pip_key(0, &files, index_url);
    if (!index_url->len)
        str_set(index_url, "https://pypi.org/simple");
    strv_release(&files);
}

void site_read(struct site *s, const char *suite)
{
    struct str path = STR_INIT;
    read_ca(&path, &s->ca);
    str_release(&path);
    read_index(s);
    read_apt(&s->apt);
    find_sources(suite, &s->sources);
}
