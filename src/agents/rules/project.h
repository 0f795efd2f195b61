/* project.h: what a repository says about itself at one commit, gathered for explore.
 *
 *   file                 what it does
 *   project.c            the tree at the commit, files read, wishes gathered
 *   manifest.c           pyproject.toml, setup.cfg, setup.py, Pipfile
 *   dialect.c            what poetry, pdm, flit and hatch say in their own tables
 *   requirement_file.c   which requirement files to read, nested ones followed
 *   ci.c                 tox, nox, workflows: interpreters, extras, install lines
 *   layout.c             packages, import roots, what interpreters can read them
 *   interpreter.c        the interpreters to try, best first
 *   select.c             wishes → what the lock resolves
 *   targets.c            which files the test runner is given
 *
 * Everything here is read; nothing of the repository is executed.
 */
#ifndef BOTTEGA_RULES_PROJECT_H
#define BOTTEGA_RULES_PROJECT_H

#include "agents/rules/read.h"
#include "agents/rules/rules.h"

/* Where a requirement was read, the closest to the tests' real needs first. */
enum origin {
    ORIGIN_RUNTIME,
    ORIGIN_EXTRA,
    ORIGIN_GROUP,
    ORIGIN_TESTS, /* tests_require */
    ORIGIN_FILE,
    ORIGIN_TOX,
    ORIGIN_CI,
    ORIGIN_OTHER, /* known to the project, not asked for by its tests */
    ORIGINS
};

struct wish {
    enum origin origin;
    char *line;  /* "pytest>=5 ; python_version > '3'" */
    char *where; /* "setup.cfg [test]" */
};

struct project {
    struct mirror *mirror;
    const char *commit;
    const struct playbook *book; /* borrowed */
    struct findings *f;          /* notes and manifests are told here */

    struct strv paths;                                           /* every file of the tree */
    struct strv submodules;                                      /* their paths */
    json_t *pyproject, *setup_cfg, *setup_py, *tox, *pytest_ini; /* NULL: no such file */

    char *name; /* distribution name, normalised; "" unknown */
    struct str requires_python;
    struct strv listed; /* interpreters that classifiers, tox and CI name */
    struct strv build;  /* build requirements */
    struct strv ci_apt; /* system packages that CI installs */
    struct wish *wishes;
    size_t n_wishes;
    json_t *extras;                         /* name -> array of lines */
    json_t *groups;                         /* name -> array of lines and {"include-group": name} */
    struct strv asked_extras, asked_groups; /* by tox or CI */
    bool dynamic;                           /* runtime requirements could not be read */
    bool scm_version;                       /* the version comes from git */
    struct py_bounds bounds;
    struct str addopts;        /* of the project's pytest configuration */
    struct strv test_patterns; /* its python_files */
    bool doctest_glob;
};

WARN_UNUSED int project_open(struct project *p, struct mirror *m, const char *commit,
                             const struct playbook *book, struct findings *f, struct error *err);
void project_release(struct project *p);

/* The bytes of a file; false when there is none. Noted in findings->manifests. */
bool project_read(struct project *p, const char *path, struct str *out);
bool project_has(const struct project *p, const char *path);
bool project_has_dir(const struct project *p, const char *dir);
void project_wish(struct project *p, enum origin origin, const char *line, const char *where);
void project_note(struct project *p, const char *fmt, ...) PRINTF(2, 3);
/* Notes an interpreter version that the project names ("3.8", "38", "3.8.1", "3.8-dev"). */
void project_list_python(struct project *p, const char *text);

void manifest_read(struct project *p);
void dialects_read(struct project *p);
void requirement_files_read(struct project *p);
void requirement_file_read(struct project *p, const char *path, enum origin origin);
void ci_read(struct project *p);
void layout_read(struct project *p);
void interpreter_choose(struct project *p);
void select_requirements(struct project *p);
/* `wider` gets test modules that use what else the test patch changes. */
WARN_UNUSED int targets_choose(struct project *p, const struct instance *in, struct strv *wider,
                               struct error *err);

/* ---- interpreter.c, pure ---- */

struct python_wants {
    const char *requires; /* ">=3.6,<4" or "" */
    const struct strv *listed;
    const struct py_bounds *bounds;
    int64_t as_of;
};
/* Fills `order` with the interpreters to try, best first; never empty. */
void python_order(const struct python_wants *w, struct strv *order);

#endif
