#include "command/command.h"
#include "container/container.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* FINE as it should be, WEAK it works but slower or less, BROKEN something is missing. */
enum verdict { FINE, WEAK, BROKEN, VERDICTS };

static const char *const verdict_names[VERDICTS] = { "ok", "weak", "missing" };

struct finding {
    enum verdict verdict;
    struct str text, mend;
};

struct doctor {
    struct invocation *inv;
    struct workspace ws; /* root NULL: none here */
    struct engine engine;
    bool has_engine;
    struct str image; /* a base image to try, "" when there is none yet */
    struct str ca, index;
    bool hub_answers;
};

static void weak(struct finding *f, enum verdict verdict, const char *mend)
{
    f->verdict = verdict;
    str_set(&f->mend, mend);
}

static bool on_path(const char *program)
{
    struct strv dirs = STRV_INIT;
    const char *path = getenv("PATH");
    bool found = false;
    strv_split(&dirs, path ? path : "", ":");
    for (size_t i = 0; i < dirs.n && !found; i++) {
        char *file = str_format("%s/%s", dirs.v[i], program);
        found = access(file, X_OK) == 0;
        free(file);
    }
    strv_release(&dirs);
    return found;
}

/* The status of a GET, 0 when nothing answered; `why` gets curl's words. curl goes through this
 * host's proxies and certificates as the engine and uv do. */
static int http_status(const char *url, struct error *why)
{
    const char *const argv[] = { "curl", "-sS", "-L",           "-o", "/dev/null", "-m",
                                 "15",   "-w",  "%{http_code}", url,  NULL };
    struct str out = STR_INIT;
    int rc = process_capture(argv, &out, why);
    int status = rc < 0 ? 0 : atoi(out.s);
    str_release(&out);
    return status;
}

/* ---- the checks ---- */

static void check_engine(struct doctor *d, struct finding *f)
{
    struct error err = ERROR_INIT;
    d->has_engine = engine_open(&d->ws.config, d->ws.root, &d->engine, &err) == 0;
    if (!d->has_engine) {
        str_set(&f->text, error_text(&err));
        weak(f, BROKEN, "as root: ./bootstrap build finds or starts one");
    } else {
        str_setf(&f->text, "%s %s (client %s), storage %s", d->engine.command, d->engine.version,
                 d->engine.client_version, d->engine.storage_driver);
    }
    error_release(&err);
}

static void check_buildkit(struct doctor *d, struct finding *f)
{
    str_set(&f->text, d->engine.buildkit ? "builds keep a package cache"
                                         : "no BuildKit: builds work, without a package cache");
    if (!d->engine.buildkit)
        weak(f, WEAK,
             "install the buildx plugin (apt-get install docker-buildx), or set "
             "container.command to a client older than 23");
}

static void find_image(struct doctor *d)
{
    struct image_list l = { NULL, 0 };
    struct error ignored = ERROR_INIT;
    if (image_base_list(&d->engine, &l, &ignored) == 0 && l.n)
        str_set(&d->image, l.v[0].tag);
    image_list_release(&l);
    error_release(&ignored);
}

static void check_run(struct doctor *d, struct finding *f)
{
    struct error err = ERROR_INIT;
    find_image(d);
    if (!d->image.len) {
        str_set(&f->text, "no base image yet, so no container was tried");
        weak(f, WEAK, "bottega image build 3.8");
    } else if (engine_probe_run(&d->engine, d->ws.root, d->image.s, &err) < 0) {
        str_set(&f->text, error_text(&err));
        weak(f, BROKEN,
             "read the engine's own log; podman in a restricted machine wants a "
             "workspace here, to keep its containers.conf in");
    } else {
        str_setf(&f->text, "a container of %s ran", d->image.s);
    }
    error_release(&err);
}

static void check_limits(struct doctor *d, struct finding *f)
{
    str_setf(&f->text, "cgroup version %d", d->engine.cgroup_version);
    for (size_t i = 0; i < d->engine.warnings.n; i++)
        str_addf(&f->text, "; %s", d->engine.warnings.v[i]);
    if (d->engine.rootless && d->engine.cgroup_version < 2)
        weak(f, BROKEN,
             "a rootless engine limits memory and processes only on cgroup 2: boot "
             "with systemd.unified_cgroup_hierarchy=1, or run the engine as root");
    else if (d->engine.warnings.n)
        weak(f, WEAK,
             "the kernel leaves out what the engine names; limits of that kind do "
             "not hold");
}

