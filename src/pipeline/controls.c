#include "pipeline/private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORTEST = 20, SHORTEST_OF_FEW = 32, FEW = 2, TELLING = 3, MOST_LINES = 400 };
enum { MOST_IDS = 200 };
static const double soon = 2; /* seconds that all tests may take to be repeated too */

/* The image is read as it is; then the fix goes in, the F2P tests run alone and again, and all of
 * them with their files empty. A fix that can be taken away before it is put in is there already,
 * in part or as a twin: the tests must see that it goes. */
static const char wrapper[] = "bash /bottega/audit.sh\n"
                              "if [ -s /bottega/fix.patch ] && "
                              "git apply -R --check /bottega/fix.patch 2>/dev/null; then\n"
                              "  echo bottega-reversed\n"
                              "fi\n" APPLY_FIX "exec bash /bottega/eval.sh\n";
static const char reverse[] = "cd /testbed || exit 96\n"
                              "git apply -R --whitespace=nowarn /bottega/fix.patch || exit 98\n"
                              "exec bash /bottega/eval.sh\n";

static const char gut[] =
    "while read -r f; do\n"
    "  if [ -d \"$f\" ]; then find \"$f\" -name '*.py' -exec sh -c ': >\"$1\"' - {} \\;\n"
    "  else : >\"$f\"; fi\n"
    "done </bottega/targets\n";

void script_gut(const struct str *script, const struct strv *pytest_args, struct str *out)
{
    size_t at = script_test_line(script);
    str_addn(out, script->s, at);
    str_add(out, ". /bottega/again.sh");
    for (size_t i = 0; i < pytest_args->n; i++) {
        str_addc(out, ' ');
        str_add_quoted(out, pytest_args->v[i]);
    }
    str_addc(out, '\n');
    str_add(out, gut);
    str_add(out, script->s + at);
}

/* ---- what to look for ---- */

static void trim(const char **s, size_t *n)
{
    while (*n && strchr(" \t\r", **s))
        (*s)++, (*n)--;
    while (*n && strchr(" \t\r", (*s)[*n - 1]))
        (*n)--;
}

static bool tells(const char *s, size_t n)
{
    return n >= SHORTEST && memcmp(s, "import ", 7) != 0 && memcmp(s, "from ", 5) != 0;
}

static void gather(const struct str *patch, char sign, struct strv *out)
{
    const char *end = patch->s + patch->len;
    for (const char *line = patch->s; line < end && out->n < MOST_LINES;) {
        const char *eol = memchr(line, '\n', (size_t)(end - line));
        size_t n = (size_t)((eol ? eol : end) - line);
        if (n && *line == sign && !(n > 3 && line[1] == sign && line[2] == sign)) {
            const char *s = line + 1;
            size_t len = n - 1;
            trim(&s, &len);
            char *text = xstrndup(s, len);
            if (tells(s, len))
                strv_add_once(out, text);
            free(text);
        }
        line = eol ? eol + 1 : end;
    }
}

/* One or two lines tell only when they are long and all there. */
int leak_lines(const struct str *patch, struct strv *out)
{
    struct strv added = STRV_INIT, removed = STRV_INIT;
    gather(patch, '+', &added);
    gather(patch, '-', &removed);
    for (size_t i = 0; i < added.n; i++)
        if (!strv_has(&removed, added.v[i]))
            strv_add(out, added.v[i]);
    bool few = out->n <= FEW, tell = out->n > 0;
    for (size_t i = 0; few && i < out->n; i++)
        tell = tell && strlen(out->v[i]) >= SHORTEST_OF_FEW;
    strv_release(&added);
    strv_release(&removed);
    return !tell ? 0 : few ? (int)out->n : TELLING;
}

static void add_created(const struct str *patch, struct strv *out)
{
    struct patch_files files = { NULL, 0 };
    if (patch_files_read(patch, &files, NULL) == 0) {
        for (size_t i = 0; i < files.n; i++)
            if (!files.v[i].old_path)
                strv_add(out, files.v[i].new_path);
    }
    patch_files_release(&files);
}

/* ---- the run ---- */

static int write_lines(const char *dir, const char *name, const struct strv *lines,
                       struct error *err)
{
    struct str text = STR_INIT;
    char *path = str_format("%s/%s", dir, name);
    for (size_t i = 0; i < lines->n; i++)
        str_addf(&text, "%s\n", lines->v[i]);
    int rc = file_write(path, text.s, text.len, err);
    str_release(&text);
    free(path);
    return rc;
}

