#include "agents/rules/rules.h"

static void add_words(const struct strv *words, const char *before, struct str *out)
{
    for (size_t i = 0; i < words->n; i++) {
        str_addf(out, " %s", before);
        str_add_quoted(out, words->v[i]);
    }
}

/* Compiled parts are made again from the sources as they are now patched. */
static void add_rebuild(const struct plan *p, struct str *out)
{
    const struct strv *steps[] = { &p->prepare, &p->rebuild };
    for (size_t i = 0; i < ARRAY_LEN(steps) && p->rebuild.n; i++) {
        for (size_t k = 0; k < steps[i]->n; k++)
            str_addf(out, "%s || { echo 'bottega: the rebuild failed'; exit 95; }\n",
                     steps[i]->v[k]);
    }
}

int rules_evalscript(struct agent *a UNUSED, const struct findings *f,
                     const struct feedback *fb UNUSED, struct str *out, struct error *err UNUSED)
{
    str_add(out, "#!/bin/bash\n"
                 "# Applies the tests and runs them; the status of the run is the last line's.\n"
                 "set -uo pipefail\n"
                 "cd /testbed || exit 96\n"
                 "cat >/tmp/bottega-test.patch <<'EOF_114329324912'\n"
                 "[CONTENT OF TEST PATCH]\n"
                 "EOF_114329324912\n"
                 "if [ -s /tmp/bottega-test.patch ]; then\n"
                 "  git apply --whitespace=nowarn /tmp/bottega-test.patch || exit 97\n"
                 "fi\n");
    add_rebuild(&f->plan, out);
    str_add(out, "python -m pytest -rA -p no:cacheprovider "
                 "--junitxml=\"${BOTTEGA_REPORT:-/tmp/bottega-report.xml}\" "
                 "--override-ini=junit_family=xunit1");
    add_words(&f->plan.pytest_args, "", out);
    add_words(&f->plan.deselect, "--deselect=", out);
    add_words(&f->test_files, "", out);
    str_add(out, "\nrc=$?\n"
                 "echo \"${BOTTEGA_NONCE:-}\"\n"
                 "echo \"OPENSWE_EXIT_CODE=$rc\"\n"
                 "exit \"$rc\"\n");
    return 0;
}