static void check_engine_disk(struct doctor *d, struct finding *f)
{
    const int64_t low = (int64_t)10 << 30;
    if (d->engine.root_free < 0) {
        str_set(&f->text, "the engine's disk is not on this host");
        return;
    }
    text_add_bytes(&f->text, d->engine.root_free);
    str_addf(&f->text, " free below %s", d->engine.root);
    if (d->engine.root_free < low)
        weak(f, WEAK, "one environment takes up to 1 GiB: bottega gc, or docker builder prune");
}

static void check_workspace_disk(struct doctor *d, struct finding *f)
{
    const int64_t low = (int64_t)2 << 30;
    const char *root = d->ws.root ? d->ws.root : d->inv->dir;
    int64_t free_bytes = 0, total = 0;
    if (!disk_space(root, &free_bytes, &total)) {
        str_setf(&f->text, "%s cannot be looked at", root);
        weak(f, BROKEN, "make it readable, or work in another folder (-C)");
        return;
    }
    text_add_bytes(&f->text, free_bytes);
    str_addf(&f->text, " free at %s", root);
    if (free_bytes < low)
        weak(f, WEAK, "mirrors and logs need room: free some, or move the workspace");
}

static void check_memory(struct doctor *d, struct finding *f)
{
    int64_t have = (int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
    int64_t want =
        config_int(&d->ws.config, "container.memory") * config_int(&d->ws.config, "dispatch.jobs");
    text_add_bytes(&f->text, have);
    str_addf(&f->text, " in this machine, %lld CPUs", (long long)sysconf(_SC_NPROCESSORS_ONLN));
    if (have < want)
        weak(f, WEAK, "dispatch.jobs times container.memory is more: lower one of them");
}

static void check_hub(struct doctor *d, struct finding *f)
{
    struct error why = ERROR_INIT;
    int status = http_status("https://registry-1.docker.io/v2/", &why);
    const char *source = config_text(&d->ws.config, "image.source");
    d->hub_answers = status == 200 || status == 401;
    if (d->hub_answers)
        str_set(&f->text, "the hub answers");
    else
        str_setf(&f->text, "the hub does not answer (%s)", why.message ? why.message : "refused");
    if (!d->hub_answers && strcmp(source, "hub") == 0)
        weak(f, BROKEN, "set image.source = local, or a proxy (https_proxy)");
    else if (!d->hub_answers)
        str_add(&f->text, strcmp(source, "local") == 0 ? "; image.source = local does not ask it"
                                                       : "; base images are made from this host");
    error_release(&why);
}

static void check_interpreters(struct doctor *d, struct finding *f)
{
    struct strv found = STRV_INIT;
    image_base_local(&d->ws.config, &found);
    str_add(&f->text, found.n ? "Python" : "none besides the suite's own");
    for (size_t i = 0; i < found.n; i++)
        str_addf(&f->text, " %s", found.v[i]);
    if (!found.n && !d->hub_answers)
        weak(f, WEAK,
             "old projects need old interpreters: install some (pyenv install 3.8) or "
             "name them in image.interpreters");
    strv_release(&found);
}

static void check_debian(struct doctor *d, struct finding *f)
{
    bool there = on_path("mmdebstrap");
    str_set(&f->text, there ? "mmdebstrap makes local base images" : "mmdebstrap is not installed");
    if (!there)
        weak(f, d->hub_answers ? WEAK : BROKEN, "apt-get install mmdebstrap");
}

static void check_ca(struct doctor *d, struct finding *f)
{
    const char *named = getenv("SSL_CERT_FILE");
    if (d->ca.len)
        str_setf(&f->text, "%s goes into base images", d->ca.s);
    else
        str_set(&f->text, "no CA bundle was found");
    if (!d->ca.len)
        weak(f, BROKEN, "apt-get install ca-certificates, or point SSL_CERT_FILE at the bundle");
    else if (named && *named && strcmp(named, d->ca.s) != 0)
        weak(f, WEAK, "SSL_CERT_FILE names a file that cannot be read");
}

static void check_index(struct doctor *d, struct finding *f)
{
    struct error why = ERROR_INIT;
    char *url = str_format("%s/pip/", d->index.s);
    const char *at = strchr(d->index.s, '@'); /* never show a password */
    int status = http_status(url, &why);
    const char *shown = at ? at + 1 : d->index.s;
    if (status == 200)
        str_setf(&f->text, "%s answers", shown);
    else if (status)
        str_setf(&f->text, "%s answers with status %d", shown, status);
    else
        str_setf(&f->text, "%s does not answer (%s)", shown,
                 at ? "no connection" : error_text(&why));
    if (status != 200)
        weak(f, BROKEN,
             "dependencies cannot be resolved: set PIP_INDEX_URL to an index that "
             "this machine reaches, or a proxy (https_proxy)");
    free(url);
    error_release(&why);
}

static void check_git(struct doctor *d, struct finding *f)
{
    bool there = on_path("git");
    str_setf(&f->text, "mirrors come from %s", config_text(&d->ws.config, "mirror.url"));
    if (!there) {
        str_set(&f->text, "git is not installed");
        weak(f, BROKEN, "apt-get install git");
    }
}

static void check_slurm(struct doctor *d UNUSED, struct finding *f)
{
    str_set(&f->text, on_path("sbatch") ? "sbatch is there: --engine slurm works"
                                        : "none here; --engine local is what there is");
}

/* One row per check; `engine` rows are skipped when none answers. */
static const struct check {
    const char *name;
    bool engine;
    void (*run)(struct doctor *d, struct finding *f);
} checks[] = {
    { "engine", false, check_engine },
    { "buildkit", true, check_buildkit },
    { "run", true, check_run },
    { "limits", true, check_limits },
    { "engine disk", true, check_engine_disk },
    { "disk", false, check_workspace_disk },
    { "memory", false, check_memory },
    { "hub", false, check_hub },
    { "interpreters", false, check_interpreters },
    { "debian", false, check_debian },
    { "certificates", false, check_ca },
    { "index", false, check_index },
    { "git", false, check_git },
    { "slurm", false, check_slurm },
};

static void print_json(const char *name, const struct finding *f)
{
    json_t *row = json_object();
    json_put_text(row, "check", name);
    json_put_text(row, "state", verdict_names[f->verdict]);
    json_put_text(row, "text", f->text.s);
    json_put_text(row, "mend", f->mend.len ? f->mend.s : NULL);
    char *line = json_line_new(row);
    puts(line);
    free(line);
    json_decref(row);
}

static void print_text(const char *name, const struct finding *f)
{
    printf("%-8s %-13s %s\n", verdict_names[f->verdict], name, f->text.s);
    if (f->mend.len)
        printf("%22s mend: %s\n", "", f->mend.s);
}

static enum verdict run_check(struct doctor *d, const struct check *c)
{
    struct finding f = { FINE, STR_INIT, STR_INIT };
    c->run(d, &f);
    if (d->inv->json)
        print_json(c->name, &f);
    else
        print_text(c->name, &f);
    fflush(stdout);
    str_release(&f.text);
    str_release(&f.mend);
    return f.verdict;
}

int cmd_doctor(struct invocation *inv, struct error *err)
{
    struct doctor d = { .inv = inv, .image = STR_INIT, .ca = STR_INIT, .index = STR_INIT };
    bool broken = false;
    int rc = workspace_open_maybe(inv, &d.ws, err);
    site_summary(&d.ca, &d.index);
    for (size_t i = 0; i < ARRAY_LEN(checks) && rc == 0; i++) {
        if (checks[i].engine && !d.has_engine)
            continue;
        broken = run_check(&d, &checks[i]) == BROKEN || broken;
        if (cancel_raised(inv->stop))
            rc = error_set(err, E_CANCELLED, "cancelled");
    }
    if (rc == 0 && !d.ws.root && !inv->quiet)
        fprintf(stderr, "%s is no workspace; these are this machine's answers\n", inv->dir);
    engine_release(&d.engine);
    workspace_release(&d.ws);
    str_release(&d.image);
    str_release(&d.ca);
    str_release(&d.index);
    return rc == 0 && broken ? EXIT_MISSING : rc;
}