/* Ids that a command line can name. */
static void add_f2p(const struct evaluation *ev, struct strv *out)
{
    for (size_t i = 0; i < ev->f2p.n && out->n < MOST_IDS; i++) {
        const char *id = ev->f2p.v[i];
        if (strstr(id, "::") && !strpbrk(id, "\n#") && !strstr(id, "…"))
            strv_add(out, id);
    }
}

/* Tests that are not F2P are repeated where they take no time. */
static void add_others(const struct synthesis *s, const struct evaluation *ev, struct strv *out)
{
    const struct eval_run *r = first_run(ev, COND_TEST_WITH_FIX);
    double seconds = 0;
    for (size_t i = 0; r && i < r->n_tests; i++)
        seconds += r->tests[i].seconds;
    if (!r || seconds > soon || !ev->p2p.n)
        return;
    strv_add_list(out, &s->findings.test_files);
    for (size_t i = 0; i < s->findings.plan.deselect.n; i++)
        strv_addf(out, "--deselect=%s", s->findings.plan.deselect.v[i]);
}

/* What again.sh repeats; nothing when a person only asks what the image gives away. */
static int write_repeated(const struct synthesis *s, const struct evaluation *ev, const char *dir,
                          struct error *err)
{
    struct strv f2p = STRV_INIT, others = STRV_INIT, unfixed = STRV_INIT;
    if (!s->checking) {
        add_f2p(ev, &f2p);
        add_others(s, ev, &others);
        if (!s->findings.plan.rebuild.n) /* else what is compiled would still be the fix's */
            strv_add(&unfixed, "1");
    }
    int rc = write_lines(dir, "f2p", &f2p, err);
    if (rc == 0)
        rc = write_lines(dir, "others", &others, err);
    if (rc == 0)
        rc = write_lines(dir, "unfixed", &unfixed, err);
    strv_release(&f2p);
    strv_release(&others);
    strv_release(&unfixed);
    return rc;
}

static int write_looked_for(struct synthesis *s, const char *dir, struct error *err)
{
    struct strv added = STRV_INIT, created = STRV_INIT, need = STRV_INIT, end = STRV_INIT;
    struct strv dist = STRV_INIT;
    if (s->findings.dist_name && *s->findings.dist_name)
        strv_add(&dist, s->findings.dist_name);
    strv_addf(&need, "%d", leak_lines(&s->in.patch, &added));
    if (s->in.end_commit)
        strv_add(&end, s->in.end_commit);
    add_created(&s->in.patch, &created);
    add_created(&s->in.test_patch, &created);
    const struct {
        const char *name;
        const struct strv *lines;
    } files[] = { { "added", &added },
                  { "need", &need },
                  { "created", &created },
                  { "packages", &s->findings.packages },
                  { "dist", &dist },
                  { "end", &end },
                  { "targets", &s->findings.test_files } };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++)
        rc = write_lines(dir, files[i].name, files[i].lines, err);
    strv_release(&added);
    strv_release(&created);
    strv_release(&need);
    strv_release(&dist);
    strv_release(&end);
    return rc;
}

static int write_data(const char *dir, const char *name, struct error *err)
{
    struct str text = STR_INIT;
    char *path = str_format("%s/%s", dir, name), *from = str_format("images/%s", name);
    int rc = data_read(from, &text, err);
    if (rc == 0)
        rc = file_write(path, text.s, text.len, err);
    str_release(&text);
    free(path);
    free(from);
    return rc;
}

static int write_scripts(struct synthesis *s, const char *dir, struct error *err)
{
    static const char *const shipped[] = { "audit.sh", "audit.py", "again.py", "again.sh",
                                           "bottega_only.py" };
    struct str gutted = STR_INIT, script = STR_INIT;
    script_gut(&s->skeleton, &s->findings.plan.pytest_args, &gutted);
    script_fill(&gutted, &s->in.test_patch, &script);
    const struct {
        const char *name, *bytes;
        size_t len;
    } files[] = { { "eval.sh", script.s, script.len },
                  { "fix.patch", s->in.patch.s, s->in.patch.len },
                  { "run.sh", wrapper, sizeof(wrapper) - 1 } };
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(shipped); i++)
        rc = write_data(dir, shipped[i], err);
    for (size_t i = 0; rc == 0 && i < ARRAY_LEN(files); i++) {
        char *path = str_format("%s/%s", dir, files[i].name);
        rc = file_write(path, files[i].bytes, files[i].len, err);
        free(path);
    }
    str_release(&gutted);
    str_release(&script);
    return rc;
}

/* "bottega-again\t3\t1": in the third repeat what may not be. */
static void read_repeat(const char *line, struct controls *c)
{
    static const struct {
        const char *mark;
        enum unstable_how how;
    } kinds[] = { { "bottega-again\t", UNSTABLE_ALONE },
                  { "bottega-unfixed\t", UNSTABLE_UNFIXED },
                  { "bottega-others\t", UNSTABLE_OTHERS } };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        int n = 0, bad = 0;
        if (!str_starts(line, kinds[i].mark) ||
            sscanf(line + strlen(kinds[i].mark), "%d\t%d", &n, &bad) != 2)
            continue;
        if (kinds[i].how == UNSTABLE_ALONE)
            c->repeats = n;
        if (bad && !c->unstable) {
            c->unstable = n;
            c->unstable_how = kinds[i].how;
        }
    }
}

static int read_findings(const struct synthesis *s, struct controls *c, struct error *err)
{
    static const char mark[] = "bottega-leak\t";
    struct str text = STR_INIT;
    struct strv lines = STRV_INIT;
    char *log = round_path(s, c->log);
    int rc = file_read(log, &text, err);
    if (rc == 0)
        strv_split(&lines, text.s, "\n");
    for (size_t i = 0; i < lines.n; i++) {
        if (strcmp(lines.v[i], "bottega-reversed") == 0)
            c->reversed = true;
        else if (str_starts(lines.v[i], mark))
            strv_add(&c->leaks, lines.v[i] + sizeof(mark) - 1);
        else
            read_repeat(lines.v[i], c);
    }
    free(log);
    str_release(&text);
    strv_release(&lines);
    return rc;
}

static void count_gutted(struct evaluation *ev, const struct eval_run *r)
{
    ev->controls.gutted_passes = 0;
    for (size_t i = 0; i < ev->f2p.n; i++) {
        const struct test_result *t = run_find(r, ev->f2p.v[i]);
        ev->controls.gutted_passes += t && t->status == TEST_PASSED;
    }
}

int controls_read(const struct synthesis *s, struct evaluation *ev, struct error *err)
{
    struct controls *c = &ev->controls;
    struct eval_run r = { .k = 1 };
    char *xml = round_path(s, "controls.xml");
    strv_clear(&c->leaks);
    c->repeats = c->unstable = 0;
    c->unstable_how = UNSTABLE_ALONE;
    int rc = read_findings(s, c, err);
    if (rc == 0 && path_exists(xml)) /* without tests there may be none */
        rc = junit_read(xml, &r, err);
    if (rc == 0)
        count_gutted(ev, &r);
    eval_run_release(&r);
    free(xml);
    return rc;
}

/* The same folder, with another wrapper and the script as it is. */
static int run_reversed(struct synthesis *s, const char *dir, struct controls *c, struct error *err)
{
    struct run_result res = { 0 };
    struct eval_run r = { .log = xstrdup("reversed.log"), .xml = xstrdup("reversed.xml") };
    struct str script = STR_INIT;
    char *run = str_format("%s/run.sh", dir), *eval = str_format("%s/eval.sh", dir);
    script_fill(&s->skeleton, &s->in.test_patch, &script);
    int rc = file_write(run, reverse, sizeof(reverse) - 1, err);
    if (rc == 0)
        rc = file_write(eval, script.s, script.len, err);
    if (rc == 0)
        rc = run_container(s, dir, &r, &res, err);
    c->reversed_exit = res.exit_code;
    str_release(&script);
    eval_run_release(&r);
    free(run);
    free(eval);
    return rc;
}

int controls_run(struct synthesis *s, struct evaluation *ev, struct error *err)
{
    struct controls *c = &ev->controls;
    struct run_result res = { 0 };
    struct eval_run r = { .log = xstrdup("controls.log"), .xml = xstrdup("controls.xml") };
    char *dir = round_path(s, "input");
    controls_clear(c);
    int rc = dir_make(dir, err);
    if (rc == 0)
        rc = write_looked_for(s, dir, err);
    if (rc == 0)
        rc = write_repeated(s, ev, dir, err);
    if (rc == 0)
        rc = write_scripts(s, dir, err);
    if (rc == 0)
        rc = run_container(s, dir, &r, &res, err);
    if (rc == 0) {
        c->log = xstrdup(r.log);
        c->ran = true;
        c->gutted_exit = res.exit_code;
        rc = read_findings(s, c, err);
    }
    if (rc == 0)
        count_gutted(ev, &r);
    if (rc == 0 && c->reversed)
        rc = run_reversed(s, dir, c, err);
    (void)!tree_remove(dir, NULL);
    eval_run_release(&r);
    free(dir);
    return rc;
}
